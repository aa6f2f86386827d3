// Writes the application part of a message: MsgType and the body's fields. The session engine adds
// header and trailer.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/clock.hpp"
#include "core/decimal.hpp"

namespace broker::fix {

// tag=value SOH … in a buffer of fixed size: no allocation. A field that does not fit, a tag below
// 1, an empty text or one with SOH in it makes the message invalid: is_valid() turns false and
// stays so until clear().
class MessageEncoder {
public:
    static constexpr std::size_t kCapacity = 4096;

    void clear(std::string_view msg_type);
    void add(std::int32_t tag, std::string_view value);
    void add(std::int32_t tag, char value) { add(tag, std::string_view{&value, 1}); }
    void add(std::int32_t tag, std::int64_t value);
    void add(std::int32_t tag, const core::Decimal& value);
    // With a fraction of 0, 3 or 6 digits; what the text cannot express is cut off.
    void add_utc_timestamp(std::int32_t tag, core::UtcTime value, int fraction_digits = 3);
    void add_utc_date(std::int32_t tag, core::UtcTime value);  // YYYYMMDD

    [[nodiscard]] bool is_valid() const { return is_valid_; }
    [[nodiscard]] std::string_view msg_type() const { return {msg_type_.data(), msg_type_size_}; }
    [[nodiscard]] std::string_view body() const { return {buffer_.data(), size_}; }

private:
    std::array<char, kCapacity> buffer_;
    std::size_t size_ = 0;
    std::array<char, 4> msg_type_{};
    std::size_t msg_type_size_ = 0;
    bool is_valid_ = false;
};

// FIX UTCTimestamp text. Reads seconds or any fraction of 1 to 9 digits; writes milliseconds.
[[nodiscard]] std::optional<core::UtcTime> parse_utc_timestamp(std::string_view text);
// YYYYMMDD: the first instant of the day in UTC.
[[nodiscard]] std::optional<core::UtcTime> parse_utc_date(std::string_view text);
inline constexpr std::size_t kUtcTimestampSize = 21;  // YYYYMMDD-HH:MM:SS.sss
void write_utc_timestamp(core::UtcTime time, std::span<char, kUtcTimestampSize> text);

}  // namespace broker::fix
