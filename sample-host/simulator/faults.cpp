#include "simulator/faults.hpp"

#include <algorithm>
#include <array>

namespace broker::simulator {
namespace {

constexpr std::array<std::string_view, kFaultCount> kNames = {"refuse_connections",
                                                              "silent",
                                                              "expired_certificate",
                                                              "wrong_host_certificate",
                                                              "wrong_ca_certificate",
                                                              "tls_1_1_only",
                                                              "garbage",
                                                              "wrong_checksum",
                                                              "mute_to_client",
                                                              "mute_to_server"};

// CheckSum (10) is the last field: three digits and the delimiter.
constexpr std::size_t kChecksumTail = 4;

}  // namespace

std::string_view fault_name(Fault fault) { return kNames[static_cast<std::size_t>(fault)]; }

std::optional<Fault> fault_from_name(std::string_view name) {
    const auto* const found = std::find(kNames.begin(), kNames.end(), name);
    if (found == kNames.end()) return std::nullopt;
    return static_cast<Fault>(found - kNames.begin());
}

std::string spoil(const FaultSet& faults, std::string message) {
    if (faults.has(Fault::MuteToClient)) return {};
    if (faults.has(Fault::Garbage)) std::fill(message.begin(), message.end(), '\xA5');
    if (faults.has(Fault::WrongChecksum) && message.size() >= kChecksumTail) {
        char& digit = message[message.size() - kChecksumTail + 2];
        digit = digit == '9' ? '0' : static_cast<char>(digit + 1);
    }
    return message;
}

}  // namespace broker::simulator
