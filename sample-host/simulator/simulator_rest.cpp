// What Simulator offers about REST and push.
#include "simulator/simulator_impl.hpp"

namespace broker::simulator {

void Simulator::add_rest_fault(RestFaultRule rule) {
    impl_->on_loop([&] { impl_->api.faults().add(std::move(rule)); });
}

void Simulator::clear_rest_faults() {
    impl_->on_loop([&] { impl_->api.faults().clear(); });
}

void Simulator::change_rest(const std::function<void(RestOptions&)>& change) {
    impl_->on_loop([&] { change(impl_->options.rest); });
}

void Simulator::change_push(const std::function<void(PushOptions&)>& change) {
    impl_->on_loop([&] {
        change(impl_->options.push);
        impl_->hub.reschedule();
    });
}

void Simulator::end_rest_sessions() {
    impl_->on_loop([&] {
        impl_->api.sessions().end_all();
        impl_->hub.end_sessions();
    });
}

void Simulator::close_push(unsigned code) {
    impl_->on_loop([&] { impl_->hub.close_all(code); });
}

bool Simulator::pay(std::string_view sender_comp_id, const core::Decimal& amount,
                    const std::string& comment) {
    return impl_->on_loop([&] {
        if (impl_->exchange.account(sender_comp_id) == nullptr) return false;
        impl_->book.pay(std::string{sender_comp_id}, amount, comment);
        return true;
    });
}

bool Simulator::raise_account_event(std::string_view sender_comp_id,
                                    const RestAccountEvent& event) {
    return impl_->on_loop([&] {
        if (impl_->exchange.account(sender_comp_id) == nullptr) return false;
        impl_->book.raise(std::string{sender_comp_id}, event);
        return true;
    });
}

RestCounters Simulator::rest_counters() {
    return impl_->on_loop([&] { return impl_->api.counters(); });
}

std::vector<LoggedRestRequest> Simulator::rest_requests() {
    return impl_->on_loop([&] {
        const auto& log = impl_->api.log();
        return std::vector<LoggedRestRequest>{log.begin(), log.end()};
    });
}

std::size_t Simulator::push_clients(RestEndpoint endpoint) {
    return impl_->on_loop([&] { return impl_->hub.client_count(endpoint); });
}

}  // namespace broker::simulator
