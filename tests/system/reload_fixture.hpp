// Accounts at simulators of their own, whose configuration is loaded anew while they trade.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "system/trading_rig.hpp"

namespace broker::test {

class ReloadFixture : public testing::Test {
protected:
    static constexpr std::string_view kWhy = "ann: new limits";

    explicit ReloadFixture(std::vector<std::string> accounts) : rig_{std::move(accounts)} {}

    void start(const std::vector<std::string>& ready) {
        rig_.start();
        for (const std::string& id : ready) ASSERT_TRUE(rig_.wait_ready(id)) << rig_.log();
    }
    // As it is by now, or what another file says.
    sdk::Status reload() {
        rig_.write_config();
        return reload_file(rig_.config().string());
    }
    sdk::Status reload_file(const std::string& file) {
        return rig_.adapter().operator_desk()->reload(file, kWhy, result_);
    }
    AccountYaml& yaml(std::string_view id) {
        const auto found = std::find_if(rig_.accounts().begin(), rig_.accounts().end(),
                                        [id](const AccountYaml& each) { return each.id == id; });
        if (found == rig_.accounts().end()) throw std::runtime_error{"no such account"};
        return *found;
    }
    // Takes the account out of the configuration.
    AccountYaml take_out(std::string_view id) {
        AccountYaml taken = yaml(id);
        std::erase_if(rig_.accounts(), [id](const AccountYaml& each) { return each.id == id; });
        return taken;
    }
    void put_in(AccountYaml account) { rig_.accounts().push_back(std::move(account)); }

    [[nodiscard]] static RecordingEvents::Match session(std::string account,
                                                        broker_account_state_t state,
                                                        broker_reason_t reason) {
        return [=](const RecordedEvent& event) {
            return event.type == BROKER_EVENT_SESSION && event.account == account &&
                   event.state == state && event.reason == reason;
        };
    }
    // Waits until the account has become ready so many times since the start.
    [[nodiscard]] bool wait_became_ready(const std::string& account, std::size_t times) {
        return rig_.events().wait_for_count(
            [account](const RecordedEvent& event) {
                return event.type == BROKER_EVENT_SESSION && event.account == account &&
                       event.state == BROKER_ACCOUNT_STATE_READY &&
                       event.previous_state == BROKER_ACCOUNT_STATE_RECONCILING;
            },
            times);
    }
    [[nodiscard]] broker_account_status_t status(std::string_view account) {
        broker_account_status_t found{};
        EXPECT_TRUE(rig_.adapter().accounts()->get_status(account, found).is_ok()) << account;
        return found;
    }
    // Messages of this type that a venue has received.
    [[nodiscard]] std::size_t received_of(std::size_t venue, std::string_view msg_type) {
        const auto messages = rig_.venue(venue).messages().all();
        return static_cast<std::size_t>(
            std::count_if(messages.begin(), messages.end(), [&](const auto& m) {
                return m.direction == simulator::LoggedMessage::Direction::FromClient &&
                       m.message.msg_type == msg_type;
            }));
    }
    void expect_taken(const std::string& account, const std::string& id) {
        const sdk::Status sent = rig_.submit({.account = account, .id = id, .price = "0.5"});
        EXPECT_TRUE(sent.is_ok()) << sent.describe();
        EXPECT_TRUE(rig_.events().wait_for(order_status(id, BROKER_ORD_STATUS_NEW))) << rig_.log();
    }
    void expect_canceled(const std::string& account, const std::string& id,
                         const std::string& order) {
        EXPECT_TRUE(rig_.cancel(account, id, order).is_ok());
        EXPECT_TRUE(rig_.events().wait_for([&](const RecordedEvent& event) {
            return (event.cl_ord_id == id || event.cl_ord_id == order) &&
                   event.ord_status == BROKER_ORD_STATUS_CANCELED;
        })) << rig_.log();
    }
    // 1, 2, 3, … without a gap.
    void expect_events_counted(const std::string& account) {
        const auto events = rig_.events().find(
            [&](const RecordedEvent& event) { return event.account == account; });
        for (std::size_t i = 0; i < events.size(); ++i) {
            ASSERT_EQ(events[i].event_seq_num, i + 1) << account;
        }
    }

    TradingRig rig_;
    broker_reload_result_t result_{};
};

}  // namespace broker::test
