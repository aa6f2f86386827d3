// Records whose size the other side states: both sides may have been built with different minor
// versions of the ABI.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string>

#include "broker/abi/types.h"
#include "broker/abi/version.h"
#include "core/result.hpp"

namespace broker::abi {

// No record is near this size; a larger claim is a wrong pointer or an unset field.
inline constexpr std::size_t kMaxRecordSize = 64 * 1024;

// Copies a command. A shorter record (an older host) is filled up with zeroes; a longer one (a
// newer host) is taken only if what we do not know of it is zero: an order instruction must not be
// dropped silently. `minimum` is the record's size in version 1.0.
template <class Record>
[[nodiscard]] core::Result<Record> read_command(const Record* source, std::size_t minimum) {
    if (source == nullptr) return core::fail(core::Reason::InvalidField, "the record is null");
    const std::size_t size = source->struct_size;
    if (size < minimum || size > kMaxRecordSize) {
        return core::fail(core::Reason::InvalidField, "struct_size: expected at least " +
                                                          std::to_string(minimum) + ", found " +
                                                          std::to_string(size));
    }
    const auto* bytes = reinterpret_cast<const unsigned char*>(source);
    if (std::any_of(bytes + std::min(size, sizeof(Record)), bytes + size,
                    [](unsigned char byte) { return byte != 0; })) {
        return core::fail(core::Reason::InvalidField,
                          "the record has instructions that this adapter does not know: it was "
                          "built for ABI " +
                              std::to_string(BROKER_ABI_MAJOR) + "." +
                              std::to_string(BROKER_ABI_MINOR));
    }
    Record record{};
    std::memcpy(&record, source, std::min(size, sizeof(Record)));
    return record;
}

// Gives the caller of a query the part of a record that its build knows, and keeps its struct_size.
template <class Record>
[[nodiscard]] core::Result<void> write_answer(Record answer, Record* target, std::size_t minimum) {
    if (target == nullptr) return core::fail(core::Reason::InvalidField, "the record is null");
    const std::uint32_t size = target->struct_size;
    if (size < minimum || size > kMaxRecordSize) {
        return core::fail(core::Reason::InvalidField, "struct_size: expected at least " +
                                                          std::to_string(minimum) + ", found " +
                                                          std::to_string(size));
    }
    answer.struct_size = size;
    std::memcpy(target, &answer, std::min<std::size_t>(size, sizeof(Record)));
    if (size > sizeof(Record)) {
        std::memset(reinterpret_cast<unsigned char*>(target) + sizeof(Record), 0,
                    size - sizeof(Record));
    }
    return {};
}

[[nodiscard]] inline std::string_view view(broker_str_t text) {
    return text.data == nullptr ? std::string_view{} : std::string_view{text.data, text.size};
}

[[nodiscard]] inline broker_str_t str(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace broker::abi
