// Makes certificates for the simulator and for tests: no key is ever kept in the source tree.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace broker::simulator {

struct CertificateRequest {
    std::string common_name;
    std::vector<std::string> dns_names;     // subject alternative names
    std::vector<std::string> ip_addresses;  // likewise
    bool is_server = false;                 // extended key usage: serverAuth
    bool is_client = false;                 // extended key usage: clientAuth
    bool is_rsa = false;                    // RSA 2048 instead of EC P-256
    std::chrono::system_clock::time_point not_before;  // default: an hour ago
    std::chrono::system_clock::time_point not_after;   // default: in a year
};

struct IssuedCertificate {
    std::string certificate_pem;
    std::string key_pem;  // PKCS#8, not encrypted
};

// A certificate authority with a fresh EC key that lives in this object alone.
// Throws std::runtime_error with OpenSSL's words on failure. [any-thread, one at a time]
class CertificateAuthority {
public:
    explicit CertificateAuthority(const std::string& common_name);
    ~CertificateAuthority();
    CertificateAuthority(CertificateAuthority&&) noexcept;
    CertificateAuthority& operator=(CertificateAuthority&&) noexcept;

    [[nodiscard]] const std::string& certificate_pem() const;
    [[nodiscard]] IssuedCertificate issue(const CertificateRequest& request);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace broker::simulator
