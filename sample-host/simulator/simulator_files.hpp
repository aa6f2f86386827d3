// The simulator's directory: credentials that outlive it and the configuration it writes.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "simulator/certificate_authority.hpp"
#include "simulator/simulator_options.hpp"
#include "simulator/tls_front.hpp"

namespace broker::simulator {

using ListenerPorts = std::array<std::uint16_t, kListenerCount>;  // by Listener

// Files: ca.pem, ca.key, for each account client-<id>.pem, client-<id>.key and <id>.password, the
// FIX store, a run counter and adapter.yaml. All of mode 0600 in a directory of mode 0700.
// Everything throws std::runtime_error on failure. [any-thread, one at a time]
class SimulatorFiles {
public:
    // Takes over the CA and the passwords that are there, or makes new ones. Certificates of
    // clients are new each time.
    explicit SimulatorFiles(const SimulatorOptions& options);

    // The accounts with their passwords.
    [[nodiscard]] const std::vector<AccountOptions>& accounts() const { return accounts_; }
    [[nodiscard]] CertificateAuthority& authority() { return authority_; }
    [[nodiscard]] TlsFrontMaterial make_server_material();

    [[nodiscard]] std::filesystem::path store_directory() const { return directory_ / "fix-store"; }
    [[nodiscard]] std::filesystem::path adapter_config() const {
        return directory_ / "adapter.yaml";
    }
    // Counts the simulators that have used the directory, from 1.
    [[nodiscard]] std::uint64_t count_run();
    // `options` with the accounts as accounts() has them.
    void write_adapter_config(const SimulatorOptions& options, const ListenerPorts& ports);

private:
    void write_client_files();

    std::filesystem::path directory_;
    std::vector<AccountOptions> accounts_;
    CertificateAuthority authority_;
};

}  // namespace broker::simulator
