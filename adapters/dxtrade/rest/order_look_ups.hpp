// What the order history says of single orders.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/clock.hpp"
#include "dxtrade/push/portfolio_tracker.hpp"
#include "dxtrade/rest/channel_parts.hpp"
#include "dxtrade/rest/records.hpp"

namespace broker::dxtrade::rest {

// The answer to one look-up.
struct LookedUp {
    bool is_answered = false;          // false: no answer, or an unreadable one: proves nothing
    bool is_complete = false;          // all of it could be read: what is not there is absent
    std::span<const RestOrder> found;  // under the name asked for; may be none
    core::MonotonicTime asked;         // the question left after that
    core::MonotonicTime received;
};

// Orders are asked for by client id, or else by order id; one question at a time about each. The
// tracker gets what is found before anybody else. Owned by RestChannel. [event-thread]
class OrderLookUps {
public:
    using Done = std::function<void(const LookedUp&)>;

    static constexpr std::size_t kMaxOpen = 256;

    explicit OrderLookUps(ChannelParts& parts) : parts_{parts} {}

    // For the tracker: the answer goes to its on_looked_up.
    void for_tracker(const push::OrderLookUp& order);
    // `done` is called once, never from inside this call. An error: it is not asked.
    [[nodiscard]] core::Result<void> look_up(const core::ClOrdID& client_id, Done done);
    // Tells what was found as status answers, the id in force in ClOrdID.
    void tell_pictures(const LookedUp& answer, std::uint64_t request_id);

    // Ends every open look-up without an answer.
    void drop();

private:
    struct Open {
        push::OrderLookUp order;
        core::MonotonicTime asked;
        bool is_for_tracker = false;
        std::vector<Done> waiting;
    };

    [[nodiscard]] core::Result<void> ask(const push::OrderLookUp& order, bool is_for_tracker,
                                         Done done);
    void on_answer(const std::string& key, net::HttpOutcome outcome);
    void tell(Open open, const OrderPage* page, LookedUp answer);

    ChannelParts& parts_;
    std::unordered_map<std::string, Open> open_;
};

}  // namespace broker::dxtrade::rest
