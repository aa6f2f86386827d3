#include "dxtrade/fix/trading_session.hpp"

#include <utility>

#include "dxtrade/fix/order_messages.hpp"
#include "dxtrade/fix/reject_messages.hpp"
#include "dxtrade/fix/report_messages.hpp"
#include "dxtrade/fix/tags.hpp"

namespace broker::dxtrade::fix {

TradingSession::TradingSession(TradingSessionSettings settings, TradingSessionParts parts,
                               TradingChannelListener& listener)
    : dialect_{std::move(settings.profile), std::move(settings.account)},
      order_ttl_{settings.order_ttl},
      clock_{parts.clock},
      listener_{listener},
      transport_{parts.loop,
                 parts.clock,
                 std::move(settings.transport),
                 std::move(parts.tls),
                 std::move(settings.session),
                 std::move(parts.store),
                 parts.make_engine,
                 *this} {}

void TradingSession::start() { transport_.start(); }

void TradingSession::stop(std::string_view text, std::function<void()> done) {
    transport_.stop(text, std::move(done));
}

core::Result<SentRequest> TradingSession::send(const core::NewOrder& order) {
    if (const auto encoded = to_fix(order, dialect_, clock_.utc(), encoder_); !encoded) {
        return encoded.error();
    }
    return send_encoded();
}

core::Result<SentRequest> TradingSession::send(const core::ReplaceOrder& request,
                                               const core::Order& order) {
    if (const auto encoded = to_fix(request, order, dialect_, clock_.utc(), encoder_); !encoded) {
        return encoded.error();
    }
    return send_encoded();
}

core::Result<SentRequest> TradingSession::send(const core::CancelOrder& request,
                                               const core::Order& order) {
    if (const auto encoded = to_fix(request, order, dialect_, clock_.utc(), encoder_); !encoded) {
        return encoded.error();
    }
    return send_encoded();
}

core::Result<void> TradingSession::request_status(const core::Order& order) {
    const auto encoded = order_status_request_to_fix(order, dialect_, encoder_);
    if (!encoded) return encoded.error();
    const auto sent = send_encoded();
    if (!sent) return sent.error();
    return {};
}

core::Result<SentRequest> TradingSession::send(const core::NewOrderList& /*list*/) {
    return core::fail(core::Reason::NotSupported, "lists of orders");
}

core::Result<SentRequest> TradingSession::send(const core::CancelOrderList& /*request*/) {
    return core::fail(core::Reason::NotSupported, "lists of orders");
}

core::Result<void> TradingSession::ask(const core::Query& /*query*/) {
    return core::fail(core::Reason::NotSupported, "queries");
}

core::Result<SentRequest> TradingSession::send_encoded() {
    const auto receipt = transport_.send(encoder_);
    if (!receipt) return receipt.error();
    return SentRequest{receipt->msg_seq_num, receipt->journaled, receipt->written};
}

void TradingSession::on_connecting(std::string_view peer) {
    listener_.on_connecting(core::Channel::FixTrading, peer);
}

void TradingSession::on_logged_on(std::string_view peer) {
    listener_.on_logged_on(core::Channel::FixTrading, peer);
}

void TradingSession::on_disconnected(core::Reason reason, std::string_view text,
                                     std::string_view peer, core::Duration next_attempt) {
    listener_.on_disconnected(core::Channel::FixTrading, reason, text, peer, next_attempt);
}

void TradingSession::on_application_message(const broker::fix::MessageView& message,
                                            core::MonotonicTime received) {
    const std::string_view type = message.msg_type();
    if (type == "8") {
        listener_.on_execution_report(
            execution_report_from_fix(message, dialect_, received, inbound_));
    } else if (type == "9") {
        listener_.on_order_cancel_reject(
            order_cancel_reject_from_fix(message, dialect_, received, inbound_));
    } else if (type == "j") {
        listener_.on_message_reject(
            business_message_reject_from_fix(message, received, reject_text_));
    } else {
        listener_.on_notice(core::Channel::FixTrading, "ignored MsgType=" + std::string{type});
    }
}

void TradingSession::on_session_reject(const broker::fix::MessageView& reject,
                                       core::MonotonicTime received) {
    listener_.on_message_reject(session_reject_from_fix(reject, received, reject_text_));
}

broker::fix::ResendDecision TradingSession::on_resend(core::MsgSeqNum /*number*/,
                                                      const broker::fix::MessageView& message) {
    const std::string_view type = message.msg_type();
    // A question does no harm at any age, and the reconciliation waits for its answer.
    if (type == "H") return broker::fix::ResendDecision::Resend;
    if (type != "D" && type != "F" && type != "G") return broker::fix::ResendDecision::GapFill;
    const auto transact_time = message.find_utc_timestamp(tag::kTransactTime);
    // Why: without a readable time the age is not known, and an order of unknown age is stale.
    const core::Duration age =
        transact_time ? clock_.utc() - *transact_time : core::Duration::max();
    // A time in the future means that the wall clock was set back: the age is not known either.
    if (age >= core::Duration::zero() && age <= order_ttl_) {
        return broker::fix::ResendDecision::Resend;
    }
    listener_.on_stale_request(message.get(tag::kClOrdID), age);
    return broker::fix::ResendDecision::GapFill;
}

void TradingSession::on_sequence_reset() { listener_.on_sequence_reset(); }

void TradingSession::on_notice(std::string_view text) {
    listener_.on_notice(core::Channel::FixTrading, text);
}

}  // namespace broker::dxtrade::fix
