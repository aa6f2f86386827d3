// A FIX session's message store as a view of its account's journal.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/clock.hpp"
#include "journal/journal.hpp"
#include "journal/message_index.hpp"
#include "journal/message_store.hpp"

namespace broker::journal {

struct JournalMessageStoreOptions {
    std::string stream;  // the session's name in the journal, of at most kMaxNameBytes
    // How far back in the log messages are found: what lies before is gap-filled in a resend, and
    // is not read when the store opens. Counts all that the journal holds, in whole segments.
    std::uint64_t reach_bytes = std::uint64_t{1024} * 1024 * 1024;
};

// One stream of a journal: FixOut records are the messages, FixSessionOut, FixRepeat and FixIn
// what went beside them, SequenceReset and SequenceSet what became of the numbers.
// The journal's header holds both next numbers as of a position of the log. What opens the store
// applies the records behind that position, in order: an outgoing record makes its number used, an
// incoming one counts if it is the next one. So a record and its number are durable together,
// whichever of the two files a crash or a loss of power finds older. A message that was recorded
// and not sent before the process died counts as sent: the peer misses it and asks for it, and the
// session decides then whether it is still to be sent.
// The journal outlives it. [event-thread]
class JournalMessageStore final : public MessageStore {
public:
    [[nodiscard]] static core::Result<std::unique_ptr<JournalMessageStore>> open(
        Journal& journal, const core::Clock& clock, JournalMessageStoreOptions options);
    ~JournalMessageStore() override;

    [[nodiscard]] core::MsgSeqNum next_sender_msg_seq_num() const override {
        return state_.next_sender;
    }
    [[nodiscard]] core::MsgSeqNum next_target_msg_seq_num() const override {
        return state_.next_target;
    }
    [[nodiscard]] core::Result<void> set_next_sender_msg_seq_num(core::MsgSeqNum next) override;
    [[nodiscard]] core::Result<void> set_next_target_msg_seq_num(core::MsgSeqNum next) override;
    [[nodiscard]] core::Result<void> add(core::MsgSeqNum number, std::string_view message) override;
    [[nodiscard]] core::Result<void> add_session_message(core::MsgSeqNum number,
                                                         std::string_view message) override;
    [[nodiscard]] core::Result<void> add_received(core::MsgSeqNum number,
                                                  std::string_view message) override;
    [[nodiscard]] core::Result<void> add_repeat(core::MsgSeqNum number,
                                                std::string_view message) override;
    [[nodiscard]] core::Result<void> read(core::MsgSeqNum begin, core::MsgSeqNum end,
                                          const Visit& visit) const override;
    [[nodiscard]] core::Result<core::MsgSeqNum> read_page(core::MsgSeqNum begin,
                                                          core::MsgSeqNum end,
                                                          std::size_t max_messages,
                                                          const Visit& visit) const override;
    [[nodiscard]] core::Result<void> reset() override;
    [[nodiscard]] std::uint64_t epoch() const override { return state_.epoch; }
    [[nodiscard]] std::optional<core::UtcTime> last_reset() const override;
    [[nodiscard]] core::Result<void> set_last_reset(core::UtcTime when) override;

private:
    JournalMessageStore(Journal& journal, const core::Clock& clock, StreamNumber stream)
        : journal_{journal},
          clock_{clock},
          stream_{stream},
          state_{journal.header().state(stream)} {}
    [[nodiscard]] core::Result<void> recover(std::uint64_t reach_bytes);
    void apply(const Record& record);
    void index(RecordKind kind, core::MsgSeqNum number, std::string_view payload,
               Position position);
    [[nodiscard]] core::Result<Position> append(RecordKind kind, core::MsgSeqNum number,
                                                std::string_view payload);
    [[nodiscard]] core::Result<void> append_if_there_is_room(RecordKind kind,
                                                             core::MsgSeqNum number,
                                                             std::string_view payload);
    [[nodiscard]] core::Result<void> append_set(core::MsgSeqNum next, std::string_view side);
    void save();

    Journal& journal_;
    const core::Clock& clock_;
    const StreamNumber stream_;
    StreamState state_;
    core::MsgSeqNum recorded_out_ = 0;  // recorded, and its number not counted yet; 0: none
    core::MsgSeqNum recorded_in_ = 0;
    MessageIndex index_;
    // Where the last page ended, so that the next one need not look for it; number 0: nowhere. Any
    // message of this number or a higher one lies there or behind, also one that is still to come.
    struct Cursor {
        core::MsgSeqNum number = 0;
        Position position = 0;
    };
    mutable Cursor cursor_;
};

}  // namespace broker::journal
