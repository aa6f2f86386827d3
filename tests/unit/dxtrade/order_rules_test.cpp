#include "dxtrade/order_rules.hpp"

#include <gtest/gtest.h>

#include "dxtrade/enum_names.hpp"
#include "order_rules_fixture.hpp"
#include "support/allocation_count.hpp"

namespace broker::dxtrade {
namespace {

using core::Reason;
using namespace std::chrono_literals;
using namespace test_data;

TEST(OrderRules, WhatAProfileOffersIsTakenWithoutAllocating) {
    Profile profile = everything();
    profile.fields.push_back({"capacity", 528, FieldType::Char, {"D"}, {"A", "P"}, "", true});
    core::NewOrder order = limit_order();
    order.instructions.exec_inst = {core::ExecInst::AllOrNone};
    order.instructions.min_qty = dec("100");
    order.instructions.max_floor = dec("10");
    order.instructions.ex_destination = text<core::FixedString<32>>("NYSE");
    order.instructions.fields = fields("capacity=P|");
    const std::size_t before = test::allocation_count();
    const bool is_taken = check(order, profile).has_value();
    EXPECT_EQ(test::allocation_count(), before);
    EXPECT_TRUE(is_taken);
}

TEST(OrderRules, EverySideTypeAndTimeInForceIsRefusedExactlyWhereTheProfileLacksIt) {
    for (std::int32_t lacking = 1; lacking <= 9; ++lacking) {
        Profile profile = everything();
        const std::uint64_t all_but = ~(std::uint64_t{1} << static_cast<unsigned>(lacking));
        profile.orders.ord_types =
            core::EnumSet<core::OrdType>::from_bits(profile.orders.ord_types.bits() & all_but);
        for (std::int32_t given = 1; given <= 9; ++given) {
            core::NewOrder order = limit_order();
            order.ord_type = static_cast<core::OrdType>(given);
            EXPECT_EQ(check(order, profile).has_value(), given != lacking) << given;
        }
    }
    for (std::int32_t lacking = 1; lacking <= 8; ++lacking) {
        Profile profile = everything();
        const std::uint64_t all_but = ~(std::uint64_t{1} << static_cast<unsigned>(lacking));
        profile.orders.times_in_force = core::EnumSet<core::TimeInForce>::from_bits(
            profile.orders.times_in_force.bits() & all_but);
        profile.orders.sides =
            core::EnumSet<core::Side>::from_bits(profile.orders.sides.bits() & all_but);
        for (std::int32_t given = 1; given <= 8; ++given) {
            core::NewOrder order = limit_order();
            order.side = lacking == 1 ? core::Side::Sell : core::Side::Buy;
            order.time_in_force = static_cast<core::TimeInForce>(given);
            EXPECT_EQ(check(order, profile).has_value(), given != lacking) << given;
        }
        for (std::int32_t given = 1; given <= 4; ++given) {
            core::NewOrder order = limit_order();
            order.time_in_force =
                lacking == 1 ? core::TimeInForce::GoodTillCancel : core::TimeInForce::Day;
            order.side = static_cast<core::Side>(given);
            EXPECT_EQ(check(order, profile).has_value(), given != lacking) << given;
        }
    }
}

TEST(OrderRules, RefusalNamesProfileValueAndKey) {
    Profile profile = everything();
    profile.name = "dxtrade-xt";
    profile.orders.times_in_force = {core::TimeInForce::GoodTillCancel};
    expect_refused(limit_order(), profile, Reason::NotSupported,
                   "time_in_force: profile dxtrade-xt does not offer Day (orders.times_in_force)");
    profile.orders.ord_types = {core::OrdType::Market};
    expect_refused(limit_order(), profile, Reason::NotSupported,
                   "ord_type: profile dxtrade-xt does not offer Limit (orders.ord_types)");
    profile.orders.sides = {core::Side::Sell};
    expect_refused(limit_order(), profile, Reason::NotSupported,
                   "side: profile dxtrade-xt does not offer Buy (orders.sides)");
}

TEST(OrderRules, TimeInForceIsRefusedForTheOrderTypeThatDoesNotTakeIt) {
    Profile profile = everything();
    profile.orders.times_in_force_by_ord_type[core::OrdType::Limit] = {
        core::TimeInForce::GoodTillCancel};
    expect_refused(limit_order(), profile, Reason::NotSupported,
                   "time_in_force: profile p does not offer Day for Limit "
                   "(orders.times_in_force_by_ord_type)");
    core::NewOrder order = limit_order();
    order.ord_type = core::OrdType::Market;
    expect_taken(order, profile);
    EXPECT_FALSE(check_time_in_force(core::OrdType::Limit, core::TimeInForce::Day, profile));
    EXPECT_TRUE(
        check_time_in_force(core::OrdType::Limit, core::TimeInForce::GoodTillCancel, profile));
}

TEST(OrderRules, EveryExecInstIsRefusedExactlyWhereTheProfileLacksIt) {
    for (std::int32_t lacking = 1; lacking <= 18; ++lacking) {
        Profile profile = everything();
        profile.orders.exec_insts = core::EnumSet<core::ExecInst>::from_bits(
            0x7FFFE & ~(std::uint64_t{1} << static_cast<unsigned>(lacking)));
        core::NewOrder order = limit_order();
        order.instructions.exec_inst = profile.orders.exec_insts;
        expect_taken(order, profile);
        const auto exec_inst = static_cast<core::ExecInst>(lacking);
        order.instructions.exec_inst.add(exec_inst);
        expect_refused(order, profile, Reason::NotSupported,
                       "exec_inst: profile p does not offer " + std::string{name_of(exec_inst)} +
                           " (orders.exec_insts)");
    }
}

TEST(OrderRules, ExecInstsThatAreNotOfferedAreAllNamed) {
    Profile profile = everything();
    profile.orders.exec_insts = {core::ExecInst::Work};
    core::NewOrder order = limit_order();
    order.instructions.exec_inst = {core::ExecInst::Work, core::ExecInst::Held,
                                    core::ExecInst::TryToStop};
    expect_refused(order, profile, Reason::NotSupported,
                   "exec_inst: profile p does not offer Held, TryToStop (orders.exec_insts)");
}

// A field of an order with its rule in the profile.
struct RuledField {
    const char* name;
    FieldRule OrderRules::*rule;
    void (*give)(core::NewOrder&);
};

const RuledField kRuledFields[] = {
    {"min_qty", &OrderRules::min_qty,
     [](core::NewOrder& order) { order.instructions.min_qty = dec("1"); }},
    {"max_floor", &OrderRules::max_floor,
     [](core::NewOrder& order) { order.instructions.max_floor = dec("1"); }},
    {"cash_order_qty", &OrderRules::cash_order_qty,
     [](core::NewOrder& order) {
         order.instructions.cash_order_qty = dec("1");
         order.order_qty = {};
     }},
    {"ex_destination", &OrderRules::ex_destination,
     [](core::NewOrder& order) {
         order.instructions.ex_destination = text<core::FixedString<32>>("NYSE");
     }},
    {"locate_reqd", &OrderRules::locate_reqd,
     [](core::NewOrder& order) { order.instructions.locate_reqd = core::LocateReqd::NotRequired; }},
};

TEST(OrderRules, FieldIsRefusedWhereForbiddenAndWhereRequiredAndMissing) {
    for (const RuledField& field : kRuledFields) {
        const std::string name = field.name;
        core::NewOrder without = limit_order();
        without.side = core::Side::SellShort;
        core::NewOrder with = without;
        field.give(with);
        Profile profile = everything();
        expect_taken(with, profile);
        expect_taken(without, profile);
        profile.orders.*field.rule = FieldRule::Forbidden;
        expect_taken(without, profile);
        expect_refused(with, profile, Reason::NotSupported,
                       name + ": profile p does not offer it (orders." + name + ")");
        profile.orders.*field.rule = FieldRule::Required;
        expect_taken(with, profile);
        expect_refused(without, profile, Reason::InvalidField,
                       name + ": profile p requires it (orders." + name + ")");
    }
}

TEST(OrderRules, CashOrderQtyAndOrderQtyExcludeEachOther) {
    core::NewOrder order = limit_order();
    order.instructions.cash_order_qty = dec("1000");
    expect_refused(order, everything(), Reason::InvalidField,
                   "cash_order_qty: expected it or order_qty, not both");
    order.instructions.cash_order_qty.reset();
    order.order_qty = {};
    expect_refused(order, everything(), Reason::InvalidField,
                   "cash_order_qty: expected it or order_qty, not neither");
}

TEST(OrderRules, PartsOfAnOrderAreNotAboveIt) {
    core::NewOrder order = limit_order();
    order.instructions.min_qty = dec("100.00");
    expect_taken(order, everything());
    order.instructions.min_qty = dec("100.01");
    expect_refused(order, everything(), Reason::InvalidField,
                   "min_qty: expected at most order_qty, 100, found 100.01");
    order.instructions.min_qty.reset();
    order.instructions.max_floor = dec("101");
    expect_refused(order, everything(), Reason::InvalidField,
                   "max_floor: expected at most order_qty, 100, found 101");
}

TEST(OrderRules, RouteMustBeOneOfTheProfilesWhereItNamesThem) {
    Profile profile = everything();
    profile.orders.ex_destinations = {"ARCA", "NYSE"};
    core::NewOrder order = limit_order();
    expect_taken(order, profile);
    order.instructions.ex_destination = text<core::FixedString<32>>("NYSE");
    expect_taken(order, profile);
    order.instructions.ex_destination = text<core::FixedString<32>>("BATS");
    expect_refused(order, profile, Reason::NotSupported,
                   "ex_destination: profile p does not offer BATS (orders.ex_destinations)");
}

TEST(OrderRules, OrderWithoutARouteGetsTheProfilesDefault) {
    Profile profile = everything();
    core::NewOrder order = limit_order();
    complete(order, profile);
    EXPECT_TRUE(order.instructions.ex_destination.empty());
    profile.orders.default_ex_destination = "ARCA";
    complete(order, profile);
    EXPECT_EQ(order.instructions.ex_destination.view(), "ARCA");
    profile.orders.default_ex_destination = "NYSE";
    complete(order, profile);
    EXPECT_EQ(order.instructions.ex_destination.view(), "ARCA");
}

TEST(OrderRules, LocateGoesWithShortSalesAlone) {
    for (const core::Side side : {core::Side::Buy, core::Side::Sell}) {
        core::NewOrder order = limit_order();
        order.side = side;
        order.instructions.locate_reqd = core::LocateReqd::Required;
        expect_refused(order, everything(), Reason::InvalidField,
                       "locate_reqd: expected with SellShort or SellShortExempt alone, found "
                       "with " +
                           std::string{name_of(side)});
    }
    Profile profile = everything();
    profile.orders.locate_reqd = FieldRule::Required;
    expect_taken(limit_order(), profile);
    core::NewOrder exempt = limit_order();
    exempt.side = core::Side::SellShortExempt;
    EXPECT_FALSE(check(exempt, profile).has_value());
}

TEST(OrderRules, PositionEffectFollowsTheProfilesRule) {
    using core::PositionEffect;
    using core::Side;
    struct Case {
        PositionEffectRule rule;
        Side side;
        PositionEffect effect;
        bool is_taken;
    };
    constexpr PositionEffect kNone = PositionEffect::Unspecified;
    for (const Case& c : {
             Case{PositionEffectRule::Optional, Side::Sell, kNone, true},
             Case{PositionEffectRule::Optional, Side::Sell, PositionEffect::Close, true},
             Case{PositionEffectRule::Required, Side::Buy, kNone, false},
             Case{PositionEffectRule::Required, Side::Buy, PositionEffect::Open, true},
             Case{PositionEffectRule::Forbidden, Side::Buy, kNone, true},
             Case{PositionEffectRule::Forbidden, Side::Buy, PositionEffect::Open, false},
             Case{PositionEffectRule::RequiredToSell, Side::Sell, kNone, false},
             Case{PositionEffectRule::RequiredToSell, Side::Sell, PositionEffect::Close, true},
             Case{PositionEffectRule::RequiredToSell, Side::Buy, kNone, true},
             Case{PositionEffectRule::RequiredToSell, Side::SellShort, kNone, true},
         }) {
        Profile profile = everything();
        profile.orders.position_effect = c.rule;
        core::NewOrder order = limit_order();
        order.side = c.side;
        order.position_effect = c.effect;
        EXPECT_EQ(check(order, profile).has_value(), c.is_taken)
            << "rule " << static_cast<int>(c.rule) << ", side " << name_of(c.side);
    }
    Profile profile = everything();
    profile.orders.position_effect = PositionEffectRule::RequiredToSell;
    core::NewOrder order = limit_order();
    order.side = core::Side::Sell;
    expect_refused(order, profile, Reason::InvalidField,
                   "position_effect: profile p requires it to sell (orders.position_effect)");
}

TEST(OrderRules, PositionCodeNeedsATagAndAnOrderThatMayClose) {
    Profile profile = everything();
    core::NewOrder order = limit_order();
    order.instructions.position_code = text<core::FixedString<64>>("P-7");
    expect_taken(order, profile);
    order.position_effect = core::PositionEffect::Open;
    expect_refused(order, profile, Reason::InvalidField,
                   "position_code: expected with an order that closes, found with Open");
    order.position_effect = core::PositionEffect::Close;
    profile.orders.position_code_tag = 0;
    expect_refused(order, profile, Reason::NotSupported,
                   "position_code: profile p does not offer it (orders.position_code_tag)");
}

TEST(OrderRules, OffsetThatIsNoPriceIsRefusedWhereItsTypeIsNotSent) {
    Profile profile = everything();
    profile.orders.trailing_stop.sends_offset_type = false;
    core::NewOrder order = limit_order();
    order.ord_type = core::OrdType::TrailingStop;
    order.instructions.peg_offset_type = core::PegOffsetType::Price;
    expect_taken(order, profile);
    order.instructions.peg_offset_type = core::PegOffsetType::Ticks;
    expect_refused(order, profile, Reason::NotSupported,
                   "peg_offset_type: profile p does not offer Ticks "
                   "(orders.trailing_stop.sends_offset_type)");
    expect_taken(order, everything());
}

TEST(OrderRules, TimeOfDayIsRefusedWhereOnlyADateIsSent) {
    Profile profile = everything();
    profile.orders.expiry = ExpiryField::ExpireDate;
    const core::UtcTime midnight{std::chrono::sys_days{std::chrono::year{2026} / 12 / 1}};
    core::NewOrder order = limit_order();
    order.time_in_force = core::TimeInForce::GoodTillDate;
    order.expire_time = midnight;
    expect_taken(order, profile);
    order.expire_time = midnight + 1ns;
    const std::string detail =
        "expire_time: profile p does not offer another time of day than midnight UTC "
        "(orders.expiry)";
    expect_refused(order, profile, Reason::NotSupported, detail);
    core::ReplaceOrder request = price_change();
    request.expire_time = midnight + 15h;
    expect_refused(request, profile, Reason::NotSupported, detail);
    profile.orders.expiry = ExpiryField::DateIfMidnight;
    expect_taken(order, profile);
}

}  // namespace
}  // namespace broker::dxtrade
