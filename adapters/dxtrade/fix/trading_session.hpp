// The FIX trading session of one account: orders out, reports in.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/clock.hpp"
#include "core/utc_ages.hpp"
#include "dxtrade/fix/dialect.hpp"
#include "dxtrade/fix/fix_session_control.hpp"
#include "dxtrade/fix/session_parts.hpp"
#include "dxtrade/fix/trading_inbox.hpp"
#include "dxtrade/trading_channel.hpp"
#include "fix/codec/message_encoder.hpp"
#include "fix/session_transport.hpp"

namespace broker::dxtrade::fix {

struct TradingSessionSettings {
    std::string account;  // DXtrade's name: Account (1)
    Profile profile;
    core::Duration order_ttl;  // a request older than this is not sent, nor sent again
    broker::fix::TransportSettings transport;
    broker::fix::SessionSettings session;
    core::Duration query_timeout = std::chrono::seconds{10};  // for all answers to a question
    // What outlives the process of the machine's clocks: see core::UtcAges.
    std::optional<core::Duration> highest_utc_offset{};
    core::UtcAges::Keep keep_utc_offset{};
};

// Owned by the account coordinator. [event-thread]
class TradingSession final : public TradingChannel, private broker::fix::TransportListener {
public:
    TradingSession(TradingSessionSettings settings, SessionParts parts,
                   TradingChannelListener& listener);

    void start() override;
    void stop(std::string_view text, std::function<void()> done) override;
    [[nodiscard]] core::Result<SentRequest> send(const core::NewOrder& order) override;
    [[nodiscard]] core::Result<SentRequest> send(const core::ReplaceOrder& request,
                                                 const core::Order& order) override;
    [[nodiscard]] core::Result<SentRequest> send(const core::CancelOrder& request,
                                                 const core::Order& order) override;
    [[nodiscard]] core::Result<SentRequest> send(const core::NewOrderList& list) override;
    [[nodiscard]] core::Result<SentRequest> send(const core::CancelOrderList& request) override;
    [[nodiscard]] core::Result<SentRequest> request_status(const core::Order& order) override;
    [[nodiscard]] core::Result<void> ask(const core::Query& query) override;
    void on_tick() override;
    [[nodiscard]] SessionControl* session() override { return &control_; }

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
    void on_sequence_reset() override;
    void on_notice(std::string_view text) override;

    // What the encoder has: a request, unless it has become too old meanwhile; anything.
    [[nodiscard]] core::Result<SentRequest> send_young(std::string_view cl_ord_id,
                                                       const core::StageTimes& stages);
    [[nodiscard]] core::Result<SentRequest> send_encoded();
    void tell_stale(const broker::fix::MessageView& message, core::Duration age);

    Dialect dialect_;
    core::Duration order_ttl_;
    const core::Clock& clock_;
    core::UtcAges ages_;
    TradingChannelListener& listener_;
    broker::fix::MessageEncoder encoder_;  // one, reused: no allocation on the order path
    TradingInbox inbox_;
    broker::fix::SessionTransport transport_;
    FixSessionControl control_{transport_};
};

}  // namespace broker::dxtrade::fix
