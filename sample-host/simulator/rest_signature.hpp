// HMAC mode: Authorization: DXAPI principal="...",timestamp=...,hash="..."
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "simulator/rest_message.hpp"
#include "simulator/rest_options.hpp"

namespace broker::simulator {

struct RestSignature {
    std::string principal;
    std::int64_t timestamp = 0;  // Unix time in milliseconds
    std::string hash;            // base64
};

// Of what follows the scheme. Null: a part is missing or no number.
[[nodiscard]] std::optional<RestSignature> signature_from(std::string_view credentials);

// The lines that are signed: method, content, URI, timestamp.
[[nodiscard]] std::string signed_text(const RestRequest& request, std::int64_t timestamp,
                                      const HmacOptions& options);
// HMAC-SHA-256 in base64.
[[nodiscard]] std::string signature_hash(std::string_view key, std::string_view text);

}  // namespace broker::simulator
