// Reading a message of the venue, and keeping what is wrong with it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/execution_report.hpp"
#include "dxtrade/fix/dialect.hpp"
#include "fix/codec/message_view.hpp"

namespace broker::dxtrade::fix {

struct Fault {
    core::ReportFault fault = core::ReportFault::Unspecified;
    std::int32_t tag = 0;
};

// The faults of one message in the order they were found; those beyond kCapacity are dropped.
class FaultList {
public:
    static constexpr std::size_t kCapacity = 16;

    void clear() { size_ = 0; }
    void add(core::ReportFault fault, std::int32_t tag) {
        if (size_ < kCapacity) faults_[size_++] = {fault, tag};
    }
    [[nodiscard]] std::span<const Fault> all() const { return {faults_.data(), size_}; }
    [[nodiscard]] bool empty() const { return size_ == 0; }

private:
    std::array<Fault, kCapacity> faults_;
    std::size_t size_ = 0;
};

// What reading a message leaves besides its record; the record borrows the text. Reused from
// message to message, so that nothing is allocated once the buffers have grown.
struct Inbound {
    static constexpr std::size_t kMaxFields = 4096;  // bytes of `fields`

    std::string symbol;
    std::string fields;  // named fields and unknown tags, see named_fields.hpp
    FaultList faults;

    void clear();
};

// The faults as a report has them.
void copy_faults(const FaultList& faults, core::ExecutionReport& report);

// Appends name=value SOH to `fields`. Left out: an empty value or one with SOH in it, a name that
// is there already, and what does not fit any more.
void append_field(std::string& fields, std::string_view name, std::string_view value);
// The same under the tag's number.
void append_tag(std::string& fields, std::int32_t tag, std::string_view value);

// Takes one field's part in `fields`: the profile's named fields of this message by name, unknown
// tags by number. Their values are checked against the type and noted, but kept as they are.
void take_field(const broker::fix::Field& field, std::string_view msg_type, const Dialect& dialect,
                Inbound& inbound);
void take_fields(std::span<const broker::fix::Field> fields, std::string_view msg_type,
                 const Dialect& dialect, Inbound& inbound);

// Whether `text` is a value of the type.
[[nodiscard]] bool is_of_type(std::string_view text, FieldType type);

// The values of a message or of a group's entry, one at a time. A value that cannot be read, or a
// negative quantity, is null and noted; so is a field that must be there and is not.
class FieldReader {
public:
    FieldReader(std::span<const broker::fix::Field> fields, FaultList& faults)
        : fields_{fields}, faults_{faults} {}

    [[nodiscard]] std::string_view text(std::int32_t tag) const;
    [[nodiscard]] std::string_view required_text(std::int32_t tag) const;
    [[nodiscard]] std::optional<std::uint64_t> number(std::int32_t tag) const;
    [[nodiscard]] std::optional<core::Decimal> decimal(std::int32_t tag) const;
    [[nodiscard]] std::optional<core::Decimal> quantity(std::int32_t tag) const;
    [[nodiscard]] std::optional<core::UtcTime> timestamp(std::int32_t tag) const;
    [[nodiscard]] std::optional<core::UtcTime> date(std::int32_t tag) const;
    [[nodiscard]] bool is_yes(std::int32_t tag) const { return text(tag) == "Y"; }
    // By a function of enum_codes; a value that it does not know is noted.
    template <class Enum>
    [[nodiscard]] Enum enumerator(std::int32_t tag, Enum (*from_fix)(std::string_view)) const {
        const std::string_view value = text(tag);
        const Enum result = from_fix(value);
        if (!value.empty() && result == Enum::Unspecified) {
            faults_.add(core::ReportFault::UnknownValue, tag);
        }
        return result;
    }

private:
    template <class Value, class Parse>
    [[nodiscard]] std::optional<Value> read(std::int32_t tag, Parse parse) const;

    std::span<const broker::fix::Field> fields_;
    FaultList& faults_;
};

// Symbol (55) and SymbolSfx (65) as the host's name.
[[nodiscard]] std::string_view host_symbol(std::span<const broker::fix::Field> fields,
                                           const Dialect& dialect, std::string& buffer);

}  // namespace broker::dxtrade::fix
