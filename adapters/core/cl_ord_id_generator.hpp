// ClOrdIDs that no other generator makes, on this machine or another, before a restart or after it.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/ids.hpp"
#include "core/result.hpp"

namespace broker::core {

// Counts upwards from a random start, in numbers of `size` digits of which the characters of the
// alphabet are the digits. Two generators have an id in common only if one starts within the ids
// that the other makes. Of k generators in all, restarts included, that make at most m ids each,
// any two collide with a probability below
//     k^2 * m / a^size        a: characters of the alphabet
// for example 10 characters, size 16, 1,000 restarts, a million ids each: 10^-4; 36 characters,
// size 20: 10^-19. One generator repeats itself after min(2^64, a^size) ids.
class ClOrdIDGenerator {
public:
    static constexpr std::size_t kMinAlphabet = 10;
    static constexpr std::size_t kMinSize = 16;
    static constexpr std::size_t kMaxSize = ClOrdID::kCapacity;

    // From the system's random source: each generator needs one of its own.
    using Seed = std::array<std::uint64_t, 4>;

    // Error: InvalidField if the alphabet is shorter than kMinAlphabet, repeats a character or has
    // one that no ClOrdID may have (not printable ASCII, or a space), or if the size is out of
    // range.
    [[nodiscard]] static Result<std::unique_ptr<ClOrdIDGenerator>> make(std::string_view alphabet,
                                                                        std::size_t size,
                                                                        const Seed& seed);

    // Does not wait, nor allocate. [any-thread]
    [[nodiscard]] ClOrdID next();

private:
    ClOrdIDGenerator(std::string_view alphabet, std::size_t size, const Seed& seed);

    const std::string alphabet_;
    std::array<std::uint8_t, kMaxSize> start_{};  // digits, the lowest first
    const std::size_t size_;
    std::atomic<std::uint64_t> count_{0};
};

}  // namespace broker::core
