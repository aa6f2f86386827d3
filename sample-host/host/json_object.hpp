// One event as a JSON object.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <string_view>

#include "broker/abi/broker.h"

namespace broker::sample_host {

// Adds what is present. Text that is not UTF-8 is taken for Latin-1.
class JsonObject {
public:
    // Whether absent values are left out, or are there as null.
    enum class Absent { LeftOut, Null };

    explicit JsonObject(const broker_event_t& event, Absent absent = Absent::LeftOut);
    explicit JsonObject(std::string_view type) { object_["type"] = type; }

    void add(std::string_view key, std::string_view text);
    void add(std::string_view key, broker_str_t text);
    void add(std::string_view key, const broker_decimal_t& value);
    void add_time(std::string_view key, std::int64_t nanoseconds);
    void add_flag(std::string_view key, std::int32_t flag);
    void add_count_if(std::string_view key, std::uint64_t count, bool is_present);
    void add_number(std::string_view key, std::int64_t number);
    void add_reason(broker_reason_t reason);
    void add_stages(const broker_stage_times_t& stages);
    void add_fields(broker_str_t fields);  // an object with one value a name

    [[nodiscard]] const boost::json::object& get() const { return object_; }

private:
    JsonObject() = default;

    // Whether the value is to be added; adds null for it if absent values are there.
    [[nodiscard]] bool is_added(std::string_view key, bool is_present);

    boost::json::object object_;
    Absent absent_ = Absent::LeftOut;
};

}  // namespace broker::sample_host
