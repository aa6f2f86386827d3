// Drop copies: a second channel tells of the same orders, sooner or later than the trading session.
#include <deque>

#include "order_ledger_copies.hpp"

namespace broker::core {
namespace {

using namespace test_ledger;

// A whole life on both channels: accepted, filled in two parts. `copies` are the copies' ExecIDs.
std::vector<Message> life_on_both(const std::array<std::string_view, 3>& copies,
                                  bool has_cl_ord_id) {
    const std::array texts{new_report(), fill("E-1", "40", "40"),
                           fill("E-2", "60", "100", OrdStatus::Filled)};
    std::vector<Message> messages;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        messages.push_back(report(texts[i]));
        messages.push_back(report(copy_of(texts[i], copies[i], has_cl_ord_id)));
    }
    return messages;
}

void send_a(FreshLedger& ledger) { ledger.send_new("A"); }

void expect_filled_once(FreshLedger& ledger) {
    const Outcome expected{"A", "A",   OrdStatus::Filled,        "100", "1.1", "100",
                           "0", "100", {Certainty::Acknowledged}};
    EXPECT_EQ(outcome_of(ledger, {"A"}), expected);
    EXPECT_EQ(ledger.booked, dec("100"));
    EXPECT_EQ(ledger.ledger_.live_count(), 0U);
    EXPECT_FALSE(ledger.order("A").is_unsolicited);
    EXPECT_EQ(ledger.order("A").order_id.view(), "O-1");
}

TEST(OrderLedgerCopy, FillsCountOnceInEveryOrderOfArrivalIfBothChannelsShareExecIDs) {
    for (const bool has_cl_ord_id : {false, true}) {
        for_every_arrival(life_on_both({"E-0", "E-1", "E-2"}, has_cl_ord_id), send_a,
                          expect_filled_once);
    }
}

TEST(OrderLedgerCopy, FillsCountOnceInEveryOrderOfArrivalIfEachChannelHasItsOwnExecIDs) {
    for (const bool has_cl_ord_id : {false, true}) {
        for_every_arrival(life_on_both({"c-0", "c-1", "c-2"}, has_cl_ord_id), send_a,
                          expect_filled_once);
    }
}

TEST(OrderLedgerCopy, OneChannelAloneIsEnoughToCountEveryFill) {
    for (const bool is_copy : {false, true}) {
        std::vector<Message> messages{report(new_report())};
        for (const Report& text :
             {fill("E-1", "40", "40"), fill("E-2", "60", "100", OrdStatus::Filled)}) {
            messages.push_back(report(is_copy ? copy_of(text, text.exec_id) : text));
        }
        for_every_arrival(messages, send_a, expect_filled_once);
    }
}

TEST(OrderLedgerCopy, EachChannelMayMissAFillThatTheOtherTells) {
    for (const std::string_view copied : {"E-2", "c-2"}) {
        const Report second = fill("E-2", "60", "100", OrdStatus::Filled);
        for_every_arrival({report(new_report()), report(fill("E-1", "40", "40")),
                           report(copy_of(second, copied))},
                          send_a, expect_filled_once);
    }
}

TEST(OrderLedgerCopy, TwoFillsOfOneSizeAreTwo) {
    const auto messages = [](std::string_view first, std::string_view second) {
        const Report a = fill("E-1", "50", "50");
        const Report b = fill("E-2", "50", "100", OrdStatus::Filled);
        return std::vector<Message>{report(new_report()), report(a), report(copy_of(a, first)),
                                    report(b), report(copy_of(b, second))};
    };
    for_every_arrival(messages("E-1", "E-2"), send_a, expect_filled_once);
    for_every_arrival(messages("c-1", "c-2"), send_a, expect_filled_once);
}

// Calls `play` with every way in which the reports of one session may fall between those of the
// other: true stands for the next of the copies.
void for_every_interleaving(std::size_t reports, std::size_t copies,
                            const std::function<void(const std::vector<bool>&)>& play) {
    std::vector<bool> is_copy(reports, false);
    is_copy.insert(is_copy.end(), copies, true);
    do {
        std::string trace;
        for (const bool copied : is_copy) trace += copied ? 'c' : 'r';
        SCOPED_TRACE(trace);
        play(is_copy);
        if (testing::Test::HasFailure()) return;
    } while (std::next_permutation(is_copy.begin(), is_copy.end()));
}

// Accepted, enlarged while a fill crosses, filled further, canceled. Pending states are told by the
// trading session alone.
void expect_replaced_and_canceled(bool are_ids_shared, bool has_cl_ord_id) {
    const auto changed = [](ExecType type, OrdStatus status, std::string_view cl) {
        return Report{type, status}.ids(cl, "A");
    };
    const std::vector<Report> trading{
        new_report(),
        changed(ExecType::PendingReplace, OrdStatus::PendingReplace, "R").exec("E-1").cum("0"),
        fill("E-2", "40", "40", OrdStatus::PendingReplace),
        changed(ExecType::Replaced, OrdStatus::PartiallyFilled, "R").exec("E-3").cum("40"),
        fill("E-4", "60", "100").ids("R"),
        changed(ExecType::Canceled, OrdStatus::Canceled, "C").exec("E-5").cum("100")};
    std::vector<Report> copies;
    const std::array<std::string_view, 6> own{"c-0", "c-1", "c-2", "c-3", "c-4", "c-5"};
    for (std::size_t i = 0; i < trading.size(); ++i) {
        if (trading[i].exec_type == ExecType::PendingReplace) continue;
        const std::string_view exec = are_ids_shared ? trading[i].exec_id : own[i];
        copies.push_back(copy_of(trading[i], exec, has_cl_ord_id));
    }
    for_every_interleaving(trading.size(), copies.size(), [&](const std::vector<bool>& is_copy) {
        FreshLedger ledger;
        ledger.send_new("A");
        ASSERT_EQ(ledger.ledger_.live_count(), 1U);
        ReplaceOrder replace;
        replace.cl_ord_id = id("R");
        replace.orig_cl_ord_id = id("A");
        replace.order_qty = dec("150");
        ASSERT_TRUE(ledger.ledger_.add(replace, ledger.deadline()));
        ledger.send("R");
        ledger.send_cancel("C", "A");
        auto next_report = trading.begin();
        auto next_copy = copies.begin();
        for (const bool copied : is_copy) {
            ledger.take(ledger.apply(copied ? *next_copy++ : *next_report++));
        }
        const Outcome expected{
            "R",
            "R",
            OrdStatus::Canceled,
            "150",
            "1.1",
            "100",
            "0",
            "100",
            {Certainty::Acknowledged, Certainty::Acknowledged, Certainty::Acknowledged}};
        EXPECT_EQ(outcome_of(ledger, {"A", "R", "C"}), expected);
        EXPECT_EQ(ledger.booked, dec("100"));
        EXPECT_EQ(ledger.ledger_.live_count(), 0U);
        EXPECT_EQ(ledger.ledger_.unknown_count(), 0U);
    });
}

TEST(OrderLedgerCopy, AReplacedAndCanceledOrderEndsTheSameInEveryInterleavingOfTheTwoSessions) {
    for (const bool are_ids_shared : {false, true}) {
        for (const bool has_cl_ord_id : {false, true}) {
            SCOPED_TRACE(testing::Message() << "shared ExecIDs " << are_ids_shared
                                            << ", ClOrdIDs on copies " << has_cl_ord_id);
            expect_replaced_and_canceled(are_ids_shared, has_cl_ord_id);
        }
    }
}

// Both channels tell of a fill, its correction and its cancel, each in its own order: every way in
// which the two sequences may interleave.
class OrderLedgerCopiedChanges : public testing::TestWithParam<bool> {
protected:
    // As the trading session tells them, or as the copy does, with ExecIDs that begin with
    // `prefix`.
    std::vector<Report> life(char prefix, Channel channel) {
        const auto name = [&](int n) {
            return std::string_view{
                names_.emplace_back(std::string{prefix, '-'} += std::to_string(n))};
        };
        std::vector<Report> texts{Report{new_report()}.exec(name(0)),
                                  fill(name(1), "40", "40"),
                                  Report{ExecType::TradeCorrect, OrdStatus::PartiallyFilled}
                                      .ids("A")
                                      .exec(name(2), name(1))
                                      .last("30")
                                      .cum("30"),
                                  Report{ExecType::TradeCorrect, OrdStatus::PartiallyFilled}
                                      .ids("A")
                                      .exec(name(3), name(2))
                                      .last("35")
                                      .cum("35"),
                                  Report{ExecType::TradeCancel, OrdStatus::New}
                                      .ids("A")
                                      .exec(name(4), name(1))
                                      .last("35")
                                      .cum("0"),
                                  fill(name(5), "40", "40")};
        for (Report& text : texts) {
            text.channel = channel;
            if (channel == Channel::FixDropCopy) text.ids({});
        }
        return texts;
    }

    std::deque<std::string> names_;
};

TEST_P(OrderLedgerCopiedChanges, CountOnceInEveryInterleavingOfTheTwoSessions) {
    const std::vector<Report> trading = life('E', Channel::FixTrading);
    const std::vector<Report> copies = life(GetParam() ? 'E' : 'c', Channel::FixDropCopy);
    for_every_interleaving(trading.size(), copies.size(), [&](const std::vector<bool>& is_copy) {
        FreshLedger ledger;
        ledger.send_new("A");
        auto next_report = trading.begin();
        auto next_copy = copies.begin();
        for (const bool copied : is_copy) {
            ledger.take(ledger.apply(copied ? *next_copy++ : *next_report++));
        }
        EXPECT_EQ(ledger.order("A").filled_qty, dec("40"));
        EXPECT_EQ(ledger.order("A").cum_qty, dec("40"));
        EXPECT_EQ(ledger.booked, dec("40"));
    });
}

INSTANTIATE_TEST_SUITE_P(ExecIDs, OrderLedgerCopiedChanges, testing::Bool(),
                         [](const auto& shared) { return shared.param ? "Shared" : "Own"; });

}  // namespace
}  // namespace broker::core
