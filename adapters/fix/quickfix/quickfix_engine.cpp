#include "fix/quickfix/quickfix_engine.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "core/thread_bound.hpp"
#include "fix/codec/record_text.hpp"
#include "fix/quickfix/quickfix_fields.hpp"
#include "fix/quickfix/quickfix_session.hpp"
#include "fix/quickfix/session_end.hpp"
#include "fix/scheduled_reset.hpp"

namespace broker::fix {
namespace {

using core::MsgSeqNum;
using core::Reason;

constexpr core::Duration kPoll = std::chrono::seconds{1};  // QuickFIX counts in seconds
constexpr std::size_t kMaxEventText = 400;

// What QuickFIX may keep of messages that came before the gap in front of them was filled.
constexpr std::size_t kMaxQueuedMessages = 10'000;
constexpr std::size_t kMaxQueuedBytes = 16 * 1024 * 1024;

class QuickfixEngine final : public SessionEngine, private QuickfixHooks {
public:
    QuickfixEngine(SessionSettings settings, std::unique_ptr<journal::MessageStore> store,
                   const core::Clock& clock, SessionListener& listener);

    void reset_numbers_on_next_logon() override { resets_next_logon_ = true; }
    void connected(core::Instant now) override;
    void received(const MessageView& message, core::Instant now) override;
    void disconnected(core::Instant now) override;
    core::Result<Sent> send(const MessageEncoder& message, core::Instant now) override;
    void logout(std::string_view text, core::Instant now) override;
    void on_timer(core::Instant now) override;
    core::MonotonicTime next_timer() const override;
    bool is_logged_on() const override;
    std::uint64_t epoch() const override { return store_->epoch(); }

private:
    void send(const std::string& message) noexcept override;
    void disconnect() noexcept override { has_quickfix_ended_ = true; }
    void logged_on() noexcept override;
    void application_message(int number, const std::string& message) noexcept override;
    void session_reject() noexcept override;
    bool may_resend(int number, const std::string& message) noexcept override;
    void event(const std::string& text) noexcept override;
    void failed(const std::string& text) noexcept override;
    std::string password() noexcept override;
    int next_sender_msg_seq_num() noexcept override;
    int next_target_msg_seq_num() noexcept override;
    bool set_next_sender_msg_seq_num(int next) noexcept override;
    bool set_next_target_msg_seq_num(int next) noexcept override;
    bool add(int number, const std::string& message) noexcept override;
    bool add_session_message(int number, const std::string& message) noexcept override;
    int read(int begin, int end, std::vector<std::string>& messages) noexcept override;
    bool reset() noexcept override;

    template <class Body>
    void guarded(Body&& body) noexcept;
    bool stored(const core::Result<void>& result) noexcept;
    bool record(const MessageView& message, MsgSeqNum number);
    void fail(Reason reason, std::string_view text) noexcept;

    template <class Call>
    void enter(Call&& call);
    void keep_number_of_gap(const MessageView& message, MsgSeqNum expected);
    void count_queued(const MessageView& message);
    bool is_over() const;
    SessionEnd why() const;
    void refuse(const std::string& text);
    void end(const SessionEnd& how);

    core::ThreadBound thread_;
    const SessionSettings settings_;
    const std::unique_ptr<journal::MessageStore> store_;
    const core::Clock& clock_;
    SessionListener& listener_;
    std::unique_ptr<QuickfixSession> session_;

    // Of the connection.
    bool is_connected_ = false;
    bool has_ended_ = false;           // on_session_ended was called
    bool has_quickfix_ended_ = false;  // the connection is to be closed
    bool is_logon_reported_ = false;
    bool is_logging_out_ = false;  // by logout()
    core::MonotonicTime logon_deadline_;
    core::MonotonicTime logout_deadline_;
    core::MonotonicTime next_poll_;
    MsgSeqNum highest_received_ = 0;
    std::size_t queued_messages_ = 0;
    std::size_t queued_bytes_ = 0;

