// The members of a JSON object as typed values; what does not fit is a fault with its path.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/clock.hpp"
#include "core/decimal.hpp"
#include "core/enum_set.hpp"
#include "core/execution_report.hpp"
#include "dxtrade/json/json_value.hpp"
#include "dxtrade/json/read_faults.hpp"

namespace broker::dxtrade::json {

// Where a value stands, for error texts: `orders[2].legs[0]`. Each place knows the one around it.
class Place {
public:
    Place() = default;
    Place(const Place& parent, std::string_view member) : parent_{&parent}, member_{member} {}
    Place(const Place& parent, std::size_t index) : parent_{&parent}, index_{index} {}

    [[nodiscard]] std::string text() const;

private:
    const Place* parent_ = nullptr;
    std::string_view member_;  // empty: an element
    std::size_t index_ = 0;
};

// `"abc"` or `12`, at most 40 bytes of it, for error texts.
[[nodiscard]] std::string shown(const Value& value);

// Reads one object. A member that is not there, or null, is absent, and no fault. Everything it is
// made with must outlive it.
class ObjectReader {
public:
    static constexpr std::size_t kMaxElements = 100'000;

    ObjectReader(Value object, const Place& place, ReadFaults& faults)
        : object_{object}, place_{&place}, faults_{&faults} {}

    // A string; of a number or a boolean the text. A fault for an object or an array.
    [[nodiscard]] std::string text(std::string_view name);
    // A number, or one in a string. One that is said to be none (+INF, NaN) is absent, and no
    // fault.
    [[nodiscard]] std::optional<core::Decimal> decimal(std::string_view name);
    // The same where the venues differ in the case of the letters.
    [[nodiscard]] std::optional<core::Decimal> decimal_any_case(std::string_view name);
    // A whole number that is not negative.
    [[nodiscard]] std::optional<std::uint64_t> count(std::string_view name);
    // An id: a string, or a whole number, as digits.
    [[nodiscard]] std::string id(std::string_view name);
    [[nodiscard]] std::optional<bool> boolean(std::string_view name);
    [[nodiscard]] std::optional<core::UtcTime> timestamp(std::string_view name);
    // "clearing:account", or {"clearing":..,"account":..}.
    [[nodiscard]] std::string account(std::string_view name);

    // Calls `read(ObjectReader&)` for each object of an array. False if it is absent or has
    // anything else in it, which is a fault.
    template <class Read>
    bool each(std::string_view name, Read&& read);
    // Calls `read(ObjectReader&)` for an object. False if it is absent.
    template <class Read>
    bool object(std::string_view name, Read&& read);

    // A member of any kind; null if it is absent.
    [[nodiscard]] std::optional<Value> find(std::string_view name) const;
    [[nodiscard]] const Value& value() const { return object_; }

    void fault(core::Reason reason, std::string_view name, std::string_view what);
    // `expected <what>, found <value>`: FieldUnreadable.
    void expected(std::string_view name, std::string_view what, const Value& found);
    // An enumerator that we do not know; its raw text is kept elsewhere.
    void unknown(std::string_view name, std::string_view raw);
    void missing(std::string_view name);
    // A quantity that cannot be below zero.
    void negative(std::string_view name, const core::Decimal& value);

    // What was wrong with the object's own members.
    [[nodiscard]] core::EnumSet<core::ReportFault> faults() const { return own_faults_; }

private:
    [[nodiscard]] std::optional<core::Decimal> decimal_of(std::string_view name,
                                                          const std::optional<Value>& value);

    Value object_;
    const Place* place_;
    ReadFaults* faults_;
    core::EnumSet<core::ReportFault> own_faults_;
};

template <class Read>
bool ObjectReader::each(std::string_view name, Read&& read) {
    const auto array = find(name);
    if (!array) return false;
    if (array->kind() != Kind::Array) {
        expected(name, "an array", *array);
        return false;
    }
    const Place array_place{*place_, name};
    bool is_whole = true;
    std::size_t index = 0;
    for (const Value element : *array) {
        if (index == kMaxElements) {
            fault(core::Reason::FieldUnreadable, name, "more elements than can be taken");
            return false;
        }
        const Place place{array_place, index++};
        if (element.kind() == Kind::Object) {
            ObjectReader reader{element, place, *faults_};
            read(reader);
        } else {
            own_faults_.add(core::ReportFault::UnreadableField);
            faults_->add(core::Reason::FieldUnreadable,
                         place.text() + ": expected an object, found " + shown(element));
            is_whole = false;
        }
    }
    return is_whole;
}

template <class Read>
bool ObjectReader::object(std::string_view name, Read&& read) {
    const auto member = find(name);
    if (!member) return false;
    if (member->kind() != Kind::Object) {
        expected(name, "an object", *member);
        return false;
    }
    const Place place{*place_, name};
    ObjectReader reader{*member, place, *faults_};
    read(reader);
    return true;
}

}  // namespace broker::dxtrade::json
