// Several replaces and cancels of one order under way at once: every order of arrival of the
// answers ends in what the venue has, whichever way the requests name their OrigClOrdID (41).
#include "order_ledger_arrivals.hpp"

namespace broker::core {
namespace {

using namespace test_ledger;

// What the venue's reports name in OrigClOrdID: the id in force when the request was made, or the
// request before it.
enum class Rule { InForce, LastSent };

class OrderLedgerChain : public testing::TestWithParam<Rule> {
protected:
    // The id that the n-th replace names.
    [[nodiscard]] std::string_view orig(int n) const {
        static constexpr std::array<std::string_view, 3> kChain{"A", "R1", "R2"};
        return GetParam() == Rule::InForce ? "A" : kChain[static_cast<std::size_t>(n - 1)];
    }
    static std::string_view replace_id(int n) {
        static constexpr std::array<std::string_view, 3> kIds{"R1", "R2", "R3"};
        return kIds[static_cast<std::size_t>(n - 1)];
    }
    Message pending(int n) const {
        return report(Report{ExecType::PendingReplace, OrdStatus::PendingReplace}
                          .ids(replace_id(n), orig(n))
                          .exec(std::array{"P-1", "P-2", "P-3"}[static_cast<std::size_t>(n - 1)])
                          .cum("0"));
    }
    Message replaced(int n, OrdStatus status = OrdStatus::New) const {
        return report(Report{ExecType::Replaced, status}
                          .ids(replace_id(n), orig(n))
                          .exec(std::array{"E-1", "E-2", "E-3"}[static_cast<std::size_t>(n - 1)])
                          .cum("0"));
    }
    Message refused(int n, OrdStatus status = OrdStatus::New) const {
        return cancel_reject(replace_id(n), orig(n), status);
    }

    static void prepare(FreshLedger& ledger) {
        ledger.work_order();
        ledger.send_replace("R1", "A", "1.2");
        ledger.send_replace("R2", "R1", "1.3");
    }
    static void prepare_three(FreshLedger& ledger) {
        prepare(ledger);
        ledger.send_replace("R3", "R2", "1.4");
    }

