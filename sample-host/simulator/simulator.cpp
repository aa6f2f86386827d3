#include "simulator/simulator.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <future>
#include <stdexcept>
#include <thread>
#include <type_traits>
#include <utility>

#include "simulator/exchange.hpp"
#include "simulator/fix_gateway.hpp"
#include "simulator/simulator_files.hpp"
#include "simulator/tls_front.hpp"

namespace broker::simulator {
namespace {

namespace asio = boost::asio;

// QuickFIX's sessions count heartbeats in seconds.
constexpr std::chrono::seconds kGatewayTick{1};

SimulatorOptions with_accounts(SimulatorOptions options, std::vector<AccountOptions> accounts) {
    options.accounts = std::move(accounts);
    return options;
}

FixGatewayOptions gateway_options(const SimulatorOptions& options, const SimulatorFiles& files) {
    FixGatewayOptions result;
    result.target_comp_id = options.target_comp_id;
    result.store_directory = files.store_directory().string();
    std::filesystem::path dictionary = options.data_dictionary;
    if (dictionary.empty() && std::filesystem::exists(DXTRADE_DATA_DICTIONARY))
        dictionary = DXTRADE_DATA_DICTIONARY;
    result.data_dictionary = dictionary.string();
    for (const auto& account : options.accounts)
        result.sessions.push_back({account.sender_comp_id, account.username, account.password});
    return result;
}

}  // namespace

struct Simulator::Impl final : FixGatewayEvents {
    explicit Impl(SimulatorOptions given)
        : files{given},
          options{with_accounts(std::move(given), files.accounts())},
          faults{options.fix_trading_faults},
          fix_trading_port{options.fix_trading_port},
          exchange{options, std::to_string(files.count_run()), clock,
                   [this](const std::string& session, const FixMessage& message) {
                       if (running) running->gateway.send(session, message);
                   }} {
        for (const auto& quote : options.quotes)
            if (!exchange.market().set_quote(quote.symbol, quote.bid, quote.ask))
                throw std::runtime_error("quote of " + quote.symbol +
                                         ": unknown symbol, off its ticks, or bid above ask");
    }

    // What exists between start() and stop().
    struct Running {
        Running(Impl& owner, const TlsFrontMaterial& material)
            : gateway{gateway_options(owner.options, owner.files), owner},
              front{context, material, gateway},
              tick{context},
              quotes{context},
              due{context} {}

        FixGateway gateway;
        asio::io_context context;
        TlsFront front;
        asio::steady_timer tick;
        asio::steady_timer quotes;
        asio::steady_timer due;
        std::thread thread;
    };

    void on_request(const std::string& session, const FixMessage& message) override {
        exchange.receive(session, message);
        arm_due();
    }
    void on_wire(const std::string& session, bool is_from_client, const std::string& raw) override {
        using Direction = LoggedMessage::Direction;
        messages.add({is_from_client ? Direction::FromClient : Direction::ToClient, session,
                      fix_message_from_wire(raw)});
    }

    void arm_tick();
    void arm_quotes();
    void arm_due();

    // Runs on the simulator's thread while there is one, else right here; gives back the result.
    template <class Work>
    std::invoke_result_t<Work> on_loop(Work work) {
        if (!running) return work();
        std::packaged_task<std::invoke_result_t<Work>()> task{std::move(work)};
        auto result = task.get_future();
        asio::post(running->context, [&task] { task(); });
        return result.get();
    }

