// One account, ACC-1, whose orders go by REST, or by FIX with REST beside it.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "system/trading_rig.hpp"

namespace broker::test {

class RestFixture : public testing::Test {
protected:
    using Rest = AccountYaml::Rest;

    void start(Rest rest, bool has_push) {
        rig_.account().rest = rest;
        rig_.account().has_push = has_push;
        rig_.account().rest_extra += ", poll_interval_ms: 200";
        // Rates that do not slow a test down; those of the venue are off.
        rig_.change_profile(
            "rates: {login: {per_s: 1}, read: {per_s: 10}, "
            "trade: {count: 10, window_ms: 1000}, bulk: {per_s: 1}}",
            "rates: {login: {per_s: 50}, read: {per_s: 500}, "
            "trade: {per_s: 500}, bulk: {per_s: 50}}");
        rig_.start();
        ASSERT_TRUE(rig_.wait_ready("ACC-1")) << rig_.log();
        ASSERT_TRUE(rest != Rest::Beside || wait_up(BROKER_CHANNEL_REST)) << rig_.log();
        ASSERT_TRUE(!has_push || wait_up(BROKER_CHANNEL_PUSH)) << rig_.log();
    }

    [[nodiscard]] simulator::Simulator& venue() { return rig_.venue(); }
    [[nodiscard]] RecordingEvents& events() { return rig_.events(); }

    // The connection beside the trading one has logged on.
    [[nodiscard]] bool wait_up(broker_channel_t channel) {
        return events().wait_for([channel](const RecordedEvent& event) {
            return event.type == BROKER_EVENT_SESSION && event.channel == channel &&
                   (event.reason == BROKER_REASON_REST_LOGGED_ON ||
                    event.reason == BROKER_REASON_PUSH_SUBSCRIBED);
        });
    }
    [[nodiscard]] bool wait_status(const std::string& id, broker_ord_status_t status) {
        return events().wait_for(order_status(id, status));
    }
    void submit(const std::string& id, const std::string& price = {},
                const std::string& qty = "1000") {
        const sdk::Status status = rig_.submit(
            {.id = id, .qty = qty, .price = price, .position_effect = BROKER_POSITION_EFFECT_OPEN});
        ASSERT_TRUE(status.is_ok()) << status.describe();
    }
    // A limit order far from the market, accepted.
    void rest_order(const std::string& id) {
        submit(id, "0.5");
        ASSERT_TRUE(wait_status(id, BROKER_ORD_STATUS_NEW)) << rig_.log();
    }
    [[nodiscard]] bool fill(const std::string& id, std::string_view qty) {
        return venue().fill("ACC1", id, *core::Decimal::parse(qty), *core::Decimal::parse("0.5"));
    }
    // The venue's orders with this id.
    [[nodiscard]] std::size_t at_venue(const std::string& id) {
        const auto orders = venue().orders();
        return static_cast<std::size_t>(
            std::count_if(orders.begin(), orders.end(), [&](const simulator::Order& order) {
                return order.cl_ord_id == id || order.orig_cl_ord_id == id;
            }));
    }

    TradingRig rig_{{"ACC-1"}};
};

}  // namespace broker::test
