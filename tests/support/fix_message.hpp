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

// Puts the right CheckSum behind everything before it. The sum is the test's own, not that of the
// code under test.
inline std::string with_checksum(std::string_view text) {
    std::string message = with_soh(text);
    unsigned sum = 0;
    for (const char c : message) sum += static_cast<unsigned char>(c);
    std::string digits = std::to_string(sum % 256);
    digits.insert(0, 3 - digits.size(), '0');
    return message + "10=" + digits + "\x01";
}

// A whole message around a body that begins with 35=.
inline std::string fix_message(std::string_view body, std::string_view begin_string = "FIX.4.4") {
    return with_checksum("8=" + std::string{begin_string} + "|9=" + std::to_string(body.size()) +
                         "|" + std::string{body});
}

}  // namespace broker::test
