#include "core/decimal.hpp"

#include <algorithm>
#include <limits>

namespace broker::core {
namespace {

// Why: holds every coefficient at the largest scale (2^63 * 10^18) and every product of two.
__extension__ using Int128 = __int128;

constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();

constexpr Int128 power_of_ten(int exponent) {
    Int128 result = 1;
    for (int i = 0; i < exponent; ++i) result *= 10;
    return result;
}

constexpr Int128 at_scale(std::int64_t coefficient, int from, int to) {
    return coefficient * power_of_ten(to - from);
}

// Drops zeros at the end as far as the range needs it; null if that is not enough.
std::optional<Decimal> fit(Int128 coefficient, int scale) {
    while (scale > Decimal::kMaxScale || coefficient > kMax || coefficient < kMin) {
        if (scale == 0 || coefficient % 10 != 0) return std::nullopt;
        coefficient /= 10;
        --scale;
    }
    return Decimal::from(static_cast<std::int64_t>(coefficient), scale);
}

// Collects the digits of a number. Zeros after the point wait until a later digit needs them, so
// that any number of them may stand at the end.
class DigitReader {
public:
    // False once the value is out of range.
    bool take(char c, bool is_fraction) {
        if (c == '0' && is_fraction) {
            ++waiting_zeros_;
            return true;
        }
        for (; waiting_zeros_ > 0; --waiting_zeros_) {
            if (!append(0, true)) return false;
        }
        return append(c - '0', is_fraction);
    }

    // The zeros at the end that still fit belong to the scale.
    void finish() {
        for (; waiting_zeros_ > 0 && append(0, true); --waiting_zeros_) {
        }
    }

    [[nodiscard]] std::optional<Decimal> value(bool is_negative) const {
        return fit(is_negative ? -magnitude_ : magnitude_, scale_);
    }

private:
    bool append(int digit, bool is_fraction) {
        const Int128 next = magnitude_ * 10 + digit;
        if (next > -static_cast<Int128>(kMin)) return false;
        if (is_fraction && scale_ == Decimal::kMaxScale) return false;
        magnitude_ = next;
        if (is_fraction) ++scale_;
        return true;
    }

    Int128 magnitude_ = 0;
    int scale_ = 0;
    std::size_t waiting_zeros_ = 0;
};

}  // namespace

std::optional<Decimal> Decimal::from(std::int64_t coefficient, int scale) {
    if (scale < 0 || scale > kMaxScale) return std::nullopt;
    Decimal result;
    result.coefficient_ = coefficient;
    result.scale_ = scale;
    return result;
}

std::optional<Decimal> Decimal::parse(std::string_view text) {
    const bool is_negative = text.starts_with('-');
    if (is_negative) text.remove_prefix(1);
    DigitReader reader;
    bool is_fraction = false;
    bool has_digit = false;
    for (const char c : text) {
        if (c == '.' && !is_fraction) {
            is_fraction = true;
        } else if (c >= '0' && c <= '9') {
            has_digit = true;
            if (!reader.take(c, is_fraction)) return std::nullopt;
        } else {
            return std::nullopt;
        }
    }
    if (!has_digit) return std::nullopt;
    reader.finish();
    return reader.value(is_negative);
}

std::string_view Decimal::write(Text& buffer) const {
    // From the end: the digits, the point when the scale is reached, at least one digit before it.
    std::size_t begin = kMaxText;
    auto rest = static_cast<std::uint64_t>(coefficient_);
    if (coefficient_ < 0) rest = ~rest + 1;
    for (int written = 0; rest != 0 || written <= scale_; ++written) {
        if (written == scale_ && scale_ != 0) buffer[--begin] = '.';
        buffer[--begin] = static_cast<char>('0' + rest % 10);
        rest /= 10;
    }
    if (coefficient_ < 0) buffer[--begin] = '-';
    return {buffer.data() + begin, kMaxText - begin};
}

std::string Decimal::to_string() const {
    Text buffer;
    return std::string{write(buffer)};
}

std::optional<Decimal> Decimal::plus(const Decimal& other) const {
    const int scale = std::max(scale_, other.scale_);
    return fit(
        at_scale(coefficient_, scale_, scale) + at_scale(other.coefficient_, other.scale_, scale),
        scale);
}

std::optional<Decimal> Decimal::minus(const Decimal& other) const {
    const int scale = std::max(scale_, other.scale_);
    return fit(
        at_scale(coefficient_, scale_, scale) - at_scale(other.coefficient_, other.scale_, scale),
        scale);
}

std::optional<Decimal> Decimal::times(const Decimal& other) const {
    return fit(static_cast<Int128>(coefficient_) * other.coefficient_, scale_ + other.scale_);
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
    const int scale = std::max(a.scale_, b.scale_);
    const Int128 left = at_scale(a.coefficient_, a.scale_, scale);
    const Int128 right = at_scale(b.coefficient_, b.scale_, scale);
    if (left == right) return std::strong_ordering::equal;
    return left < right ? std::strong_ordering::less : std::strong_ordering::greater;
}

}  // namespace broker::core
