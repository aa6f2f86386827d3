// From QuickFIX's messages to lists of fields and back. C++14: only files that see QuickFIX may
// include this.
#pragma once

#include <quickfix/Message.h>

#include "simulator/fix_message.hpp"

namespace broker {
namespace simulator {

// Header and body; the fields of repeating groups follow their count.
FixMessage message_from(const FIX::Message& message);

// Keeps the body's fields in the order in which they are given, with tags that are there several
// times, as in repeating groups.
class VerbatimMessage final : public FIX::Message {
public:
    explicit VerbatimMessage(const FixMessage& message);
};

}  // namespace simulator
}  // namespace broker
