#include "dxtrade/fix/market_data_session.hpp"

#include <utility>

namespace broker::dxtrade::fix {
namespace {

constexpr core::Channel kChannel = core::Channel::FixMarketData;

}  // namespace

MarketDataSession::MarketDataSession(MarketDataSessionSettings settings, SessionParts parts,
                                     MarketDataListener& listener)
    : rules_{std::move(settings.rules)},
      symbols_{settings.symbols},
      listener_{listener},
      reader_{symbols_},
      transport_{parts.loop,
                 parts.clock,
                 std::move(settings.transport),
                 std::move(parts.tls),
                 engine_parts(std::move(settings.session), parts),
                 *this} {}

void MarketDataSession::start() { transport_.start(); }

void MarketDataSession::stop(std::string_view text, std::function<void()> done) {
    transport_.stop(text, std::move(done));
}

core::Result<core::MsgSeqNum> MarketDataSession::send(const VenueMarketDataRequest& request) {
    if (const auto encoded = to_fix(request, rules_, symbols_, encoder_); !encoded) {
        return encoded.error();
    }
    const auto receipt = transport_.send(encoder_);
    if (!receipt) return receipt.error();
    return receipt->msg_seq_num;
}

void MarketDataSession::on_connecting(std::string_view peer) {
    listener_.on_connecting(kChannel, peer);
}

void MarketDataSession::on_logged_on(std::string_view peer) {
    listener_.on_logged_on(kChannel, peer);
}

void MarketDataSession::on_disconnected(core::Reason reason, std::string_view text,
                                        std::string_view peer, core::Duration next_attempt) {
    listener_.on_disconnected(kChannel, reason, text, peer, next_attempt);
}

void MarketDataSession::on_application_message(const broker::fix::MessageView& message,
                                               core::MonotonicTime received) {
    const auto deliver = [this](const MarketDataUpdate& update) {
        listener_.on_market_data(update);
    };
    const std::string_view type = message.msg_type();
    if (type == "X") {
        reader_.read_increment(message, received, deliver);
        tell_faults(message);
    } else if (type == "W") {
        reader_.read_snapshot(message, received, deliver);
        tell_faults(message);
    } else if (type == "Y") {
        listener_.on_market_data_reject(market_data_reject_from_fix(message, text_));
    } else if (type == "j") {
        listener_.on_market_data_reject(business_reject_of_market_data(message, text_));
    } else {
        tell_unknown_type(message);
    }
}

void MarketDataSession::tell_faults(const broker::fix::MessageView& message) {
    const MarketDataFaults& faults = reader_.faults();
    if (faults.count == 0) return;
    text_ = faults.text;
    if (faults.count > 1) {
        text_.append("; ").append(std::to_string(faults.count - 1)).append(" more like it");
    }
    core::VenueFault fault;
    fault.reason = faults.reason;
    fault.channel = kChannel;
    fault.msg_seq_num = message.msg_seq_num();
    fault.msg_type = message.msg_type();
    fault.text = text_;
    listener_.on_venue_fault(fault);
}

void MarketDataSession::tell_unknown_type(const broker::fix::MessageView& message) {
    core::VenueFault fault;
    fault.reason = core::Reason::MsgTypeUnknown;
    fault.channel = kChannel;
    fault.msg_seq_num = message.msg_seq_num();
    fault.msg_type = message.msg_type();
    fault.text = "a message that a market data session does not have; it is ignored";
    listener_.on_venue_fault(fault);
}

void MarketDataSession::on_session_reject(const broker::fix::MessageView& reject,
                                          core::MonotonicTime /*received*/) {
    listener_.on_market_data_reject(session_reject_of_market_data(reject, text_));
}

broker::fix::ResendDecision MarketDataSession::on_resend(
    core::MsgSeqNum /*number*/, const broker::fix::MessageView& /*message*/) {
    return broker::fix::ResendDecision::GapFill;
}

void MarketDataSession::on_notice(std::string_view text) { listener_.on_notice(kChannel, text); }

}  // namespace broker::dxtrade::fix
