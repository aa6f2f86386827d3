// Reads the fields of the host's commands one by one. Errors: InvalidField, with the name of the
// field and what was expected.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "abi/record.hpp"
#include "broker/abi/types.h"
#include "core/clock.hpp"
#include "core/decimal.hpp"
#include "core/enum_set.hpp"
#include "core/named_fields.hpp"
#include "core/order.hpp"
#include "core/result.hpp"

namespace broker::abi {

[[nodiscard]] core::Error invalid(std::string_view field, std::string_view expected);

// Printable ASCII without space: what every venue and every log takes.
[[nodiscard]] bool is_plain(std::string_view text);

// A text of 1 to Id::kCapacity plain characters.
template <class Id>
[[nodiscard]] core::Result<Id> read_id(std::string_view field, broker_str_t text) {
    const auto value = Id::from(view(text));
    if (!value || value->empty() || !is_plain(value->view())) {
        return invalid(field, "1 to " + std::to_string(Id::kCapacity) +
                                  " printable ASCII characters without space");
    }
    return *value;
}

// The same, or nothing.
template <class Id>
[[nodiscard]] core::Result<Id> read_optional_id(std::string_view field, broker_str_t text) {
    if (text.size == 0) return Id{};
    return read_id<Id>(field, text);
}

[[nodiscard]] core::Result<std::optional<core::Decimal>> read_decimal(std::string_view field,
                                                                      broker_decimal_t value);
// Above zero, if it is there.
[[nodiscard]] core::Result<std::optional<core::Decimal>> read_positive(std::string_view field,
                                                                       broker_decimal_t value);

// Values of an enum run from `least` to `most` without a gap.
template <class Enum>
[[nodiscard]] core::Result<Enum> read_enumerator(std::string_view field, std::int32_t value,
                                                 std::int32_t least, Enum most) {
    if (value < least || value > static_cast<std::int32_t>(most)) {
        return invalid(field, "a value from " + std::to_string(least) + " to " +
                                  std::to_string(static_cast<std::int32_t>(most)) + ", found " +
                                  std::to_string(value));
    }
    return static_cast<Enum>(value);
}

// A set of enumerators with values 1 to `most`.
template <class Enum>
[[nodiscard]] core::Result<core::EnumSet<Enum>> read_enum_set(std::string_view field,
                                                              std::uint64_t bits, Enum most) {
    const std::uint64_t known = (std::uint64_t{2} << static_cast<unsigned>(most)) - 2;
    if ((bits & ~known) != 0) {
        return invalid(field,
                       "bits 1 to " + std::to_string(static_cast<std::int32_t>(most)) + " alone");
    }
    return core::EnumSet<Enum>::from_bits(bits);
}

[[nodiscard]] core::Result<core::StageTimes> read_stages(broker_monotonic_t signal,
                                                         core::MonotonicTime now);
[[nodiscard]] core::Result<std::optional<core::UtcTime>> read_time(std::string_view field,
                                                                   broker_timestamp_t time);
[[nodiscard]] core::Result<core::NamedFields> read_fields(broker_str_t text);

// Stores the values of Results, or leaves the first error.
class FieldReader {
public:
    template <class Target, class Value>
    void operator()(Target& target, core::Result<Value> value) {
        if (error_) return;
        if (value) {
            target = *std::move(value);
        } else {
            error_ = value.error();
        }
    }
    void require_zero(std::int32_t value) {
        if (!error_ && value != 0) error_ = invalid("must_be_zero", "zero");
    }
    void check(const core::Result<void>& result) {
        if (!error_ && !result) error_ = result.error();
    }
    void require(bool holds, std::string_view field, std::string_view expected) {
        if (!error_ && !holds) error_ = invalid(field, expected);
    }
    template <class Record>
    [[nodiscard]] core::Result<Record> finish(const Record& record) {
        if (error_) return *error_;
        return record;
    }

private:
    std::optional<core::Error> error_;
};

}  // namespace broker::abi
