// Reads MarketDataRequest (V) and tells which ones are refused whatever the market is.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "simulator/fix_message.hpp"
#include "simulator/market_data_options.hpp"

namespace broker::simulator {

enum class SubscriptionRequestType { Snapshot, Subscribe, Unsubscribe };

struct MarketDataRequest {
    std::string md_req_id;
    SubscriptionRequestType type = SubscriptionRequestType::Snapshot;
    bool is_full_book = false;
    bool is_incremental = false;  // MDUpdateType (265)
    std::string candle_type;      // empty: quotes
    std::string stream_id;
    std::string entry_types;  // MDEntryType (269), each once
    std::vector<std::string> symbols;

    [[nodiscard]] bool asks_for(char entry_type) const {
        return entry_types.find(entry_type) != std::string::npos;
    }
};

// MDReqRejReason (281).
namespace md_req_rej {
inline constexpr const char* kUnknownSymbol = "0";
inline constexpr const char* kDuplicateMDReqID = "1";
inline constexpr const char* kUnsupportedSubscriptionRequestType = "4";
inline constexpr const char* kUnsupportedMarketDepth = "5";
inline constexpr const char* kUnsupportedMDUpdateType = "6";
inline constexpr const char* kUnsupportedMDEntryType = "8";
}  // namespace md_req_rej

struct MarketDataRefusal {
    std::string reason;  // 281; empty: the standard has none that fits
    std::string text;
};

// Not judged here: whether the symbols exist and whether the MDReqID is in use.
[[nodiscard]] std::variant<MarketDataRequest, MarketDataRefusal> market_data_request_from_fix(
    const FixMessage& fix, const MarketDataOptions& options);

}  // namespace broker::simulator
