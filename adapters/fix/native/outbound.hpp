// Messages to the peer: numbered, kept, written.
#pragma once

#include "core/clock.hpp"
#include "core/ids.hpp"
#include "core/result.hpp"
#include "fix/codec/message_encoder.hpp"
#include "fix/codec/message_view.hpp"
#include "fix/codec/record_text.hpp"
#include "fix/native/message_writer.hpp"
#include "fix/session_engine.hpp"
#include "journal/message_store.hpp"

namespace broker::fix::native {

// Nothing goes out whose number the store has not taken. Application messages are kept for a
// resend; session messages are gap-filled, and stored for the record alone, without secrets.
// Owned by the engine, which outlives no reference it gives. [event-thread]
class Outbound {
public:
    Outbound(const SessionSettings& settings, journal::MessageStore& store,
             const core::Clock& clock, SessionListener& listener)
        : settings_{settings},
          store_{store},
          clock_{clock},
          listener_{listener},
          writer_{settings} {}

    [[nodiscard]] core::Result<Sent> send_application(const MessageEncoder& message,
                                                      core::Instant now);
    [[nodiscard]] core::Result<core::MsgSeqNum> send_session(const MessageEncoder& message,
                                                             core::Instant now);

    // Under numbers of before: with PossDupFlag and OrigSendingTime.
    void resend(core::MsgSeqNum number, const MessageView& stored, core::Instant now);
    void gap_fill(core::MsgSeqNum begin, core::MsgSeqNum new_seq_no, core::Instant now);

    void wipe() { writer_.wipe(); }

private:
    void send_repeat(core::MsgSeqNum number, std::string_view text);
    [[nodiscard]] MessageHeader header(std::string_view type, core::MsgSeqNum number,
                                       core::Instant now) const;

    const SessionSettings& settings_;
    journal::MessageStore& store_;
    const core::Clock& clock_;
    SessionListener& listener_;
    MessageWriter writer_;
    RecordText record_text_;
    MessageEncoder gap_fill_;
};

// The body of a message that Outbound has written: what stands between header and trailer.
[[nodiscard]] std::string_view body_of(const MessageView& message);

}  // namespace broker::fix::native