    void expect_two(const std::vector<Message>& messages, std::string_view id, std::string price,
                    std::vector<Certainty> certainties) {
        const Outcome expected{std::string{id},
                               std::string{id},
                               OrdStatus::New,
                               "100",
                               std::move(price),
                               "0",
                               "100",
                               "0",
                               std::move(certainties)};
        for_every_arrival(messages, prepare, [&](FreshLedger& ledger) {
            EXPECT_EQ(outcome_of(ledger, {"R1", "R2"}), expected);
        });
    }
};

constexpr Certainty kTaken = Certainty::Acknowledged;
constexpr Certainty kRefused = Certainty::Rejected;

TEST_P(OrderLedgerChain, BothOfTwoAccepted) {
    expect_two({pending(1), pending(2), replaced(1, OrdStatus::PendingReplace), replaced(2)}, "R2",
               "1.3", {kTaken, kTaken});
}

TEST_P(OrderLedgerChain, TheSecondOfTwoRefused) {
    expect_two({pending(1), pending(2), replaced(1, OrdStatus::PendingReplace), refused(2)}, "R1",
               "1.2", {kTaken, kRefused});
}

TEST_P(OrderLedgerChain, TheFirstOfTwoRefused) {
    expect_two({pending(1), pending(2), refused(1, OrdStatus::PendingReplace), replaced(2)}, "R2",
               "1.3", {kRefused, kTaken});
}

TEST_P(OrderLedgerChain, BothOfTwoRefused) {
    expect_two({pending(1), pending(2), refused(1, OrdStatus::PendingReplace), refused(2)}, "A",
               "1.1", {kRefused, kRefused});
}

TEST_P(OrderLedgerChain, WithoutPendingReplaces) {
    expect_two({replaced(1), replaced(2)}, "R2", "1.3", {kTaken, kTaken});
    expect_two({replaced(1), refused(2)}, "R1", "1.2", {kTaken, kRefused});
    expect_two({refused(1), replaced(2)}, "R2", "1.3", {kRefused, kTaken});
}

TEST_P(OrderLedgerChain, EveryOutcomeOfThree) {
    for (int outcome = 0; outcome < 8; ++outcome) {
        std::vector<Message> messages{pending(1), pending(2), pending(3)};
        std::string in_force = "A";
        std::string price = "1.1";
        std::vector<Certainty> certainties;
        for (int n = 1; n <= 3; ++n) {
            const bool is_accepted = (outcome >> (n - 1) & 1) != 0;
            const OrdStatus status = n == 3 ? OrdStatus::New : OrdStatus::PendingReplace;
            messages.push_back(is_accepted ? replaced(n, status) : refused(n, status));
            certainties.push_back(is_accepted ? kTaken : kRefused);
            if (!is_accepted) continue;
            in_force = replace_id(n);
            price = std::string{"1."}.append(std::to_string(n + 1));
        }
        const Outcome expected{in_force, in_force, OrdStatus::New, "100", price, "0",
                               "100",    "0",      certainties};
        for_every_arrival(messages, prepare_three, [&](FreshLedger& ledger) {
            EXPECT_EQ(outcome_of(ledger, {"R1", "R2", "R3"}), expected) << outcome;
        });
    }
}

INSTANTIATE_TEST_SUITE_P(Rules, OrderLedgerChain, testing::Values(Rule::InForce, Rule::LastSent),
                         [](const auto& rule) {
                             return rule.param == Rule::InForce ? "InForce" : "LastSent";
                         });

// Crossing messages.

ReplaceOrder replace_qty(std::string_view cl, std::string_view qty) {
    ReplaceOrder request;
    request.cl_ord_id = id(cl);
    request.orig_cl_ord_id = id("A");
    request.order_qty = dec(qty);
    return request;
}

Message prepare_qty(std::string_view qty) {
    return [qty](FreshLedger& ledger) {
        ledger.work_order();
        ASSERT_TRUE(ledger.ledger_.add(replace_qty("R", qty), ledger.deadline()));
        ledger.send("R");
    };
}

Report fill(std::string_view exec, std::string_view qty, std::string_view cum, OrdStatus status,
            std::string_view cl = "A") {
    return Report{ExecType::Trade, status}.ids(cl).exec(exec).last(qty).cum(cum);
}

void expect_outcome(const std::vector<Message>& messages, const Message& prepare,
                    const std::vector<std::string>& requests, const Outcome& expected) {
    for_every_arrival(messages, prepare, [&](FreshLedger& ledger) {
        EXPECT_EQ(outcome_of(ledger, requests), expected);
        EXPECT_EQ(ledger.booked, ledger.order("A").filled_qty);
    });
}

TEST(OrderLedgerCrossing, AReplaceCrossesAFill) {
    expect_outcome(
        {report(fill("E-1", "30", "30", OrdStatus::PartiallyFilled)),
         report(Report{ExecType::PendingReplace, OrdStatus::PendingReplace}
                    .ids("R", "A")
                    .exec("E-2")
                    .cum("30")),
         report(fill("E-3", "20", "50", OrdStatus::PendingReplace)),
         report(Report{ExecType::Replaced, OrdStatus::PartiallyFilled}
                    .ids("R", "A")
                    .exec("E-4")
                    .cum("50")
                    .terms("150", "1.1"))},
        prepare_qty("150"), {"R"},
        {"R", "R", OrdStatus::PartiallyFilled, "150", "1.1", "50", "100", "50", {kTaken}});
}

TEST(OrderLedgerCrossing, AReplaceEnlargesAnOrderThatWasFilledMeanwhile) {
    expect_outcome(
        {report(fill("E-1", "100", "100", OrdStatus::Filled)),
         report(Report{ExecType::Replaced, OrdStatus::PartiallyFilled}
                    .ids("R", "A")
                    .exec("E-2")
                    .cum("100")
                    .terms("150", "1.1")),
         report(fill("E-3", "20", "120", OrdStatus::PartiallyFilled, "R"))},
        prepare_qty("150"), {"R"},
        {"R", "R", OrdStatus::PartiallyFilled, "150", "1.1", "120", "30", "120", {kTaken}});
}

TEST(OrderLedgerCrossing, AReplaceToCumQtyOrBelowItFillsTheOrder) {
    expect_outcome({report(fill("E-1", "60", "60", OrdStatus::PartiallyFilled)),
                    report(Report{ExecType::Replaced, OrdStatus::Filled}
                               .ids("R", "A")
                               .exec("E-2")
                               .cum("60")
                               .terms("60", "1.1"))},
                   prepare_qty("50"), {"R"},
                   {"R", "R", OrdStatus::Filled, "60", "1.1", "60", "0", "60", {kTaken}});
}

TEST(OrderLedgerCrossing, AFilledOrderRefusesTheReplace) {
    expect_outcome({report(fill("E-1", "100", "100", OrdStatus::Filled)),
                    cancel_reject("R", "A", OrdStatus::Filled)},
                   prepare_qty("150"), {"R"},
                   {"A", "A", OrdStatus::Filled, "100", "1.1", "100", "0", "100", {kRefused}});
}

void prepare_replace_and_cancel(FreshLedger& ledger) {
    ledger.work_order();
    ledger.send_replace("R", "A", "1.2");
    ledger.send_cancel("C", "A");
}

TEST(OrderLedgerCrossing, ACancelFollowsAReplace) {
    for (const std::string_view orig : {"A", "R"}) {
        expect_outcome(
            {report(
                 Report{ExecType::Replaced, OrdStatus::PendingCancel}.ids("R", "A").exec("E-1").cum(
                     "0")),
             report(Report{ExecType::PendingCancel, OrdStatus::PendingCancel}
                        .ids("C", orig)
                        .exec("E-2")
                        .cum("0")),
             report(Report{ExecType::Canceled, OrdStatus::Canceled}.ids("C", orig).exec("E-3").cum(
                 "0"))},
            prepare_replace_and_cancel, {"R", "C"},
            {"R", "R", OrdStatus::Canceled, "100", "1.2", "0", "0", "0", {kTaken, kTaken}});
    }
}

TEST(OrderLedgerCrossing, ACancelOvertakesAReplace) {
    expect_outcome(
        {report(Report{ExecType::Canceled, OrdStatus::Canceled}.ids("C", "A").exec("E-1").cum("0")),
         cancel_reject("R", "A", OrdStatus::Canceled)},
        prepare_replace_and_cancel, {"R", "C"},
        {"A", "A", OrdStatus::Canceled, "100", "1.1", "0", "0", "0", {kRefused, kTaken}});
}

TEST(OrderLedgerCrossing, ARefusedCancelAndAnAcceptedReplaceLeaveAWorkingOrder) {
    expect_outcome(
        {report(Report{ExecType::PendingCancel, OrdStatus::PendingCancel}
                    .ids("C", "A")
                    .exec("E-1")
                    .cum("0")),
         cancel_reject("C", "A", OrdStatus::New),
         report(Report{ExecType::Replaced, OrdStatus::New}.ids("R", "A").exec("E-2").cum("0"))},
        prepare_replace_and_cancel, {"R", "C"},
        {"R", "R", OrdStatus::New, "100", "1.2", "0", "100", "0", {kTaken, kRefused}});
}

// Order::last_cl_ord_id, for venues that chain requests.

TEST(OrderLedgerLastId, IsTheLatestReplaceThatWentOutAndFallsBackWhenItIsRefused) {
    FreshLedger ledger;
    ledger.work_order();
    const auto last = [&] { return std::string{ledger.order("A").last_cl_ord_id.view()}; };
    ASSERT_TRUE(ledger.ledger_.add(replace_qty("R0", "90"), ledger.deadline()));
    EXPECT_EQ(last(), "A");  // while the request is written it names the one before
    static_cast<void>(ledger.ledger_.not_sent(id("R0"), Reason::AccountNotReady));
    EXPECT_EQ(last(), "A");
    ledger.send_replace("R1", "A");
    EXPECT_EQ(last(), "R1");
    ledger.send_cancel("C", "A");
    EXPECT_EQ(last(), "R1");
    ledger.send_replace("R2", "A");
    EXPECT_EQ(last(), "R2");
    ledger.reject_cancel("R2", "R1", OrdStatus::New);
    EXPECT_EQ(last(), "R1");
    ledger.reject_cancel("R1", "A", OrdStatus::New);
    EXPECT_EQ(last(), "A");
}

TEST(OrderLedgerLastId, FollowsAReplaceByAnotherParty) {
    FreshLedger ledger;
    ledger.work_order();
    ledger.apply(Report{ExecType::Replaced, OrdStatus::New}.ids("DEALER-1", "A").exec("E-1"));
    EXPECT_EQ(ledger.order("A").last_cl_ord_id, id("DEALER-1"));
}

}  // namespace
}  // namespace broker::core
