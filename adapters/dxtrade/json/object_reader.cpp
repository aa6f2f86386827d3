#include "dxtrade/json/object_reader.hpp"

#include "dxtrade/json/scalars.hpp"

namespace broker::dxtrade::json {
namespace {

constexpr std::size_t kMaxShown = 40;

bool is_scalar(const Value& value) {
    return value.kind() == Kind::String || value.kind() == Kind::Number ||
           value.kind() == Kind::Boolean;
}

std::string_view text_of(const Value& value) {
    if (value.kind() == Kind::Boolean) return value.is_true() ? "true" : "false";
    return value.text();
}

}  // namespace

std::string Place::text() const {
    if (parent_ == nullptr) return {};
    std::string path = parent_->text();
    if (member_.empty()) return path + '[' + std::to_string(index_) + ']';
    if (!path.empty()) path += '.';
    return path.append(member_);
}

std::string shown(const Value& value) {
    switch (value.kind()) {
        case Kind::Null:
            return "null";
        case Kind::Array:
            return "an array";
        case Kind::Object:
            return "an object";
        case Kind::String: {
            const std::string_view text = value.text();
            return '"' + clipped(text, kMaxShown) + (text.size() > kMaxShown ? "\"..." : "\"");
        }
        default:
            return std::string{text_of(value).substr(0, kMaxShown)};
    }
}

std::optional<Value> ObjectReader::find(std::string_view name) const {
    const auto found = object_.find(name);
    return found && found->kind() != Kind::Null ? found : std::nullopt;
}

std::string ObjectReader::text(std::string_view name) {
    const auto found = find(name);
    if (!found) return {};
    if (!is_scalar(*found)) {
        expected(name, "a text", *found);
        return {};
    }
    return std::string{text_of(*found)};
}

std::optional<core::Decimal> ObjectReader::decimal(std::string_view name) {
    return decimal_of(name, find(name));
}

std::optional<core::Decimal> ObjectReader::decimal_any_case(std::string_view name) {
    const auto found = object_.find_any_case(name);
    if (!found || found->kind() == Kind::Null) return std::nullopt;
    return decimal_of(found->key(), found);
}

std::optional<core::Decimal> ObjectReader::decimal_of(std::string_view name,
                                                      const std::optional<Value>& value) {
    if (!value) return std::nullopt;
    const bool may_be_number = value->kind() == Kind::Number || value->kind() == Kind::String;
    const auto number = may_be_number ? parse_number(value->text()) : std::nullopt;
    if (!number && !(may_be_number && is_no_number(value->text()))) {
        expected(name, "a number", *value);
    }
    return number;
}

std::optional<std::uint64_t> ObjectReader::count(std::string_view name) {
    const auto found = find(name);
    if (!found) return std::nullopt;
    const bool may_be_number = found->kind() == Kind::Number || found->kind() == Kind::String;
    const auto number = may_be_number ? parse_number(found->text()) : std::nullopt;
    if (number && number->sign() >= 0) {
        std::int64_t whole = number->coefficient();
        int scale = number->scale();
        for (; scale > 0 && whole % 10 == 0; --scale) whole /= 10;
        if (scale == 0) return static_cast<std::uint64_t>(whole);
    }
    expected(name, "a whole number", *found);
    return std::nullopt;
}

std::string ObjectReader::id(std::string_view name) {
    const auto found = find(name);
    if (!found) return {};
    if (found->kind() == Kind::String) return std::string{found->text()};
    if (found->kind() == Kind::Number) {
        const std::string_view text = found->text();
        if (text.find_first_not_of("-0123456789") == std::string_view::npos) {
            return std::string{text};
        }
        // 7.00411E5: the same id as 700411.
        if (const auto whole = count(name)) return std::to_string(*whole);
        return {};
    }
    expected(name, "an id", *found);
    return {};
}

std::optional<bool> ObjectReader::boolean(std::string_view name) {
    const auto found = find(name);
    if (!found) return std::nullopt;
    if (found->kind() == Kind::Boolean) return found->is_true();
    if (found->kind() == Kind::String && found->text() == "true") return true;
    if (found->kind() == Kind::String && found->text() == "false") return false;
    expected(name, "true or false", *found);
    return std::nullopt;
}

std::optional<core::UtcTime> ObjectReader::timestamp(std::string_view name) {
    const auto found = find(name);
    if (!found) return std::nullopt;
    const bool may_be_time = found->kind() == Kind::Number || found->kind() == Kind::String;
    const auto time = may_be_time ? parse_timestamp(found->text()) : std::nullopt;
    if (!time) expected(name, "a time", *found);
    return time;
}

std::string ObjectReader::account(std::string_view name) {
    const auto found = find(name);
    if (!found || found->kind() != Kind::Object) return text(name);
    const auto part = [&](std::string_view member) {
        const auto value = found->find(member);
        return value && is_scalar(*value) ? std::string{text_of(*value)} : std::string{};
    };
    const std::string clearing = part("clearing");
    const std::string account = part("account");
    if (account.empty()) expected(name, "an account", *found);
    if (account.empty() || clearing.empty()) return account;
    return clearing + ':' + account;
}

void ObjectReader::fault(core::Reason reason, std::string_view name, std::string_view what) {
    const Place place{*place_, name};
    faults_->add(reason, place.text() + ": " + std::string{what});
}

void ObjectReader::expected(std::string_view name, std::string_view what, const Value& found) {
    own_faults_.add(core::ReportFault::UnreadableField);
    fault(core::Reason::FieldUnreadable, name,
          "expected " + std::string{what} + ", found " + shown(found));
}

void ObjectReader::unknown(std::string_view name, std::string_view raw) {
    own_faults_.add(core::ReportFault::UnknownValue);
    fault(core::Reason::ValueUnknown, name, "unknown value \"" + clipped(raw, kMaxShown) + "\"");
}

void ObjectReader::missing(std::string_view name) {
    own_faults_.add(core::ReportFault::MissingField);
    fault(core::Reason::FieldMissing, name, "missing");
}

void ObjectReader::negative(std::string_view name, const core::Decimal& value) {
    own_faults_.add(core::ReportFault::NegativeValue);
    fault(core::Reason::ValueNegative, name, "negative: " + value.to_string());
}

}  // namespace broker::dxtrade::json
