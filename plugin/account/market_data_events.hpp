// What an account tells the host of market data.
#pragma once

#include "account/account_events.hpp"
#include "core/quote.hpp"

namespace broker::account {

// Called on the event thread; everything in the records is borrowed for the call.
class MarketDataEvents {
public:
    virtual ~MarketDataEvents() = default;
    virtual void on_quote(const core::Quote& quote) = 0;
    virtual void on_market_data_entry(const core::MarketDataEntry& entry) = 0;
    virtual void on_market_data_status(const core::MarketDataStatus& status) = 0;
};

// Everything that an account tells its host.
class HostListener : public AccountEvents, public MarketDataEvents {};

}  // namespace broker::account
