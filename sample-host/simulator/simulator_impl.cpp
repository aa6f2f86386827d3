#include "simulator/simulator_impl.hpp"

#include <stdexcept>

namespace broker::simulator {
namespace {

// QuickFIX's sessions count heartbeats in seconds.
constexpr std::chrono::seconds kGatewayTick{1};

SimulatorOptions with_accounts(SimulatorOptions options, std::vector<AccountOptions> accounts) {
    options.accounts = std::move(accounts);
    return options;
}

FixGatewayOptions gateway_options(const SimulatorOptions& options, const SimulatorFiles& files,
                                  Listener listener) {
    FixGatewayOptions result;
    result.target_comp_id = target_comp_id_of(options, listener);
    result.store_directory = files.store_directory().string();
    std::filesystem::path dictionary = options.data_dictionary;
    if (dictionary.empty() && std::filesystem::exists(DXTRADE_DATA_DICTIONARY))
        dictionary = DXTRADE_DATA_DICTIONARY;
    result.data_dictionary = dictionary.string();
    for (const auto& account : options.accounts)
        result.sessions.push_back({sender_comp_id_of(account, listener), account.sender_comp_id,
                                   account.username, account.password});
    result.is_transient = listener == Listener::FixMarketData;
    return result;
}

}  // namespace

Simulator::Impl::Impl(SimulatorOptions given)
    : files{given},
      options{with_accounts(std::move(given), files.accounts())},
      faults{options.fix_trading_faults, options.fix_market_data_faults,
             options.fix_drop_copy_faults, options.rest_faults},
      message_faults{options.message_faults},
      ports{options.fix_trading_port, options.fix_market_data_port, options.fix_drop_copy_port,
            options.rest_port},
      run{files.count_run()},
      run_id{std::to_string(run)},
      exchange{options, run_id, clock,
               [this](const std::string& session, const FixMessage& message) {
                   send(Listener::FixTrading, session, message);
               }},
      book{options.rest, exchange.venue(), run},
      api{options, exchange, book, clock},
      hub{api, clock},
      feed{options.market_data, exchange.market(), clock,
           [this](const std::string& session, const FixMessage& message) {
               send(Listener::FixMarketData, session, message);
           }},
      drop_copy{options.drop_copy, run_id, clock,
                [this](const std::string& session, const FixMessage& message) {
                    send(Listener::FixDropCopy, session, message);
                }},
      events{Events{*this, Listener::FixTrading}, Events{*this, Listener::FixMarketData},
             Events{*this, Listener::FixDropCopy}} {
    for (const auto& quote : options.quotes)
        if (!exchange.market().set_quote(quote.symbol, quote.bid, quote.ask))
            throw std::runtime_error("quote of " + quote.symbol +
                                     ": unknown symbol, off its ticks, or bid above ask");
    feed.market_moved();
    api.reference().market_moved();
    hub.set_on_new_deadline([this] { arm_push(); });
    book.set_on_change([this](const std::string& session) { account_changed(session); });
    for (const auto& account : options.accounts) {
        auto sources = account.drop_copy_sources;
        if (sources.empty()) sources.push_back(account.sender_comp_id);
        drop_copy.add_session(sender_comp_id_of(account, Listener::FixDropCopy), sources);
    }
    exchange.set_on_report(
        [this](const std::string& session, const Order& order, const FixMessage& report,
               bool is_venue_event) { on_report(session, order, report, is_venue_event); });
}

Simulator::Impl::Running::Running(Impl& owner, const TlsFrontMaterial& material)
    : tick{context},
      quotes{context},
      due{context},
      copies{context},
      push{context},
      rest{context, material, owner.api, owner.hub} {
    for (std::size_t i = 0; i < kFixListenerCount; ++i) {
        const auto listener = static_cast<Listener>(i);
        gateways[i] = std::make_unique<FixGateway>(
            gateway_options(owner.options, owner.files, listener), owner.events[i]);
        fronts[i] = std::make_unique<TlsFront>(context, material, *gateways[i]);
    }
}

FixGateway* Simulator::Impl::Running::gateway_of(const std::string& sender_comp_id) {
    for (const auto& gateway : gateways)
        if (gateway->has_session(sender_comp_id)) return gateway.get();
    return nullptr;
}

void Simulator::Impl::Events::on_wire(const std::string& session, bool is_from_client,
                                      const std::string& raw) {
    using Direction = LoggedMessage::Direction;
    owner.messages.add({is_from_client ? Direction::FromClient : Direction::ToClient, session,
                        fix_message_from_wire(raw), !has_right_checksum(raw)});
}

void Simulator::Impl::on_request(Listener listener, const std::string& session,
                                 const FixMessage& message) {
    switch (listener) {
        case Listener::FixTrading:
            exchange.receive(session, message);
            return arm_due();
        case Listener::FixMarketData:
            return feed.receive(session, message);
        case Listener::FixDropCopy:
            return drop_copy.receive(session, message);
        case Listener::Rest:  // has no FIX sessions
            return;
    }
}

void Simulator::Impl::on_report(const std::string& session, const Order& order,
                                const FixMessage& report, bool is_venue_event) {
    drop_copy.copy(session, order, report, is_venue_event);
    book.observe(session, order, report, is_venue_event);
    arm_copies();
    if (!is_venue_event || report.value(150) != "F") return;
    const auto price = core::Decimal::parse(report.value(31));
    const auto quantity = core::Decimal::parse(report.value(32));
    if (price && quantity) feed.traded(order.symbol, *price, *quantity);
}

void Simulator::Impl::send(Listener listener, const std::string& session,
                           const FixMessage& message) {
    if (running) running->gateway(listener).send(session, message);
}

void Simulator::Impl::market_moved() {
    feed.market_moved();
    api.reference().market_moved();
    hub.market_moved();
    exchange.match_all();
    arm_due();
}

void Simulator::Impl::arm_tick() {
    running->tick.expires_after(kGatewayTick);
    running->tick.async_wait([this](const boost::system::error_code& error) {
        if (error) return;
        for (const auto& gateway : running->gateways) gateway->tick();
        exchange.run_due();
        arm_tick();
    });
}

void Simulator::Impl::arm_quotes() {
    if (options.quote_interval.count() == 0) return;
    running->quotes.expires_after(options.quote_interval);
    running->quotes.async_wait([this](const boost::system::error_code& error) {
        if (error) return;
        exchange.market().advance();
        market_moved();
        arm_quotes();
    });
}

void Simulator::Impl::arm_due() {
    const auto next = exchange.next_due();
    if (!running || !next) return;
    running->due.expires_at(*next);
    running->due.async_wait([this](const boost::system::error_code& error) {
        if (error) return;
        exchange.run_due();
        arm_due();
    });
}

void Simulator::Impl::arm_copies() {
    const auto next = drop_copy.next_due();
    if (!running || !next) return;
    running->copies.expires_at(*next);
    running->copies.async_wait([this](const boost::system::error_code& error) {
        if (error) return;
        drop_copy.run_due();
        arm_copies();
    });
}

void Simulator::Impl::arm_push() {
    const auto next = hub.next_due();
    if (!running || !next) return;
    running->push.expires_at(*next);
    running->push.async_wait([this](const boost::system::error_code& error) {
        if (error) return;
        hub.run_due();
        arm_push();
    });
}

void Simulator::Impl::account_changed(const std::string& session) {
    hub.account_changed(session);
    if (!running) return;
    boost::asio::post(running->context, [this] {
        hub.flush();
        arm_due();
    });
}

}  // namespace broker::simulator