    // Of the call that is being worked on.
    bool is_inside_ = false;  // QuickFIX calls us: the session is not ended before it returns
    const MessageView* current_ = nullptr;
    bool is_recorded_ = false;  // the current message
    bool is_reset_reported_ = false;
    bool resets_next_logon_ = false;
    SessionEnd failure_;
    std::string events_;  // what QuickFIX said
    core::MonotonicTime journaled_;
    MessageView other_message_;  // one that was queued, or is to be resent
    RecordText record_text_;
};

QuickfixSettings quickfix_settings(const SessionSettings& settings) {
    const auto heart_bt_int = settings.heart_bt_int.count();
    if (heart_bt_int < 1 || heart_bt_int > 24 * 3600)
        throw std::runtime_error("HeartBtInt is 1 second to 1 day");
    return {settings.begin_string,
            settings.sender_comp_id,
            settings.target_comp_id,
            settings.sender_sub_id,
            settings.target_sub_id,
            settings.username,
            settings.dictionary_path,
            static_cast<int>(heart_bt_int),
            static_cast<int>(settings.sending_time_tolerance.count())};
}

QuickfixEngine::QuickfixEngine(SessionSettings settings,
                               std::unique_ptr<journal::MessageStore> store,
                               const core::Clock& clock, SessionListener& listener)
    : settings_{std::move(settings)}, store_{std::move(store)}, clock_{clock}, listener_{listener} {
    if (store_->next_sender_msg_seq_num() >= kMaxQuickfixNumber / 2 ||
        store_->next_target_msg_seq_num() >= kMaxQuickfixNumber / 2)
        throw std::runtime_error("QuickFIX cannot count beyond 2^31: reset the sequence numbers");
    session_ = std::make_unique<QuickfixSession>(quickfix_settings(settings_),
                                                 static_cast<QuickfixHooks&>(*this));
}

// Runs `call`, which enters QuickFIX, and forgets before it what the last one left.
template <class Call>
void QuickfixEngine::enter(Call&& call) {
    is_reset_reported_ = false;
    events_.clear();
    is_inside_ = true;
    call();
    is_inside_ = false;
}

void QuickfixEngine::connected(core::Instant now) {
    thread_.check();
    is_connected_ = true;
    has_ended_ = false;
    has_quickfix_ended_ = false;
    is_logon_reported_ = false;
    is_logging_out_ = false;
    failure_ = {};
    highest_received_ = 0;
    queued_messages_ = 0;
    queued_bytes_ = 0;
    logon_deadline_ = now.monotonic + settings_.logon_timeout;
    next_poll_ = now.monotonic + kPoll;
    const auto is_due = is_scheduled_reset_due(settings_, *store_, now.utc);
    if (!is_due) return end({is_due.error().reason, is_due.error().detail});
    const bool asks = std::exchange(resets_next_logon_, false) || settings_.reset_on_logon ||
                      (*is_due && settings_.sends_flag_on_scheduled_reset);
    enter([&] {
        if (*is_due && !asks && !reset()) return;
        session_->connect(asks);
    });
    if (is_over()) end(why());
}

void QuickfixEngine::received(const MessageView& message, core::Instant) {
    thread_.check();
    if (!is_connected_ || has_ended_) return;
    if (const std::string broken = unfit_for_quickfix(message); !broken.empty())
        return refuse("MsgType=" + std::string{message.msg_type()} + ": " + broken);

    const MsgSeqNum expected = store_->next_target_msg_seq_num();
    const EndContext context{expected, session_->is_logged_on(), is_logging_out_};
    current_ = &message;
    is_recorded_ = false;
    const bool is_application_message = !is_session_message(message.msg_type());
    enter([&] {
        if (is_application_message)
            session_->receive(quickfix_fields(message), std::string{message.bytes()});
        else
            session_->receive(quickfix_fields(message));
    });
    // What QuickFIX has queued behind a gap is recorded in its turn; of a session message it queues
    // the fields that it needs.
    const bool is_queued =
        is_application_message && message.msg_seq_num() > store_->next_target_msg_seq_num();
    if (!is_recorded_ && !is_queued) record(message, 0);
    current_ = nullptr;
    keep_number_of_gap(message, expected);
    if (failure_.reason != Reason::None) return end(failure_);
    if (is_over()) return end(explain_end(message, settings_, context, events_));
    count_queued(message);
}

// QuickFIX counts Logout, Reject and a message of another FIX version without a look at their
// numbers. Behind a gap that would pass over a message that is still to come, perhaps a fill.
void QuickfixEngine::keep_number_of_gap(const MessageView& message, MsgSeqNum expected) {
    const bool may_set_number = message.msg_type() == "4" || message.msg_type() == "A";
    if (may_set_number || message.msg_seq_num() == expected) return;
    if (store_->next_target_msg_seq_num() == expected + 1)
        stored(store_->set_next_target_msg_seq_num(expected));
}

// QuickFIX keeps what comes behind a gap without a limit.
void QuickfixEngine::count_queued(const MessageView& message) {
    const MsgSeqNum next = store_->next_target_msg_seq_num();
    highest_received_ = std::max(highest_received_, message.msg_seq_num());
    if (next > highest_received_) {
        highest_received_ = 0;
        queued_messages_ = 0;
        queued_bytes_ = 0;
    } else if (message.msg_seq_num() > next) {
        ++queued_messages_;
        queued_bytes_ += message.bytes().size();
        if (queued_messages_ > kMaxQueuedMessages || queued_bytes_ > kMaxQueuedBytes)
            refuse("the gap before MsgSeqNum " + std::to_string(highest_received_) +
                   " stays open: MsgSeqNum " + std::to_string(next) + " does not come");
    }
}

void QuickfixEngine::disconnected(core::Instant) {
    thread_.check();
    is_connected_ = false;
    session_->disconnect();
}

core::Result<Sent> QuickfixEngine::send(const MessageEncoder& message, core::Instant) {
    thread_.check();
    if (!is_logged_on())
        return core::fail(Reason::AccountNotReady, "the FIX session is not logged on");
    if (!message.is_valid())
        return core::fail(Reason::InvalidField, "the message does not fit or has SOH in a text");

    std::string text = "8=" + settings_.begin_string + kSoh + "9=0" + kSoh + "35=";
    text.append(message.msg_type()) += kSoh;
    text.append(message.body()) += "10=000";
    text += kSoh;
    const MsgSeqNum number = store_->next_sender_msg_seq_num();
    const bool was_inside = std::exchange(is_inside_, true);
    const bool is_sent = session_->send(text);
    is_inside_ = was_inside;

    const SessionEnd failure = failure_;
    if (is_over() && !is_inside_) end(why());
    if (is_sent) return Sent{number, journaled_};
    if (failure.reason != Reason::None) return core::fail(failure.reason, failure.text);
    return core::fail(Reason::InvalidField, "QuickFIX cannot read the message");
}

void QuickfixEngine::logout(std::string_view text, core::Instant now) {
    thread_.check();
    if (!is_connected_ || has_ended_ || is_logging_out_) return;
    if (!session_->is_logged_on())
        return end({Reason::StoppedByHost, "stopped before Logon was answered"});
    is_logging_out_ = true;
    logout_deadline_ = now.monotonic + settings_.logout_timeout;
    enter([&] { session_->logout(std::string{text}); });
    if (is_over()) end(why());
}

void QuickfixEngine::on_timer(core::Instant now) {
    thread_.check();
    if (!is_connected_ || has_ended_) return;
    next_poll_ = now.monotonic + kPoll;
    if (!session_->is_logged_on() && now.monotonic >= logon_deadline_)
        return end({Reason::LogonTimeout, "Logon was not answered in time"});
    if (is_logging_out_ && now.monotonic >= logout_deadline_)
        return end({Reason::LogoutTimeout, "Logout was not answered in time"});
    enter([&] { session_->poll(); });
    if (is_over()) end(why());
}

core::MonotonicTime QuickfixEngine::next_timer() const {
    if (!is_connected_ || has_ended_) return core::MonotonicTime::max();
    core::MonotonicTime next = next_poll_;
    if (!session_->is_logged_on()) next = std::min(next, logon_deadline_);
    if (is_logging_out_) next = std::min(next, logout_deadline_);
    return next;
}

bool QuickfixEngine::is_logged_on() const {
    return is_connected_ && !has_ended_ && !is_over() && !is_logging_out_ &&
           session_->is_logged_on();
}

// QuickFIX waits for an answer to a Logout of its own, which it sends only where the session cannot
// go on: the connection is closed at once.
bool QuickfixEngine::is_over() const {
    return failure_.reason != Reason::None || has_quickfix_ended_ ||
           (session_->has_sent_logout() && !is_logging_out_);
}

// Ends the session over something that QuickFIX does not object to.
void QuickfixEngine::refuse(const std::string& text) {
    if (session_->is_logged_on() && !is_logging_out_) enter([&] { session_->logout(text); });
    end({Reason::ProtocolViolation, text});
}

void QuickfixEngine::end(const SessionEnd& how) {
    if (has_ended_) return;
    has_ended_ = true;
    session_->disconnect();
    listener_.on_session_ended(how.reason, how.text);
}

// Why the session is over where no message of the peer's is to blame.
SessionEnd QuickfixEngine::why() const {
    return failure_.reason != Reason::None ? failure_ : explain_end(events_);
}

template <class Body>
void QuickfixEngine::guarded(Body&& body) noexcept {
    try {
        body();
    } catch (const std::exception& error) {
        fail(Reason::InternalError, error.what());
    } catch (...) {
        fail(Reason::InternalError, "unknown exception");
    }
}

// Keeps the first failure; the session ends over it as soon as QuickFIX has returned.
void QuickfixEngine::fail(Reason reason, std::string_view text) noexcept {
    if (failure_.reason != Reason::None) return;
    failure_.reason = reason;
    try {
        failure_.text = text;
    } catch (...) {
        failure_.text.clear();
    }
}

bool QuickfixEngine::stored(const core::Result<void>& result) noexcept {
    if (result) return true;
    fail(Reason::StorageFailed, result.error().detail);
    return false;
}

void QuickfixEngine::send(const std::string& message) noexcept {
    guarded([&] { listener_.on_send(message); });
}

void QuickfixEngine::logged_on() noexcept {
    if (std::exchange(is_logon_reported_, true)) return;
    guarded([&] { listener_.on_logged_on(); });
}

void QuickfixEngine::application_message(int number, const std::string& message) noexcept {
    guarded([&] {
        if (current_ != nullptr && current_->msg_seq_num() == static_cast<MsgSeqNum>(number))
            return listener_.on_application_message(*current_);
        // It was queued behind a gap.
        if (!other_message_.parse(message)) return;
        listener_.on_application_message(other_message_);
        record(other_message_, static_cast<MsgSeqNum>(number));
    });
}

void QuickfixEngine::session_reject() noexcept {
    guarded([&] {
        if (current_ == nullptr) return;
        if (!session_->is_logged_on())
            has_quickfix_ended_ = true;  // it is our Logon that is refused
        listener_.on_session_reject(*current_);
    });
}

bool QuickfixEngine::may_resend(int number, const std::string& message) noexcept {
    bool may = false;
    guarded([&] {
        if (!other_message_.parse(message)) return;
        may = listener_.on_resend(static_cast<MsgSeqNum>(number), other_message_) ==
              ResendDecision::Resend;
    });
    return may;
}

void QuickfixEngine::event(const std::string& text) noexcept {
    guarded([&] {
        if (text == "Disconnecting" || events_.size() + text.size() > kMaxEventText) return;
        if (!events_.empty()) events_ += "; ";
        events_ += text;
    });
}

void QuickfixEngine::failed(const std::string& text) noexcept {
    guarded([&] { fail(Reason::InternalError, "QuickFIX: " + text); });
}

std::string QuickfixEngine::password() noexcept {
    std::string password;
    guarded([&] { password = settings_.password.reveal(); });
    return password;
}

int QuickfixEngine::next_sender_msg_seq_num() noexcept {
    return static_cast<int>(store_->next_sender_msg_seq_num());
}

int QuickfixEngine::next_target_msg_seq_num() noexcept {
    return static_cast<int>(store_->next_target_msg_seq_num());
}

bool QuickfixEngine::set_next_sender_msg_seq_num(int next) noexcept {
    bool is_done = false;
    guarded([&] {
        is_done = stored(store_->set_next_sender_msg_seq_num(static_cast<MsgSeqNum>(next)));
    });
    return is_done;
}

bool QuickfixEngine::set_next_target_msg_seq_num(int next) noexcept {
    bool is_done = false;
    guarded([&] {
        const MsgSeqNum expected = store_->next_target_msg_seq_num();
        const bool is_its_turn = current_ != nullptr && !is_recorded_ &&
                                 current_->msg_seq_num() == expected &&
                                 static_cast<MsgSeqNum>(next) > expected;
        if (is_its_turn && !record(*current_, expected)) return;
        is_done = stored(store_->set_next_target_msg_seq_num(static_cast<MsgSeqNum>(next)));
    });
    return is_done;
}

// `number` 0: it does not count, at least not yet.
bool QuickfixEngine::record(const MessageView& message, MsgSeqNum number) {
    if (&message == current_) is_recorded_ = true;
    return stored(store_->add_received(number, record_text_.of(message)));
}

bool QuickfixEngine::add(int number, const std::string& message) noexcept {
    bool is_done = false;
    guarded([&] { is_done = stored(store_->add(static_cast<MsgSeqNum>(number), message)); });
    journaled_ = clock_.monotonic();
    return is_done;
}

bool QuickfixEngine::add_session_message(int number, const std::string& message) noexcept {
    bool is_done = false;
    guarded([&] {
        is_done = stored(store_->add_session_message(static_cast<MsgSeqNum>(number),
                                                     record_text_.of(std::string_view{message})));
    });
    return is_done;
}

int QuickfixEngine::read(int begin, int end, std::vector<std::string>& messages) noexcept {
    int last = 0;
    bool is_done = false;
    guarded([&] {
        is_done = stored(store_->read(static_cast<MsgSeqNum>(begin), static_cast<MsgSeqNum>(end),
                                      [&](MsgSeqNum number, std::string_view message) {
                                          messages.emplace_back(message);
                                          last = static_cast<int>(number);
                                      }));
    });
    return is_done ? last : -1;
}

bool QuickfixEngine::reset() noexcept {
    bool is_done = false;
    guarded([&] {
        is_done = stored(store_->reset()) && stored(store_->set_last_reset(clock_.utc()));
        if (is_done && !std::exchange(is_reset_reported_, true)) listener_.on_sequence_reset();
    });
    return is_done;
}

}  // namespace

std::unique_ptr<SessionEngine> make_quickfix_engine(SessionSettings settings,
                                                    std::unique_ptr<journal::MessageStore> store,
                                                    const core::Clock& clock,
                                                    SessionListener& listener) {
    return std::make_unique<QuickfixEngine>(std::move(settings), std::move(store), clock, listener);
}

}  // namespace broker::fix
