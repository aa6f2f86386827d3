// A FIX message read in place.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "core/decimal.hpp"
#include "core/ids.hpp"
#include "core/result.hpp"

namespace broker::fix {

inline constexpr char kSoh = '\x01';

struct Field {
    std::int32_t tag = 0;
    std::string_view value;
};

// The first of `fields` with this tag; null if there is none.
[[nodiscard]] std::optional<std::string_view> find(std::span<const Field> fields, std::int32_t tag);

// Digits alone; null for anything else, and if the number does not fit.
[[nodiscard]] std::optional<std::uint64_t> parse_number(std::string_view text);

// Offsets into bytes that somebody else owns: valid as long as they are. Reused from message to
// message; it allocates only while its field table grows to the largest message seen.
class MessageView {
public:
    static constexpr std::size_t kMaxFields = 16'384;

    // Reads one whole message, from 8= to the SOH after CheckSum. Checks that every field is
    // tag=value SOH with a tag of 1 to 9 digits, that 8, 9 and 35 come first and once, that 10
    // comes last with three digits, that BodyLength and CheckSum are right, and that every data
    // field (RawData and its like) directly follows its length field and is exactly that long.
    // MalformedMessage otherwise, naming the offset and the rule; the view is then empty.
    // An empty value passes: the message is whole, and its number must count (it is answered by
    // Reject with SessionRejectReason 4).
    [[nodiscard]] core::Result<void> parse(std::string_view message);

    [[nodiscard]] std::string_view bytes() const { return bytes_; }
    [[nodiscard]] std::string_view msg_type() const { return msg_type_; }
    [[nodiscard]] std::span<const Field> fields() const { return fields_; }

    // The first field with this tag; null if there is none.
    [[nodiscard]] std::optional<std::string_view> find(std::int32_t tag) const;
    // The same, or empty: for tags where absent and empty mean the same.
    [[nodiscard]] std::string_view get(std::int32_t tag) const;

    // Typed readings; null if the field is absent or not of its type.
    [[nodiscard]] std::optional<std::uint64_t> find_number(std::int32_t tag) const;
    [[nodiscard]] std::optional<core::Decimal> find_decimal(std::int32_t tag) const;
    [[nodiscard]] std::optional<core::UtcTime> find_utc_timestamp(std::int32_t tag) const;
    [[nodiscard]] bool is_yes(std::int32_t tag) const { return get(tag) == "Y"; }

    [[nodiscard]] core::MsgSeqNum msg_seq_num() const;  // MsgSeqNum (34); 0 if absent or wrong

private:
    std::string_view bytes_;
    std::string_view msg_type_;
    std::vector<Field> fields_;
};

// The tag of the length field that must stand before this data field (96 -> 95); 0 if `tag` is not
// a data field of FIX 4.4.
[[nodiscard]] std::int32_t length_tag_of_data_field(std::int32_t tag);

}  // namespace broker::fix
