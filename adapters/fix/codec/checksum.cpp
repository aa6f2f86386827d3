#include "fix/codec/checksum.hpp"

#include <numeric>

namespace broker::fix {

std::uint8_t checksum(std::string_view bytes) {
    const auto add = [](std::uint32_t sum, char byte) {
        return sum + static_cast<unsigned char>(byte);
    };
    return static_cast<std::uint8_t>(
        std::accumulate(bytes.begin(), bytes.end(), std::uint32_t{0}, add));
}

}  // namespace broker::fix
