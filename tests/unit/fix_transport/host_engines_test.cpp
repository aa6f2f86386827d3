#include "fix/host_engines.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "fix/native/native_engine.hpp"
#include "fix/quickfix/quickfix_engine.hpp"
#include "support/manual_clock.hpp"

namespace broker::fix {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

// Keeps what the engine sends.
class Wire final : public SessionListener {
public:
    void on_send(std::string_view message) override { sent.emplace_back(message); }
    void on_logged_on() override {}
    void on_application_message(const MessageView&) override {}
    void on_session_reject(const MessageView&) override {}
    ResendDecision on_resend(core::MsgSeqNum, const MessageView&) override {
        return ResendDecision::Resend;
    }
    void on_sequence_reset() override { ++resets; }
    void on_session_ended(core::Reason, std::string_view) override {}

    std::vector<std::string> sent;
    int resets = 0;
};

// The native engine's own Logons over stores that the test looks into.
class HostEnginesTest : public testing::Test {
protected:
    HostEngines make(SequencePolicy policy, std::size_t hosts = 2) {
        std::vector<HostPort> list{{"primary", "1"}, {"backup", "2"}};
        list.resize(hosts);
        HostEngines::Parts parts;
        parts.policy = policy;
        parts.session.sender_comp_id = "ACC1";
        parts.session.target_comp_id = "DXTRADE";
        parts.session.dictionary_path = DICTIONARY_PATH;
        parts.make_engine = make_engine_;
        parts.open_store = [this](std::string_view host) {
            auto store = std::make_unique<journal::MemoryMessageStore>();
            (void)store->set_next_sender_msg_seq_num(first_number_);
            (void)store->set_next_target_msg_seq_num(first_number_);
            stores_.emplace(host, store.get());
            return store;
        };
        return {list, std::move(parts), clock_, wire_};
    }
    // The Logon that the host gets.
    std::string logon_at(HostEngines& engines, std::size_t host) {
        change_ = engines.select(host);
        wire_.sent.clear();
        engines.current().connected(clock_.now());
        engines.current().disconnected(clock_.now());
        return wire_.sent.empty() ? "" : wire_.sent.front();
    }
    [[nodiscard]] std::vector<std::string> store_names() const {
        std::vector<std::string> names;
        for (const auto& [name, store] : stores_) names.push_back(name);
        return names;
    }

    SessionEngineFactory make_engine_ = make_native_engine;
    core::MsgSeqNum first_number_ = 40;
    test::ManualClock clock_;
    Wire wire_;
    std::map<std::string, journal::MessageStore*> stores_;
    HostEngines::Change change_{};
};

TEST_F(HostEnginesTest, SharedNumbersGoOnAtTheOtherHost) {
    HostEngines engines = make(SequencePolicy::Shared);
    EXPECT_THAT(store_names(), ElementsAre(""));
    EXPECT_THAT(logon_at(engines, 0), HasSubstr("\00134=40\001"));
    EXPECT_THAT(logon_at(engines, 1), HasSubstr("\00134=41\001"));
    EXPECT_EQ(change_, HostEngines::Change::None);
    EXPECT_TRUE(engines.may_resend(40));
}

TEST_F(HostEnginesTest, SeparateNumbersStayWithTheirHost) {
    HostEngines engines = make(SequencePolicy::Separate);
    EXPECT_THAT(store_names(), ElementsAre("backup:2", "primary:1"));
    EXPECT_THAT(logon_at(engines, 0), HasSubstr("\00134=40\001"));
    EXPECT_EQ(change_, HostEngines::Change::None) << "nothing was counted before";
    EXPECT_THAT(logon_at(engines, 0), HasSubstr("\00134=41\001"));
    EXPECT_THAT(logon_at(engines, 1), HasSubstr("\00134=40\001"));
    EXPECT_EQ(change_, HostEngines::Change::OtherNumbers);
    EXPECT_THAT(logon_at(engines, 0), HasSubstr("\00134=42\001"));
    EXPECT_EQ(change_, HostEngines::Change::OtherNumbers);
    EXPECT_EQ(stores_.at("backup:2")->next_sender_msg_seq_num(), 41U);
}

TEST_F(HostEnginesTest, WhatWasSentBeforeAnotherHostIsNotSentAgain) {
    HostEngines engines = make(SequencePolicy::Separate);
    (void)logon_at(engines, 0);  // 40
    (void)logon_at(engines, 0);  // 41: the same stay
    EXPECT_FALSE(engines.may_resend(39)) << "of another life of the process";
    EXPECT_TRUE(engines.may_resend(40));
    (void)logon_at(engines, 1);
    (void)logon_at(engines, 0);  // 42
    EXPECT_FALSE(engines.may_resend(41));
    EXPECT_TRUE(engines.may_resend(42));
}

TEST_F(HostEnginesTest, ResetBeginsAtOneAtEachOtherHost) {
    HostEngines engines = make(SequencePolicy::Reset);
    EXPECT_THAT(store_names(), ElementsAre(""));
    EXPECT_THAT(logon_at(engines, 0),
                testing::AllOf(HasSubstr("\00134=1\001"), HasSubstr("\001141=Y\001")))
        << "whose numbers the store has is not known after a start";
    engines.logged_on();
    EXPECT_THAT(logon_at(engines, 0),
                testing::AllOf(HasSubstr("\00134=2\001"), Not(HasSubstr("\001141=Y\001"))))
        << "the same host";
    EXPECT_THAT(logon_at(engines, 1),
                testing::AllOf(HasSubstr("\00134=1\001"), HasSubstr("\001141=Y\001")));
    EXPECT_EQ(wire_.resets, 2) << "what was counted so far counts no more";
}

TEST_F(HostEnginesTest, TheEngineOverQuickfixResetsAlike) {
    make_engine_ = make_quickfix_engine;
    HostEngines engines = make(SequencePolicy::Reset);
    for (const std::size_t host : {0, 1}) {
        EXPECT_THAT(logon_at(engines, host),
                    testing::AllOf(HasSubstr("\00134=1\001"), HasSubstr("\001141=Y\001")));
        engines.logged_on();
    }
    EXPECT_THAT(logon_at(engines, 1), Not(HasSubstr("\001141=Y\001"))) << "the same host";
}

TEST_F(HostEnginesTest, AResetThatTheOtherHostDidNotConfirmIsMadeAtTheFirstOneToo) {
    HostEngines engines = make(SequencePolicy::Reset);
    (void)logon_at(engines, 0);
    engines.logged_on();
    (void)logon_at(engines, 1);  // and no answer
    EXPECT_THAT(logon_at(engines, 0), HasSubstr("\001141=Y\001"));
}

TEST_F(HostEnginesTest, WithOneHostEveryPolicyIsTheSame) {
    for (const auto policy : {SequencePolicy::Separate, SequencePolicy::Reset}) {
        stores_.clear();
        HostEngines engines = make(policy, 1);
        EXPECT_THAT(store_names(), ElementsAre(""));
        EXPECT_THAT(logon_at(engines, 0), HasSubstr("\00134=40\001"));
        EXPECT_TRUE(engines.may_resend(1));
    }
}

}  // namespace
}  // namespace broker::fix
