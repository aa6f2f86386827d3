// What the tests of the REST translators share.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <string_view>

#include "core/order_ledger.hpp"
#include "dxtrade/rest/order_reports.hpp"
#include "dxtrade/rest/order_requests.hpp"
#include "dxtrade/rest/record_reader.hpp"
#include "support/payload.hpp"

namespace broker::dxtrade::rest {

inline core::Decimal decimal(std::string_view text) { return *core::Decimal::parse(text); }

inline core::UtcTime utc(std::chrono::sys_days day, core::Duration time = {}) {
    return core::UtcTime{day} + time;
}

// 2031-04-05 06:07:08 UTC.
inline core::UtcTime example_time() {
    using namespace std::chrono;
    return utc(sys_days{year{2031} / 4 / 5}, hours{6} + minutes{7} + seconds{8});
}

// Names go as they are, but for one.
inline const Symbols& symbols() {
    static const Symbols instance = [] {
        SymbolRules rules;
        rules.map["GOLD"] = {"XAUUSD", "", {}};
        return Symbols{rules};
    }();
    return instance;
}

inline ReportContext report_context() {
    return {core::Channel::Rest, core::MonotonicTime{std::chrono::seconds{5}}, 0, symbols()};
}

inline Profile rest_profile() {
    Profile profile;
    profile.name = "test";
    profile.rest.is_offered = true;
    profile.rest.orders.is_offered = true;
    profile.rest.orders.contingencies = {core::Contingency::OneCancelsOther,
                                         core::Contingency::OneTriggersOther,
                                         core::Contingency::Bracket};
    return profile;
}

inline core::NewOrder limit_order() {
    core::NewOrder order;
    order.cl_ord_id = *core::ClOrdID::from("A-1");
    order.symbol = *core::Symbol::from("EURUSD");
    order.side = core::Side::Sell;
    order.ord_type = core::OrdType::Limit;
    order.time_in_force = core::TimeInForce::GoodTillCancel;
    order.position_effect = core::PositionEffect::Open;
    order.order_qty = decimal("10000");
    order.price = decimal("1.2345");
    return order;
}

// The order as the ledger has it after the request.
inline core::Order ledger_order(const core::NewOrder& request) {
    core::Order order;
    order.cl_ord_id = request.cl_ord_id;
    order.first_cl_ord_id = request.cl_ord_id;
    order.symbol = request.symbol;
    order.side = request.side;
    order.ord_type = request.ord_type;
    order.time_in_force = request.time_in_force;
    order.position_effect = request.position_effect;
    order.order_qty = request.order_qty;
    order.price = request.price;
    order.stop_px = request.stop_px;
    order.expire_time = request.expire_time;
    order.instructions = request.instructions;
    return order;
}

// The orders of a payload without a fault.
inline std::vector<RestOrder> orders_of(std::string_view payload) {
    ReadFaults faults;
    auto page = orders_from_json(test::payload(payload), faults);
    EXPECT_TRUE(page.has_value());
    EXPECT_TRUE(faults.empty());
    return page ? std::move(page->orders) : std::vector<RestOrder>{};
}

}  // namespace broker::dxtrade::rest
