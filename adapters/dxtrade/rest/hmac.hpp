// Requests signed one by one instead of by a session (reference section 2.1). Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "core/clock.hpp"
#include "core/secret.hpp"
#include "dxtrade/rest_rules.hpp"
#include "net/http.hpp"

namespace broker::dxtrade::rest {

struct SignedParts {
    net::HttpMethod method = net::HttpMethod::Get;
    std::string_view prefix;  // path of the base, e.g. "/dxsca-web"
    std::string_view target;  // path and query behind the base, percent-encoded
    std::string_view body;
    core::UtcTime time;
};

// "Method=POST\nContent=<body>\nURI=<uri>\nTimestamp=<unix ms>", by the rules.
[[nodiscard]] std::string canonical_text(const SignedParts& parts, const HmacRules& rules);

// The base64 of the HMAC-SHA-256 of `text`.
[[nodiscard]] std::string hmac_sha256(const core::Secret& key, std::string_view text);

// `DXAPI principal="<public>",timestamp=<unix ms>,hash="<base64>"`: the Authorization header.
[[nodiscard]] std::string hmac_authorization(std::string_view public_token,
                                             const core::Secret& private_token,
                                             const SignedParts& parts, const HmacRules& rules);

}  // namespace broker::dxtrade::rest
