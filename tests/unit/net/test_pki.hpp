// A certificate authority with what a TLS test needs of it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "net/tls_context.hpp"
#include "simulator/certificate_authority.hpp"

namespace broker::test {

class TestPki {
public:
    [[nodiscard]] simulator::IssuedCertificate server(std::vector<std::string> dns = {"localhost"},
                                                      std::vector<std::string> ips = {
                                                          "127.0.0.1"}) {
        simulator::CertificateRequest request;
        request.common_name = "test server";
        request.dns_names = std::move(dns);
        request.ip_addresses = std::move(ips);
        request.is_server = true;
        return authority_.issue(request);
    }
    [[nodiscard]] simulator::IssuedCertificate client(bool is_rsa = false) {
        simulator::CertificateRequest request;
        request.common_name = "ACC-1";
        request.is_client = true;
        request.is_rsa = is_rsa;
        return authority_.issue(request);
    }
    [[nodiscard]] simulator::CertificateAuthority& authority() { return authority_; }
    [[nodiscard]] const std::string& trust_pem() const { return authority_.certificate_pem(); }

    // Trusts this authority; throws what TlsContext::create refuses.
    [[nodiscard]] std::shared_ptr<net::TlsContext> context() const {
        net::TlsMaterial material;
        material.trust_pem = trust_pem();
        return net::TlsContext::create(material).value();
    }
    [[nodiscard]] std::shared_ptr<net::TlsContext> context(
        const simulator::IssuedCertificate& client) const {
        net::TlsMaterial material;
        material.trust_pem = trust_pem();
        material.certificate_pem = client.certificate_pem;
        material.key_pem = core::Secret{client.key_pem};
        return net::TlsContext::create(material).value();
    }

private:
    simulator::CertificateAuthority authority_{"test CA"};
};

}  // namespace broker::test
