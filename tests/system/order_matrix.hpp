// The order state change matrices of FIX 4.4 (volume 4, appendix D), played row by row: the host's
// requests through the built plugin, the venue's messages by hand, and the host's event after each.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "system/trading_rig.hpp"

namespace broker::test {

// A table has one row a line. What the host asks for:
//     D X 10000            NewOrderSingle: ClOrdID, OrderQty
//     G Y X 8000           OrderCancelReplaceRequest: ClOrdID, OrigClOrdID, OrderQty
//     F Y X                OrderCancelRequest: ClOrdID, OrigClOrdID
// What the venue sends:
//     8 Y X Replaced PartiallyFilled 8000 1600 6400 0 | Acknowledged
//         ExecutionReport: ClOrdID, OrigClOrdID or '-', ExecType, OrdStatus, OrderQty, CumQty,
//         LeavesQty, LastQty
//     9 Y X Filled | Rejected
//         OrderCancelReject: ClOrdID, OrigClOrdID, OrdStatus
// Further fields follow as tag=value, and `tag=` leaves one out. Behind the bar stands the
// certainty that the host's event says, and the OrdStatus if it is not the one that the venue sent;
// `silent` stands for no event, `any` for one that says what it may. At the end, the order as the
// ledger has it:
//     = Y PartiallyFilled 8000 1600 6400        ClOrdID, OrdStatus, OrderQty, CumQty, LeavesQty
//     = done                                    no live order is left
class OrderMatrix : public testing::Test {
protected:
    OrderMatrix();

    // Plays the table; stops at the first row that does not go as it says.
    void play(std::string_view table);

    TradingRig rig_{{"ACC-1"}};

private:
    using Words = std::vector<std::string>;

    void play_row(const std::string& row);
    void ask(const Words& words);
    void send_report(const Words& words, const Words& expected);
    void send_cancel_reject(const Words& words, const Words& expected);
    void send(simulator::FixMessage message, const Words& words, std::size_t first_extra);
    void expect_event(const RecordedEvent& sent, const Words& expected);
    void expect_silence();
    void expect_picture(const Words& words);
    [[nodiscard]] std::vector<RecordedEvent> order_events();

    std::map<std::string, char> requests_;  // kind by ClOrdID
    std::size_t events_ = 0;                // that the host got
    int last_exec_id_ = 0;
    int barriers_ = 0;
};

}  // namespace broker::test
