// The steps of a script that ask the venue, one for each kind of question.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "broker/abi/broker.h"

namespace broker::sample_host {

struct QueryStep {
    broker_query_kind_t kind;
    std::string_view name;
    std::string_view extension;              // that it needs
    std::array<std::string_view, 6> keys{};  // beside those that all questions have
    std::array<std::string_view, 2> needed{};
};

inline constexpr std::array kQuerySteps{
    QueryStep{BROKER_QUERY_KIND_ORDER_STATUS,
              "order_status",
              BROKER_EXT_MASS_STATUS,
              {"order"},
              {"order"}},
    QueryStep{BROKER_QUERY_KIND_MASS_STATUS, "mass_status", BROKER_EXT_MASS_STATUS, {"symbol"}},
    QueryStep{
        BROKER_QUERY_KIND_POSITIONS, "positions", BROKER_EXT_POSITIONS, {"symbol", "from_fills"}},
    QueryStep{BROKER_QUERY_KIND_ACCOUNT_SUMMARY, "account_summary", BROKER_EXT_ACCOUNT},
    QueryStep{BROKER_QUERY_KIND_TRADES,
              "trades",
              BROKER_EXT_TRADES,
              {"symbol", "order", "from", "to", "last_ms"}},
    QueryStep{BROKER_QUERY_KIND_INSTRUMENTS, "instruments", BROKER_EXT_REFERENCE_DATA, {"symbol"}},
    QueryStep{BROKER_QUERY_KIND_TRADING_SESSION_STATUS,
              "trading_session",
              BROKER_EXT_REFERENCE_DATA,
              {"symbol"}},
    QueryStep{BROKER_QUERY_KIND_ORDER_HISTORY,
              "order_history",
              BROKER_EXT_HISTORY,
              {"symbol", "from", "to", "last_ms", "max_answers"}},
    QueryStep{BROKER_QUERY_KIND_CASH_TRANSFERS,
              "cash_transfers",
              BROKER_EXT_HISTORY,
              {"from", "to", "last_ms", "max_answers"}},
    QueryStep{BROKER_QUERY_KIND_ACCOUNT_EVENTS,
              "account_events",
              BROKER_EXT_HISTORY,
              {"from", "to", "last_ms", "max_answers"}},
    QueryStep{BROKER_QUERY_KIND_CANDLES,
              "candles",
              BROKER_EXT_HISTORY,
              {"symbol", "candle_type", "from", "to", "last_ms", "max_answers"},
              {"symbol", "candle_type"}},
    QueryStep{BROKER_QUERY_KIND_CONVERSION_RATES,
              "conversion_rates",
              BROKER_EXT_CONVERSION,
              {"currency"}},
};

// Of a kind that there is.
[[nodiscard]] constexpr const QueryStep& query_step(broker_query_kind_t kind) {
    return *std::find_if(kQuerySteps.begin(), kQuerySteps.end(),
                         [kind](const QueryStep& step) { return step.kind == kind; });
}

}  // namespace broker::sample_host
