// Logon (A): what ours says, and what is checked of the peer's.
#pragma once

#include <optional>
#include <string>

#include "core/ids.hpp"
#include "fix/codec/message_encoder.hpp"
#include "fix/codec/message_view.hpp"
#include "fix/session_engine.hpp"

namespace broker::fix::native {

// Throws std::runtime_error for settings that no session can be made with.
void check_settings(const SessionSettings& settings);

// The body of our Logon. `next_target` is for NextExpectedMsgSeqNum (789). The encoder then holds
// the password: the caller wipes it.
void write_logon(const SessionSettings& settings, bool resets, core::MsgSeqNum next_target,
                 MessageEncoder& body);

// 1B.d, 17, and HeartBtInt within bounds: why a Logon cannot be accepted; empty if it can. Zero is
// accepted, and not adopted: ours goes on, and TestRequests see whether the peer is there.
[[nodiscard]] std::optional<std::string> find_logon_fault(const MessageView& logon);

// ResetSeqNumFlag (141) against what we asked for and the number it comes under.
[[nodiscard]] std::optional<std::string> find_reset_fault(const MessageView& logon,
                                                          bool we_asked_for_reset);

// What NextExpectedMsgSeqNum (789) of the peer's Logon says, where our Logon was `our_logon`.
enum class NextExpected : std::uint8_t {
    Absent,     // the peer does not use it
    InStep,     // nothing is missing over there
    BehindUs,   // the peer misses messages, and gets them without asking
    AheadOfUs,  // it has seen numbers that we never sent
};
[[nodiscard]] NextExpected classify_next_expected(const MessageView& logon,
                                                  core::MsgSeqNum our_logon);

}  // namespace broker::fix::native