    SimulatorFiles files;
    SimulatorOptions options;
    FaultSet faults;
    std::uint16_t fix_trading_port;
    core::SystemClock clock;
    MessageLog messages;
    Exchange exchange;
    std::unique_ptr<Running> running;
};

void Simulator::Impl::arm_tick() {
    running->tick.expires_after(kGatewayTick);
    running->tick.async_wait([this](const boost::system::error_code& error) {
        if (error) return;
        running->gateway.tick();
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
        exchange.match_all();
        arm_quotes();
    });
}

void Simulator::Impl::arm_due() {
    const auto due = exchange.next_due();
    if (!running || !due) return;
    running->due.expires_at(*due);
    running->due.async_wait([this](const boost::system::error_code& error) {
        if (error) return;
        exchange.run_due();
        arm_due();
    });
}

Simulator::Simulator(SimulatorOptions options)
    : impl_{std::make_unique<Impl>(std::move(options))} {}

Simulator::~Simulator() { stop(); }

void Simulator::start() {
    if (impl_->running) return;
    auto running = std::make_unique<Impl::Running>(*impl_, impl_->files.make_server_material());
    for (std::size_t i = 0; i < kFaultCount; ++i) {
        const auto fault = static_cast<Fault>(i);
        running->front.set_fault(fault, impl_->faults.has(fault));
    }
    running->front.listen(impl_->fix_trading_port);
    impl_->fix_trading_port = running->front.port();
    impl_->files.write_adapter_config(impl_->options.target_comp_id, impl_->fix_trading_port);

    impl_->running = std::move(running);
    impl_->arm_tick();
    impl_->arm_quotes();
    impl_->arm_due();
    impl_->running->thread = std::thread{[&context = impl_->running->context] { context.run(); }};
}

void Simulator::stop() {
    if (!impl_->running) return;
    impl_->on_loop([this] {
        impl_->running->gateway.logout_all("the simulator stops");
        // One turn of the loop sends what waits; then nothing more is owed to anybody.
        asio::post(impl_->running->context, [this] { impl_->running->context.stop(); });
    });
    impl_->running->thread.join();
    impl_->running.reset();
}

std::uint16_t Simulator::port(Listener) const { return impl_->fix_trading_port; }

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
        impl_->exchange.match_all();
        return true;
    });
}

void Simulator::advance_market(int steps) {
    impl_->on_loop([&] {
        for (int i = 0; i < steps; ++i) {
            impl_->exchange.market().advance();
            impl_->exchange.match_all();
        }
    });
}

bool Simulator::fill(std::string_view sender_comp_id, std::string_view cl_ord_id,
                     const core::Decimal& quantity, const core::Decimal& price) {
    return impl_->on_loop(
        [&] { return impl_->exchange.fill(sender_comp_id, cl_ord_id, quantity, price); });
}

bool Simulator::cancel_unsolicited(std::string_view sender_comp_id, std::string_view cl_ord_id,
                                   const std::string& text) {
    return impl_->on_loop(
        [&] { return impl_->exchange.cancel_unsolicited(sender_comp_id, cl_ord_id, text); });
}

void Simulator::set_manual(bool is_manual) {
    impl_->on_loop([&] { impl_->exchange.set_manual(is_manual); });
}

bool Simulator::send(std::string_view sender_comp_id, const FixMessage& message) {
    return impl_->on_loop([&] {
        if (!impl_->running || impl_->exchange.account(sender_comp_id) == nullptr) return false;
        impl_->running->gateway.send(std::string{sender_comp_id}, message);
        return true;
    });
}

void Simulator::set_fault(Listener, Fault fault, bool is_on) {
    impl_->on_loop([&] {
        impl_->faults.set(fault, is_on);
        if (impl_->running) impl_->running->front.set_fault(fault, is_on);
    });
}

void Simulator::drop_connections(Listener) {
    impl_->on_loop([&] {
        if (impl_->running) impl_->running->front.drop_connections();
    });
}

bool Simulator::set_next_sender_msg_seq_num(std::string_view sender_comp_id, int number) {
    return impl_->on_loop([&] {
        return impl_->running && impl_->running->gateway.set_next_sender_msg_seq_num(
                                     std::string{sender_comp_id}, number);
    });
}

bool Simulator::set_next_target_msg_seq_num(std::string_view sender_comp_id, int number) {
    return impl_->on_loop([&] {
        return impl_->running && impl_->running->gateway.set_next_target_msg_seq_num(
                                     std::string{sender_comp_id}, number);
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

bool Simulator::is_logged_on(std::string_view sender_comp_id) {
    return impl_->on_loop([&] {
        return impl_->running && impl_->running->gateway.is_logged_on(std::string{sender_comp_id});
    });
}

const MessageLog& Simulator::messages() const { return impl_->messages; }

void Simulator::clear_messages() { impl_->messages.clear(); }

}  // namespace broker::simulator
