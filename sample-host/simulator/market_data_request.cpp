#include "simulator/market_data_request.hpp"

#include <optional>

#include "simulator/candles.hpp"

namespace broker::simulator {
namespace {

bool has_any_of(const std::string& types, const char* wanted) {
    return types.find_first_of(wanted) != std::string::npos;
}

// Quotes and candles are requested apart, and CandleType (6408) goes with candles.
std::optional<MarketDataRefusal> check_entry_types(const MarketDataRequest& request) {
    const auto refuse = [](const char* text) {
        return MarketDataRefusal{md_req_rej::kUnsupportedMDEntryType, text};
    };
    if (request.entry_types.empty()) return refuse("no MDEntryType");
    if (request.entry_types.find_first_not_of("0124578") != std::string::npos)
        return refuse("unsupported MDEntryType");
    const bool has_quotes = has_any_of(request.entry_types, "012");
    const bool has_candles = has_any_of(request.entry_types, "4578");
    if (has_quotes && has_candles) return refuse("quotes and candles in one request");
    if (has_candles && request.candle_type.empty()) return refuse("candles without CandleType");
    if (has_quotes && !request.candle_type.empty()) return refuse("CandleType with quotes");
    if (has_candles && !is_candle_type(request.candle_type)) return refuse("unknown CandleType");
    return std::nullopt;
}

std::optional<MarketDataRefusal> check_depth(const FixMessage& fix,
                                             const MarketDataRequest& request,
                                             const MarketDataOptions& options) {
    const auto refuse = [](const char* text) {
        return MarketDataRefusal{md_req_rej::kUnsupportedMarketDepth, text};
    };
    const std::string depth = fix.value(264);
    if (depth != "0" && depth != "1") return refuse("MarketDepth is neither 0 nor 1");
    if (request.is_full_book && options.requires_stream_id && request.stream_id.empty())
        return refuse("the full book needs an MDStreamID");
    return std::nullopt;
}

std::optional<MarketDataRefusal> check_update_type(const FixMessage& fix,
                                                   const MarketDataRequest& request) {
    if (request.type != SubscriptionRequestType::Subscribe) return std::nullopt;
    const std::string update_type = fix.value(265);
    if (update_type == "0" || update_type == "1") return std::nullopt;
    return MarketDataRefusal{md_req_rej::kUnsupportedMDUpdateType,
                             "MDUpdateType is neither 0 nor 1"};
}

}  // namespace

std::variant<MarketDataRequest, MarketDataRefusal> market_data_request_from_fix(
    const FixMessage& fix, const MarketDataOptions& options) {
    const std::string type = fix.value(263);
    if (type != "0" && type != "1" && type != "2")
        return MarketDataRefusal{md_req_rej::kUnsupportedSubscriptionRequestType,
                                 "SubscriptionRequestType is none of 0, 1 and 2"};
    MarketDataRequest request;
    request.md_req_id = fix.value(262);
    request.type = static_cast<SubscriptionRequestType>(type[0] - '0');
    if (request.type == SubscriptionRequestType::Unsubscribe) return request;

    request.is_full_book = fix.value(264) == "0";
    request.is_incremental = fix.value(265) == "1";
    request.candle_type = fix.value(6408);
    request.stream_id = fix.value(1500);
    for (const auto& field : fix.fields) {
        if (field.tag == 55) request.symbols.push_back(field.value);
        if (field.tag == 269 && field.value.size() == 1 && !request.asks_for(field.value[0]))
            request.entry_types += field.value;
    }
    if (auto refusal = check_depth(fix, request, options)) return *refusal;
    if (auto refusal = check_update_type(fix, request)) return *refusal;
    if (auto refusal = check_entry_types(request)) return *refusal;
    if (request.symbols.empty()) return MarketDataRefusal{md_req_rej::kUnknownSymbol, "no Symbol"};
    return request;
}

}  // namespace broker::simulator
