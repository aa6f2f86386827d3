#include "dxtrade/field_rules.hpp"

#include <gtest/gtest.h>

#include "order_rules_fixture.hpp"

namespace broker::dxtrade {
namespace {

using core::Reason;
using namespace test_data;

TEST(FieldRules, NamedFieldMustBeTheProfilesAndGoWithTheRequest) {
    Profile profile = everything();
    profile.fields.push_back({"strategy", 5001, FieldType::String, {"D"}, {}, "", false});
    profile.fields.push_back({"venue_note", 5002, FieldType::String, {"8"}, {}, "", false});
    profile.parties.push_back({"trader", "", 'D', 12, {"D"}, false});
    core::NewOrder order = limit_order();
    order.instructions.fields = fields("strategy=x=1|trader=Jane Doe|");
    expect_taken(order, profile);
    order.instructions.fields = fields("strategy=x|tradar=T|");
    expect_refused(order, profile, Reason::NotSupported,
                   "fields.tradar: profile p has no such name (fields, parties)");
    order.instructions.fields = fields("venue_note=x|");
    expect_refused(order, profile, Reason::NotSupported,
                   "fields.venue_note: profile p does not send it with NewOrderSingle "
                   "(fields[].messages)");
    core::ReplaceOrder request = price_change();
    request.fields = fields("trader=T|");
    expect_refused(request, profile, Reason::NotSupported,
                   "fields.trader: profile p does not send it with OrderCancelReplaceRequest "
                   "(parties[].messages)");
}

TEST(FieldRules, NamedFieldsThatAreNoPairsAreRefused) {
    Profile profile = everything();
    profile.fields.push_back({"a", 5001, FieldType::String, {"D"}, {}, "", false});
    for (const char* wrong : {"a=1", "a|", "a=|", "=1|", "a=1|a=2|"}) {
        core::NewOrder order = limit_order();
        order.instructions.fields = fields(wrong);
        expect_refused(order, profile, Reason::InvalidField,
                       "fields: expected name=value pairs, each ended by SOH, and no name twice");
    }
}

TEST(FieldRules, NamedFieldTakesValuesOfItsType) {
    struct Case {
        FieldType type;
        const char* value;
        bool is_taken;
    };
    for (const Case& c : {
             Case{FieldType::String, "any text", true},
             Case{FieldType::String, "tab\there", false},
             Case{FieldType::Char, "A", true},
             Case{FieldType::Char, "AB", false},
             Case{FieldType::Int, "-12", true},
             Case{FieldType::Int, "+12", false},
             Case{FieldType::Int, "1.5", false},
             Case{FieldType::Int, "9223372036854775807", true},
             Case{FieldType::Int, "9223372036854775808", false},
             Case{FieldType::Decimal, "-0.0000000001", true},
             Case{FieldType::Decimal, "1e3", false},
             Case{FieldType::Boolean, "Y", true},
             Case{FieldType::Boolean, "true", false},
             Case{FieldType::UtcTimestamp, "20261126-14:30:00.123", true},
             Case{FieldType::UtcTimestamp, "2026-11-26T14:30:00", false},
             Case{FieldType::UtcDate, "20240229", true},
             Case{FieldType::UtcDate, "20260229", false},
             Case{FieldType::UtcDate, "20261126-14:30:00", false},
         }) {
        Profile profile = everything();
        profile.fields.push_back({"a", 5001, c.type, {"D"}, {}, "", false});
        core::NewOrder order = limit_order();
        order.instructions.fields = fields("a=" + std::string{c.value} + "|");
        EXPECT_EQ(check(order, profile).has_value(), c.is_taken) << c.value;
    }
}

TEST(FieldRules, NamedFieldTakesTheProfilesValuesAlone) {
    Profile profile = everything();
    profile.fields.push_back({"capacity", 528, FieldType::Char, {"D"}, {"A", "P"}, "", false});
    core::NewOrder order = limit_order();
    order.instructions.fields = fields("capacity=P|");
    expect_taken(order, profile);
    order.instructions.fields = fields("capacity=X|");
    expect_refused(order, profile, Reason::InvalidField,
                   "fields.capacity: profile p expects one of A, P, found \"X\" (fields[].values, "
                   "type)");
}

TEST(FieldRules, RequiredFieldIsMissedUnlessTheHostOrTheProfileGivesIt) {
    Profile profile = everything();
    profile.fields.push_back({"capacity", 528, FieldType::Char, {"D", "G"}, {}, "", true});
    profile.parties.push_back({"trader", "", 'D', 12, {"E"}, true});
    expect_refused(limit_order(), profile, Reason::InvalidField,
                   "fields.capacity: profile p requires it (fields[].required)");
    // The order's own goes again with the replace.
    expect_taken(price_change(), profile);
    core::NewOrder order = limit_order();
    order.instructions.fields = fields("capacity=P|");
    expect_taken(order, profile);
    profile.fields[0].value = "A";
    expect_taken(limit_order(), profile);
    expect_refused(bracket(), profile, Reason::InvalidField,
                   "orders[0].fields.trader: profile p requires it (parties[].required)");
    profile.parties[0].id = "T-1";
    expect_taken(bracket(), profile);
    profile.fields[0] = {"reason", 5003, FieldType::String, {"G"}, {}, "", true};
    expect_refused(price_change(), profile, Reason::InvalidField,
                   "fields.reason: profile p requires it (fields[].required)");
}

}  // namespace
}  // namespace broker::dxtrade
