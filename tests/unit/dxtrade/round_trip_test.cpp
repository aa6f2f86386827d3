// Every message against QuickFIX as an independent judge, over random records of fixed seeds: what
// we encode, QuickFIX takes and reads to the same values; what QuickFIX encodes, we read to the
// same record.
#include <gtest/gtest.h>

#include <random>

#include "dxtrade/fix/enum_codes.hpp"
#include "dxtrade/fix/instrument_messages.hpp"
#include "dxtrade/fix/list_messages.hpp"
#include "dxtrade/fix/order_messages.hpp"
#include "dxtrade/fix/position_messages.hpp"
#include "dxtrade/fix/query_requests.hpp"
#include "dxtrade/fix/report_messages.hpp"
#include "dxtrade/fix/status_messages.hpp"
#include "dxtrade/fix/trade_messages.hpp"
#include "fix/codec/group_view.hpp"
#include "support/quickfix_judge.hpp"
#include "unit/dxtrade/dxtrade_fixture.hpp"

namespace broker::dxtrade::fix {
namespace {

using core::Decimal;
using test::FixFields;
using test::FixGroup;
using test::Judgement;

constexpr int kRecords = 200;
constexpr core::UtcTime kNow{std::chrono::seconds{1'767'614'400}};
const std::string kNowText = "20260105-12:00:00.000";
constexpr core::MonotonicTime kReceived{std::chrono::seconds{5}};

// Values at random, the same ones in every run.
class RandomValues {
public:
    explicit RandomValues(unsigned seed) : engine_{seed} {}

    int below(int bound) { return std::uniform_int_distribution<>{0, bound - 1}(engine_); }
    bool coin() { return below(2) == 0; }
    std::string text(int size) {
        constexpr std::string_view kCharacters =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:/ ";
        std::string result{"x"};  // neither empty nor with a space in front
        while (static_cast<int>(result.size()) < size) {
            result +=
                kCharacters[static_cast<std::size_t>(below(static_cast<int>(kCharacters.size())))];
        }
        return result;
    }
    // Up to 18 digits, up to 10 of them decimals, 0.01 often among them; greater than zero.
    Decimal decimal() {
        if (below(8) == 0) return Decimal::parse("0.01").value();
        const int digits = 1 + below(18);
        std::int64_t coefficient = 1 + below(9);
        for (int i = 1; i < digits; ++i) coefficient = coefficient * 10 + below(10);
        return Decimal::from(coefficient, below(11)).value();
    }
    std::optional<Decimal> maybe_decimal() {
        if (coin()) return std::nullopt;
        return decimal();
    }
    template <class Enum>
    Enum enumerator(int last) {
        return static_cast<Enum>(1 + below(last));
    }

private:
    std::mt19937 engine_;
};

template <std::size_t Capacity>
core::FixedString<Capacity> fixed(std::string_view text) {
    return core::FixedString<Capacity>::from(text).value();
}

Profile profile() {
    Profile result;
    result.orders.handl_inst = "1";
    result.orders.currency = "USD";
    result.fields = {{"capacity", 528, FieldType::Char, {"D", "G", "E"}, {}, "P", false}};
    result.parties = {{"", "FIRM", 'D', 1, {"D", "F", "G", "H", "E", "AF", "AN", "AD"}, false}};
    result.order_lists.encoding = ContingencyEncoding::ClOrdLinkID;
    result.queries.offered = {core::QueryKind::MassStatus};
    return result;
}

core::OrderInstructions random_instructions(RandomValues& random) {
    core::OrderInstructions result;
    for (int i = random.below(4); i > 0; --i) {
        result.exec_inst.add(random.enumerator<core::ExecInst>(18));
    }
    if (random.coin()) result.locate_reqd = random.enumerator<core::LocateReqd>(2);
    if (random.coin()) result.peg_offset_type = random.enumerator<core::PegOffsetType>(4);
    result.peg_offset_value = random.maybe_decimal();
    result.min_qty = random.maybe_decimal();
    result.max_floor = random.maybe_decimal();
    if (random.coin()) result.ex_destination = fixed<32>(random.text(8));
    return result;
}

core::NewOrder random_order(RandomValues& random) {
    core::NewOrder order;
    order.cl_ord_id = fixed<64>(random.text(1 + random.below(64)));
    order.symbol = fixed<64>(random.text(1 + random.below(20)));
    order.side = random.enumerator<core::Side>(4);
    order.ord_type = random.enumerator<core::OrdType>(8);
    order.time_in_force = random.enumerator<core::TimeInForce>(8);
    if (random.coin()) order.position_effect = random.enumerator<core::PositionEffect>(2);
    order.order_qty = random.decimal();
    order.price = random.maybe_decimal();
    order.stop_px = random.maybe_decimal();
    if (random.coin()) order.expire_time = kNow + std::chrono::hours{random.below(10'000)};
    order.instructions = random_instructions(random);
    return order;
}

std::string text_of(const std::optional<Decimal>& value) {
    return value ? value->to_string() : std::string{};
}
std::string text_of(char code) { return code == '\0' ? std::string{} : std::string(1, code); }

// QuickFIX read the terms as they are in the order.
void expect_terms(const FixFields& fields, const core::NewOrder& order) {
    Judgement read;
    read.fields = fields;
    EXPECT_EQ(read.get(11), order.cl_ord_id.view());
    EXPECT_EQ(read.get(55), order.symbol.view());
    EXPECT_EQ(read.get(54), text_of(to_fix(order.side)));
    EXPECT_EQ(read.get(40), text_of(to_fix(order.ord_type)));
    EXPECT_EQ(read.get(59), text_of(to_fix(order.time_in_force)));
    EXPECT_EQ(read.get(77), text_of(to_fix(order.position_effect)));
    EXPECT_EQ(read.get(38), order.order_qty.to_string());
    EXPECT_EQ(read.get(44), text_of(order.price));
    EXPECT_EQ(read.get(99), text_of(order.stop_px));
    EXPECT_EQ(read.get(110), text_of(order.instructions.min_qty));
    EXPECT_EQ(read.get(111), text_of(order.instructions.max_floor));
    EXPECT_EQ(read.get(211), text_of(order.instructions.peg_offset_value));
    EXPECT_EQ(read.get(836), text_of(to_fix(order.instructions.peg_offset_type)));
    EXPECT_EQ(read.get(114), text_of(to_fix(order.instructions.locate_reqd)));
    EXPECT_EQ(read.get(100), order.instructions.ex_destination.view());
    EXPECT_EQ(read.get(126).empty(), !order.expire_time.has_value());
    EXPECT_EQ(read.get(60), kNowText);
    EXPECT_EQ(read.get(528), "P");
    EXPECT_EQ(read.get(21), "1");
    EXPECT_EQ(read.get(15), "USD");
    EXPECT_EQ(read.get(1), "default:ACC-1");
}

class RoundTrip : public testing::Test {
protected:
    Judgement judged(const std::vector<std::pair<int, int>>& groups = {}) {
        Judgement result = test::judge(DICTIONARY_PATH, std::string{encoder_.msg_type()},
                                       std::string{encoder_.body()}, groups);
        EXPECT_EQ(result.error, "")
            << encoder_.msg_type() << ' ' << test::with_bars(encoder_.body());
        return result;
    }
    const broker::fix::MessageView& by_quickfix(const std::string& type, const FixFields& fields,
                                                const std::vector<FixGroup>& groups = {}) {
        return received_.parse_whole(test::encode_by_quickfix(type, fields, groups));
    }

    Dialect dialect_{profile(), "default:ACC-1"};
    broker::fix::MessageEncoder encoder_;
    Inbound inbound_;
    ReceivedMessage received_;
};

TEST_F(RoundTrip, NewOrderSingleIsReadByQuickFixAsItWasMeant) {
    RandomValues random{1};
    for (int i = 0; i < kRecords && !HasFailure(); ++i) {
        const core::NewOrder order = random_order(random);
        ASSERT_TRUE(to_fix(order, dialect_, kNow, encoder_).has_value());
        const Judgement read = judged({{453, 448}});
        expect_terms(read.fields, order);
        ASSERT_EQ(read.groups[0].entries.size(), 1U);
    }
}

TEST_F(RoundTrip, ReplaceCancelAndStatusRequestAreReadByQuickFixAsTheyWereMeant) {
    RandomValues random{2};
    for (int i = 0; i < kRecords && !HasFailure(); ++i) {
        const core::NewOrder first = random_order(random);
        core::Order order;
        order.cl_ord_id = fixed<64>("in force");
        order.order_id = fixed<64>(random.text(12));
        order.symbol = first.symbol;
        order.side = first.side;
        order.ord_type = first.ord_type;
        order.time_in_force = first.time_in_force;
        order.position_effect = first.position_effect;
        order.order_qty = first.order_qty;
        order.price = first.price;
        order.stop_px = first.stop_px;
        order.expire_time = first.expire_time;
        order.instructions = first.instructions;
        core::ReplaceOrder replace;
        replace.cl_ord_id = first.cl_ord_id;
        replace.price = random.decimal();
        ASSERT_TRUE(to_fix(replace, order, dialect_, kNow, encoder_).has_value());
        const Judgement replaced = judged();
        core::NewOrder expected = first;
        expected.price = replace.price;
        expect_terms(replaced.fields, expected);
        EXPECT_EQ(replaced.get(41), "in force");
        EXPECT_EQ(replaced.get(37), order.order_id.view());

        core::CancelOrder cancel;
        cancel.cl_ord_id = first.cl_ord_id;
        ASSERT_TRUE(to_fix(cancel, order, dialect_, kNow, encoder_).has_value());
        const Judgement canceled = judged();
        EXPECT_EQ(canceled.get(11), first.cl_ord_id.view());
        EXPECT_EQ(canceled.get(41), "in force");
        EXPECT_EQ(canceled.get(38), order.order_qty.to_string());

        ASSERT_TRUE(order_status_request_to_fix(order, dialect_, encoder_).has_value());
        EXPECT_EQ(judged().get(11), "in force");
    }
}

TEST_F(RoundTrip, NewOrderListIsReadByQuickFixOrderByOrder) {
    RandomValues random{3};
    for (int i = 0; i < kRecords && !HasFailure(); ++i) {
        core::NewOrderList list;
        list.list_id = fixed<64>(random.text(20));
        list.contingency = core::Contingency::Bracket;
        list.order_count = 2 + static_cast<std::uint32_t>(random.below(2));
        for (std::uint32_t n = 0; n < list.order_count; ++n) list.orders[n] = random_order(random);
        ASSERT_TRUE(to_fix(list, dialect_, kNow, encoder_).has_value());
        const Judgement read = judged({{73, 11}});
        EXPECT_EQ(read.get(66), list.list_id.view());
        ASSERT_EQ(read.groups[0].entries.size(), list.order_count);
        for (std::uint32_t n = 0; n < list.order_count; ++n) {
            Judgement entry;
            entry.fields = read.groups[0].entries[n];
            expect_terms(entry.fields, list.orders[n]);
            EXPECT_EQ(entry.get(67), std::to_string(n + 1));
            EXPECT_EQ(entry.get(583), n == 0 ? "" : list.orders[0].cl_ord_id.view());
        }
    }
}

TEST_F(RoundTrip, EveryQuestionIsTakenByQuickFix) {
    for (int kind = 2; kind <= 7; ++kind) {
        for (const bool has_symbol : {false, true}) {
            core::Query query;
            query.kind = static_cast<core::QueryKind>(kind);
            // TradingSessionID (336) takes anything; the others name an instrument.
            if (has_symbol) query.symbol = fixed<64>("EURUSD");
            if (query.kind == core::QueryKind::Trades) query.from = kNow;
            ASSERT_TRUE(query_to_fix(query, "Q1", dialect_, kNow, encoder_).has_value());
            (void)judged();
        }
    }
}

TEST_F(RoundTrip, ListCancelRequestIsTakenByQuickFix) {
    core::CancelOrderList request;
    request.list_id = fixed<64>("L");
    ASSERT_TRUE(to_fix(request, dialect_, kNow, encoder_).has_value());
    EXPECT_EQ(judged().get(66), "L");
}

TEST_F(RoundTrip, ExecutionReportOfQuickFixIsReadToTheSameRecord) {
    RandomValues random{4};
    constexpr std::string_view kExecTypes = "03456789ABCDEFGHL";
    constexpr std::string_view kStatuses = "23458BCE";  // those whose quantities need not add up
    for (int i = 0; i < kRecords && !HasFailure(); ++i) {
        const core::NewOrder order = random_order(random);
        const Decimal last = random.decimal();
        const Decimal cum = last.plus(Decimal::parse("1").value()).value_or(last);
        const Decimal leaves = random.decimal();
        const Decimal avg = random.decimal();
        const std::string exec_id = random.text(30);
        const char type = kExecTypes[static_cast<std::size_t>(random.below(17))];
        const char status = kStatuses[static_cast<std::size_t>(random.below(8))];
        const auto report = execution_report_from_fix(
            by_quickfix("8",
                        {{37, "V-1"},
                         {198, "S-1"},
                         {11, std::string{order.cl_ord_id.view()}},
                         {41, "orig"},
                         {17, exec_id},
                         {19, "ref"},
                         {150, std::string(1, type)},
                         {39, std::string(1, status)},
                         {1, "default:ACC-1"},
                         {55, std::string{order.symbol.view()}},
                         {54, text_of(to_fix(order.side))},
                         {38, order.order_qty.to_string()},
                         {40, text_of(to_fix(order.ord_type))},
                         {44, last.to_string()},
                         {59, text_of(to_fix(order.time_in_force))},
                         {432, "20260105"},
                         {32, last.to_string()},
                         {31, avg.to_string()},
                         {151, leaves.to_string()},
                         {14, cum.to_string()},
                         {6, avg.to_string()},
                         {60, "20260105-12:00:00.123"},
                         {58, "some text"},
                         {66, "L"},
                         {100, "NYSE"},
                         {103, "99"},
                         {378, "4"},
                         {797, "Y"},
                         {9945, "77"}},
                        {{453, 448, {{{448, "FIRM"}, {447, "D"}, {452, "1"}}}}}),
            dialect_, kReceived, inbound_);
        EXPECT_TRUE(report.faults.empty()) << report.fault_tag;
        EXPECT_EQ(report.cl_ord_id, order.cl_ord_id.view());
        EXPECT_EQ(report.symbol, order.symbol.view());
        EXPECT_EQ(report.side, order.side);
        EXPECT_EQ(report.ord_type, order.ord_type);
        EXPECT_EQ(report.time_in_force, order.time_in_force);
        EXPECT_EQ(report.raw_exec_type, std::string(1, type));
        EXPECT_EQ(report.exec_type, exec_type_from_fix(report.raw_exec_type));
        EXPECT_EQ(report.ord_status, ord_status_from_fix(std::string(1, status)));
        EXPECT_EQ(report.exec_id, exec_id);
        EXPECT_EQ(text_of(report.order_qty), order.order_qty.to_string());
        EXPECT_EQ(text_of(report.last_qty), last.to_string());
        EXPECT_EQ(text_of(report.last_px), avg.to_string());
        EXPECT_EQ(text_of(report.cum_qty), cum.to_string());
        EXPECT_EQ(text_of(report.leaves_qty), leaves.to_string());
        EXPECT_EQ(report.account, "default:ACC-1");
        EXPECT_EQ(report.list_id, "L");
        EXPECT_EQ(report.secondary_order_id, "S-1");
        EXPECT_EQ(report.orig_order_id, "77");
        EXPECT_EQ(report.ex_destination, "NYSE");
        EXPECT_EQ(report.restatement_reason, "4");
        EXPECT_EQ(report.ord_rej_reason, "99");
        EXPECT_EQ(report.exec_ref_id, "ref");
        EXPECT_EQ(report.expire_time, std::chrono::floor<std::chrono::days>(kNow));
        EXPECT_EQ(report.transact_time, kNow + std::chrono::milliseconds{123});
        EXPECT_EQ(report.text, "some text");
    }
}

TEST_F(RoundTrip, OrderCancelRejectOfQuickFixIsReadToTheSameRecord) {
    const auto reject = order_cancel_reject_from_fix(by_quickfix("9", {{37, "V"},
                                                                       {11, "B"},
                                                                       {41, "A"},
                                                                       {39, "1"},
                                                                       {434, "2"},
                                                                       {102, "3"},
                                                                       {58, "pending"},
                                                                       {60, kNowText}}),
                                                     dialect_, kReceived, inbound_);
    EXPECT_TRUE(inbound_.faults.empty());
    EXPECT_EQ(reject.cl_ord_id, "B");
    EXPECT_EQ(reject.orig_cl_ord_id, "A");
    EXPECT_TRUE(reject.is_replace);
    EXPECT_EQ(reject.cxl_rej_reason, "3");
    EXPECT_EQ(reject.ord_status, core::OrdStatus::PartiallyFilled);
    EXPECT_EQ(reject.transact_time, kNow);
}

TEST_F(RoundTrip, PositionsTradesAndSummariesOfQuickFixAreReadToTheSameRecord) {
    RandomValues random{5};
    for (int i = 0; i < kRecords && !HasFailure(); ++i) {
        const Decimal a = random.decimal();
        const Decimal b = random.decimal();
        const auto position = position_report_from_fix(
            by_quickfix("AP",
                        {{721, "R"},
                         {710, "Q1"},
                         {728, "0"},
                         {715, "20260105"},
                         {1, "default:ACC-1"},
                         {581, "1"},
                         {55, "EURUSD"},
                         {15, "USD"},
                         {730, b.to_string()},
                         {731, "1"},
                         {734, "1"}},
                        {{453, 448, {{{448, "FIRM"}, {447, "D"}, {452, "1"}}}},
                         {702,
                          703,
                          {{{703, "TQ"}, {704, "1"}, {705, "2"}},
                           {{703, "TOT"}, {704, a.to_string()}, {705, b.to_string()}}}}}),
            dialect_, inbound_);
        EXPECT_TRUE(inbound_.faults.empty());
        EXPECT_EQ(position.symbol, "EURUSD");
        EXPECT_EQ(text_of(position.long_qty), a.to_string());
        EXPECT_EQ(text_of(position.short_qty), b.to_string());
        EXPECT_EQ(text_of(position.avg_px), b.to_string());

        const auto trade = trade_report_from_fix(
            by_quickfix("AE",
                        {{571, "T"},
                         {487, "1"},
                         {17, "E"},
                         {570, "N"},
                         {55, "EURUSD"},
                         {32, a.to_string()},
                         {31, b.to_string()},
                         {75, "20260105"},
                         {60, kNowText}},
                        {{552,
                          54,
                          {{{54, "1"}, {37, "V1"}, {11, "A1"}, {1, "default:ACC-2"}},
                           {{54, "2"}, {37, "V2"}, {11, "A2"}, {1, "ACC-1"}}}}}),
            dialect_, inbound_);
        EXPECT_TRUE(inbound_.faults.empty());
        EXPECT_EQ(trade.side, core::Side::Sell);  // of our account, not of the first side
        EXPECT_EQ(trade.order_id, "V2");
        EXPECT_EQ(trade.cl_ord_id, "A2");
        EXPECT_TRUE(trade.is_canceled);
        EXPECT_EQ(text_of(trade.last_qty), a.to_string());
        EXPECT_EQ(text_of(trade.last_px), b.to_string());
        EXPECT_EQ(trade.trade_date, "20260105");

        const auto summary = account_summary_from_fix(by_quickfix("BA", {{908, "C"},
                                                                         {910, "0"},
                                                                         {15, "USD"},
                                                                         {899, a.to_string()},
                                                                         {900, b.to_string()},
                                                                         {901, a.to_string()}}),
                                                      dialect_, inbound_);
        EXPECT_TRUE(inbound_.faults.empty());
        EXPECT_EQ(text_of(summary.margin_free), a.to_string());
        EXPECT_EQ(text_of(summary.equity), b.to_string());
        EXPECT_EQ(text_of(summary.balance), a.to_string());
        EXPECT_EQ(summary.currency, "USD");
    }
}

TEST_F(RoundTrip, SecurityListOfQuickFixIsReadInstrumentByInstrument) {
    const auto& message =
        by_quickfix("y", {{320, "Q1"}, {322, "R"}, {560, "0"}, {393, "2"}, {893, "Y"}},
                    {{146,
                      55,
                      {{{55, "AAPL"},
                        {107, "Apple"},
                        {167, "CS"},
                        {207, "XNAS"},
                        {15, "USD"},
                        {231, "1"},
                        {561, "0.01"},
                        {562, "1"}},
                       {{55, "EURUSD"}, {561, "1000"}}}}});
    broker::fix::GroupView group{message.fields(), 146, 55};
    EXPECT_TRUE(group.is_count_right());
    const auto first = instrument_from_fix(*group.next(), "y", dialect_, inbound_);
    EXPECT_TRUE(inbound_.faults.empty());
    EXPECT_EQ(first.symbol, "AAPL");
    EXPECT_EQ(first.description, "Apple");
    EXPECT_EQ(first.security_type, "CS");
    EXPECT_EQ(first.security_exchange, "XNAS");
    EXPECT_EQ(first.currency, "USD");
    EXPECT_EQ(text_of(first.qty_increment), "0.01");
    EXPECT_EQ(text_of(first.min_qty), "1");
    EXPECT_EQ(text_of(first.contract_multiplier), "1");
    const auto second = instrument_from_fix(*group.next(), "y", dialect_, inbound_);
    EXPECT_EQ(second.symbol, "EURUSD");
    EXPECT_EQ(text_of(second.qty_increment), "1000");
    EXPECT_FALSE(second.contract_multiplier.has_value());
}

TEST_F(RoundTrip, TradingSessionStatusAndListStatusOfQuickFixAreReadToTheSameRecord) {
    const auto status = trading_session_status_from_fix(
        by_quickfix("h", {{335, "Q1"}, {336, "DAY"}, {340, "2"}, {341, kNowText}, {58, "open"}}),
        dialect_, inbound_);
    EXPECT_TRUE(inbound_.faults.empty());
    EXPECT_EQ(status.status, core::TradSesStatus::Open);
    EXPECT_EQ(status.trading_session_id, "DAY");
    EXPECT_EQ(status.start_time, kNow);

    const auto& list = by_quickfix(
        "N", {{66, "L"}, {429, "2"}, {82, "1"}, {431, "6"}, {83, "1"}, {444, "done"}, {68, "1"}},
        {{73, 11, {{{11, "A"}, {14, "2"}, {39, "2"}, {151, "0"}, {84, "0"}, {6, "1.25"}}}}});
    const auto list_status = list_status_from_fix(list, dialect_, inbound_);
    EXPECT_EQ(list_status.status, core::ListOrderStatus::AllDone);
    EXPECT_EQ(list_status.list_id, "L");
    EXPECT_EQ(list_status.text, "done");
    broker::fix::GroupView group{list.fields(), 73, 11};
    const auto member =
        list_member_from_fix(list, *group.next(), list_status, dialect_, kReceived, inbound_);
    EXPECT_EQ(member.cl_ord_id, "A");
    EXPECT_EQ(member.ord_status, core::OrdStatus::Filled);
    EXPECT_EQ(text_of(member.avg_px), "1.25");
}

}  // namespace
}  // namespace broker::dxtrade::fix
