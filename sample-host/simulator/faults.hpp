// Faults of a listener as named switches.
#pragma once

#include <bitset>
#include <optional>
#include <string>
#include <string_view>

namespace broker::simulator {

// Faults up to TlsOneOneOnly meet connections made while the switch is on; the others also meet
// connections that are there already. Switching off heals, except that a connection that was met
// with silence stays silent until it is closed.
enum class Fault {
    RefuseConnections,     // nobody listens on the port
    Silent,                // TCP is accepted, nothing is ever answered
    ExpiredCertificate,    // the server certificate ended yesterday
    WrongHostCertificate,  // it is for another host name
    WrongCaCertificate,    // it is from a CA that the client does not trust
    TlsOneOneOnly,         // the server speaks TLS 1.1 and nothing newer
    Garbage,               // in place of each FIX message: as many bytes that are none
    WrongChecksum,         // CheckSum (10) of each message sent is wrong
    MuteToClient,          // half-open: what the server sends is lost
    MuteToServer,          // half-open: what the client sends is lost
};
inline constexpr std::size_t kFaultCount = 10;

// As YAML names them, e.g. "wrong_host_certificate".
[[nodiscard]] std::string_view fault_name(Fault fault);
[[nodiscard]] std::optional<Fault> fault_from_name(std::string_view name);

class FaultSet {
public:
    void set(Fault fault, bool is_on) { bits_.set(static_cast<std::size_t>(fault), is_on); }
    [[nodiscard]] bool has(Fault fault) const {
        return bits_.test(static_cast<std::size_t>(fault));
    }

private:
    std::bitset<kFaultCount> bits_;
};

// One whole FIX message as it goes out under these faults; empty if it is lost.
[[nodiscard]] std::string spoil(const FaultSet& faults, std::string message);

}  // namespace broker::simulator
