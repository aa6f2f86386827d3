#include "dxtrade/rest/session_token.hpp"

#include <charconv>
#include <chrono>
#include <cstdint>

#include "dxtrade/json/json_reader.hpp"
#include "dxtrade/json/json_writer.hpp"
#include "dxtrade/json/object_reader.hpp"

namespace broker::dxtrade::rest {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr seconds kWeek = days{7};
// Why: longer than any session lives, and far from the end of what nanoseconds can count.
constexpr std::int64_t kMaxNumber = 1'000'000'000'000;

std::string credentials_body(std::string_view username, std::string_view domain,
                             std::string_view secret_name, const core::Secret& secret) {
    json::Writer writer;
    constexpr std::size_t kNamesAndMarks = 64;
    writer.reserve(kNamesAndMarks + json::quoted_size(username) + json::quoted_size(domain) +
                   json::quoted_size(secret.reveal()));
    writer.begin_object().member("username", username).member("domain", domain);
    writer.member(secret_name, secret.reveal()).end_object();
    return writer.take();
}

// Takes digits off the text; of a number that is too large, null.
std::optional<std::int64_t> take_number(std::string_view& text) {
    std::int64_t value = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (ec != std::errc{} || value < 0 || value > kMaxNumber) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return value;
}

bool take(std::string_view& text, char c) {
    if (!text.starts_with(c)) return false;
    text.remove_prefix(1);
    return true;
}

void skip_fraction(std::string_view& text) {
    if (!text.starts_with('.')) return;
    text.remove_prefix(1);
    const std::size_t end = text.find_first_not_of("0123456789");
    text.remove_prefix(end == std::string_view::npos ? text.size() : end);
}

// "00:30:00", with a fraction that does not count.
std::optional<seconds> interval(std::string_view text) {
    const auto hour = take_number(text);
    if (!hour || !take(text, ':')) return std::nullopt;
    const auto minute = take_number(text);
    if (!minute || *minute > 59 || !take(text, ':')) return std::nullopt;
    const auto second = take_number(text);
    if (!second || *second > 59) return std::nullopt;
    skip_fraction(text);
    if (!text.empty() || *hour > 24 * 365) return std::nullopt;
    return hours{*hour} + minutes{*minute} + seconds{*second};
}

// "PT1H30M", "P1DT0H", "PT45S" (ISO 8601), without years and months.
std::optional<seconds> iso_duration(std::string_view text) {
    if (!take(text, 'P') || text.empty()) return std::nullopt;
    seconds sum{};
    bool is_time = false;
    bool has_part = false;
    while (!text.empty()) {
        if (!is_time && take(text, 'T')) {
            is_time = true;
            continue;
        }
        const auto number = take_number(text);
        if (!number || *number > 24 * 365 * 3600) return std::nullopt;
        skip_fraction(text);
        if (!is_time && take(text, 'D')) {
            sum += days{*number};
        } else if (is_time && take(text, 'H')) {
            sum += hours{*number};
        } else if (is_time && take(text, 'M')) {
            sum += minutes{*number};
        } else if (is_time && take(text, 'S')) {
            sum += seconds{*number};
        } else {
            return std::nullopt;
        }
        has_part = true;
    }
    return has_part ? std::optional{sum} : std::nullopt;
}

// Seconds; a number of them that makes more than a week is milliseconds.
std::optional<core::Duration> plain_number(std::string_view text) {
    const auto number = take_number(text);
    skip_fraction(text);
    if (!number || !text.empty()) return std::nullopt;
    if (*number > kWeek.count()) return std::chrono::milliseconds{*number};
    return seconds{*number};
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

std::string login_body(std::string_view username, std::string_view domain,
                       const core::Secret& password) {
    return credentials_body(username, domain, "password", password);
}

std::string login_by_token_body(std::string_view username, std::string_view domain,
                                const core::Secret& token) {
    return credentials_body(username, domain, "token", token);
}

core::Result<SessionToken> session_token_from_json(std::string_view text) {
    SessionToken session;
    if (is_blank(text)) return session;
    auto document = json::document_from_json(text);
    if (!document) return document.error();
    if (document->root().kind() != json::Kind::Object) {
        return core::fail(core::Reason::HttpResponseMalformed,
                          "expected an object with \"sessionToken\"");
    }
    json::ReadFaults ignored;  // they might quote the token
    const json::Place place;
    json::ObjectReader reader{document->root(), place, ignored};
    session.token = reader.text("sessionToken");
    session.timeout = session_timeout(reader.text("timeout"));
    document->wipe();
    return session;
}

std::optional<core::Duration> session_timeout(std::string_view text) {
    std::optional<core::Duration> timeout = plain_number(text);
    if (!timeout) timeout = interval(text);
    if (!timeout) timeout = iso_duration(text);
    if (!timeout || *timeout <= core::Duration{}) return std::nullopt;
    return timeout;
}

std::string authorization(const core::Secret& token) {
    constexpr std::string_view kScheme = "DXAPI ";
    std::string value;
    value.reserve(kScheme.size() + token.reveal().size());
    return value.append(kScheme).append(token.reveal());
}

}  // namespace broker::dxtrade::rest
