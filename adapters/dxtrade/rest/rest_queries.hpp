// The open questions of a REST channel.
#pragma once

#include <cstdint>
#include <map>
#include <memory>

#include "core/clock.hpp"
#include "core/query.hpp"
#include "core/result.hpp"
#include "dxtrade/rest/channel_parts.hpp"
#include "dxtrade/rest/query_reader.hpp"

namespace broker::dxtrade::rest {

// Each question ends by exactly one on_query_done: with its last answer, by the venue's refusal, at
// its deadline, or with the session. The listener may ask again from inside any of its calls. Owned
// by RestChannel. [event-thread]
class RestQueries {
public:
    static constexpr std::size_t kMaxOpen = 64;

    explicit RestQueries(ChannelParts& parts) : parts_{parts} {}

    // After an error the question is not open: nobody is told. TooManyRequests, NotSupported,
    // InvalidField, and what keeps its first request from going.
    [[nodiscard]] core::Result<void> ask(const core::Query& query);
    void on_tick();
    // No answer comes any more.
    void drop(core::Reason reason, std::string_view text);

    [[nodiscard]] std::size_t open_count() const { return open_.size(); }

private:
    struct Open {
        core::Query query;
        core::MonotonicTime deadline;
        std::unique_ptr<QueryReader> reader;
    };

    [[nodiscard]] core::Result<void> ask_next(std::uint64_t number, const Open& open);
    void on_outcome(std::uint64_t number, net::HttpOutcome outcome);
    void end(std::uint64_t number, core::Reason reason, std::string_view text);

    ChannelParts& parts_;
    std::map<std::uint64_t, Open> open_;  // oldest first
    std::uint64_t last_number_ = 0;
};

}  // namespace broker::dxtrade::rest
