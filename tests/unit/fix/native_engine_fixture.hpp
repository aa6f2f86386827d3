// A native engine between a store, a listener that records, and a peer written by hand.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "fix/native/native_engine.hpp"
#include "support/fix_message.hpp"
#include "support/manual_clock.hpp"
#include "unit/fix/engine_doubles.hpp"

namespace broker::test {

class NativeEngineTest : public testing::Test {
protected:
    NativeEngineTest() {
        settings.sender_comp_id = "US";
        settings.target_comp_id = "PEER";
        settings.username = "user";
        settings.password = core::Secret{"s3cret"};
    }

    void make_engine() {
        fix::SessionSettings copy;
        std::swap(copy, settings);
        engine = fix::make_native_engine(std::move(copy), std::make_unique<SharedStore>(store),
                                         clock, listener);
    }
    void connect() {
        if (!engine) make_engine();
        engine->connected(clock.now());
    }
    void log_on() {
        connect();
        receive(store.store.next_target_msg_seq_num(), "A", "98=0|108=30|");
        ASSERT_TRUE(engine->is_logged_on());
        listener.sent.clear();
        listener.events.clear();
    }
    std::string now_text() const {
        std::string text(fix::kUtcTimestampSize, ' ');
        fix::write_utc_timestamp(clock.utc(), std::span<char, fix::kUtcTimestampSize>{text});
        return text;
    }
    void receive(core::MsgSeqNum number, const std::string& type, const std::string& body) {
        const std::string message = fix_message("35=" + type + "|34=" + std::to_string(number) +
                                                "|49=PEER|56=US|52=" + now_text() + "|" + body);
        fix::MessageView view;
        ASSERT_TRUE(view.parse(message));
        engine->received(view, clock.now());
    }
    core::Result<fix::Sent> send_order(const std::string& cl_ord_id) {
        fix::MessageEncoder order;
        order.clear("D");
        order.add(11, cl_ord_id);
        order.add(55, "EUR/USD");
        return engine->send(order, clock.now());
    }
    // Lets time pass with the engine's timers firing when they are due. Returns how often they did.
    int let_pass(core::Duration time) {
        const core::MonotonicTime target = clock.monotonic() + time;
        int turns = 0;
        for (; engine->next_timer() <= target && turns < 100'000; ++turns) {
            if (engine->next_timer() > clock.monotonic())
                clock.advance(engine->next_timer() - clock.monotonic());
            engine->on_timer(clock.now());
        }
        clock.advance(target - clock.monotonic());
        return turns;
    }
    static std::string field(const std::string& message, int tag) {
        fix::MessageView view;
        EXPECT_TRUE(view.parse(message)) << with_bars(message);
        return std::string{view.get(tag)};
    }
    // Of every message sent: MsgType and the value of one more tag.
    std::vector<std::string> sent(int tag) const {
        std::vector<std::string> result;
        for (const std::string& message : listener.sent)
            result.push_back(field(message, 35) + " " + field(message, tag));
        return result;
    }
    void expect_ended(core::Reason reason, const std::string& text) const {
        ASSERT_EQ(listener.ended.size(), 1U);
        EXPECT_EQ(core::reason_name(listener.ended[0].first), core::reason_name(reason));
        EXPECT_NE(listener.ended[0].second.find(text), std::string::npos)
            << listener.ended[0].second;
        EXPECT_FALSE(engine->is_logged_on());
        EXPECT_EQ(engine->next_timer(), core::MonotonicTime::max());
    }

    fix::SessionSettings settings;
    ManualClock clock;
    SharedStore::State store;
    RecordingListener listener;
    std::unique_ptr<fix::SessionEngine> engine;
};

}  // namespace broker::test
