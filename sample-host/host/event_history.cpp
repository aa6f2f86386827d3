#include "host/event_history.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <utility>

#include "broker/sdk/text.hpp"
#include "host/decimal_sum.hpp"

namespace broker::sample_host {
namespace {

// The value's text; null for what is absent. A "fields.<name>" lies one level deeper.
std::optional<std::string> text_at(const boost::json::object& event, std::string_view key) {
    constexpr std::string_view kFields = "fields.";
    if (key.starts_with(kFields)) {
        const auto* const fields = event.if_contains("fields");
        if (fields == nullptr || !fields->is_object()) return std::nullopt;
        return text_at(fields->get_object(), key.substr(kFields.size()));
    }
    const boost::json::value* const value = event.if_contains(key);
    if (value == nullptr) return std::nullopt;
    if (const auto* const text = value->if_string()) return std::string{text->data(), text->size()};
    return boost::json::serialize(*value);
}

bool is_id(std::string_view key) {
    return key == "cl_ord_id" || key == "orig_cl_ord_id" || key == "list_id";
}

bool is_same(const std::string& found, const std::string& expected) {
    if (found == expected) return true;
    const auto found_decimal = sdk::decimal_from_text(found);
    const auto expected_decimal = sdk::decimal_from_text(expected);
    return found_decimal && expected_decimal && is_equal(*found_decimal, *expected_decimal);
}

bool has_value(const boost::json::object& event, const std::string& key,
               const std::string& expected, const RunTag& tag) {
    const auto found = text_at(event, key);
    // What is absent from an event is false, or no reason.
    if (!found) return expected == "false" || (key == "reason" && expected == "NONE");
    return is_same(*found, expected) || (is_id(key) && tag.label(*found) == expected);
}

bool concerns(const boost::json::object& event, const EventPattern& pattern) {
    if (text_at(event, "type") != pattern.expected.type) return false;
    if (text_at(event, "account") != pattern.expected.account) return false;
    return !pattern.request_id ||
           text_at(event, "request_id") == std::to_string(*pattern.request_id);
}

}  // namespace

void EventHistory::add(boost::json::object event) {
    if (events_.size() == kCapacity) events_.pop_front();
    events_.push_back(std::move(event));
}

std::uint64_t EventHistory::count(const EventPattern& pattern, const RunTag& tag) const {
    const auto matches = [&](const boost::json::object& event) {
        const auto& values = pattern.expected.values;
        return concerns(event, pattern) &&
               std::all_of(values.begin(), values.end(), [&](const auto& value) {
                   return has_value(event, value.first, value.second, tag);
               });
    };
    return static_cast<std::uint64_t>(std::count_if(events_.begin(), events_.end(), matches));
}

std::string EventHistory::describe_nearest(const EventPattern& pattern, const RunTag& tag) const {
    const auto last = std::find_if(events_.rbegin(), events_.rend(),
                                   [&](const auto& event) { return concerns(event, pattern); });
    if (last == events_.rend()) return "none";
    std::string text;
    for (const auto& [key, expected] : pattern.expected.values) {
        const std::string found = text_at(*last, key).value_or("none");
        text += (text.empty() ? "" : ", ") + key + " " + (is_id(key) ? tag.label(found) : found);
    }
    return text.empty() ? "fewer" : text;
}

}  // namespace broker::sample_host
