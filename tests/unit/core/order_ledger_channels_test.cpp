// Three witnesses of the same orders: the FIX session that trades, and REST and push, which know
// orders by ids of their own, show pictures of them, and are early, late or repeat themselves.
#include <deque>
#include <random>

#include "order_ledger_copies.hpp"

namespace broker::core {
namespace {

using namespace test_ledger;

// How REST and push name what FIX names O-1 and E-n.
struct Names {
    bool has_order_id_of_fix = false;
    bool has_exec_ids_of_fix = false;
    bool has_cl_ord_id = true;  // else the order is known by its OrderID alone
};

// The reports of one life, each channel's in its own order.
struct Story {
    std::deque<std::string> texts;  // a deque: reports borrow them
    std::vector<Report> fix;
    std::vector<Report> rest;  // executions and pictures
    std::vector<Report> push;
    Decimal filled;
    OrdStatus end = OrdStatus::New;

    std::string_view keep(std::string text) { return texts.emplace_back(std::move(text)); }
};

Report as_seen_by(Channel channel, Report report, const Names& names, Story& story) {
    report.channel = channel;
    if (!names.has_order_id_of_fix) report.order_id = "700411";
    if (!names.has_cl_ord_id) report.cl_ord_id = {};
    report.orig_cl_ord_id = {};
    if (!names.has_exec_ids_of_fix) {
        report.exec_id = story.keep("x" + std::string{report.exec_id});
    }
    return report;
}

// What a portfolio or the history shows after the report.
Report picture_after(const Report& report) {
    Report picture = report;
    picture.exec_type = ExecType::OrderStatus;
    picture.exec_id = {};
    picture.last_qty.reset();
    picture.last_px.reset();
    return picture;
}

// Accepted, filled in up to four parts, then filled, canceled or expired, or left at work.
Story random_story(std::mt19937& random, const Names& names) {
    const auto pick = [&](int most) { return std::uniform_int_distribution<int>{0, most}(random); };
    Story story;
    std::vector<Report> life{new_report().terms("100", "1.1")};
    int cum = 0;
    const int parts = pick(4);
    for (int part = 0; part < parts && cum < 100; ++part) {
        const int qty = std::min(100 - cum, 10 * (1 + pick(4)));
        cum += qty;
        const OrdStatus status = cum == 100 ? OrdStatus::Filled : OrdStatus::PartiallyFilled;
        life.push_back(fill(story.keep("E-" + std::to_string(part + 1)),
                            story.keep(std::to_string(qty)), story.keep(std::to_string(cum)),
                            status));
        story.end = status;
    }
    const int end = pick(2);
    if (cum < 100 && end != 0) {
        story.end = end == 1 ? OrdStatus::Canceled : OrdStatus::Expired;
        const ExecType type = end == 1 ? ExecType::Canceled : ExecType::Expired;
        life.push_back(
            Report{type, story.end}.ids("A").exec("E-9").cum(story.keep(std::to_string(cum))));
    }
    story.filled = *Decimal::from(cum, 0);
    for (const Report& report : life) {
        story.fix.push_back(report);
        const Report rest = as_seen_by(Channel::Rest, report, names, story);
        const Report push = as_seen_by(Channel::Push, report, names, story);
        // Pictures run ahead of executions, or come alone; the history has every execution at last.
        if (pick(1) == 0) story.rest.push_back(picture_after(rest));
        story.rest.push_back(rest);
        story.push.push_back(picture_after(push));
        if (pick(1) == 0) story.push.push_back(push);
    }
    return story;
}

// Any interleaving that keeps each channel's own order, but for repetitions of what has come.
std::vector<const Report*> interleaved(const Story& story, std::mt19937& random) {
    std::array<std::pair<const std::vector<Report>*, std::size_t>, 3> channels{
        {{&story.fix, 0}, {&story.rest, 0}, {&story.push, 0}}};
    std::vector<const Report*> arrivals;
    for (std::size_t left = story.fix.size() + story.rest.size() + story.push.size(); left > 0;) {
        auto& [reports, next] = channels[random() % channels.size()];
        if (next == reports->size()) continue;
        arrivals.push_back(&(*reports)[next++]);
        --left;
        if (random() % 4 == 0) arrivals.push_back(arrivals[random() % arrivals.size()]);
    }
    return arrivals;
}

std::string describe(const Report& report) {
    std::string text = "channel=" + std::to_string(static_cast<int>(report.channel));
    text += " type=" + std::to_string(static_cast<int>(report.exec_type));
    text += " exec=" + std::string{report.exec_id};
    if (report.last_qty) text += " last=" + report.last_qty->to_string();
    if (report.cum_qty) text += " cum=" + report.cum_qty->to_string();
    return text + "\n";
}

void play(const Names& names, unsigned seed) {
    std::mt19937 random{seed};
    const Story story = random_story(random, names);
    FreshLedger ledger;
    ledger.send_new("A");
    std::string trace;
    for (const Report* report : interleaved(story, random)) {
        trace += describe(*report);
        const Applied applied = ledger.apply(*report);
        ledger.take(applied);
        ASSERT_GE(applied.fill_delta, Decimal{}) << trace;
    }
    SCOPED_TRACE("seed " + std::to_string(seed) + "\n" + trace);
    EXPECT_EQ(ledger.booked, story.filled);
    EXPECT_EQ(ledger.order("A").filled_qty, story.filled);
    EXPECT_EQ(ledger.order("A").cum_qty, story.filled);
    EXPECT_EQ(ledger.order("A").status, story.end);
    EXPECT_EQ(ledger.order("A").order_id.view(), "O-1");
    EXPECT_EQ(ledger.certainty("A"), Certainty::Acknowledged);
    const bool is_live = story.end == OrdStatus::New || story.end == OrdStatus::PartiallyFilled;
    EXPECT_EQ(ledger.ledger_.live_count(), is_live ? 1U : 0U);
}

TEST(OrderLedgerChannels, EachFillCountsOnceWhateverTheChannelsCallItAndWhicheverTellsItFirst) {
    for (const bool has_order_id : {false, true}) {
        for (const bool has_exec_ids : {false, true}) {
            for (unsigned seed = 0; seed < 400; ++seed) {
                play({has_order_id, has_exec_ids, true}, seed);
                if (testing::Test::HasFailure()) return;
            }
        }
    }
}

class OrderLedgerChannel : public OrderLedgerTest {
protected:
    static Report rest(ExecType type, OrdStatus status) {
        Report report{type, status};
        report.ids("A", {}, "700411");
        report.channel = Channel::Rest;
        return report;
    }
    static Report picture(OrdStatus status, std::string_view cum) {
        return rest(ExecType::OrderStatus, status).cum(cum);
    }
};

TEST_F(OrderLedgerChannel, AFillOfFixAfterRestHasShownTheOrderFilledIsCounted) {
    work_order();
    EXPECT_EQ(apply(picture(OrdStatus::Filled, "100")).fill_delta, Decimal{});
    EXPECT_EQ(order().status, OrdStatus::Filled);
    EXPECT_EQ(trade("E-1", "100", "100", OrdStatus::Filled).fill_delta, dec("100"));
    EXPECT_EQ(order().filled_qty, dec("100"));
    EXPECT_EQ(
        apply(rest(ExecType::Trade, OrdStatus::Filled).exec("x1").last("100").cum("100")).kind,
        Kind::Duplicate);
    EXPECT_EQ(order().filled_qty, dec("100"));
}

TEST_F(OrderLedgerChannel, AFillOfFixAfterRestHasShownTheOrderCanceledIsCountedAndItStaysCanceled) {
    work_order();
    EXPECT_FALSE(apply(picture(OrdStatus::Canceled, "40")).is_fill_missing);
    EXPECT_EQ(trade("E-1", "40", "40").fill_delta, dec("40"));
    EXPECT_EQ(order().status, OrdStatus::Canceled);
    EXPECT_EQ(order().leaves_qty, Decimal{});
}

TEST_F(OrderLedgerChannel, RequestsOverFixNameTheOrderAsFixDoes) {
    send_new("A");
    apply(picture(OrdStatus::New, "0"));
    EXPECT_EQ(order().order_id.view(), "");
    EXPECT_EQ(certainty("A"), Certainty::Acknowledged);
    apply(Report{ExecType::New, OrdStatus::New}.ids("A").exec("E-0").cum("0"));
    EXPECT_EQ(order().order_id.view(), "O-1");
    EXPECT_EQ(apply(picture(OrdStatus::New, "0")).kind, Kind::Duplicate);
    EXPECT_EQ(order().order_id.view(), "O-1");
    // By either id it is the same order.
    EXPECT_EQ(apply(Report{ExecType::OrderStatus, OrdStatus::New}.ids({}, {}, "O-1")).order,
              &order());
    Report by_id = picture(OrdStatus::New, "0");
    by_id.cl_ord_id = {};
    EXPECT_EQ(apply(by_id).order, &order());
}

TEST_F(OrderLedgerChannel, AnOrderThatGoesByRestIsNamedAsRestDoes) {
    ASSERT_EQ(add_new("A"), Reason::None);
    ledger_.sent(id("A"), kFirstOwnMsgSeqNum, clock_.monotonic(), clock_.monotonic());
    apply(rest(ExecType::New, OrdStatus::New).exec("x0").cum("0"));
    EXPECT_EQ(order().order_id.view(), "700411");
}

TEST_F(OrderLedgerChannel, APictureOlderThanAReplaceDoesNotProveItRefused) {
    work_order();
    send_replace("R", "A");
    disconnect();
    ASSERT_EQ(certainty("R"), Certainty::Unknown);
    apply(picture(OrdStatus::New, "0").terms("100", "1.1"));
    EXPECT_EQ(certainty("R"), Certainty::Unknown);
    EXPECT_EQ(order().price, dec("1.1"));
}

TEST_F(OrderLedgerChannel, APictureOlderThanACancelLeavesItPending) {
    work_order();
    send_cancel("C", "A");
    apply(Report{ExecType::PendingCancel, OrdStatus::PendingCancel}.ids("C", "A").exec("E-1"));
    EXPECT_EQ(apply(picture(OrdStatus::New, "0")).kind, Kind::Duplicate);
    EXPECT_EQ(order().status, OrdStatus::PendingCancel);
    apply(picture(OrdStatus::Canceled, "0"));
    EXPECT_EQ(order().status, OrdStatus::Canceled);
    EXPECT_EQ(certainty("C"), Certainty::Acknowledged);
}

TEST_F(OrderLedgerChannel, ChannelsThatShareExecIDsSayNothingAboutAThirdThatDoesNot) {
    work_order();
    trade("E-1", "40", "40");
    Report copy = fill("E-1", "40", "40");
    copy.channel = Channel::FixDropCopy;
    apply(copy);  // FIX and its drop copy share ExecIDs
    EXPECT_EQ(
        apply(rest(ExecType::Trade, OrdStatus::PartiallyFilled).exec("x1").last("40").cum("40"))
            .kind,
        Kind::Duplicate);
    EXPECT_EQ(order().filled_qty, dec("40"));
    EXPECT_EQ(
        apply(rest(ExecType::Trade, OrdStatus::Filled).exec("x2").last("60").cum("100")).fill_delta,
        dec("60"));
    copy = fill("E-2", "60", "100", OrdStatus::Filled);
    copy.channel = Channel::FixDropCopy;
    EXPECT_EQ(apply(copy).fill_delta, Decimal{});
    EXPECT_EQ(trade("E-2", "60", "100", OrdStatus::Filled).fill_delta, Decimal{});
    EXPECT_EQ(order().filled_qty, dec("100"));
}

TEST_F(OrderLedgerChannel, AnOrderThatPushToldOfByItsIdAloneIsMergedWithOursThatIsAnsweredUnderIt) {
    ASSERT_EQ(add_new("A"), Reason::None);
    ledger_.sent(id("A"), kFirstOwnMsgSeqNum, clock_.monotonic(), clock_.monotonic());
    Report early =
        rest(ExecType::Trade, OrdStatus::PartiallyFilled).exec("x1").last("40").cum("40");
    early.channel = Channel::Push;
    early.cl_ord_id = {};
    EXPECT_TRUE(apply(early).is_adopted);
    const Applied merged = apply(rest(ExecType::New, OrdStatus::New).exec("x0").cum("0"));
    EXPECT_TRUE(merged.is_merged);
    EXPECT_EQ(ledger_.live_count(), 1U);
    EXPECT_EQ(order().filled_qty, dec("40"));
    EXPECT_FALSE(order().is_unsolicited);
}

TEST_F(OrderLedgerChannel, TheEndOfAFixSessionSaysNothingOfRequestsOverRest) {
    work_order();
    ASSERT_EQ(add_cancel("C", "A"), Reason::None);
    ledger_.sent(id("C"), kFirstOwnMsgSeqNum + 7, clock_.monotonic(), clock_.monotonic());
    EXPECT_TRUE(disconnect().empty());
    EXPECT_EQ(certainty("C"), Certainty::Written);
    clock_.advance(6s);
    std::size_t expired = 0;
    ledger_.set_deadline(id("C"), clock_.monotonic() + 1s);
    ledger_.expire(clock_.monotonic(), [&](const Order&, const Request&) { ++expired; });
    EXPECT_EQ(expired, 0U);
    clock_.advance(1s);
    ledger_.expire(clock_.monotonic(), [&](const Order&, const Request&) { ++expired; });
    EXPECT_EQ(expired, 1U);
}

}  // namespace
}  // namespace broker::core
