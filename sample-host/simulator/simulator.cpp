#include "simulator/simulator.hpp"

#include "simulator/simulator_impl.hpp"

namespace broker::simulator {

Simulator::Simulator(SimulatorOptions options)
    : impl_{std::make_unique<Impl>(std::move(options))} {}

Simulator::~Simulator() { stop(); }

void Simulator::start() {
    if (impl_->running) return;
    auto running = std::make_unique<Impl::Running>(*impl_, impl_->files.make_server_material());
    for (std::size_t i = 0; i < kFixListenerCount; ++i) {
        TlsFront& front = *running->fronts[i];
        for (std::size_t j = 0; j < kFaultCount; ++j) {
            const auto fault = static_cast<Fault>(j);
            front.set_fault(fault, impl_->faults[i].has(fault));
        }
        front.set_message_faults(impl_->message_faults[i]);
        front.listen(impl_->ports[i]);
        impl_->ports[i] = front.port();
    }
    constexpr auto kRest = static_cast<std::size_t>(Listener::Rest);
    for (std::size_t j = 0; j < kFaultCount; ++j) {
        const auto fault = static_cast<Fault>(j);
        running->rest.set_fault(fault, impl_->faults[kRest].has(fault));
    }
    running->rest.listen(impl_->ports[kRest]);
    impl_->ports[kRest] = running->rest.port();
    impl_->files.write_adapter_config(impl_->options, impl_->ports);

    impl_->running = std::move(running);
    impl_->arm_tick();
    impl_->arm_quotes();
    impl_->arm_due();
    impl_->arm_copies();
    impl_->running->thread = std::thread{[&context = impl_->running->context] { context.run(); }};
}

void Simulator::stop() {
    if (!impl_->running) return;
    impl_->on_loop([this] {
        for (const auto& gateway : impl_->running->gateways)
            gateway->logout_all("the simulator stops");
        impl_->feed.all_sessions_ended();
        impl_->hub.close_all(1001);  // going away
        // One turn of the loop sends what waits; then nothing more is owed to anybody.
        boost::asio::post(impl_->running->context, [this] { impl_->running->context.stop(); });
    });
    impl_->running->thread.join();
    impl_->hub.forget_all();
    impl_->running.reset();
}

std::uint16_t Simulator::port(Listener listener) const { return impl_->ports[index_of(listener)]; }

std::filesystem::path Simulator::adapter_config() const { return impl_->files.adapter_config(); }

IssuedCertificate Simulator::issue(const CertificateRequest& request) {
    return impl_->files.authority().issue(request);
}

void Simulator::add_rule(Rule rule) {
    impl_->on_loop([&] { impl_->exchange.behaviour().add(std::move(rule)); });
}

void Simulator::clear_rules() {
    impl_->on_loop([&] { impl_->exchange.behaviour().clear(); });
}

std::optional<Quote> Simulator::quote(std::string_view symbol) {
    return impl_->on_loop([&] { return impl_->exchange.market().quote(symbol); });
}

bool Simulator::set_quote(std::string_view symbol, const core::Decimal& bid,
                          const core::Decimal& ask) {
    return impl_->on_loop([&] {
        if (!impl_->exchange.market().set_quote(symbol, bid, ask)) return false;
        impl_->feed.restore(symbol);
        impl_->api.reference().set_withdrawn(std::string{symbol}, false);
        impl_->market_moved();
        return true;
    });
}

void Simulator::advance_market(int steps) {
    impl_->on_loop([&] {
        for (int i = 0; i < steps; ++i) {
            impl_->exchange.market().advance();
            impl_->market_moved();
        }
    });
}

bool Simulator::fill(std::string_view sender_comp_id, std::string_view cl_ord_id,
                     const core::Decimal& quantity, const core::Decimal& price) {
    return desk([&](Desk& desk) { return desk.fill(sender_comp_id, cl_ord_id, quantity, price); });
}

bool Simulator::cancel_unsolicited(std::string_view sender_comp_id, std::string_view cl_ord_id,
                                   const std::string& text) {
    return desk([&](Desk& desk) { return desk.cancel(sender_comp_id, cl_ord_id, text); });
}

bool Simulator::desk(const std::function<bool(Desk&)>& action) {
    return impl_->on_loop([&] {
        const bool is_done = action(impl_->exchange.desk());
        impl_->arm_due();
        return is_done;
    });
}

void Simulator::close_market(std::string_view symbol) {
    impl_->on_loop([&] { impl_->exchange.desk().close_market(symbol); });
}

void Simulator::open_market(std::string_view symbol) {
    impl_->on_loop([&] { impl_->exchange.desk().open_market(symbol); });
}

void Simulator::end_of_day() {
    impl_->on_loop([&] { impl_->exchange.desk().end_of_day(); });
}

void Simulator::set_manual(bool is_manual) {
    impl_->on_loop([&] { impl_->exchange.set_manual(is_manual); });
}

bool Simulator::send(std::string_view sender_comp_id, const FixMessage& message) {
    return impl_->on_loop([&] {
        if (!impl_->running || impl_->exchange.account(sender_comp_id) == nullptr) return false;
        impl_->send(Listener::FixTrading, std::string{sender_comp_id}, message);
        return true;
    });
}

std::vector<Order> Simulator::orders() {
    return impl_->on_loop([&] { return impl_->exchange.orders(); });
}

std::vector<Position> Simulator::positions(std::string_view sender_comp_id) {
    return impl_->on_loop([&] {
        const AccountBook* account = impl_->exchange.account(sender_comp_id);
        return account != nullptr ? account->positions() : std::vector<Position>{};
    });
}

std::optional<core::Decimal> Simulator::cash(std::string_view sender_comp_id) {
    return impl_->on_loop([&]() -> std::optional<core::Decimal> {
        const AccountBook* account = impl_->exchange.account(sender_comp_id);
        if (account == nullptr) return std::nullopt;
        return account->cash();
    });
}

const MessageLog& Simulator::messages() const { return impl_->messages; }

void Simulator::clear_messages() { impl_->messages.clear(); }

}  // namespace broker::simulator
