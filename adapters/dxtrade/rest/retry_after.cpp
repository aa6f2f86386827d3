#include "dxtrade/rest/retry_after.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace broker::dxtrade::rest {

std::optional<core::Duration> retry_after(const net::HttpResponse& response) {
    const std::string_view text = response.header("Retry-After");
    std::uint32_t seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return std::chrono::seconds{std::min(seconds, 3'600U)};
}

}  // namespace broker::dxtrade::rest
