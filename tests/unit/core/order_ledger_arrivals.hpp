// The venue's messages about one order, played to a fresh ledger in every order of arrival.
#pragma once

#include <algorithm>
#include <functional>
#include <numeric>
#include <ostream>

#include "order_ledger_fixture.hpp"

namespace broker::core::test_ledger {

// A ledger of its own for each order of arrival.
struct FreshLedger final : OrderLedgerTest {
    void TestBody() override {}

    using OrderLedgerTest::add_cancel;
    using OrderLedgerTest::apply;
    using OrderLedgerTest::certainty;
    using OrderLedgerTest::clock_;
    using OrderLedgerTest::deadline;
    using OrderLedgerTest::ledger_;
    using OrderLedgerTest::limit_order;
    using OrderLedgerTest::order;
    using OrderLedgerTest::reject_cancel;
    using OrderLedgerTest::send;
    using OrderLedgerTest::send_cancel;
    using OrderLedgerTest::send_new;
    using OrderLedgerTest::send_replace;
    using OrderLedgerTest::work_order;

    Decimal booked;  // sum of what the ledger said that it booked
    int merges = 0;
    int news = 0;

    void take(const Applied& applied) {
        booked = booked.plus(applied.fill_delta).value();
        merges += applied.is_merged;
        news += applied.kind == Applied::Kind::Accepted;
    }
};

using Message = std::function<void(FreshLedger&)>;

inline Message report(const Report& text) {
    return [text](FreshLedger& ledger) { ledger.take(ledger.apply(text)); };
}

inline Message cancel_reject(std::string_view cl, std::string_view orig, OrdStatus status) {
    return [=](FreshLedger& ledger) { ledger.take(ledger.reject_cancel(cl, orig, status)); };
}

// What a host and an operator see of the order.
struct Outcome {
    std::string cl_ord_id;
    std::string last_cl_ord_id;
    OrdStatus status = OrdStatus::Unspecified;
    std::string qty, price, cum, leaves, filled;
    std::vector<Certainty> certainties;

    friend bool operator==(const Outcome&, const Outcome&) = default;
    friend std::ostream& operator<<(std::ostream& out, const Outcome& outcome) {
        out << "ClOrdID=" << outcome.cl_ord_id << " last=" << outcome.last_cl_ord_id
            << " status=" << static_cast<int>(outcome.status) << " qty=" << outcome.qty
            << " price=" << outcome.price << " cum=" << outcome.cum << " leaves=" << outcome.leaves
            << " filled=" << outcome.filled << " certainties=";
        for (const Certainty certainty : outcome.certainties) out << static_cast<int>(certainty);
        return out;
    }
};

inline Outcome outcome_of(FreshLedger& ledger, const std::vector<std::string>& requests) {
    const Order& order = ledger.order("A");
    const auto text = [](const Decimal& value) {
        Decimal plain = value;
        while (plain.scale() > 0 && plain.coefficient() % 10 == 0) {
            plain = *Decimal::from(plain.coefficient() / 10, plain.scale() - 1);
        }
        return plain.to_string();
    };
    Outcome outcome;
    outcome.cl_ord_id = order.cl_ord_id.view();
    outcome.last_cl_ord_id = order.last_cl_ord_id.view();
    outcome.status = order.status;
    outcome.qty = text(order.order_qty);
    outcome.price = order.price ? text(*order.price) : "";
    outcome.cum = text(order.cum_qty);
    outcome.leaves = text(order.leaves_qty);
    outcome.filled = text(order.filled_qty);
    for (const std::string& request : requests) {
        outcome.certainties.push_back(ledger.certainty(request));
    }
    return outcome;
}

// Calls `check` with a ledger for each order in which the messages may arrive, after `prepare`.
inline void for_every_arrival(const std::vector<Message>& messages, const Message& prepare,
                              const std::function<void(FreshLedger&)>& check) {
    std::vector<std::size_t> arrival(messages.size());
    std::iota(arrival.begin(), arrival.end(), std::size_t{0});
    do {
        std::string trace = "arrival";
        for (const std::size_t i : arrival) trace.append(" ").append(std::to_string(i));
        SCOPED_TRACE(trace);
        FreshLedger ledger;
        prepare(ledger);
        for (const std::size_t i : arrival) messages[i](ledger);
        check(ledger);
        if (testing::Test::HasFailure()) return;
    } while (std::next_permutation(arrival.begin(), arrival.end()));
}

}  // namespace broker::core::test_ledger
