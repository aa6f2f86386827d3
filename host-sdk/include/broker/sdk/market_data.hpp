// broker.market-data/1 as a C++ class.
#pragma once

#include <cstdint>
#include <string_view>

#include "broker/abi/broker.h"
#include "broker/sdk/extension_call.hpp"
#include "broker/sdk/text.hpp"

namespace broker::sdk {

// A subscription to best bid and offer of `symbol`; `request_id`, which is not 0, names it from
// then on. The texts are borrowed until it has been made. Set depth, has_trades, candle_type and
// is_snapshot_only for anything else.
[[nodiscard]] inline broker_market_data_request_t quotes_of(std::string_view account,
                                                            std::uint64_t request_id,
                                                            std::string_view symbol) {
    broker_market_data_request_t request{};
    request.struct_size = sizeof(request);
    request.depth = BROKER_MARKET_DATA_TOP_OF_BOOK;
    request.account = borrow(account);
    request.request_id = request_id;
    request.symbol = borrow(symbol);
    return request;
}

// Quotes, books and candles. An ok Status means "taken"; what comes of it are quotes or entries,
// and broker_market_data_status_t. Made by AdapterHandle; valid while it lives. [any-thread &
// started]
class MarketData {
public:
    MarketData(broker_adapter_t* adapter, const broker_market_data_t* table) noexcept
        : adapter_{adapter}, table_{table} {}

    Status subscribe(broker_market_data_request_t request) const {
        return detail::call_with_record(adapter_, table_->subscribe, request);
    }
    Status unsubscribe(std::string_view account, std::uint64_t request_id) const {
        detail::CallError error;
        return error.status(
            table_->unsubscribe(adapter_, borrow(account), request_id, error.get()));
    }

private:
    broker_adapter_t* adapter_;
    const broker_market_data_t* table_;
};

}  // namespace broker::sdk
