// Judges messages by QuickFIX and the project's dictionary, as a peer does on receipt.
#pragma once

#include <string>

#include "simulator/fix_message.hpp"

namespace broker {
namespace simulator {

// Empty if the message is valid, else QuickFIX's words. Header fields may be missing.
std::string complaint_about(const FixMessage& message);

}  // namespace simulator
}  // namespace broker
