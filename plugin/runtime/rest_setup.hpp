// The REST and push connections of an account, from its settings. Every function throws
// config::ConfigError. [control-thread]
#pragma once

#include <memory>

#include "account/account_channels.hpp"
#include "config/settings.hpp"
#include "dxtrade/market_data_channel.hpp"
#include "dxtrade/rest/rest_channel.hpp"
#include "dxtrade/rest/rest_host.hpp"
#include "dxtrade/trading_channel.hpp"
#include "net/tls_context.hpp"
#include "runtime/account_setup.hpp"

namespace broker::runtime {

struct MadeRest {
    std::unique_ptr<dxtrade::rest::RestChannel> channel;
    dxtrade::rest::RestHost* host = nullptr;
};

[[nodiscard]] MadeRest make_rest(const config::AccountSettings& account, const AccountParts& parts,
                                 const std::shared_ptr<net::TlsContext>& tls,
                                 dxtrade::TradingChannelListener& listener);

// All three use the session of `rest`, which outlives them.
[[nodiscard]] std::unique_ptr<dxtrade::Channel> make_push(
    const config::AccountSettings& account, const AccountParts& parts,
    const std::shared_ptr<net::TlsContext>& tls, dxtrade::rest::RestChannel& rest,
    dxtrade::TradingChannelListener& listener);
[[nodiscard]] std::unique_ptr<dxtrade::MarketDataChannel> make_push_market_data(
    const config::AccountSettings& account, const AccountParts& parts,
    const std::shared_ptr<net::TlsContext>& tls, dxtrade::rest::RestChannel& rest,
    dxtrade::MarketDataListener& feed);
[[nodiscard]] std::unique_ptr<dxtrade::MarketDataChannel> make_rest_market_data(
    const config::AccountSettings& account, const AccountParts& parts,
    dxtrade::rest::RestChannel& rest, dxtrade::MarketDataListener& feed);

// Writes circuits and budgets into the account's status.
[[nodiscard]] std::function<void(account::AccountStatus&)> observe_rest(
    const dxtrade::rest::RestChannel& rest, const dxtrade::rest::RestHost& host);

}  // namespace broker::runtime
