#include "abi/list_records.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "abi/field_reader.hpp"
#include "abi/record.hpp"
#include "core/query.hpp"

namespace broker::abi {
namespace {

using core::QueryKind;
using testing::StartsWith;

const core::MonotonicTime kNow{std::chrono::seconds{1000}};

broker_new_order_t order(std::string_view name) {
    broker_new_order_t record{};
    record.struct_size = sizeof(record);
    record.side = BROKER_SIDE_BUY;
    record.ord_type = BROKER_ORD_TYPE_LIMIT;
    record.time_in_force = BROKER_TIME_IN_FORCE_DAY;
    record.account = str("ACC-1");
    record.cl_ord_id = str(name);
    record.symbol = str("EURUSD");
    record.order_qty = {1000, 0, 1};
    record.price = {11, 1, 1};
    return record;
}

// Three orders and the list that points to them.
struct Bracket {
    broker_new_order_t first = order("L-1");
    broker_new_order_t second = order("L-2");
    broker_new_order_t third = order("L-3");
    broker_order_list_t list{};

    Bracket() {
        list.struct_size = sizeof(list);
        list.contingency = BROKER_CONTINGENCY_BRACKET;
        list.account = str("ACC-1");
        list.list_id = str("L");
        list.first = &first;
        list.second = &second;
        list.third = &third;
    }
    Bracket(const Bracket&) = delete;
    Bracket& operator=(const Bracket&) = delete;
};

std::string list_error(const std::function<void(Bracket&)>& change) {
    Bracket bracket;
    change(bracket);
    const auto result = to_core(bracket.list, kNow);
    return result ? "no error" : result.error().detail;
}

TEST(ListRecords, ListCrossesWithItsOrdersInTheirPlaces) {
    Bracket bracket;
    bracket.list.signal_time = std::chrono::nanoseconds{std::chrono::seconds{999}}.count();
    const auto list = to_core(bracket.list, kNow);
    ASSERT_TRUE(list.has_value());
    EXPECT_EQ(list->list_id.view(), "L");
    EXPECT_EQ(list->contingency, core::Contingency::Bracket);
    ASSERT_EQ(list->members().size(), 3U);
    EXPECT_EQ(list->members()[0].cl_ord_id.view(), "L-1");
    EXPECT_EQ(list->members()[2].cl_ord_id.view(), "L-3");
    for (const core::NewOrder& member : list->members()) {
        EXPECT_EQ(member.stages.signal, kNow - std::chrono::seconds{1});
        EXPECT_EQ(member.stages.accepted, kNow);
    }
}

TEST(ListRecords, SignalTimesOfTheMembersAreIgnoredForTheLists) {
    Bracket bracket;
    bracket.second.signal_time = INT64_MAX;
    const auto list = to_core(bracket.list, kNow);
    ASSERT_TRUE(list.has_value()) << list.error().detail;
    EXPECT_EQ(list->members()[1].stages.signal, kNow);
}

TEST(ListRecords, PairHasNoThirdOrder) {
    const auto pair = [](Bracket& b) {
        b.list.contingency = BROKER_CONTINGENCY_ONE_CANCELS_OTHER;
        b.list.third = nullptr;
    };
    EXPECT_EQ(list_error(pair), "no error");
    EXPECT_THAT(list_error([&](Bracket& b) {
                    pair(b);
                    b.list.third = &b.third;
                }),
                StartsWith("third: expected null"));
    EXPECT_THAT(list_error([&](Bracket& b) {
                    pair(b);
                    b.list.second = nullptr;
                }),
                StartsWith("second: expected an order"));
}

TEST(ListRecords, EveryWrongFieldOfAListIsNamed) {
    EXPECT_THAT(list_error([](Bracket& b) { b.list.list_id = {}; }), StartsWith("list_id:"));
    EXPECT_THAT(list_error([](Bracket& b) { b.list.contingency = 0; }), StartsWith("contingency:"));
    EXPECT_THAT(list_error([](Bracket& b) { b.list.contingency = 4; }), StartsWith("contingency:"));
    EXPECT_THAT(list_error([](Bracket& b) { b.list.signal_time = INT64_MAX; }),
                StartsWith("signal_time:"));
    EXPECT_THAT(list_error([](Bracket& b) { b.list.first = nullptr; }), StartsWith("first:"));
    EXPECT_THAT(list_error([](Bracket& b) { b.list.third = nullptr; }), StartsWith("third:"));
}

TEST(ListRecords, WrongFieldOfAMemberIsNamedWithTheMember) {
    EXPECT_THAT(list_error([](Bracket& b) { b.second.price = {}; }), StartsWith("second.price:"));
    EXPECT_THAT(list_error([](Bracket& b) { b.third.account = str("ACC-2"); }),
                StartsWith("third.account: expected that of the list"));
    EXPECT_THAT(list_error([](Bracket& b) { b.first.struct_size = 8; }),
                StartsWith("first.struct_size:"));
    EXPECT_THAT(list_error([](Bracket& b) { b.third.cl_ord_id = str("L-1"); }),
                StartsWith("third.cl_ord_id: expected another id"));
}

TEST(ListRecords, CancelOfAListNeedsItsIdAndAPrefix) {
    broker_cancel_order_list_t record{};
    record.struct_size = sizeof(record);
    record.list_id = str("L");
    EXPECT_THAT(to_core(record, kNow).error().detail, StartsWith("cl_ord_id_prefix:"));
    record.cl_ord_id_prefix = str("C-");
    const auto request = to_core(record, kNow);
    ASSERT_TRUE(request.has_value());
    EXPECT_EQ(request->list_id.view(), "L");
    EXPECT_EQ(request->cl_ord_id_prefix.view(), "C-");
    EXPECT_EQ(request->stages.signal, kNow);
    const std::string too_long(49, 'x');
    record.cl_ord_id_prefix = str(too_long);
    EXPECT_THAT(to_core(record, kNow).error().detail, StartsWith("cl_ord_id_prefix:"));
    record.cl_ord_id_prefix = str("C-");
    record.list_id = {};
    EXPECT_THAT(to_core(record, kNow).error().detail, StartsWith("list_id:"));
    record.must_be_zero = 1;
    EXPECT_THAT(to_core(record, kNow).error().detail, StartsWith("must_be_zero:"));
}

// ---- single fields

TEST(FieldReader, KeepsTheFirstErrorAndWhatWasReadBefore) {
    FieldReader read;
    int target = 0;
    read(target, core::Result<int>{5});
    EXPECT_EQ(target, 5);
    read(target, core::Result<int>{invalid("first", "x")});
    read(target, core::Result<int>{7});
    read.require(false, "second", "y");
    read.require_zero(1);
    EXPECT_EQ(target, 5);
    const auto result = read.finish(target);
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(result.error().detail, "first: expected x");
}

TEST(FieldReader, PlainTextIsPrintableAsciiWithoutSpace) {
    EXPECT_TRUE(is_plain("A-1/~"));
    EXPECT_FALSE(is_plain("a b"));
    EXPECT_FALSE(is_plain("a\x7f"));
    EXPECT_FALSE(is_plain("\xc3\xa4"));
}

TEST(FieldReader, AbsentDecimalIsAllZero) {
    EXPECT_EQ(*read_decimal("price", {}), std::nullopt);
    EXPECT_FALSE(read_decimal("price", {5, 0, 0}).has_value());
    EXPECT_FALSE(read_decimal("price", {0, 1, 0}).has_value());
    EXPECT_EQ(**read_decimal("price", {-5, 1, 1}), core::Decimal::parse("-0.5").value());
    EXPECT_FALSE(read_positive("qty", {0, 0, 1}).has_value());
    EXPECT_EQ(*read_positive("qty", {}), std::nullopt);
}

TEST(FieldReader, EnumSetHasNoBitOutsideItsEnumerators) {
    const auto read = [](std::uint64_t bits) {
        return read_enum_set("kinds", bits, QueryKind::TradingSessionStatus);
    };
    EXPECT_TRUE(read(0).has_value());
    EXPECT_TRUE(read(0b1111'1110)->contains(QueryKind::TradingSessionStatus));
    EXPECT_FALSE(read(1).has_value());
    EXPECT_FALSE(read(0b1'0000'0000).has_value());
}

TEST(FieldReader, NamedFieldsMustBeWellFormed) {
    EXPECT_TRUE(read_fields({}).has_value());
    EXPECT_TRUE(read_fields(str("a=1\x01"
                                "b=2\x01"))
                    .has_value());
    EXPECT_FALSE(read_fields(str("a=1")).has_value());
    EXPECT_FALSE(read_fields(str("a=1\x01"
                                 "a=2\x01"))
                     .has_value());
    const std::string long_text = "a=" + std::string(core::NamedFields::kCapacity, 'x') + "\x01";
    EXPECT_THAT(read_fields(str(long_text)).error().detail, StartsWith("fields: expected at most"));
}

}  // namespace
}  // namespace broker::abi
