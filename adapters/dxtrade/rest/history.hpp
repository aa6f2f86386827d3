// Lists of a time range: how they are asked for and read page by page. Pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "core/clock.hpp"
#include "dxtrade/rest/records.hpp"
#include "dxtrade/rest_rules.hpp"

namespace broker::dxtrade::rest {

struct HistoryFilter {
    std::optional<core::UtcTime> from;  // of the last transaction, inclusive
    std::optional<core::UtcTime> to;    // inclusive, as the venue has it
    std::string_view client_order_id;   // empty: any
    std::string_view order_id;          // empty: any
    std::string_view venue_symbol;      // empty: any
    Version at_least_version;
};

// The first page: "/accounts/{a}/orders/history?limit=100&...", behind the base.
[[nodiscard]] std::string order_history_target(std::string_view account,
                                               const HistoryFilter& filter, const RestRules& rules);

// The whole of a history that comes in pages, newest first. Bounds are inclusive, so that each page
// may repeat orders of the one before.
class HistoryPages {
public:
    // More orders than this end the reading as if there were no more pages.
    static constexpr std::size_t kMaxOrders = 100'000;

    HistoryPages(std::string_view account, const HistoryFilter& filter, const RestRules& rules);

    [[nodiscard]] const std::string& target() const { return target_; }  // of the next request

    // Takes the orders that an earlier page has had out of `page`. False: it was the last one. Ends
    // too when a page brings nothing new, whatever it says of a next one.
    [[nodiscard]] bool take(OrderPage& page);
    // There was a next page, and it is not asked for.
    [[nodiscard]] bool is_cut_short() const { return is_cut_short_; }

private:
    void set_target(std::string_view next);

    std::string account_;
    std::string client_order_id_;
    std::string order_id_;
    std::string venue_symbol_;
    HistoryFilter filter_;  // its text is that of the members above
    RestRules rules_;
    std::string target_;
    std::unordered_set<std::string> seen_;  // OrderIDs
    bool is_cut_short_ = false;
};

enum class AccountList { Transfers, Events };

// "/accounts/{a}/transfers?limit=..&start-from=..&time-from=..": the lists that count from a first
// entry. Another page may be there if one has as many entries as asked for.
[[nodiscard]] std::string account_list_target(std::string_view account, AccountList list,
                                              std::optional<core::UtcTime> from,
                                              std::optional<core::UtcTime> to,
                                              std::uint32_t start_from, const RestRules& rules);

// "2031-04-05T06:07:08.901Z"
[[nodiscard]] std::string timestamp_text(core::UtcTime time);

}  // namespace broker::dxtrade::rest
