#include "dxtrade/fix/inbound.hpp"

#include <algorithm>
#include <charconv>

#include "core/named_fields.hpp"
#include "dxtrade/fix/tags.hpp"
#include "fix/codec/message_encoder.hpp"

namespace broker::dxtrade::fix {
namespace {

bool is_integer(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

void Inbound::clear() {
    symbol.clear();
    fields.clear();
    faults.clear();
}

void copy_faults(const FaultList& faults, core::ExecutionReport& report) {
    for (const Fault& fault : faults.all()) report.faults.add(fault.fault);
    if (!faults.empty()) report.fault_tag = faults.all().front().tag;
}

void append_field(std::string& fields, std::string_view name, std::string_view value) {
    if (value.empty() || value.find(core::kFieldEnd) != std::string_view::npos) return;
    if (fields.size() + name.size() + value.size() + 2 > Inbound::kMaxFields) return;
    if (!core::find_field(fields, name).empty()) return;
    fields.append(name).append("=").append(value).push_back(core::kFieldEnd);
}

void append_tag(std::string& fields, std::int32_t tag, std::string_view value) {
    std::array<char, 11> name;  // of any int32
    const char* const end = std::to_chars(name.begin(), name.end(), tag).ptr;
    append_field(fields, {name.data(), static_cast<std::size_t>(end - name.data())}, value);
}

void take_field(const broker::fix::Field& field, std::string_view msg_type, const Dialect& dialect,
                Inbound& inbound) {
    if (const NamedField* named = dialect.find_field(msg_type, field.tag)) {
        if (!is_of_type(field.value, named->type)) {
            inbound.faults.add(core::ReportFault::UnreadableField, field.tag);
        }
        append_field(inbound.fields, named->name, field.value);
    } else if (!dialect.is_known(field.tag)) {
        inbound.faults.add(core::ReportFault::UnknownTag, field.tag);
        append_tag(inbound.fields, field.tag, field.value);
    }
}

void take_fields(std::span<const broker::fix::Field> fields, std::string_view msg_type,
                 const Dialect& dialect, Inbound& inbound) {
    for (const broker::fix::Field& field : fields) take_field(field, msg_type, dialect, inbound);
}

bool is_of_type(std::string_view text, FieldType type) {
    switch (type) {
        case FieldType::String:
            return !text.empty();
        case FieldType::Char:
            return text.size() == 1;
        case FieldType::Int:
            return is_integer(text);
        case FieldType::Decimal:
            return core::Decimal::parse(text).has_value();
        case FieldType::Boolean:
            return text == "Y" || text == "N";
        case FieldType::UtcTimestamp:
            return broker::fix::parse_utc_timestamp(text).has_value();
        case FieldType::UtcDate:
            return broker::fix::parse_utc_date(text).has_value();
    }
    return false;
}

template <class Value, class Parse>
std::optional<Value> FieldReader::read(std::int32_t tag, Parse parse) const {
    const auto found = broker::fix::find(fields_, tag);
    if (!found) return std::nullopt;
    std::optional<Value> value = parse(*found);
    if (!value) faults_.add(core::ReportFault::UnreadableField, tag);
    return value;
}

std::string_view FieldReader::text(std::int32_t tag) const {
    return broker::fix::find(fields_, tag).value_or("");
}

std::string_view FieldReader::required_text(std::int32_t tag) const {
    const std::string_view value = text(tag);
    if (value.empty()) faults_.add(core::ReportFault::MissingField, tag);
    return value;
}

std::optional<std::uint64_t> FieldReader::number(std::int32_t tag) const {
    return read<std::uint64_t>(tag, broker::fix::parse_number);
}

std::optional<core::Decimal> FieldReader::decimal(std::int32_t tag) const {
    return read<core::Decimal>(tag, core::Decimal::parse);
}

std::optional<core::Decimal> FieldReader::quantity(std::int32_t tag) const {
    const auto value = decimal(tag);
    if (!value || value->sign() >= 0) return value;
    faults_.add(core::ReportFault::NegativeValue, tag);
    return std::nullopt;
}

std::optional<core::UtcTime> FieldReader::timestamp(std::int32_t tag) const {
    return read<core::UtcTime>(tag, broker::fix::parse_utc_timestamp);
}

std::optional<core::UtcTime> FieldReader::date(std::int32_t tag) const {
    return read<core::UtcTime>(tag, broker::fix::parse_utc_date);
}

std::string_view host_symbol(std::span<const broker::fix::Field> fields, const Dialect& dialect,
                             std::string& buffer) {
    const auto symbol = broker::fix::find(fields, tag::kSymbol);
    const auto sfx = broker::fix::find(fields, tag::kSymbolSfx);
    return dialect.symbols().to_host(symbol.value_or(""), sfx.value_or(""), buffer);
}

}  // namespace broker::dxtrade::fix
