// Exact decimal numbers for prices and quantities: coefficient * 10^-scale.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace broker::core {

// A value, compared by value: 1.5 == 1.50. Range: any int64 coefficient, scale 0 to 18.
class Decimal {
public:
    static constexpr int kMaxScale = 18;
    // Longest text: sign, 19 digits, point, and a leading zero before a fraction of 18 digits.
    static constexpr std::size_t kMaxText = 24;
    using Text = std::array<char, kMaxText>;

    constexpr Decimal() = default;

    // Null if scale is outside 0 to kMaxScale.
    [[nodiscard]] static std::optional<Decimal> from(std::int64_t coefficient, int scale);

    // Reads what FIX 4.4 calls a float (data types, volume 1): optional '-', then digits with an
    // optional point anywhere among them, so "00.10", ".5" and "5." are numbers. Null for anything
    // else: exponent, plus sign, spaces, no digit, or a value that is not exactly in range. The
    // scale is that of the text; zeros at the end that would not fit are dropped.
    [[nodiscard]] static std::optional<Decimal> parse(std::string_view text);

    [[nodiscard]] std::int64_t coefficient() const { return coefficient_; }
    [[nodiscard]] int scale() const { return scale_; }
    [[nodiscard]] int sign() const { return coefficient_ < 0 ? -1 : coefficient_ > 0 ? 1 : 0; }
    [[nodiscard]] bool is_zero() const { return coefficient_ == 0; }

    // Writes the shortest exact form that keeps the scale ("1.50" stays "1.50") and returns the
    // view of it inside `buffer`.
    [[nodiscard]] std::string_view write(Text& buffer) const;
    [[nodiscard]] std::string to_string() const;

    // Null if the exact result is out of range.
    [[nodiscard]] std::optional<Decimal> plus(const Decimal& other) const;
    [[nodiscard]] std::optional<Decimal> minus(const Decimal& other) const;
    [[nodiscard]] std::optional<Decimal> times(const Decimal& other) const;

    friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);
    friend bool operator==(const Decimal& a, const Decimal& b) { return (a <=> b) == 0; }

private:
    std::int64_t coefficient_ = 0;
    std::int32_t scale_ = 0;
};

}  // namespace broker::core
