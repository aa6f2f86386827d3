// The FIX sessions of an account, from its settings. Every function throws config::ConfigError.
// [control-thread]
#pragma once

#include <memory>
#include <vector>

#include "config/settings.hpp"
#include "dxtrade/market_data_channel.hpp"
#include "dxtrade/trading_channel.hpp"
#include "journal/message_store.hpp"
#include "net/tls_context.hpp"
#include "runtime/account_setup.hpp"

namespace broker::runtime {

// Of the trading session, which owns them, by host.
using TradingStores = std::vector<const journal::MessageStore*>;

// The stores of this session and the drop copy's are in the journal of `made`, which outlives them;
// in memory if it has none.
[[nodiscard]] std::unique_ptr<dxtrade::TradingChannel> make_trading(
    const config::AccountSettings& account, const AccountParts& parts,
    std::shared_ptr<net::TlsContext> tls, const MadeAccount& made, TradingStores& stores,
    dxtrade::TradingChannelListener& listener);
[[nodiscard]] std::unique_ptr<dxtrade::Channel> make_drop_copy(
    const config::AccountSettings& account, const AccountParts& parts,
    std::shared_ptr<net::TlsContext> tls, const MadeAccount& made,
    dxtrade::TradingChannelListener& listener);
[[nodiscard]] std::unique_ptr<dxtrade::MarketDataChannel> make_fix_market_data(
    const config::AccountSettings& account, const AccountParts& parts,
    std::shared_ptr<net::TlsContext> tls, dxtrade::MarketDataListener& feed);

}  // namespace broker::runtime
