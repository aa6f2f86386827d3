// The ETag of the account's orders, which some venues want with every change of one.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "dxtrade/rest/channel_parts.hpp"

namespace broker::dxtrade::rest {

// Any change of any order makes it stale. Sent when known, unless the profile says never; read
// before a change where the profile demands it, or the venue has. Owned by RestChannel.
// [event-thread]
class OrdersEtag {
public:
    explicit OrdersEtag(ChannelParts& parts) : parts_{parts} {}

    [[nodiscard]] const std::string& value() const { return value_; }  // empty: not known
    // A change cannot go without one that is not known yet.
    [[nodiscard]] bool must_be_read() const { return is_demanded() && value_.empty(); }

    // The venue has named it; empty: what was known is stale.
    void set(std::string_view etag);
    void demanded() { is_learned_ = true; }  // by the venue

    // Reads the open orders, once for all who ask; `done` is never called from inside. An error:
    // it is not asked.
    using Done = std::function<void(const core::Result<void>&)>;
    [[nodiscard]] core::Result<void> read(net::HttpLane lane, core::MonotonicTime not_after,
                                          Done done);

private:
    [[nodiscard]] bool is_demanded() const;
    void on_answer(net::HttpOutcome outcome);

    ChannelParts& parts_;
    std::string value_;
    bool is_learned_ = false;
    std::vector<Done> waiting_;
};

}  // namespace broker::dxtrade::rest
