// Whole messages around a body: header and trailer from a template.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "core/ids.hpp"
#include "fix/session_engine.hpp"

namespace broker::fix::native {

struct MessageHeader {
    std::string_view msg_type;
    core::MsgSeqNum msg_seq_num = 0;
    core::UtcTime sending_time;
    std::string_view orig_sending_time;              // given: PossDupFlag (43) = Y as well
    core::MsgSeqNum last_msg_seq_num_processed = 0;  // 0: field 369 is left out
};

// The fields that never change are written once; MsgSeqNum, the times, BodyLength and CheckSum are
// put in for each message. The buffer grows to the largest message and is then reused.
// Owned by the engine. [event-thread]
class MessageWriter {
public:
    explicit MessageWriter(const SessionSettings& settings);

    // Valid until the next call. `body` has whole fields, each with its SOH.
    [[nodiscard]] std::string_view write(const MessageHeader& header, std::string_view body);

    void wipe();  // after a message with a password

private:
    void put(std::string_view text);
    void put(std::int32_t tag, std::string_view value);
    void put(std::int32_t tag, std::uint64_t value);
    void put_time(std::int32_t tag, core::UtcTime time);

    std::string begin_;     // 8=FIX.4.4 SOH 9=
    std::string identity_;  // CompIDs and SubIDs
    std::vector<char> buffer_;
    std::size_t end_ = 0;
};

}  // namespace broker::fix::native
