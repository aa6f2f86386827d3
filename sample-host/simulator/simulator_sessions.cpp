// What Simulator offers about its sessions other than trading on them.
#include <stdexcept>

#include "simulator/simulator_impl.hpp"

namespace broker::simulator {

void Simulator::set_fault(Listener listener, Fault fault, bool is_on) {
    impl_->on_loop([&] {
        impl_->faults[index_of(listener)].set(fault, is_on);
        if (!impl_->running) return;
        if (listener == Listener::Rest)
            impl_->running->rest.set_fault(fault, is_on);
        else
            impl_->running->fronts[index_of(listener)]->set_fault(fault, is_on);
    });
}

void Simulator::set_message_faults(Listener listener, const MessageFaultPlan& plan) {
    if (listener == Listener::Rest)
        throw std::invalid_argument{"message faults are of FIX listeners, not of REST"};
    impl_->on_loop([&] {
        impl_->message_faults[index_of(listener)] = plan;
        if (impl_->running) impl_->running->fronts[index_of(listener)]->set_message_faults(plan);
    });
}

void Simulator::drop_connections(Listener listener) {
    impl_->on_loop([&] {
        if (!impl_->running) return;
        if (listener == Listener::Rest)
            impl_->running->rest.drop_connections();
        else
            impl_->running->fronts[index_of(listener)]->drop_connections();
    });
}

bool Simulator::set_next_sender_msg_seq_num(std::string_view sender_comp_id, int number) {
    return impl_->on_loop([&, session = std::string{sender_comp_id}] {
        FixGateway* gateway = impl_->running ? impl_->running->gateway_of(session) : nullptr;
        return gateway != nullptr && gateway->set_next_sender_msg_seq_num(session, number);
    });
}

bool Simulator::set_next_target_msg_seq_num(std::string_view sender_comp_id, int number) {
    return impl_->on_loop([&, session = std::string{sender_comp_id}] {
        FixGateway* gateway = impl_->running ? impl_->running->gateway_of(session) : nullptr;
        return gateway != nullptr && gateway->set_next_target_msg_seq_num(session, number);
    });
}

bool Simulator::is_logged_on(std::string_view sender_comp_id) {
    return impl_->on_loop([&, session = std::string{sender_comp_id}] {
        FixGateway* gateway = impl_->running ? impl_->running->gateway_of(session) : nullptr;
        return gateway != nullptr && gateway->is_logged_on(session);
    });
}

bool Simulator::withdraw_quote(std::string_view symbol) {
    return impl_->on_loop([&] {
        if (!impl_->feed.withdraw(symbol)) return false;
        impl_->api.reference().set_withdrawn(std::string{symbol}, true);
        impl_->hub.market_moved();
        return true;
    });
}

bool Simulator::burst_quotes(std::string_view symbol, int updates) {
    return impl_->on_loop([&] {
        auto& market = impl_->exchange.market();
        const InstrumentOptions* instrument = market.instrument(symbol);
        if (instrument == nullptr) return false;
        impl_->feed.restore(symbol);
        impl_->api.reference().set_withdrawn(std::string{symbol}, false);
        const auto quote = market.quote(symbol).value();
        const auto tick = core::Decimal::from(1, instrument->price_scale).value();
        const auto bid = quote.bid.plus(tick);
        const auto ask = quote.ask.plus(tick);
        if (!bid || !ask) return false;
        for (int i = 0; i < updates; ++i) {
            const bool is_up = i % 2 == 0;
            if (!market.set_quote(symbol, is_up ? *bid : quote.bid, is_up ? *ask : quote.ask))
                return false;
            impl_->market_moved();
        }
        return true;
    });
}

bool Simulator::send_market_data(std::string_view comp_id, const FixMessage& message) {
    return impl_->on_loop([&, session = std::string{comp_id}] {
        if (!impl_->running) return false;
        FixGateway& gateway = impl_->running->gateway(Listener::FixMarketData);
        if (!gateway.is_logged_on(session)) return false;
        gateway.send(session, message);
        return true;
    });
}

bool Simulator::send_drop_copy(std::string_view comp_id, const FixMessage& message) {
    return impl_->on_loop([&, session = std::string{comp_id}] {
        if (!impl_->running) return false;
        FixGateway& gateway = impl_->running->gateway(Listener::FixDropCopy);
        if (!gateway.has_session(session)) return false;
        gateway.send(session, message);
        return true;
    });
}

bool Simulator::pause_drop_copy(std::string_view comp_id) {
    return impl_->on_loop([&] { return impl_->drop_copy.set_paused(comp_id, true); });
}

bool Simulator::resume_drop_copy(std::string_view comp_id) {
    return impl_->on_loop([&] {
        const bool is_known = impl_->drop_copy.set_paused(comp_id, false);
        impl_->arm_copies();
        return is_known;
    });
}

}  // namespace broker::simulator
