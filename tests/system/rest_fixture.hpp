// One account, ACC-1, whose orders go by REST, or by FIX with REST beside it.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>
#include <set>
#include <string>
#include <string_view>

#include "broker/sdk/fields.hpp"
#include "system/trading_rig.hpp"

namespace broker::test {

class RestFixture : public testing::Test {
protected:
    using Rest = AccountYaml::Rest;

    explicit RestFixture(const TradingRig::AdjustVenue& adjust = {}) : rig_{{"ACC-1"}, adjust} {}

    // Gives up on answers after a second, so that no test waits for long.
    void be_impatient() {
        rig_.account().limits =
            "{orders_per_s: 1000, order_ttl_ms: 20000, answer_timeout_ms: 1000}";
        rig_.account().rest_extra += ", request_timeout_ms: 1000, absence_grace_ms: 1000";
    }
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
    [[nodiscard]] bool wait_up(broker_channel_t channel, std::size_t times = 1) {
        const auto is_up = [channel](const RecordedEvent& event) {
            return event.type == BROKER_EVENT_SESSION && event.channel == channel &&
                   (event.reason == BROKER_REASON_REST_LOGGED_ON ||
                    event.reason == BROKER_REASON_PUSH_SUBSCRIBED);
        };
        return events().wait_for_count(is_up, times);
    }
    // Now, and not only at some time before: a fault may have ended a session.
    [[nodiscard]] bool is_ready() {
        const auto states = events().find([](const RecordedEvent& event) {
            return event.type == BROKER_EVENT_SESSION && event.state != event.previous_state &&
                   event.channel != BROKER_CHANNEL_PUSH &&
                   event.channel != BROKER_CHANNEL_PUSH_MARKET_DATA;
        });
        return !states.empty() && states.back().state == BROKER_ACCOUNT_STATE_READY;
    }
    [[nodiscard]] bool wait_status(const std::string& id, broker_ord_status_t status) {
        return events().wait_for(order_status(id, status));
    }
    // Until the request is proved to have been taken in or to have been refused.
    [[nodiscard]] bool wait_settled(const std::string& id) {
        return events().wait_for([id](const RecordedEvent& event) {
            return event.cl_ord_id == id && (event.certainty == BROKER_CERTAINTY_ACKNOWLEDGED ||
                                             event.certainty == BROKER_CERTAINTY_REJECTED);
        });
    }
    [[nodiscard]] bool is_told_rejected(const std::string& id) {
        return events().count([id](const RecordedEvent& event) {
            return event.cl_ord_id == id && event.certainty == BROKER_CERTAINTY_REJECTED;
        }) != 0;
    }
    // The refusal of this request has the OrderID of the order, as the venue acknowledged it.
    void expect_order_named(const std::string& request, const std::string& order) {
        const auto refusals = events().find([&](const RecordedEvent& event) {
            return event.type == BROKER_EVENT_ORDER_CANCEL_REJECT && event.cl_ord_id == request;
        });
        ASSERT_EQ(refusals.size(), 1U) << rig_.log();
        const auto reports = events().find(order_status(order, BROKER_ORD_STATUS_NEW));
        ASSERT_FALSE(reports.empty() || reports.front().order_id.empty()) << rig_.log();
        EXPECT_EQ(refusals.front().order_id, reports.front().order_id) << rig_.log();
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

    // The order, known to the host by these ids one after the other, is in the host's eyes what it
    // is at the venue, each of its fills counted once. What the venue has must be at rest or
    // staying as it is: waits until the host knows.
    void expect_same_at_both(const std::set<std::string>& ids) {
        const auto orders = venue().orders();
        const auto found = std::find_if(orders.begin(), orders.end(), [&](const auto& order) {
            return ids.contains(order.cl_ord_id);
        });
        ASSERT_NE(found, orders.end()) << *ids.begin() << " is not at the venue\n" << rig_.log();
        EXPECT_EQ(std::count_if(orders.begin(), orders.end(),
                                [&](const auto& order) { return ids.contains(order.cl_ord_id); }),
                  1)
            << *ids.begin();
        EXPECT_TRUE(events().wait_until([&] { return host_picture(ids) == venue_picture(*found); }))
            << "the host: " << host_picture(ids) << "\nthe venue: " << venue_picture(*found) << "\n"
            << rig_.log();
    }
    // Nobody's order but the ones that tests have named, and the positions that fills make.
    void expect_positions_are_the_fills() {
        core::Decimal filled;
        for (const RecordedEvent& event : events().find(is_fill())) {
            const core::Decimal qty = *core::Decimal::parse(event.last_qty);
            filled = event.side == BROKER_SIDE_BUY ? filled.plus(qty).value()
                                                   : filled.minus(qty).value();
        }
        core::Decimal held;
        for (const simulator::Position& each : venue().positions("ACC1")) {
            held = held.plus(each.quantity).value();
        }
        EXPECT_EQ(filled.to_string(), held.to_string());
    }
    TradingRig rig_;

private:
    [[nodiscard]] static RecordingEvents::Match is_fill() {
        return [](const RecordedEvent& event) {
            return event.type == BROKER_EVENT_EXECUTION_REPORT && !event.is_snapshot &&
                   event.exec_type == BROKER_EXEC_TYPE_TRADE;
        };
    }
    // "working filled=400".
    [[nodiscard]] static std::string venue_picture(const simulator::Order& order) {
        const bool is_working = order.is_working();
        const bool is_filled = order.ord_status == core::OrdStatus::Filled;
        return std::string{is_working  ? "working"
                           : is_filled ? "filled"
                                       : "ended"} +
               " filled=" + order.cum_qty.to_string();
    }
    [[nodiscard]] std::string host_picture(const std::set<std::string>& ids) {
        const auto reports = events().find([&](const RecordedEvent& event) {
            return event.type == BROKER_EVENT_EXECUTION_REPORT && ids.contains(event.cl_ord_id);
        });
        if (reports.empty()) return "never heard of";
        core::Decimal filled;
        std::set<std::string> exec_ids;
        for (const RecordedEvent& report : reports) {
            if (report.exec_type != BROKER_EXEC_TYPE_TRADE || report.is_snapshot) continue;
            filled = filled.plus(*core::Decimal::parse(report.last_qty)).value();
            if (!exec_ids.insert(report.exec_id).second) return "twice " + report.exec_id;
        }
        const broker_ord_status_t status = reports.back().ord_status;
        const bool has_ended = status == BROKER_ORD_STATUS_CANCELED ||
                               status == BROKER_ORD_STATUS_REJECTED ||
                               status == BROKER_ORD_STATUS_EXPIRED;
        return std::string{status == BROKER_ORD_STATUS_FILLED ? "filled"
                           : has_ended                        ? "ended"
                                                              : "working"} +
               " filled=" + filled.to_string();
    }
};

}  // namespace broker::test
