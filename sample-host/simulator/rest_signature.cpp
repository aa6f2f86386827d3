#include "simulator/rest_signature.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace broker::simulator {
namespace {

std::string part_of(std::string_view credentials, std::string_view name) {
    const auto at = credentials.find(std::string{name} + "=");
    if (at == std::string_view::npos) return {};
    auto rest = credentials.substr(at + name.size() + 1);
    if (rest.starts_with('"')) {
        rest.remove_prefix(1);
        return std::string{rest.substr(0, rest.find('"'))};
    }
    return std::string{rest.substr(0, rest.find(','))};
}

}  // namespace

std::optional<RestSignature> signature_from(std::string_view credentials) {
    RestSignature signature{part_of(credentials, "principal"), 0, part_of(credentials, "hash")};
    const std::string digits = part_of(credentials, "timestamp");
    const char* const end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, signature.timestamp);
    if (error != std::errc{} || stop != end || signature.principal.empty() ||
        signature.hash.empty())
        return std::nullopt;
    return signature;
}

std::string signed_text(const RestRequest& request, std::int64_t timestamp,
                        const HmacOptions& options) {
    std::string uri = request.target;
    if (!options.uri_has_prefix) uri.erase(0, std::min(kRestPrefix.size(), uri.size()));
    if (!options.uri_has_query) uri.erase(std::min(uri.find('?'), uri.size()));
    if (!options.uri_is_encoded) uri = percent_decoded(uri).value_or(uri);
    std::string text = "Method=" + request.method + options.separator;
    if (!request.body.empty() || options.empty_content_has_line)
        text += "Content=" + request.body + options.separator;
    return text + "URI=" + uri + options.separator + "Timestamp=" + std::to_string(timestamp);
}

std::string signature_hash(std::string_view key, std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
         reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(), &size);
    std::array<unsigned char, 2 * EVP_MAX_MD_SIZE> base64{};
    const int length = EVP_EncodeBlock(base64.data(), digest.data(), static_cast<int>(size));
    return {reinterpret_cast<const char*>(base64.data()), static_cast<std::size_t>(length)};
}

}  // namespace broker::simulator
