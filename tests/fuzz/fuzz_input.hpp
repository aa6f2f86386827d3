// How the fuzz targets see their input.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "support/fix_message.hpp"

namespace broker::fuzz {

// What holds for every input; ends the process, so that the fuzzer keeps the input.
inline void require(bool holds, const char* rule) {
    if (holds) return;
    std::fprintf(stderr, "broken rule: %s\n", rule);
    std::abort();
}

// The input as text with | for SOH, so that the corpus can be read; a newline at its end is not
// part of it.
inline std::string text_of(const std::uint8_t* data, std::size_t size) {
    std::string_view text{reinterpret_cast<const char*>(data), size};
    if (text.ends_with('\n')) text.remove_suffix(1);
    return test::with_soh(text);
}

// A whole, sound message around a body that begins with 35=, whatever the rest of it is: the fuzzer
// would hardly ever find a right checksum by itself.
inline std::string message_of(const std::uint8_t* data, std::size_t size) {
    std::string body = text_of(data, size);
    if (body.empty() || body.back() != '\x01') body += '\x01';
    return test::fix_message(body);
}

}  // namespace broker::fuzz
