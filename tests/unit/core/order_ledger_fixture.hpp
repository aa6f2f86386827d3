// Short ways to write requests and reports in tests of OrderLedger.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/order_ledger.hpp"
#include "support/manual_clock.hpp"

namespace broker::core::test_ledger {

using namespace std::chrono_literals;

inline Decimal dec(std::string_view text) { return Decimal::parse(text).value(); }
inline ClOrdID id(std::string_view text) { return ClOrdID::from(text).value(); }

// An ExecutionReport about 100 EURUSD; the fields that matter are set by the chained functions.
struct Report : ExecutionReport {
    Report(ExecType type, OrdStatus status) {
        exec_type = type;
        ord_status = status;
        side = Side::Buy;
        symbol = "EURUSD";
    }
    Report& ids(std::string_view cl, std::string_view orig = {}, std::string_view order = "O-1") {
        cl_ord_id = cl;
        orig_cl_ord_id = orig;
        order_id = order;
        return *this;
    }
    Report& exec(std::string_view id, std::string_view ref = {}) {
        exec_id = id;
        exec_ref_id = ref;
        return *this;
    }
    Report& last(std::string_view qty, std::string_view px = "1.1") {
        last_qty = dec(qty);
        last_px = dec(px);
        return *this;
    }
    Report& cum(std::string_view qty) {
        cum_qty = dec(qty);
        return *this;
    }
    Report& terms(std::string_view qty, std::string_view px) {
        order_qty = dec(qty);
        price = dec(px);
        return *this;
    }
    Report& poss_dup() {
        is_poss_dup = true;
        return *this;
    }
};

class OrderLedgerTest : public testing::Test {
protected:
    using Kind = Applied::Kind;

    static NewOrder limit_order(std::string_view cl_ord_id) {
        NewOrder order;
        order.cl_ord_id = id(cl_ord_id);
        order.symbol = *Symbol::from("EURUSD");
        order.side = Side::Buy;
        order.ord_type = OrdType::Limit;
        order.order_qty = dec("100");
        order.price = dec("1.1");
        return order;
    }

    Reason add_new(std::string_view cl_ord_id) {
        return reason_of(ledger_.add(limit_order(cl_ord_id), deadline()));
    }
    Reason add_replace(std::string_view cl, std::string_view orig, std::string_view price = "1.2") {
        ReplaceOrder request;
        request.cl_ord_id = id(cl);
        request.orig_cl_ord_id = id(orig);
        request.price = dec(price);
        return reason_of(ledger_.add(request, deadline()));
    }
    Reason add_cancel(std::string_view cl, std::string_view orig) {
        CancelOrder request;
        request.cl_ord_id = id(cl);
        request.orig_cl_ord_id = id(orig);
        return reason_of(ledger_.add(request, deadline()));
    }
    void send(std::string_view cl_ord_id) {
        ledger_.sent(id(cl_ord_id), ++seq_num_, clock_.monotonic(), clock_.monotonic());
    }

    void send_new(std::string_view cl) {
        ASSERT_EQ(add_new(cl), Reason::None);
        send(cl);
    }
    void send_replace(std::string_view cl, std::string_view orig, std::string_view price = "1.2") {
        ASSERT_EQ(add_replace(cl, orig, price), Reason::None);
        send(cl);
    }
    void send_cancel(std::string_view cl, std::string_view orig) {
        ASSERT_EQ(add_cancel(cl, orig), Reason::None);
        send(cl);
    }
    // A is sent and acknowledged as O-1 with ExecID E-0.
    void work_order(std::string_view cl = "A", std::string_view order_id = "O-1") {
        send_new(cl);
        apply(Report{ExecType::New, OrdStatus::New}.ids(cl, {}, order_id).exec("E-0").cum("0"));
    }

    Applied apply(const ExecutionReport& report) { return ledger_.apply(report); }
    Applied trade(std::string_view exec_id, std::string_view qty, std::string_view cum,
                  OrdStatus status = OrdStatus::PartiallyFilled, std::string_view cl = "A") {
        return apply(Report{ExecType::Trade, status}.ids(cl).exec(exec_id).last(qty).cum(cum));
    }
    Applied reject_cancel(std::string_view cl, std::string_view orig, OrdStatus status,
                          bool is_order_unknown = false) {
        OrderCancelReject reject;
        reject.cl_ord_id = cl;
        reject.orig_cl_ord_id = orig;
        reject.ord_status = status;
        reject.is_order_unknown = is_order_unknown;
        reject.received = clock_.monotonic();
        return ledger_.apply(reject);
    }
    // The session ends; gives the requests that were visited, with their certainty.
    std::vector<std::pair<std::string, Certainty>> disconnect() {
        std::vector<std::pair<std::string, Certainty>> visited;
        ledger_.disconnected([&](const Order&, const Request& request) {
            visited.emplace_back(request.cl_ord_id.view(), request.certainty);
        });
        return visited;
    }

    const Order& order(std::string_view cl = "A") { return *ledger_.find(id(cl)); }
    const Request& request(std::string_view cl) { return *ledger_.find_request(id(cl)); }
    Certainty certainty(std::string_view cl) { return request(cl).certainty; }
    MonotonicTime deadline() { return clock_.monotonic() + 5s; }

    static Reason reason_of(const Result<const Order*>& result) {
        return result ? Reason::None : result.error().reason;
    }

    broker::test::ManualClock clock_;
    OrderLedger ledger_{{.max_live_orders = 100, .max_finished_orders = 100}};
    MsgSeqNum seq_num_ = 0;
};

}  // namespace broker::core::test_ledger
