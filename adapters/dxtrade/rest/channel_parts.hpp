// What the pieces of one REST channel have in common.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "core/clock.hpp"
#include "dxtrade/json/read_faults.hpp"
#include "dxtrade/push/portfolio_tracker.hpp"
#include "dxtrade/rest/order_reports.hpp"
#include "dxtrade/rest/order_requests.hpp"
#include "dxtrade/rest/request_names.hpp"
#include "dxtrade/rest/rest_channel.hpp"
#include "dxtrade/rest/rest_client.hpp"
#include "dxtrade/rest/rest_error.hpp"
#include "dxtrade/rest/sent_orders.hpp"
#include "dxtrade/symbols.hpp"
#include "dxtrade/trading_channel.hpp"

namespace broker::dxtrade::rest {

// Owned by RestChannel, outlives the pieces. [event-thread]
struct ChannelParts {
    const RestChannelSettings& settings;
    RestHost& host;
    RestClient& client;
    const Symbols& symbols;
    SentOrders& orders;
    RequestNames& names;
    push::PortfolioTracker& tracker;
    TradingChannelListener& listener;
    AccountDetails details{};                             // as far as the venue has told
    core::UtcTime history_from{};                         // transactions before this have been read
    std::shared_ptr<int> life = std::make_shared<int>();  // see alive()

    // Expired once the channel is gone: exchanges and timers may end after it.
    [[nodiscard]] std::weak_ptr<int> alive() const { return life; }

    [[nodiscard]] core::MonotonicTime now() const { return host.clock().monotonic(); }
    [[nodiscard]] const RestRules& rules() const { return settings.profile.rest; }

    [[nodiscard]] RequestContext request_context() const {
        return {settings.profile, symbols, settings.account,
                is_position_based(rules().orders.positions, details.is_position_based)};
    }
    [[nodiscard]] ReportContext report_context(core::MonotonicTime received,
                                               std::uint64_t request_id = 0) const {
        return {core::Channel::Rest, received, request_id, symbols};
    }

    // Tells each fault of an answer; `what` names the answer.
    void tell_faults(const json::ReadFaults& faults, std::string_view what) const;
};

// An answer as far as it could be had: 2xx or 304, or why not.
struct ReadAnswer {
    core::Result<net::HttpResponse> response;  // an error for every other status
    Proof proof = Proof::Nothing;              // of the error
    bool is_unchanged = false;                 // 304
};

[[nodiscard]] ReadAnswer read_answer(net::HttpOutcome outcome, std::string_view what);

}  // namespace broker::dxtrade::rest
