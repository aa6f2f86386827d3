// Writes what the market data session says.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/decimal.hpp"
#include "simulator/fix_message.hpp"
#include "simulator/market_data_entries.hpp"
#include "simulator/market_data_request.hpp"

namespace broker::simulator {

// Against the close of the previous day, rounded to six places.
struct NetChange {
    core::Decimal change;   // NetChgPrevDay (451)
    core::Decimal percent;  // NetChgPrevDayPercent (6409)
};
[[nodiscard]] std::optional<NetChange> net_change(const core::Decimal& prev_close,
                                                  const core::Decimal& price);

// What is the same for all entries of a message. Texts may be empty: then the field is absent.
struct MarketDataHeading {
    std::string md_req_id;
    std::string stream_id;
    std::string candle_type;
    std::string symbol;
    std::optional<NetChange> net_change{};
    std::optional<std::size_t> tot_num_reports{};  // of snapshots
};

// MarketDataSnapshotFullRefresh (W).
[[nodiscard]] FixMessage market_data_snapshot(const MarketDataHeading& heading,
                                              const MarketDataEntries& entries);
// MarketDataIncrementalRefresh (X).
[[nodiscard]] FixMessage market_data_increment(const MarketDataHeading& heading,
                                               const std::vector<MarketDataChange>& changes);
// MarketDataRequestReject (Y).
[[nodiscard]] FixMessage market_data_request_reject(const std::string& md_req_id,
                                                    const MarketDataRefusal& refusal);

}  // namespace broker::simulator
