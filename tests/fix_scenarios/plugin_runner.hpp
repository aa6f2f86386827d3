// Plays a scenario to the built plugin over a real TLS connection: the peer is the scenario, the
// host a recording one, time is the machine's.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "broker/sdk/adapter_handle.hpp"
#include "fix_scenarios/scenario.hpp"
#include "support/recording_events.hpp"
#include "support/temporary_directory.hpp"
#include "support/tls_peer.hpp"

namespace broker::test {

class PluginRunner {
public:
    explicit PluginRunner(const Scenario& scenario);
    ~PluginRunner();

    // What went otherwise than the scenario says, with its line; empty if nothing did. Of what the
    // host hears, the logon and the session's end are compared.
    [[nodiscard]] std::optional<std::string> run();

private:
    void start_adapter();
    void play(const Step& step);
    void connect();
    void log_on();
    void receive_fields(const std::string& text);
    void receive(const std::string& bytes);
    void send(const std::string& text);
    void expect_sent(const std::string& text);
    void expect_sent_sometime(const std::string& text);
    void expect_event(const std::string& text);
    [[nodiscard]] std::string next_message();

    const Scenario& scenario_;
    TemporaryDirectory directory_;
    simulator::CertificateAuthority authority_{"scenario CA"};
    TlsPeer peer_{authority_};
    RecordingEvents events_;
    std::unique_ptr<sdk::AdapterHandle> adapter_;
    unsigned long long next_number_ = 1;    // MsgSeqNum of the peer's next Logon
    std::vector<std::string> passed_over_;  // by E~, to be expected yet
};

}  // namespace broker::test
