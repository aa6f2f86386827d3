// CRC-32 as in Ethernet and zlib (polynomial 0xEDB88320, reflected): frames records in files.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace broker::journal {
namespace detail {

using Crc32Tables = std::array<std::array<std::uint32_t, 256>, 8>;

// Table k advances a byte by k further zero bytes.
constexpr Crc32Tables make_crc32_tables() {
    Crc32Tables tables{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t crc = byte;
        for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320U : 0);
        tables[0][byte] = crc;
    }
    for (std::size_t k = 1; k < tables.size(); ++k) {
        for (std::size_t byte = 0; byte < 256; ++byte) {
            const std::uint32_t crc = tables[k - 1][byte];
            tables[k][byte] = (crc >> 8) ^ tables[0][crc & 0xFF];
        }
    }
    return tables;
}

inline constexpr Crc32Tables kCrc32Tables = make_crc32_tables();

}  // namespace detail

// The checksum of `data`, going on from that of what precedes it (0 at the start). Eight bytes a
// step. Why not Boost.CRC: it goes byte by byte, and a store checksums every message that is sent.
[[nodiscard]] inline std::uint32_t crc32(std::string_view data, std::uint32_t previous = 0) {
    static_assert(std::endian::native == std::endian::little);
    const auto& t = detail::kCrc32Tables;
    std::uint32_t crc = ~previous;
    for (; data.size() >= 8; data.remove_prefix(8)) {
        std::uint64_t word = 0;
        std::memcpy(&word, data.data(), 8);
        word ^= crc;
        crc = t[7][word & 0xFF] ^ t[6][(word >> 8) & 0xFF] ^ t[5][(word >> 16) & 0xFF] ^
              t[4][(word >> 24) & 0xFF] ^ t[3][(word >> 32) & 0xFF] ^ t[2][(word >> 40) & 0xFF] ^
              t[1][(word >> 48) & 0xFF] ^ t[0][word >> 56];
    }
    for (const char c : data) {
        crc = (crc >> 8) ^ t[0][(crc ^ static_cast<unsigned char>(c)) & 0xFF];
    }
    return ~crc;
}

}  // namespace broker::journal
