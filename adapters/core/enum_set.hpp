// A set of enumerators: bit n stands for the enumerator with value n, as in the ABI's masks.
#pragma once

#include <cstdint>
#include <initializer_list>

namespace broker::core {

// For enums whose values are 0 to 63.
template <class Enum>
class EnumSet {
public:
    constexpr EnumSet() = default;
    constexpr EnumSet(std::initializer_list<Enum> values) {
        for (const Enum value : values) add(value);
    }
    [[nodiscard]] static constexpr EnumSet from_bits(std::uint64_t bits) {
        EnumSet set;
        set.bits_ = bits;
        return set;
    }

    constexpr void add(Enum value) { bits_ |= std::uint64_t{1} << static_cast<unsigned>(value); }
    constexpr void add(EnumSet other) { bits_ |= other.bits_; }
    [[nodiscard]] constexpr bool contains(Enum value) const {
        return (bits_ >> static_cast<unsigned>(value) & 1U) != 0;
    }
    [[nodiscard]] constexpr bool contains(EnumSet other) const {
        return (other.bits_ & ~bits_) == 0;
    }
    [[nodiscard]] constexpr EnumSet without(EnumSet other) const {
        return from_bits(bits_ & ~other.bits_);
    }
    [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
    [[nodiscard]] constexpr std::uint64_t bits() const { return bits_; }

    friend constexpr bool operator==(EnumSet, EnumSet) = default;

private:
    std::uint64_t bits_ = 0;
};

}  // namespace broker::core
