#include "simulator/rest_message.hpp"

#include <algorithm>
#include <cctype>

#include "simulator/rest_json.hpp"

namespace broker::simulator {
namespace {

bool is_unreserved(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '.' || c == '_' ||
           c == '~';
}

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::optional<std::string> decoded_segment(std::string_view segment) {
    const bool is_strict = std::all_of(segment.begin(), segment.end(),
                                       [](char c) { return is_unreserved(c) || c == '%'; });
    if (segment.empty() || !is_strict) return std::nullopt;
    return percent_decoded(segment);
}

bool read_query(std::string_view text, RestRequest& request) {
    while (!text.empty()) {
        const auto end = std::min(text.find('&'), text.size());
        const auto pair = text.substr(0, end);
        const auto equals = std::min(pair.find('='), pair.size());
        const auto name = percent_decoded(pair.substr(0, equals));
        const auto value =
            percent_decoded(equals < pair.size() ? pair.substr(equals + 1) : std::string_view{});
        if (!name || !value) return false;
        request.query.emplace(*name, *value);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return true;
}

}  // namespace

std::string RestRequest::header(std::string_view name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string{} : found->second;
}

std::string RestRequest::parameter(std::string_view name) const {
    const auto found = query.find(name);
    return found == query.end() ? std::string{} : found->second;
}

std::optional<std::string> percent_decoded(std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded += text[i];
            continue;
        }
        if (i + 2 >= text.size()) return std::nullopt;
        const int high = hex_value(text[i + 1]);
        const int low = hex_value(text[i + 2]);
        if (high < 0 || low < 0) return std::nullopt;
        decoded += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return decoded;
}

bool read_target(RestRequest& request) {
    std::string_view rest = request.target;
    const auto question = std::min(rest.find('?'), rest.size());
    std::string_view path = rest.substr(0, question);
    if (question < rest.size() && !read_query(rest.substr(question + 1), request)) return false;
    if (!path.starts_with(kRestPrefix)) return false;
    path.remove_prefix(kRestPrefix.size());
    while (!path.empty()) {
        if (path.front() != '/') return false;
        path.remove_prefix(1);
        const auto end = std::min(path.find('/'), path.size());
        auto segment = decoded_segment(path.substr(0, end));
        if (!segment) return false;
        request.path.push_back(std::move(*segment));
        path.remove_prefix(end);
    }
    return !request.path.empty();
}

std::vector<std::string> comma_separated(std::string_view text) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const auto end = std::min(text.find(','), text.size());
        if (end > 0) parts.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

RestResponse error_response(unsigned status, int error_code, const std::string& description) {
    JsonWriter json{JsonStyle{}};
    json.begin_object()
        .text("errorCode", std::to_string(error_code))
        .text("description", description)
        .end_object();
    return {.status = status, .body = json.str()};
}

RestResponse html_response(unsigned status, const std::string& title) {
    return {.status = status,
            .body = "<html><head><title>" + title + "</title></head><body><h1>" + title +
                    "</h1></body></html>",
            .content_type = "text/html"};
}

}  // namespace broker::simulator
