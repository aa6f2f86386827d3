// Orders over REST: placing, changing and canceling them on the accounts that FIX trades on too.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "simulator/exchange.hpp"
#include "simulator/rest_book.hpp"
#include "simulator/rest_message.hpp"
#include "simulator/rest_order_request.hpp"
#include "simulator/rest_views.hpp"

namespace broker::simulator {

// `session` is the account's SenderCompID. New orders go to the exchange as if the FIX gateway
// handed them in; changes and cancels are made as the desk makes them, so that the FIX session
// learns of them under the order's own ClOrdID. [event-thread]
class RestOrders {
public:
    RestOrders(const RestOptions& options, Exchange& exchange, RestBook& book)
        : options_{options}, exchange_{exchange}, book_{book} {}

    [[nodiscard]] RestResponse place(const std::string& session, const std::string& body);
    [[nodiscard]] RestResponse replace(const std::string& session, const std::string& body);
    [[nodiscard]] RestResponse cancel(const std::string& session, const std::string& code);
    [[nodiscard]] RestResponse cancel_group(const std::string& session,
                                            const std::vector<std::string>& codes);
    [[nodiscard]] RestResponse close_positions(const std::string& session, const std::string& body);

private:
    using Refusal = std::optional<RestRefusal>;

    [[nodiscard]] RestResponse place_one(const std::string& session, RestOrderRequest request);
    [[nodiscard]] RestResponse place_group(const std::string& session, RestGroupRequest group);
    [[nodiscard]] Refusal prepare(const std::string& session, RestOrderRequest& request);
    [[nodiscard]] Refusal prepare_close(const std::string& session, RestOrderRequest& request);
    [[nodiscard]] Refusal prepare_group(const std::string& session, RestGroupRequest& group);
    [[nodiscard]] Refusal check_ids(const std::string& session, const RestOrderRequest& request);
    [[nodiscard]] Refusal refused_by_rule(const std::string& session,
                                          const RestOrderRequest& request);
    // What became of it at the exchange: an order, or the refusal that the client is told.
    [[nodiscard]] Refusal outcome(const std::string& session, const RestOrderRequest& request,
                                  const std::string& contingency);
    void resolve_offset(const RestOrderRequest& parent, RestOrderRequest& child);

    [[nodiscard]] RestResponse replace_group(const std::string& session,
                                             const RestGroupRequest& group);
    [[nodiscard]] Refusal change(const std::string& session, const RestOrderRequest& request,
                                 bool is_in_group);
    void drop_others(const RestOrder& record, const std::vector<std::string>& kept);
    [[nodiscard]] Refusal cancel_one(const std::string& session, const std::string& code);
    [[nodiscard]] Refusal refused_change(const RestOrder& record, Action action);

    [[nodiscard]] std::string position_key(const std::string& session,
                                           const RestOrderRequest& request) const;
    [[nodiscard]] RestResponse answer(const std::string& session,
                                      const std::vector<std::string>& codes, bool is_group);

    const RestOptions& options_;
    Exchange& exchange_;
    RestBook& book_;
    core::Decimal async_share_{};  // of refusals, carried from one to the next
    std::uint64_t close_count_ = 0;
};

}  // namespace broker::simulator
