// The latest events of a run as JSON objects, for expectations.
#pragma once

#include <boost/json/object.hpp>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "host/run_tag.hpp"
#include "host/script_steps.hpp"

namespace broker::sample_host {

// Which events an ExpectEvent is about.
struct EventPattern {
    const ExpectEvent& expected;
    std::optional<std::uint64_t> request_id;  // of the question or subscription `of` names
};

// Bounded: the oldest give way.
class EventHistory {
public:
    static constexpr std::size_t kCapacity = 10'000;

    void add(boost::json::object event);

    // How many events match. Ids in the pattern are labels of the run.
    [[nodiscard]] std::uint64_t count(const EventPattern& pattern, const RunTag& tag) const;

    // What there is instead, for people: the last event of the same account, type and request in so
    // far as the pattern has its keys, or "none".
    [[nodiscard]] std::string describe_nearest(const EventPattern& pattern,
                                               const RunTag& tag) const;

private:
    std::deque<boost::json::object> events_;
};

}  // namespace broker::sample_host
