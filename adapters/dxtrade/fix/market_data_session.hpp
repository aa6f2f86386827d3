// The FIX market data session of one account: requests out, quotes in.
#pragma once

#include <memory>
#include <string>

#include "core/clock.hpp"
#include "dxtrade/fix/quote_messages.hpp"
#include "dxtrade/fix/session_parts.hpp"
#include "dxtrade/market_data_channel.hpp"
#include "dxtrade/profile.hpp"
#include "dxtrade/symbols.hpp"
#include "fix/codec/message_encoder.hpp"
#include "fix/session_transport.hpp"

namespace broker::dxtrade::fix {

struct MarketDataSessionSettings {
    MarketDataRules rules;
    SymbolRules symbols;
    broker::fix::TransportSettings transport;
    broker::fix::SessionSettings session;  // reset_on_logon: the venue demands it of this session
};

// Its own connection and its own numbers: what happens here is no business of the trading session.
// A request is never sent a second time: the venue's ResendRequests are answered by gap fills.
// Owned by the market data feed. [event-thread]
class MarketDataSession final : public MarketDataChannel, private broker::fix::TransportListener {
public:
    MarketDataSession(MarketDataSessionSettings settings, SessionParts parts,
                      MarketDataListener& listener);

    void start() override;
    void stop(std::string_view text, std::function<void()> done) override;
    void on_tick() override {}
    [[nodiscard]] core::Result<core::MsgSeqNum> send(
        const VenueMarketDataRequest& request) override;

private:
    void on_connecting(std::string_view peer) override;
    void on_logged_on(std::string_view peer) override;
    void on_disconnected(core::Reason reason, std::string_view text, std::string_view peer,
                         core::Duration next_attempt) override;
    void on_application_message(const broker::fix::MessageView& message,
                                core::MonotonicTime received) override;
    void on_session_reject(const broker::fix::MessageView& reject,
                           core::MonotonicTime received) override;
    [[nodiscard]] broker::fix::ResendDecision on_resend(
        core::MsgSeqNum number, const broker::fix::MessageView& message) override;
    void on_sequence_reset() override {}
    void on_notice(std::string_view text) override;

    void tell_faults(const broker::fix::MessageView& message);
    void tell_unknown_type(const broker::fix::MessageView& message);

    MarketDataRules rules_;
    Symbols symbols_;
    MarketDataListener& listener_;
    MarketDataReader reader_;
    broker::fix::MessageEncoder encoder_;
    std::string text_;  // of rejects and faults
    broker::fix::SessionTransport transport_;
};

}  // namespace broker::dxtrade::fix
