#include "broker/sdk/text.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>

#include "broker/sdk/status.hpp"
#include "core/reason.hpp"

namespace broker::sdk {
namespace {

constexpr std::int64_t kLargest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kSmallest = std::numeric_limits<std::int64_t>::min();

TEST(Text, WritesDecimalsExactlyWithAllDigitsOfTheirScale) {
    EXPECT_EQ(decimal_text({150, 2, 1}), "1.50");
    EXPECT_EQ(decimal_text({-5, 3, 1}), "-0.005");
    EXPECT_EQ(decimal_text({0, 0, 1}), "0");
    EXPECT_EQ(decimal_text({0, 2, 1}), "0.00");
    EXPECT_EQ(decimal_text({123, 3, 1}), "0.123");
    EXPECT_EQ(decimal_text({1'234, 3, 1}), "1.234");
    EXPECT_EQ(decimal_text({-42, 0, 1}), "-42");
}

TEST(Text, WritesTheDecimalsAtTheEdgesOfTheRange) {
    EXPECT_EQ(decimal_text({kLargest, 0, 1}), "9223372036854775807");
    EXPECT_EQ(decimal_text({kSmallest, 0, 1}), "-9223372036854775808");
    EXPECT_EQ(decimal_text({kSmallest, 18, 1}), "-9.223372036854775808");
    EXPECT_EQ(decimal_text({-1, 18, 1}), "-0.000000000000000001");
}

TEST(Text, WritesNothingForAnAbsentDecimalAndSaysWhenOneIsInvalid) {
    EXPECT_EQ(decimal_text({0, 0, 0}), "");
    EXPECT_EQ(decimal_text({1, -1, 1}), "invalid");
    EXPECT_EQ(decimal_text({1, 19, 1}), "invalid");
}

TEST(Text, ReadsBackEveryDecimalItWrites) {
    for (const std::int64_t coefficient :
         {std::int64_t{0}, std::int64_t{1}, std::int64_t{-1}, std::int64_t{10},
          std::int64_t{-99'999}, std::int64_t{1'234'567'890'123'456'789}, kLargest, kSmallest}) {
        for (std::int32_t scale = 0; scale <= kMaxDecimalScale; ++scale) {
            const std::string text = decimal_text({coefficient, scale, 1});
            const auto read = decimal_from_text(text);
            ASSERT_TRUE(read.has_value()) << text;
            EXPECT_EQ(read->coefficient, coefficient) << text;
            EXPECT_EQ(read->scale, scale) << text;
            EXPECT_EQ(read->is_present, 1) << text;
        }
    }
}

TEST(Text, ReadsNoDecimalFromAnythingElse) {
    for (const char* const text : {"",
                                   "-",
                                   ".",
                                   "-.5",
                                   ".5",
                                   "5.",
                                   "1.2.3",
                                   "1..2",
                                   "+1",
                                   " 1",
                                   "1 ",
                                   "1e3",
                                   "0x10",
                                   "1,5",
                                   "--1",
                                   "9223372036854775808",
                                   "-9223372036854775809",
                                   "0.0000000000000000001",
                                   "99999999999999999999",
                                   "nan"}) {
        EXPECT_FALSE(decimal_from_text(text).has_value()) << text;
    }
}

TEST(Text, WritesTimestampsInUtcWithNanoseconds) {
    EXPECT_EQ(timestamp_text(0), "");
    EXPECT_EQ(timestamp_text(1), "1970-01-01T00:00:00.000000001Z");
    EXPECT_EQ(timestamp_text(1'767'614'400'123'456'789), "2026-01-05T12:00:00.123456789Z");
    EXPECT_EQ(timestamp_text(-1), "1969-12-31T23:59:59.999999999Z");
    EXPECT_EQ(timestamp_text(kLargest), "2262-04-11T23:47:16.854775807Z");
}

TEST(Text, ReadsTimestampsWithAndWithoutAFraction) {
    EXPECT_EQ(timestamp_from_text("1970-01-01T00:00:01Z"), 1'000'000'000);
    EXPECT_EQ(timestamp_from_text("2026-01-05T12:00:00.5Z"), 1'767'614'400'500'000'000);
    EXPECT_EQ(timestamp_from_text("2026-01-05T12:00:00.123456789Z"), 1'767'614'400'123'456'789);
    EXPECT_EQ(timestamp_text(timestamp_from_text("2028-02-29T23:59:59Z").value()),
              "2028-02-29T23:59:59.000000000Z");
}

TEST(Text, ReadsNoTimestampFromAnythingElse) {
    for (const char* const text :
         {"", "Z", "2026-01-05", "2026-01-05T12:00:00", "2026-01-05 12:00:00Z",
          "2026-13-05T12:00:00Z", "2026-02-29T12:00:00Z", "2026-01-05T24:00:00Z",
          "2026-01-05T12:60:00Z", "2026-01-05T12:00:60Z", "2026-01-05T12:00:00.Z",
          "2026-01-05T12:00:00.1234567890Z", "2026-01-05T12:00:00.x1Z", "2026-01-05T12:00:00+01",
          "1969-12-31T23:59:59Z", "2262-01-01T00:00:00Z", "20x6-01-05T12:00:00Z"}) {
        EXPECT_EQ(timestamp_from_text(text), std::nullopt) << text;
    }
}

TEST(Text, NamesEnumValuesAsTheFixSpecificationSpellsThem) {
    EXPECT_EQ(side_name(BROKER_SIDE_SELL_SHORT), "SellShort");
    EXPECT_EQ(ord_type_name(BROKER_ORD_TYPE_STOP_LIMIT), "StopLimit");
    EXPECT_EQ(time_in_force_name(BROKER_TIME_IN_FORCE_IMMEDIATE_OR_CANCEL), "ImmediateOrCancel");
    EXPECT_EQ(exec_type_name(BROKER_EXEC_TYPE_TRADE_CANCEL), "TradeCancel");
    EXPECT_EQ(ord_status_name(BROKER_ORD_STATUS_PARTIALLY_FILLED), "PartiallyFilled");
    EXPECT_EQ(certainty_name(BROKER_CERTAINTY_UNKNOWN), "Unknown");
    EXPECT_EQ(account_state_name(BROKER_ACCOUNT_STATE_LOGGED_ON), "LoggedOn");
    EXPECT_EQ(exec_inst_name(BROKER_EXEC_INST_PEG_TO_VWAP), "PegToVwap");
    EXPECT_EQ(peg_offset_type_name(BROKER_PEG_OFFSET_TYPE_BASIS_POINTS), "BasisPoints");
    EXPECT_EQ(contingency_name(BROKER_CONTINGENCY_ONE_CANCELS_OTHER), "OneCancelsOther");
    EXPECT_EQ(list_order_status_name(BROKER_LIST_ORDER_STATUS_ALL_DONE), "AllDone");
    EXPECT_EQ(query_kind_name(BROKER_QUERY_KIND_MASS_STATUS), "MassStatus");
    EXPECT_EQ(trad_ses_status_name(BROKER_TRAD_SES_STATUS_PRE_OPEN), "PreOpen");
    EXPECT_EQ(md_entry_type_name(BROKER_MD_ENTRY_TYPE_OPENING_PRICE), "OpeningPrice");
    EXPECT_EQ(md_update_action_name(BROKER_MD_UPDATE_ACTION_DELETE), "Delete");
    EXPECT_EQ(md_status_name(BROKER_MD_STATUS_STALE), "Stale");
    EXPECT_EQ(event_type_name(BROKER_EVENT_ORDER_LIST), "OrderList");
}

TEST(Text, NamesTheMembersOfASet) {
    EXPECT_EQ(exec_insts_text(0), "");
    EXPECT_EQ(exec_insts_text(1U << BROKER_EXEC_INST_ALL_OR_NONE |
                              1U << BROKER_EXEC_INST_PARTICIPATE_DONT_INITIATE),
              "ParticipateDontInitiate AllOrNone");
    EXPECT_EQ(report_faults_text(1U << BROKER_REPORT_FAULT_UNKNOWN_TAG | std::uint64_t{1} << 63),
              "UnknownTag Unrecognized");
}

TEST(Text, SaysOfANumberWithoutANameThatItIsUnrecognized) {
    EXPECT_EQ(side_name(99), "Unrecognized");
    EXPECT_EQ(exec_type_name(-1), "Unrecognized");
    EXPECT_EQ(reason_name(999), "UNKNOWN_REASON");
}

TEST(Text, FindsTheValueOfAnExactNameAlone) {
    EXPECT_EQ(side_from_name("Buy"), BROKER_SIDE_BUY);
    EXPECT_EQ(ord_type_from_name("Limit"), BROKER_ORD_TYPE_LIMIT);
    EXPECT_EQ(time_in_force_from_name("GoodTillCancel"), BROKER_TIME_IN_FORCE_GOOD_TILL_CANCEL);
    EXPECT_EQ(position_effect_from_name("Close"), BROKER_POSITION_EFFECT_CLOSE);
    EXPECT_EQ(exec_inst_from_name("AllOrNone"), BROKER_EXEC_INST_ALL_OR_NONE);
    EXPECT_EQ(contingency_from_name("Bracket"), BROKER_CONTINGENCY_BRACKET);
    EXPECT_EQ(side_from_name("buy"), std::nullopt);
    EXPECT_EQ(side_from_name(""), std::nullopt);
}

// The adapter writes reason names into its events; a host that prints a code must say the same.
TEST(Text, NamesEveryReasonAsTheAdapterDoes) {
    for (std::int32_t code = 0; code < 1'000; ++code) {
        EXPECT_EQ(reason_name(code), core::reason_name(static_cast<core::Reason>(code))) << code;
    }
}

TEST(Status, DescribesItselfInOneLine) {
    EXPECT_EQ(Status{}.describe(), "Ok");
    EXPECT_EQ(
        (Status{BROKER_REFUSED, BROKER_REASON_ACCOUNT_NOT_READY, "ACC-1 is Connecting"}).describe(),
        "Refused ACCOUNT_NOT_READY: ACC-1 is Connecting");
}

TEST(Status, NeverReadsBeyondTheErrorText) {
    detail::CallError error;
    error.get()->text_size = 1'000'000;
    std::fill_n(error.get()->text, BROKER_ERROR_TEXT_SIZE, 'x');
    EXPECT_EQ(error.status(BROKER_INTERNAL_ERROR).text.size(), BROKER_ERROR_TEXT_SIZE - 1);
}

}  // namespace
}  // namespace broker::sdk
