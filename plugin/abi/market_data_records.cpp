#include "abi/market_data_records.hpp"

#include "abi/field_reader.hpp"

namespace broker::abi {

core::Result<core::MarketDataRequest> to_core(const broker_market_data_request_t& request) {
    const auto is_flag = [](std::int32_t value) { return value == 0 || value == 1; };
    core::MarketDataRequest result;
    FieldReader read;
    read.require(request.request_id != 0, "request_id", "not 0");
    read(result.symbol, read_id<core::Symbol>("symbol", request.symbol));
    read(result.candle_type,
         read_optional_id<core::CandleType>("candle_type", request.candle_type));
    read.require(request.depth >= 0, "depth", "0, 1 or a number of levels");
    read.require(is_flag(request.is_snapshot_only), "is_snapshot_only", "0 or 1");
    read.require(is_flag(request.has_trades), "has_trades", "0 or 1");
    result.request_id = request.request_id;
    result.depth = request.depth;
    result.is_snapshot_only = request.is_snapshot_only == 1;
    result.has_trades = request.has_trades == 1;
    return read.finish(result);
}

}  // namespace broker::abi
