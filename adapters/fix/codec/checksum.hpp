// CheckSum (10): the sum of all bytes before it, modulo 256.
#pragma once

#include <cstdint>
#include <string_view>

namespace broker::fix {

[[nodiscard]] std::uint8_t checksum(std::string_view bytes);

}  // namespace broker::fix
