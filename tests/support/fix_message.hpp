// FIX messages for tests, written with '|' for SOH.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace broker::test {

inline std::string with_soh(std::string_view text) {
    std::string result{text};
    std::replace(result.begin(), result.end(), '|', '\x01');
    return result;
}

inline std::string with_bars(std::string_view text) {
    std::string result{text};
    std::replace(result.begin(), result.end(), '\x01', '|');
    return result;
}

// `body` from 35= on, e.g. "35=0|34=2|"; adds BeginString, BodyLength and CheckSum.
inline std::string fix_message(std::string_view body, std::string_view begin_string = "FIX.4.4") {
    const std::string text = with_soh(body);
    std::string message = "8=" + std::string{begin_string} + "\x01" +
                          "9=" + std::to_string(text.size()) + "\x01" + text;
    unsigned sum = 0;
    for (const char c : message) sum += static_cast<unsigned char>(c);
    std::string digits = std::to_string(sum % 256);
    digits.insert(0, 3 - digits.size(), '0');
    return message + "10=" + digits + "\x01";
}

}  // namespace broker::test
