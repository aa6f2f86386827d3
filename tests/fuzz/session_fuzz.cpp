// A native engine and whatever a peer writes: the rules of every session hold.
#include <algorithm>
#include <optional>

#include "fix/codec/framer.hpp"
#include "fix/native/native_engine.hpp"
#include "fuzz/fuzz_input.hpp"
#include "journal/message_store.hpp"
#include "support/manual_clock.hpp"

namespace {

using broker::core::MsgSeqNum;
using broker::fix::MessageView;
using broker::fuzz::require;

class CheckingListener final : public broker::fix::SessionListener {
public:
    void on_send(std::string_view message) override {
        MessageView view;
        require(view.parse(message).has_value(), "what is sent is sound");
        require(!has_ended, "nothing is sent after the end");
        const bool is_repeat = view.is_yes(43) || view.msg_type() == "4";
        if (!is_repeat && view.msg_seq_num() != 1) {
            require(!last_sent || view.msg_seq_num() == *last_sent + 1, "numbers go up by one");
        }
        if (!is_repeat) last_sent = view.msg_seq_num();
    }
    void on_logged_on() override { is_logged_on = true; }
    void on_application_message(const MessageView& message) override {
        require(is_logged_on, "nothing is delivered before the logon");
        require(!last_delivered || message.msg_seq_num() > *last_delivered || message.is_yes(43),
                "messages are delivered in order");
        last_delivered = message.msg_seq_num();
    }
    void on_session_reject(const MessageView&) override {}
    broker::fix::ResendDecision on_resend(MsgSeqNum number, const MessageView&) override {
        return number % 2 == 0 ? broker::fix::ResendDecision::Resend
                               : broker::fix::ResendDecision::GapFill;
    }
    void on_sequence_reset() override {
        last_delivered.reset();
        last_sent.reset();
    }
    void on_session_ended(broker::core::Reason reason, std::string_view text) override {
        require(!has_ended, "a session ends once");
        require(reason != broker::core::Reason::None && !text.empty(), "an end has words");
        has_ended = true;
    }

    bool is_logged_on = false;
    bool has_ended = false;
    std::optional<MsgSeqNum> last_sent;
    std::optional<MsgSeqNum> last_delivered;
};

class Session {
public:
    explicit Session(std::uint8_t choices) {
        broker::fix::SessionSettings settings;
        settings.sender_comp_id = "US";
        settings.target_comp_id = "PEER";
        settings.sends_next_expected_msg_seq_num = (choices & 1U) != 0;
        settings.reset_on_logon = (choices & 2U) != 0;
        settings.recovery.request_chunk = (choices & 4U) != 0 ? 3 : 0;
        settings.recovery.max_gap_messages = 8;
        settings.sending_time_tolerance = std::chrono::hours{24 * 365 * 100};
        engine_ = broker::fix::make_native_engine(
            std::move(settings), std::make_unique<broker::journal::MemoryMessageStore>(), clock_,
            listener_);
        engine_->connected(clock_.now());
    }

    // One line of the input: a message's fields behind 35=, or ">", an order of ours, or "~", time.
    void play(std::string_view line) {
        if (listener_.has_ended || line.empty()) return;
        if (line.front() == '>') return send();
        if (line.front() == '~') return let_pass(std::chrono::seconds{line.size()});
        receive(broker::test::fix_message(line));
    }

private:
    void receive(const std::string& bytes) {
        const auto room = framer_.writable();
        if (room.size() < bytes.size()) return;
        std::copy(bytes.begin(), bytes.end(), room.begin());
        framer_.commit(bytes.size());
        MessageView view;
        std::string text;
        while (!listener_.has_ended) {
            const auto outcome = framer_.next(view, text);
            if (outcome == broker::fix::Framer::Outcome::NeedMore) return;
            if (outcome == broker::fix::Framer::Outcome::Message) {
                engine_->received(view, clock_.now());
            }
        }
    }
    void send() {
        broker::fix::MessageEncoder order;
        order.clear("D");
        order.add(11, std::string_view{"A"});
        // Not between a Logout, of either side, and the end.
        const bool is_open = engine_->is_logged_on();
        require(!is_open || listener_.is_logged_on, "a session is open after the logon alone");
        const auto sent = engine_->send(order, clock_.now());
        require(sent.has_value() == is_open, "orders go out while logged on alone");
    }
    void let_pass(broker::core::Duration time) {
        clock_.advance(time);
        for (int turns = 0; engine_->next_timer() <= clock_.monotonic(); ++turns) {
            require(turns < 10'000, "timers rest");
            engine_->on_timer(clock_.now());
        }
    }

    broker::test::ManualClock clock_;
    CheckingListener listener_;
    broker::fix::Framer framer_{{}};
    std::unique_ptr<broker::fix::SessionEngine> engine_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    Session session{data[0]};
    std::string_view rest{reinterpret_cast<const char*>(data) + 1, size - 1};
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        session.play(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return 0;
}
