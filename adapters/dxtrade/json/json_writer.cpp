#include "dxtrade/json/json_writer.hpp"

#include <array>

namespace broker::dxtrade::json {
namespace {

// What a character stands as in a string; empty: itself.
std::string_view escape(char c, std::array<char, 6>& buffer) {
    switch (c) {
        case '"':
            return "\\\"";
        case '\\':
            return "\\\\";
        case '\n':
            return "\\n";
        case '\r':
            return "\\r";
        case '\t':
            return "\\t";
        default:
            break;
    }
    const auto code = static_cast<unsigned char>(c);
    if (code >= 0x20) return {};
    constexpr std::string_view kDigits = "0123456789abcdef";
    buffer = {'\\', 'u', '0', '0', kDigits[code / 16U], kDigits[code % 16U]};
    return {buffer.data(), buffer.size()};
}

}  // namespace

void Writer::separate() {
    if (needs_comma_) text_ += ',';
    needs_comma_ = true;
}

void Writer::append_quoted(std::string_view value) {
    text_ += '"';
    std::array<char, 6> buffer{};
    for (const char c : value) {
        const std::string_view escaped = escape(c, buffer);
        if (escaped.empty()) {
            text_ += c;
        } else {
            text_ += escaped;
        }
    }
    text_ += '"';
}

Writer& Writer::open(char bracket) {
    separate();
    text_ += bracket;
    needs_comma_ = false;
    return *this;
}

Writer& Writer::close(char bracket) {
    text_ += bracket;
    needs_comma_ = true;
    return *this;
}

Writer& Writer::key(std::string_view name) {
    separate();
    append_quoted(name);
    text_ += ':';
    needs_comma_ = false;
    return *this;
}

Writer& Writer::text(std::string_view value) {
    separate();
    append_quoted(value);
    return *this;
}

Writer& Writer::number(const core::Decimal& value) {
    core::Decimal::Text buffer;
    const std::string_view digits = value.write(buffer);
    if (decimals_ == DecimalStyle::String) return text(digits);
    separate();
    text_ += digits;
    return *this;
}

Writer& Writer::number(std::uint64_t value) {
    separate();
    text_ += std::to_string(value);
    return *this;
}

Writer& Writer::boolean(bool value) {
    separate();
    text_ += value ? "true" : "false";
    return *this;
}

std::size_t quoted_size(std::string_view value) {
    std::size_t size = 2;
    std::array<char, 6> buffer{};
    for (const char c : value) {
        const std::string_view escaped = escape(c, buffer);
        size += escaped.empty() ? 1 : escaped.size();
    }
    return size;
}

}  // namespace broker::dxtrade::json
