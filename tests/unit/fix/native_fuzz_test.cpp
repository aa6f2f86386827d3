// The native engine against a peer that sends anything: whole messages with random types, numbers
// and fields, whole in their framing so that they get past the guard.
#include <random>

#include "fix/codec/framer.hpp"
#include "unit/fix/native_engine_fixture.hpp"

namespace broker::test {
namespace {

class NativeFuzz : public NativeEngineTest {
protected:
    explicit NativeFuzz() {
        settings.recovery.max_gap_messages = 50;
        settings.recovery.max_gap_bytes = 10'000;
        settings.validation = fix::ValidationLevel::Full;
        settings.dictionary_path = DICTIONARY_PATH;
        settings.sends_next_expected_msg_seq_num = true;
    }

    std::string one_of(const std::vector<std::string>& choices) {
        return choices[random() % choices.size()];
    }
    std::string number_near(core::MsgSeqNum expected) {
        switch (random() % 8) {
            case 0:
                return one_of({"0", "-1", "", "x", "18446744073709551616", "9223372036854775807",
                               "4294967297", "00000000001"});
            case 1:
                return std::to_string(expected + random() % 5);
            case 2:
                return std::to_string(expected > 3 ? expected - random() % 3 : 1);
            default:
                return std::to_string(expected);
        }
    }
    std::string any_field() {
        static const std::vector<std::string> tags{
            "7",   "16",  "36",  "43", "45",  "97",  "98", "108", "112", "115", "122", "123",
            "141", "369", "789", "58", "453", "448", "34", "52",  "999", "96",  "95"};
        return one_of(tags) + "=" +
               one_of({"Y", "N", "0", "1", "2", "30", "-5", "", "x", "99999999999999999999",
                       now_text(), "20990101-00:00:00", "A|B"}) +
               "|";
    }
    std::string any_message() {
        const core::MsgSeqNum expected = store.store.next_target_msg_seq_num();
        std::string body =
            "35=" +
            one_of({"0", "1", "2", "3", "4", "4", "5", "8", "8", "A", "A", "j", "ZZ", "D"}) + "|";
        if (random() % 20 != 0) body += "34=" + number_near(expected) + "|";
        if (random() % 30 != 0) body += "49=" + one_of({"PEER", "PEER", "PEER", "PEER", "X"}) + "|";
        if (random() % 30 != 0) body += "56=US|";
        if (random() % 30 != 0) body += "52=" + now_text() + "|";
        if (random() % 4 == 0) body += "43=Y|";
        if (random() % 4 == 0) body += "122=" + now_text() + "|";
        if (random() % 2 == 0) body += "98=0|108=30|";
        if (random() % 4 == 0) body += "7=1|16=0|";
        if (random() % 4 == 0) body += "123=Y|36=" + number_near(expected + 1) + "|";
        for (auto fields = random() % 4; fields > 0; --fields) body += any_field();
        return fix_message(body, random() % 50 == 0 ? "FIX.4.2" : "FIX.4.4");
    }
    void play(std::uint64_t seed) {
        random.seed(seed);
        fix::MessageView view;
        for (int i = 0; i < 400; ++i) {
            if (i % 40 == 0 || !listener.ended.empty()) {
                engine->disconnected(clock.now());
                listener.ended.clear();
                engine->connected(clock.now());
                if (random() % 10 != 0)
                    receive(store.store.next_target_msg_seq_num(), "A", "98=0|108=30|");
            }
            const std::size_t sent_before = listener.sent.size();
            const std::string message = any_message();
            if (view.parse(message)) engine->received(view, clock.now());
            if (random() % 10 == 0) let_pass(std::chrono::seconds{random() % 20});
            if (random() % 10 == 0) (void)send_order("A-1");
            ASSERT_LE(listener.ended.size(), 1U) << "seed " << seed;
            ASSERT_LT(listener.sent.size() - sent_before, 500U) << "seed " << seed;
            const bool rests = engine->next_timer() == core::MonotonicTime::max();
            ASSERT_EQ(rests, !listener.ended.empty()) << "seed " << seed;
        }
    }
    void check_what_was_sent() {
        fix::MessageView view;
        for (const std::string& message : listener.sent)
            ASSERT_TRUE(view.parse(message)) << with_bars(message);
    }

    std::mt19937_64 random;
};

TEST_F(NativeFuzz, SurvivesEveryPeerAndSendsSoundMessagesAlone) {
    make_engine();
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        SCOPED_TRACE(seed);
        play(seed);
        check_what_was_sent();
        if (HasFatalFailure()) return;
        EXPECT_GT(listener.sent.size(), 10U);
        listener.sent.clear();
        listener.events.clear();
        listener.messages.clear();
        listener.notices.clear();
    }
}

}  // namespace
}  // namespace broker::test
