// FIX messages for tests, with | in place of SOH.
#pragma once

#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>

#include "fix/codec/checksum.hpp"

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

// Puts the right CheckSum behind everything before it.
inline std::string with_checksum(std::string_view text) {
    std::string message = with_soh(text);
    char trailer[8];
    std::snprintf(trailer, sizeof trailer, "10=%03d", fix::checksum(message));
    return message + trailer + '\x01';
}

// A whole message around a body that begins with 35=.
inline std::string fix_message(std::string_view body, std::string_view begin_string = "FIX.4.4") {
    return with_checksum("8=" + std::string{begin_string} + "|9=" + std::to_string(body.size()) +
                         "|" + std::string{body});
}

}  // namespace broker::test
