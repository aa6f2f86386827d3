#include "dxtrade/fix/trading_session.hpp"

#include <utility>

#include "core/pre_trade_limits.hpp"
#include "dxtrade/fix/list_messages.hpp"
#include "dxtrade/fix/order_messages.hpp"
#include "dxtrade/fix/resend_rules.hpp"
#include "dxtrade/fix/tags.hpp"

namespace broker::dxtrade::fix {
namespace {

// Of this start of the process: venues refuse request ids that they have seen.
std::string query_prefix(core::UtcTime now) {
    const auto since_1970 = std::chrono::floor<std::chrono::milliseconds>(now.time_since_epoch());
    return "Q" + std::to_string(since_1970.count()) + "-";
}

}  // namespace

TradingSession::TradingSession(TradingSessionSettings settings, SessionParts parts,
                               TradingChannelListener& listener)
    : dialect_{std::move(settings.profile), std::move(settings.account)},
      order_ttl_{settings.order_ttl},
      clock_{parts.clock},
      ages_{parts.clock, settings.highest_utc_offset, std::move(settings.keep_utc_offset)},
      listener_{listener},
      inbox_{dialect_, listener, query_prefix(parts.clock.utc()), settings.query_timeout},
      transport_{parts.loop,
                 parts.clock,
                 std::move(settings.transport),
                 std::move(parts.tls),
                 engine_parts(std::move(settings.session), parts),
                 *this} {}

void TradingSession::start() { transport_.start(); }

void TradingSession::stop(std::string_view text, std::function<void()> done) {
    transport_.stop(text, std::move(done));
}

core::Result<SentRequest> TradingSession::send(const core::NewOrder& order) {
    if (const auto encoded = to_fix(order, dialect_, clock_.utc(), encoder_); !encoded) {
        return encoded.error();
    }
    return send_young(order.cl_ord_id.view(), order.stages);
}

core::Result<SentRequest> TradingSession::send(const core::ReplaceOrder& request,
                                               const core::Order& order) {
    if (const auto encoded = to_fix(request, order, dialect_, clock_.utc(), encoder_); !encoded) {
        return encoded.error();
    }
    return send_young(request.cl_ord_id.view(), request.stages);
}

core::Result<SentRequest> TradingSession::send(const core::CancelOrder& request,
                                               const core::Order& order) {
    if (const auto encoded = to_fix(request, order, dialect_, clock_.utc(), encoder_); !encoded) {
        return encoded.error();
    }
    return send_young(request.cl_ord_id.view(), request.stages);
}

core::Result<SentRequest> TradingSession::request_status(const core::Order& order) {
    const auto encoded = order_status_request_to_fix(order, dialect_, encoder_);
    if (!encoded) return encoded.error();
    return send_encoded();
}

core::Result<SentRequest> TradingSession::send(const core::NewOrderList& list) {
    if (const auto encoded = to_fix(list, dialect_, clock_.utc(), encoder_); !encoded) {
        return encoded.error();
    }
    const core::NewOrder& first = list.orders[0];
    return send_young(first.cl_ord_id.view(), first.stages);
}

core::Result<SentRequest> TradingSession::send(const core::CancelOrderList& request) {
    if (!dialect_.profile().order_lists.can_cancel_list) {
        return core::fail(core::Reason::NotSupported,
                          "ListCancelRequest: profile key order_lists.can_cancel_list is false");
    }
    if (const auto encoded = to_fix(request, dialect_, clock_.utc(), encoder_); !encoded) {
        return encoded.error();
    }
    return send_young(request.cl_ord_id_prefix.view(), request.stages);
}

core::Result<void> TradingSession::ask(const core::Query& query) {
    const auto id = inbox_.queries().begin(query, clock_.now(), encoder_);
    if (!id) return id.error();
    const auto sent = send_encoded();
    if (!sent) {
        inbox_.queries().not_sent(id->view());
        return sent.error();
    }
    inbox_.queries().sent(id->view(), sent->msg_seq_num);
    return {};
}

void TradingSession::on_tick() {
    inbox_.queries().on_tick(clock_.monotonic());
    if (const auto set_back = ages_.look()) {
        const auto by = std::chrono::floor<std::chrono::milliseconds>(*set_back).count();
        on_notice("the clock of this machine was set back by " + std::to_string(by) +
                  " ms: requests that may be of before are not sent again");
    }
}

// Why again, behind the first check: between the two the thread may have stood still. What is older
// is refused before it has a MsgSeqNum, so that nothing of it is stored or written.
core::Result<SentRequest> TradingSession::send_young(std::string_view cl_ord_id,
                                                     const core::StageTimes& stages) {
    const auto young = core::check_age(cl_ord_id, stages.signal, order_ttl_, clock_.monotonic());
    if (!young) return young.error();
    return send_encoded();
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
    inbox_.queries().on_disconnected(text);
}

void TradingSession::on_application_message(const broker::fix::MessageView& message,
                                            core::MonotonicTime received) {
    inbox_.on_application_message(message, received);
}

void TradingSession::on_session_reject(const broker::fix::MessageView& reject,
                                       core::MonotonicTime received) {
    inbox_.on_session_reject(reject, received);
}

broker::fix::ResendDecision TradingSession::on_resend(core::MsgSeqNum /*number*/,
                                                      const broker::fix::MessageView& message) {
    const ResendRule rule = resend_rule(message.msg_type(), dialect_.profile().queries);
    if (rule == ResendRule::Always) return broker::fix::ResendDecision::Resend;
    if (rule == ResendRule::Never) return broker::fix::ResendDecision::GapFill;
    const core::Duration age = age_of(message, ages_);
    if (age <= order_ttl_) return broker::fix::ResendDecision::Resend;
    tell_stale(message, age);
    return broker::fix::ResendDecision::GapFill;
}

// Every order of a list is stale by itself; a list's cancel has no ClOrdID but a ListID.
void TradingSession::tell_stale(const broker::fix::MessageView& message, core::Duration age) {
    bool has_cl_ord_id = false;
    for (const broker::fix::Field& field : message.fields()) {
        if (field.tag != tag::kClOrdID) continue;
        has_cl_ord_id = true;
        listener_.on_stale_request(field.value, age);
    }
    if (!has_cl_ord_id) listener_.on_stale_request(message.get(tag::kListID), age);
}

void TradingSession::on_sequence_reset() {
    inbox_.queries().on_sequence_reset();
    listener_.on_sequence_reset();
}

void TradingSession::on_notice(std::string_view text) {
    listener_.on_notice(core::Channel::FixTrading, text);
}

}  // namespace broker::dxtrade::fix
