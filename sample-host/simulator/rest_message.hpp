// One HTTP request and its answer, as the venue sees them; no I/O.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace broker::simulator {

inline constexpr std::string_view kRestPrefix = "/dxsca-web";

struct RestRequest {
    std::string method;
    std::string target;                                            // as it came
    std::vector<std::string> path{};                               // behind the prefix, decoded
    std::multimap<std::string, std::string, std::less<>> query{};  // decoded
    std::map<std::string, std::string, std::less<>> headers{};     // names in lower case
    std::string body{};

    [[nodiscard]] std::string header(std::string_view name) const;  // empty: none
    [[nodiscard]] std::string parameter(std::string_view name) const;
};

struct RestResponse {
    unsigned status = 200;
    std::string body{};
    std::string content_type = "application/json";
    std::vector<std::pair<std::string, std::string>> headers{};
};

// Reads `target` into path and query. Strict: each segment of the path must be percent-encoded but
// for RFC 3986's unreserved characters. False: another prefix, an empty segment, a bad encoding.
[[nodiscard]] bool read_target(RestRequest& request);

// Null if a percent sign is not followed by two hexadecimal digits.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text);

// The parts between commas.
[[nodiscard]] std::vector<std::string> comma_separated(std::string_view text);

[[nodiscard]] RestResponse error_response(unsigned status, int error_code,
                                          const std::string& description);
[[nodiscard]] RestResponse html_response(unsigned status, const std::string& title);

}  // namespace broker::simulator
