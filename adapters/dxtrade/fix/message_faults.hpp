// Tells a channel's listener what is wrong with the venue's messages.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/fixed_string.hpp"
#include "dxtrade/fix/inbound.hpp"
#include "dxtrade/trading_channel.hpp"
#include "fix/codec/message_view.hpp"

namespace broker::dxtrade::fix {

// Owned by a session. [event-thread]
class MessageFaults {
public:
    MessageFaults(core::Channel channel, ChannelListener& listener)
        : channel_{channel}, listener_{listener} {}

    // One call of on_venue_fault for each fault, in the order they were found; an unknown tag once
    // in the life of the session for each (MsgType, tag).
    void tell(const broker::fix::MessageView& message, const FaultList& faults);
    void tell_unknown_msg_type(const broker::fix::MessageView& message);

private:
    static constexpr std::size_t kMaxRemembered = 256;

    // False if the pair was told before, or no more can be remembered.
    [[nodiscard]] bool remember(std::string_view msg_type, std::int32_t tag);
    void tell(const broker::fix::MessageView& message, core::Reason reason);

    core::Channel channel_;
    ChannelListener& listener_;
    std::vector<std::pair<core::FixedString<8>, std::int32_t>> told_;
    std::string text_;
};

}  // namespace broker::dxtrade::fix
