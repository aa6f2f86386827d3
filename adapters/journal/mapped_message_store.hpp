// A message store in memory-mapped files: it survives the death of the process at any instruction.
#pragma once

#include <filesystem>
#include <memory>

#include "journal/message_store.hpp"

namespace broker::journal {

struct MappedMessageStoreOptions {
    std::filesystem::path directory;  // of this session alone; created with mode 0700 if missing
    std::string session;              // written into the file and checked on opening, so that a
                                      // directory cannot be taken for that of another session
    // Of kept messages, the oldest go first; fixed when the files are made, and taken from the disk
    // then. The default keeps about 50,000 orders.
    std::size_t max_message_bytes = 16 * 1024 * 1024;
};

// Two files: `sequence` with both next numbers and the bounds of the ring (two checksummed slots
// written in turn, so that one is whole whenever the process dies), and `messages`, the ring.
// Writing is a copy into mapped memory: no system call and no allocation. What the process wrote
// survives its death; after a loss of power the last moments may be missing.
// The directory is locked against a second process while the store lives.
class MappedMessageStore final : public MessageStore {
public:
    // Opens or creates; reserves the disk space. A damaged or foreign file is an error that names
    // it; it is never silently replaced. Records torn by a loss of power are dropped from the end.
    [[nodiscard]] static core::Result<std::unique_ptr<MappedMessageStore>> open(
        MappedMessageStoreOptions options);
    ~MappedMessageStore() override;

    [[nodiscard]] core::MsgSeqNum next_sender_msg_seq_num() const override;
    [[nodiscard]] core::MsgSeqNum next_target_msg_seq_num() const override;
    [[nodiscard]] core::Result<void> set_next_sender_msg_seq_num(core::MsgSeqNum next) override;
    [[nodiscard]] core::Result<void> set_next_target_msg_seq_num(core::MsgSeqNum next) override;
    [[nodiscard]] core::Result<void> add(core::MsgSeqNum number, std::string_view message) override;
    [[nodiscard]] core::Result<void> read(core::MsgSeqNum begin, core::MsgSeqNum end,
                                          const Visit& visit) const override;
    [[nodiscard]] core::Result<core::MsgSeqNum> read_page(core::MsgSeqNum begin,
                                                          core::MsgSeqNum end,
                                                          std::size_t max_messages,
                                                          const Visit& visit) const override;
    [[nodiscard]] core::Result<void> reset() override;
    [[nodiscard]] std::optional<core::UtcTime> last_reset() const override;
    [[nodiscard]] core::Result<void> set_last_reset(core::UtcTime when) override;

private:
    struct State;
    explicit MappedMessageStore(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace broker::journal
