#include "dxtrade/rest/hmac.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <chrono>

namespace broker::dxtrade::rest {
namespace {

std::string unix_ms(core::UtcTime time) {
    return std::to_string(
        std::chrono::floor<std::chrono::milliseconds>(time).time_since_epoch().count());
}

int digit_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

// With each %XX as its byte; what is no such triple stays as it is.
std::string decoded(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool has_digits = text[i] == '%' && i + 2 < text.size() &&
                                digit_of(text[i + 1]) >= 0 && digit_of(text[i + 2]) >= 0;
        if (has_digits) {
            result += static_cast<char>(digit_of(text[i + 1]) * 16 + digit_of(text[i + 2]));
            i += 2;
        } else {
            result += text[i];
        }
    }
    return result;
}

std::string uri_of(const SignedParts& parts, const HmacRules& rules) {
    std::string_view target = parts.target;
    if (!rules.uri_has_query) target = target.substr(0, target.find('?'));
    std::string uri{rules.uri_has_prefix ? parts.prefix : std::string_view{}};
    uri += target;
    return rules.uri_is_encoded ? uri : decoded(uri);
}

}  // namespace

std::string canonical_text(const SignedParts& parts, const HmacRules& rules) {
    std::string text = "Method=" + std::string{net::http_method_name(parts.method)};
    if (!parts.body.empty() || rules.empty_content_has_line) {
        text.append(rules.separator).append("Content=").append(parts.body);
    }
    text.append(rules.separator).append("URI=").append(uri_of(parts, rules));
    text.append(rules.separator).append("Timestamp=").append(unix_ms(parts.time));
    return text;
}

std::string hmac_sha256(const core::Secret& key, std::string_view text) {
    const std::string_view secret = key.reveal();
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    // An empty key may be a null pointer, which OpenSSL takes as "the key of before".
    const char* data = secret.empty() ? "" : secret.data();
    const auto* message = reinterpret_cast<const unsigned char*>(text.data());
    if (HMAC(EVP_sha256(), data, static_cast<int>(secret.size()), message, text.size(),
             digest.data(), &size) == nullptr) {
        return {};
    }
    // Four characters for each three bytes begun, and a NUL.
    std::array<unsigned char, (EVP_MAX_MD_SIZE + 2) / 3 * 4 + 1> encoded{};
    const int length = EVP_EncodeBlock(encoded.data(), digest.data(), static_cast<int>(size));
    return {encoded.begin(), encoded.begin() + length};
}

std::string hmac_authorization(std::string_view public_token, const core::Secret& private_token,
                               const SignedParts& parts, const HmacRules& rules) {
    const std::string hash = hmac_sha256(private_token, canonical_text(parts, rules));
    return "DXAPI principal=\"" + std::string{public_token} +
           "\",timestamp=" + unix_ms(parts.time) + ",hash=\"" + hash + '"';
}

}  // namespace broker::dxtrade::rest
