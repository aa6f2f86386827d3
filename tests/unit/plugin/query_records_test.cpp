#include "abi/query_records.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "abi/record.hpp"
#include "abi/released_sizes.hpp"

namespace broker::abi {
namespace {

using core::QueryKind;
using testing::StartsWith;

broker_query_t question() {
    broker_query_t query{};
    query.struct_size = sizeof(query);
    query.account = str("ACC-1");
    query.request_id = 7;
    return query;
}

std::string query_error(QueryKind kind, const std::function<void(broker_query_t&)>& change) {
    broker_query_t query = question();
    if (kind == QueryKind::OrderStatus) query.cl_ord_id = str("A");
    if (kind == QueryKind::Candles) {
        query.symbol = str("EURUSD");
        query.candle_type = str("m");
        query.from = 1;
    }
    change(query);
    const auto result = to_core(query, kind);
    return result ? "no error" : result.error().detail;
}

constexpr QueryKind kAllKinds[] = {QueryKind::OrderStatus,   QueryKind::MassStatus,
                                   QueryKind::Positions,     QueryKind::AccountSummary,
                                   QueryKind::Trades,        QueryKind::Instruments,
                                   QueryKind::OrderHistory,  QueryKind::TradingSessionStatus,
                                   QueryKind::CashTransfers, QueryKind::AccountEvents,
                                   QueryKind::Candles,       QueryKind::ConversionRates};

template <class... Kinds>
bool is_one_of(QueryKind kind, Kinds... kinds) {
    return ((kind == kinds) || ...);
}

TEST(QueryRecords, QuestionCrossesFieldByField) {
    broker_query_t query = question();
    query.symbol = str("EURUSD");
    query.cl_ord_id = str("A");
    query.from = 1;
    query.to = 2;
    const auto result = to_core(query, QueryKind::Trades);
    ASSERT_TRUE(result.has_value());
    EXPECT_EQ(result->kind, QueryKind::Trades);
    EXPECT_EQ(result->request_id, 7U);
    EXPECT_EQ(result->symbol.view(), "EURUSD");
    EXPECT_EQ(result->cl_ord_id.view(), "A");
    EXPECT_EQ(result->from, core::UtcTime{std::chrono::nanoseconds{1}});
    EXPECT_EQ(result->to, core::UtcTime{std::chrono::nanoseconds{2}});
}

TEST(QueryRecords, EveryQuestionNeedsARequestIdOfItsOwn) {
    for (const QueryKind kind : kAllKinds) {
        EXPECT_EQ(query_error(kind, [](broker_query_t&) {}), "no error");
        EXPECT_THAT(query_error(kind, [](broker_query_t& q) { q.request_id = 0; }),
                    StartsWith("request_id: expected not 0"));
        EXPECT_THAT(query_error(kind, [](broker_query_t& q) { q.must_be_zero = 1; }),
                    StartsWith("must_be_zero:"));
    }
}

TEST(QueryRecords, FieldThatAQuestionDoesNotReadMustBeZero) {
    for (const QueryKind kind : kAllKinds) {
        const auto expect = [kind](bool is_taken, std::string_view error,
                                   const std::function<void(broker_query_t&)>& change) {
            EXPECT_EQ(query_error(kind, change), is_taken ? "no error" : error)
                << static_cast<int>(kind);
        };
        const bool is_of_the_past =
            is_one_of(kind, QueryKind::OrderHistory, QueryKind::CashTransfers,
                      QueryKind::AccountEvents, QueryKind::Candles);
        expect(is_one_of(kind, QueryKind::OrderStatus, QueryKind::Trades),
               "cl_ord_id: expected empty", [](broker_query_t& q) { q.cl_ord_id = str("A"); });
        expect(!is_one_of(kind, QueryKind::OrderStatus, QueryKind::AccountSummary,
                          QueryKind::CashTransfers, QueryKind::AccountEvents,
                          QueryKind::ConversionRates),
               "symbol: expected empty", [](broker_query_t& q) { q.symbol = str("EURUSD"); });
        expect(is_of_the_past || kind == QueryKind::Trades, "from: expected no time range",
               [](broker_query_t& q) { q.to = 2; });
        expect(is_of_the_past, "max_answers: expected 0",
               [](broker_query_t& q) { q.max_answers = 5; });
        expect(kind == QueryKind::Candles, "candle_type: expected empty",
               [](broker_query_t& q) { q.candle_type = str("5m"); });
        expect(kind == QueryKind::ConversionRates, "currency: expected empty",
               [](broker_query_t& q) { q.currency = str("USD"); });
    }
}

TEST(QueryRecords, QuestionForCandlesCrossesWithItsOwnFields) {
    broker_query_t query = question();
    query.symbol = str("EURUSD");
    query.candle_type = str("15m");
    query.from = 1;
    query.max_answers = 4'294'967'295U;
    const auto result = to_core(query, QueryKind::Candles);
    ASSERT_TRUE(result.has_value());
    EXPECT_EQ(result->candle_type.view(), "15m");
    EXPECT_EQ(result->max_answers, 4'294'967'295U);
}

TEST(QueryRecords, QuestionForCandlesNamesSymbolTypeAndBeginning) {
    const auto error_without = [](auto member) {
        return query_error(QueryKind::Candles, [member](broker_query_t& q) { q.*member = {}; });
    };
    EXPECT_THAT(error_without(&broker_query_t::symbol), StartsWith("symbol:"));
    EXPECT_THAT(error_without(&broker_query_t::candle_type), StartsWith("candle_type:"));
    EXPECT_EQ(error_without(&broker_query_t::from), "from: expected the time of the first candle");
}

TEST(QueryRecords, MoreAnswersThanCanBeCountedAreNotAskedFor) {
    EXPECT_EQ(query_error(QueryKind::CashTransfers,
                          [](broker_query_t& q) { q.max_answers = 4'294'967'296U; }),
              "max_answers: expected at most 4294967295");
}

TEST(QueryRecords, RecordOfVersion11IsTakenAndItsMissingFieldsAreZero) {
    broker_query_t query = question();
    query.currency = str("USD");  // lies behind what the sender says it has written
    query.struct_size = offsetof(broker_query_t, candle_type);
    EXPECT_EQ(query.struct_size, 80U);
    const auto known = read_command(&query, kReleasedSize<broker_query_t>);
    ASSERT_TRUE(known.has_value());
    EXPECT_EQ(known->request_id, 7U);
    EXPECT_EQ(known->currency.size, 0U);
    query.struct_size -= 1;
    EXPECT_FALSE(read_command(&query, kReleasedSize<broker_query_t>).has_value());
}

TEST(QueryRecords, FieldOfALaterVersionIsRefused) {
    struct LaterQuery {
        broker_query_t known;
        std::uint64_t later_field;
    } query{question(), 0};
    query.known.struct_size = sizeof(query);
    EXPECT_TRUE(read_command(&query.known, kReleasedSize<broker_query_t>).has_value());
    query.later_field = 1;
    EXPECT_FALSE(read_command(&query.known, kReleasedSize<broker_query_t>).has_value());
}

TEST(QueryRecords, QuestionAboutAnOrderNamesIt) {
    EXPECT_THAT(query_error(QueryKind::OrderStatus, [](broker_query_t& q) { q.cl_ord_id = {}; }),
                StartsWith("cl_ord_id:"));
}

TEST(QueryRecords, TimeRangeRunsForwards) {
    const auto error_of = [](broker_timestamp_t from, broker_timestamp_t to) {
        return query_error(QueryKind::Trades, [&](broker_query_t& q) {
            q.from = from;
            q.to = to;
        });
    };
    EXPECT_EQ(error_of(0, 0), "no error");
    EXPECT_EQ(error_of(5, 0), "no error");
    EXPECT_EQ(error_of(0, 5), "no error");
    EXPECT_EQ(error_of(5, 6), "no error");
    EXPECT_THAT(error_of(5, 5), StartsWith("to: expected a time after from"));
    EXPECT_THAT(error_of(6, 5), StartsWith("to:"));
    EXPECT_THAT(error_of(-1, 5), StartsWith("from:"));
    EXPECT_THAT(error_of(0, -5), StartsWith("to:"));
}

}  // namespace
}  // namespace broker::abi
