#include "dxtrade/rest/history.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

#include "net/uri.hpp"

namespace broker::dxtrade::rest {
namespace {

std::string with_account(std::string_view account, std::string_view list) {
    return "/accounts/" + net::encode_segment(account) + std::string{list};
}

struct TimeNames {
    std::string_view from;
    std::string_view to;
};

TimeNames names_of(TimeParameters parameters) {
    return parameters == TimeParameters::FromTime ? TimeNames{"from-time", "to-time"}
                                                  : TimeNames{"time-from", "time-to"};
}

void add_if_given(net::QueryString& query, std::string_view name, std::string_view value) {
    if (!value.empty()) query.add(name, value);
}

// The first page, or with `next` the one that ends there.
std::string history_page_target(std::string_view account, const HistoryFilter& filter,
                                std::string_view next, const RestRules& rules) {
    net::QueryString query;
    query.add("limit", std::to_string(rules.page_size));
    add_if_given(query, "with-client-id", filter.client_order_id);
    add_if_given(query, "with-order-id", filter.order_id);
    add_if_given(query, "for-instrument", filter.venue_symbol);
    if (filter.at_least_version) {
        query.add("at-least-version", std::to_string(*filter.at_least_version));
    }
    if (filter.from) query.add("transaction-from", timestamp_text(*filter.from));
    if (!next.empty()) {
        query.add("transaction-to", next);
    } else if (filter.to) {
        query.add("transaction-to", timestamp_text(*filter.to));
    }
    return with_account(account, "/orders/history") + query.text();
}

std::string_view id_of(const RestOrder& order) {
    return order.order_id.empty() ? std::string_view{order.client_order_id} : order.order_id;
}

}  // namespace

std::string order_history_target(std::string_view account, const HistoryFilter& filter,
                                 const RestRules& rules) {
    return history_page_target(account, filter, {}, rules);
}

HistoryPages::HistoryPages(std::string_view account, const HistoryFilter& filter,
                           const RestRules& rules)
    : account_{account},
      client_order_id_{filter.client_order_id},
      order_id_{filter.order_id},
      venue_symbol_{filter.venue_symbol},
      filter_{filter},
      rules_{rules} {
    set_target({});
}

void HistoryPages::set_target(std::string_view next) {
    filter_.client_order_id = client_order_id_;
    filter_.order_id = order_id_;
    filter_.venue_symbol = venue_symbol_;
    target_ = history_page_target(account_, filter_, next, rules_);
}

bool HistoryPages::take(OrderPage& page) {
    std::erase_if(page.orders, [&](const RestOrder& order) {
        const std::string_view id = id_of(order);
        return !id.empty() && !seen_.emplace(id).second;
    });
    if (page.next_page_transaction_time.empty()) return false;
    if (page.orders.empty() || seen_.size() >= kMaxOrders) {
        is_cut_short_ = true;
        return false;
    }
    set_target(page.next_page_transaction_time);
    return true;
}

std::string account_list_target(std::string_view account, AccountList list,
                                std::optional<core::UtcTime> from, std::optional<core::UtcTime> to,
                                std::uint32_t start_from, const RestRules& rules) {
    const TimeNames names = names_of(rules.time_parameters);
    net::QueryString query;
    query.add("limit", std::to_string(rules.page_size));
    query.add("start-from", std::to_string(start_from));
    if (from) query.add(names.from, timestamp_text(*from));
    if (to) query.add(names.to, timestamp_text(*to));
    return with_account(account, list == AccountList::Transfers ? "/transfers" : "/events") +
           query.text();
}

std::string timestamp_text(core::UtcTime time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::milliseconds>(time - day)};
    std::array<char, 40> text{};
    const int size = std::snprintf(
        text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ",
        static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
        static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()),
        static_cast<int>(clock.subseconds().count()));
    return std::string(text.data(), static_cast<std::size_t>(size));
}

}  // namespace broker::dxtrade::rest
