// A session engine with just enough rules to drive the transport, and the mistakes a real one must
// never make.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "fix/session_engine.hpp"

namespace broker::test {

// What the engine does differently; given as SessionSettings::username, since a factory is a plain
// function.
namespace engine_script {
inline constexpr const char* kNormal = "";
inline constexpr const char* kIgnoresDeadlines = "ignores deadlines";
inline constexpr const char* kStorageFails = "storage fails";
inline constexpr const char* kAlwaysDue = "always due";  // next_timer() never moves on
}  // namespace engine_script

// Sends Logon (A) when connected; is logged on by a Logon, ended by a Logout (5), whose Text (58)
// "low" stands for MsgSeqNumTooLow. TestRequest (1) throws. Everything else is an application
// message. Heartbeats (0) go out every 50 ms of silence.
[[nodiscard]] std::unique_ptr<fix::SessionEngine> make_scripted_engine(
    fix::SessionSettings settings, std::unique_ptr<journal::MessageStore> store,
    const core::Clock& clock, fix::SessionListener& listener);

// A whole message: BeginString, BodyLength and CheckSum around MsgType and `body`, in which '|'
// stands for SOH.
[[nodiscard]] std::string fix_message(std::string_view msg_type, std::string body = "");

}  // namespace broker::test
