// The inside of Simulator, for its own source files.
#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>

#include "simulator/drop_copy.hpp"
#include "simulator/exchange.hpp"
#include "simulator/fix_gateway.hpp"
#include "simulator/market_data_feed.hpp"
#include "simulator/push_hub.hpp"
#include "simulator/rest_api.hpp"
#include "simulator/rest_book.hpp"
#include "simulator/rest_server.hpp"
#include "simulator/simulator.hpp"
#include "simulator/simulator_files.hpp"
#include "simulator/tls_front.hpp"

namespace broker::simulator {

inline std::size_t index_of(Listener listener) { return static_cast<std::size_t>(listener); }

// All but what runs on start() lives as long as the simulator. [event-thread while running]
struct Simulator::Impl {
    explicit Impl(SimulatorOptions given);

    // One listener's sessions, as their gateway tells of them.
    struct Events final : FixGatewayEvents {
        Events(Impl& simulator, Listener listens) : owner{simulator}, listener{listens} {}
        void on_request(const std::string& session, const FixMessage& message) override {
            owner.on_request(listener, session, message);
        }
        void on_end(const std::string& session) override {
            if (listener == Listener::FixMarketData) owner.feed.session_ended(session);
        }
        void on_wire(const std::string& session, bool is_from_client,
                     const std::string& raw) override;

        Impl& owner;
        Listener listener;
    };

    // What exists between start() and stop().
    struct Running {
        Running(Impl& owner, const TlsFrontMaterial& material);

        [[nodiscard]] FixGateway& gateway(Listener listener) {
            return *gateways[index_of(listener)];
        }
        // Null: there is no such session on any listener.
        [[nodiscard]] FixGateway* gateway_of(const std::string& sender_comp_id);

        std::array<std::unique_ptr<FixGateway>, kFixListenerCount> gateways;
        boost::asio::io_context context;
        std::array<std::unique_ptr<TlsFront>, kFixListenerCount> fronts;
        boost::asio::steady_timer tick;
        boost::asio::steady_timer quotes;
        boost::asio::steady_timer due;
        boost::asio::steady_timer copies;
        boost::asio::steady_timer push;
        RestServer rest;
        std::thread thread;
    };

    void on_request(Listener listener, const std::string& session, const FixMessage& message);
    void on_report(const std::string& session, const Order& order, const FixMessage& report,
                   bool is_venue_event);
    void send(Listener listener, const std::string& session, const FixMessage& message);
    // After each change of quotes: those who watch the market learn of it, then orders meet it.
    void market_moved();

    void arm_tick();
    void arm_quotes();
    void arm_due();
    void arm_copies();
    void arm_push();
    // Watchers of an account learn of its change when the request at hand is done with.
    void account_changed(const std::string& session);

    // Runs on the simulator's thread while there is one, else right here; gives back the result.
    template <class Work>
    std::invoke_result_t<Work> on_loop(Work work) {
        if (!running) return work();
        std::packaged_task<std::invoke_result_t<Work>()> task{std::move(work)};
        auto result = task.get_future();
        boost::asio::post(running->context, [&task] { task(); });
        return result.get();
    }

    SimulatorFiles files;
    SimulatorOptions options;
    std::array<FaultSet, kListenerCount> faults;
    std::array<MessageFaultPlan, kFixListenerCount> message_faults{};
    ListenerPorts ports;
    core::SystemClock clock;
    MessageLog messages;
    std::uint64_t run;
    std::string run_id;
    Exchange exchange;
    RestBook book;
    RestApi api;
    PushHub hub;
    MarketDataFeed feed;
    DropCopy drop_copy;
    std::array<Events, kFixListenerCount> events;
    std::unique_ptr<Running> running;
};

}  // namespace broker::simulator
