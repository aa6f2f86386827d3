#include "host/json_object.hpp"

#include <boost/json/value.hpp>
#include <boost/locale/utf.hpp>
#include <iterator>
#include <string>

#include "broker/sdk/fields.hpp"
#include "broker/sdk/text.hpp"

namespace broker::sample_host {
namespace {

using Utf8 = boost::locale::utf::utf_traits<char>;

bool is_utf8(std::string_view text) {
    const char* position = text.data();
    const char* const end = position + text.size();
    while (position != end) {
        const auto character = Utf8::decode(position, end);
        if (character == boost::locale::utf::illegal ||
            character == boost::locale::utf::incomplete) {
            return false;
        }
    }
    return true;
}

// Why: Boost.JSON writes bytes as they are, and FIX texts may be in any encoding. Taken for
// Latin-1, no byte is lost.
std::string utf8(std::string_view text) {
    if (is_utf8(text)) return std::string{text};
    std::string encoded;
    for (const char c : text) {
        Utf8::encode(static_cast<unsigned char>(c), std::back_inserter(encoded));
    }
    return encoded;
}

}  // namespace

JsonObject::JsonObject(const broker_event_t& event, Absent absent)
    : JsonObject{sdk::event_type_name(event.type)} {
    absent_ = absent;
    add("account", event.account);
    object_["event_seq_num"] = event.event_seq_num;
    add_time("time", event.time);
}

bool JsonObject::is_added(std::string_view key, bool is_present) {
    if (!is_present && absent_ == Absent::Null) object_[key] = nullptr;
    return is_present;
}

void JsonObject::add(std::string_view key, std::string_view text) {
    if (is_added(key, !text.empty())) object_[key] = utf8(text);
}

void JsonObject::add(std::string_view key, broker_str_t text) { add(key, sdk::view(text)); }

void JsonObject::add(std::string_view key, const broker_decimal_t& value) {
    if (is_added(key, value.is_present != 0)) object_[key] = sdk::decimal_text(value);
}

void JsonObject::add_time(std::string_view key, std::int64_t nanoseconds) {
    if (is_added(key, nanoseconds != 0)) object_[key] = nanoseconds;
}

void JsonObject::add_flag(std::string_view key, std::int32_t flag) {
    if (is_added(key, flag != 0)) object_[key] = true;
}

void JsonObject::add_count_if(std::string_view key, std::uint64_t count, bool is_present) {
    if (is_added(key, is_present)) object_[key] = count;
}

void JsonObject::add_number(std::string_view key, std::int64_t number) { object_[key] = number; }

void JsonObject::add_reason(broker_reason_t reason) {
    const bool is_there = reason != BROKER_REASON_NONE;
    if (is_added("reason", is_there)) object_["reason"] = sdk::reason_name(reason);
    if (is_added("reason_code", is_there)) object_["reason_code"] = reason;
}

void JsonObject::add_stages(const broker_stage_times_t& stages) {
    JsonObject times;
    times.add_time("signal", stages.signal);
    times.add_time("accepted", stages.accepted);
    times.add_time("journaled", stages.journaled);
    times.add_time("written", stages.written);
    times.add_time("acknowledged", stages.acknowledged);
    times.add_time("received", stages.received);
    times.add_time("delivered", stages.delivered);
    object_["stages"] = times.object_;
}

void JsonObject::add_fields(broker_str_t fields) {
    if (!is_added("fields", fields.size != 0)) return;
    boost::json::object values;
    for (const sdk::Field& field : sdk::FieldsView{fields}) {
        values[utf8(field.name)] = utf8(field.value);
    }
    object_["fields"] = values;
}

}  // namespace broker::sample_host
