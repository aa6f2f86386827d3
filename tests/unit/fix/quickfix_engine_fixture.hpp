// An engine on QuickFIX between a store, a listener that records, and a peer written by hand.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "fix/quickfix/quickfix_engine.hpp"
#include "support/fix_message.hpp"
#include "support/manual_clock.hpp"
#include "unit/fix/engine_doubles.hpp"

namespace broker::test {

class QuickfixEngineTest : public testing::Test {
protected:
    static std::string now_text(std::chrono::seconds later = {}) {
        std::string text(fix::kUtcTimestampSize, ' ');
        fix::write_utc_timestamp(core::SystemClock{}.utc() + later,
                                 std::span<char, fix::kUtcTimestampSize>{text});
        return text;
    }

    fix::SessionSettings settings() const {
        fix::SessionSettings result;
        result.sender_comp_id = "US";
        result.target_comp_id = "PEER";
        result.username = "user";
        result.password = core::Secret{"s3cret"};
        result.dictionary_path = DICTIONARY_PATH;
        result.reset_on_logon = reset_on_logon;
        result.sender_sub_id = sender_sub_id;
        result.heart_bt_int = heart_bt_int;
        return result;
    }
    void make_engine() {
        engine = fix::make_quickfix_engine(settings(), std::make_unique<SharedStore>(store), clock,
                                           listener);
    }
    void connect() {
        if (!engine) make_engine();
        engine->connected(clock.now());
    }
    // Logs on with the peer's Logon as number `theirs`.
    void log_on(core::MsgSeqNum theirs = 1) {
        connect();
        receive(theirs, "A", "98=0|108=30|");
        ASSERT_TRUE(engine->is_logged_on());
        forget();
    }
    void forget() {
        listener.sent.clear();
        listener.events.clear();
    }

    // `header` stands for anything between SendingTime and the body.
    void receive(core::MsgSeqNum number, const std::string& type, const std::string& body) {
        receive_text("35=" + type + "|34=" + std::to_string(number) +
                     "|49=PEER|56=US|52=" + now_text() + "|" + body);
    }
    void receive_text(const std::string& text, std::string_view begin_string = "FIX.4.4") {
        const std::string message = fix_message(text, begin_string);
        fix::MessageView view;
        ASSERT_TRUE(view.parse(message));
        engine->received(view, clock.now());
    }
    std::string execution_report(const std::string& exec_id, const std::string& more = {}) const {
        return "37=O1|17=" + exec_id + "|150=F|39=1|55=EUR/USD|54=1|151=5|14=5|6=1.1|" + more;
    }
    core::Result<fix::Sent> send_order(const std::string& cl_ord_id) {
        fix::MessageEncoder order;
        order.clear("D");
        order.add(11, cl_ord_id);
        order.add(55, "EUR/USD");
        order.add(54, '1');
        order.add(38, *core::Decimal::parse("1000"));
        order.add(40, '1');
        return engine->send(order, clock.now());
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
        ASSERT_EQ(listener.ended.size(), 1u);
        EXPECT_EQ(core::reason_name(listener.ended[0].first), core::reason_name(reason));
        EXPECT_NE(listener.ended[0].second.find(text), std::string::npos)
            << listener.ended[0].second;
        EXPECT_FALSE(engine->is_logged_on());
    }
    core::MsgSeqNum next_theirs() const { return store.store.next_target_msg_seq_num(); }

    bool reset_on_logon = false;
    std::string sender_sub_id;
    std::chrono::seconds heart_bt_int{30};
    ManualClock clock;
    SharedStore::State store;
    RecordingListener listener;
    std::unique_ptr<fix::SessionEngine> engine;
};

}  // namespace broker::test
