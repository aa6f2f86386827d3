// What a person may do with the FIX session of a channel.
#pragma once

#include <string_view>

#include "core/ids.hpp"
#include "core/result.hpp"

namespace broker::dxtrade {

// Of the next messages.
struct SequenceNumbers {
    core::MsgSeqNum next_sender = 1;
    core::MsgSeqNum next_target = 1;
};

// Owned by its channel. [event-thread]
class SessionControl {
public:
    virtual ~SessionControl() = default;

    // Where hosts have numbers of their own: those of the host that is connected or to be next.
    [[nodiscard]] virtual SequenceNumbers sequence_numbers() const = 0;
    // AccountNotReady unless the channel is stopped; StorageFailed.
    [[nodiscard]] virtual core::Result<void> set_sequence_numbers(SequenceNumbers numbers) = 0;
    // The next Logon begins both numbers at 1, with ResetSeqNumFlag (141) = Y.
    virtual void reset_on_next_logon() = 0;
    // Logs out, if logged on, and goes to the host (host:port; empty: the next in turn), told as a
    // disconnect with `text`. InvalidField: there is no such host.
    [[nodiscard]] virtual core::Result<void> fail_over(std::string_view host,
                                                       std::string_view text) = 0;
};

}  // namespace broker::dxtrade
