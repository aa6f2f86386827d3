// What the parts of an account are made of, for tests of one part at a time.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "account/account_state.hpp"
#include "account/order_reporter.hpp"
#include "account/venue_faults.hpp"
#include "core/order_ledger.hpp"
#include "support/manual_clock.hpp"
#include "unit/plugin/account_fakes.hpp"

namespace broker::account {

class AccountPartsTest : public testing::Test {
protected:
    [[nodiscard]] core::NewOrder order(std::string_view name, std::string_view symbol = "EURUSD") {
        return limit_order(name, clock_.monotonic(), symbol);
    }

    // A report of the order's own OrderID with an ExecID of its own.
    [[nodiscard]] core::ExecutionReport report(std::string_view name, core::ExecType type,
                                               core::OrdStatus status) {
        core::ExecutionReport result;
        result.cl_ord_id = name;
        result.order_id = texts_.emplace_back("V-" + std::string{name});
        result.exec_id = texts_.emplace_back("E-" + std::to_string(texts_.size()));
        result.exec_type = type;
        result.ord_status = status;
        result.side = core::Side::Buy;
        result.symbol = "EURUSD";
        result.received = clock_.monotonic();
        return result;
    }
    [[nodiscard]] core::ExecutionReport picture(std::string_view name) {
        return report(name, core::ExecType::OrderStatus, core::OrdStatus::New);
    }

    // An order that the venue has acknowledged.
    void add_live(core::OrderLedger& ledger, std::string_view name,
                  std::string_view symbol = "EURUSD") {
        const core::NewOrder added = order(name, symbol);
        ASSERT_TRUE(ledger.add(added, clock_.monotonic()).has_value());
        ledger.sent(added.cl_ord_id, ++msg_seq_num_, clock_.monotonic(), clock_.monotonic());
        const auto applied = ledger.apply(report(name, core::ExecType::New, core::OrdStatus::New));
        ASSERT_NE(applied.order, nullptr);
    }

    [[nodiscard]] std::string last_log() const {
        return lines_.lines.empty() ? std::string{} : lines_.lines.back();
    }

    test::ManualClock clock_;
    RecordingEvents events_;
    RecordingLog lines_;
    AccountLog log_{"ACC-1", lines_};
    AccountStatus status_;
    VenueFaults faults_{events_, log_, status_};
    std::vector<std::string> sent_;
    ScriptedChannel channel_{sent_};

private:
    std::deque<std::string> texts_;  // a deque: reports borrow them
    core::MsgSeqNum msg_seq_num_ = 1000;
};

}  // namespace broker::account
