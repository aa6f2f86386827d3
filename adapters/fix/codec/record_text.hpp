// FIX messages as they may be kept: without secrets.
#pragma once

#include <string>
#include <string_view>

#include "fix/codec/message_view.hpp"

namespace broker::fix {

// In a Logon the values of Password (554), NewPassword (925) and RawData (96) become as many
// asterisks, and CheckSum is put right; every other message is left as it is. Allocates for Logons
// alone. Owned by an engine. [event-thread]
class RecordText {
public:
    // Valid until the next call, and as long as the message's bytes are.
    [[nodiscard]] std::string_view of(const MessageView& message);
    // The same for a whole message of our own; empty if it is none.
    [[nodiscard]] std::string_view of(std::string_view message);

private:
    MessageView view_;
    std::string copy_;
};

}  // namespace broker::fix
