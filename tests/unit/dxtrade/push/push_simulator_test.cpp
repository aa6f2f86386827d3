// REST and push beside each other against the simulator: one truth of both.
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <fstream>
#include <iterator>
#include <map>

#include "core/order_ledger.hpp"
#include "dxtrade/push/push_session.hpp"
#include "dxtrade/rest/rest_channel.hpp"
#include "dxtrade/rest/rest_hosts.hpp"
#include "simulator/simulator.hpp"
#include "support/temporary_directory.hpp"
#include "unit/dxtrade/push/portfolio_fixture.hpp"

namespace broker::dxtrade::push {
namespace {

using core::OrdStatus;
using core::Reason;
using simulator::RestEndpoint;
using simulator::RestFault;
using namespace std::chrono_literals;

constexpr std::string_view kSimulatedAccount = "default:ACC-1";

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file{path};
    return {std::istreambuf_iterator<char>{file}, {}};
}

class PushSimulatorTest : public testing::Test {
protected:
    PushSimulatorTest() {
        simulator::SimulatorOptions options;
        options.directory = temporary_.path();
        simulator_.emplace(std::move(options));
        simulator_->start();
        account_.on_report = [this](const core::ExecutionReport& report) {
            const core::Applied applied = ledger_.apply(report);
            if (!applied.fill_delta.is_zero()) ++fills_[std::string{report.cl_ord_id}];
        };
        make_channels();
    }
    ~PushSimulatorTest() override { hosts_.close(); }

    void make_channels() {
        session_.reset();  // before the channel that it refers to
        rest_.reset();
        net::TlsMaterial material;
        material.trust_pem = read_file(temporary_.path() / "ca.pem");
        const auto tls = std::shared_ptr{net::TlsContext::create(material).value()};
        const std::string port = std::to_string(simulator_->port(simulator::Listener::Rest));

        rest::RestHostSettings host;
        host.base_url = "https://127.0.0.1:" + port + "/dxsca-web";
        host.user_agent = "test";
        host.login_rate = {10, 1'000ms};
        rest::RestChannelSettings rest;
        rest.account = kSimulatedAccount;
        rest.profile.rest.is_offered = true;
        rest.profile.rest.orders.is_offered = true;
        rest.profile.rest.rates.read = {10, 1'000ms};
        rest.profile.rest.rates.trade = {10, 1'000ms};
        rest.credentials.username = "acc1";
        rest.credentials.password = core::Secret{read_file(temporary_.path() / "ACC-1.password")};
        rest.poll_interval = 1h;  // what is told comes by push, or by what push makes of it
        rest_.emplace(std::move(rest), **hosts_.get(host, tls), account_);

        net::WebSocketSettings socket;
        socket.host = "127.0.0.1";
        socket.port = port;
        socket.user_agent = "test";
        socket.target = push_target("/dxsca-web", "/?format=JSON", false);
        PushSessionSettings settings;
        settings.account = kSimulatedAccount;
        settings.connection.peer = "127.0.0.1:" + port;
        settings.connection.backoff = {1ms, 50ms, 60s};
        settings.connection.rules.silence_timeout = silence_timeout_;
        PushParts parts{
            clock_,
            [this](std::function<void()> call) { boost::asio::post(context_, std::move(call)); },
            make_web_sockets(context_, clock_, tls, socket), rest_->tokens()};
        session_.emplace(std::move(settings), std::move(parts), rest_->tracker(), account_,
                         PushSessionHooks{[this] { rest_->refresh(); },
                                          [this](bool is_live) { rest_->set_push_live(is_live); }});
    }
    // Runs the loop until it holds, 20 seconds at most.
    template <class Holds>
    [[nodiscard]] bool run_until(Holds&& holds) {
        const auto limit = std::chrono::steady_clock::now() + 20s;
        while (!holds() && std::chrono::steady_clock::now() < limit) {
            context_.restart();
            context_.run_one_for(10ms);
            rest_->on_tick();
            session_->on_tick();
        }
        return holds();
    }
    void go_live() {
        rest_->start();
        session_->start();
        ASSERT_TRUE(run_until([&] { return session_->is_live(); }));
    }
    void send(const std::string& id, core::OrdType type, std::string_view price = {}) {
        core::NewOrder order;
        order.cl_ord_id = *core::ClOrdID::from(id);
        order.symbol = *core::Symbol::from("EURUSD");
        order.side = core::Side::Buy;
        order.ord_type = type;
        order.time_in_force = core::TimeInForce::GoodTillCancel;
        order.position_effect = core::PositionEffect::Open;
        order.order_qty = dec("1000");
        if (!price.empty()) order.price = dec(price);
        ASSERT_TRUE(ledger_.add(order, core::MonotonicTime::max()));
        const auto sent = rest_->send(order);
        ASSERT_TRUE(sent) << sent.error().detail;
        ledger_.sent(order.cl_ord_id, core::kFirstOwnMsgSeqNum + ++sent_count_, clock_.monotonic(),
                     clock_.monotonic());
    }
    [[nodiscard]] OrdStatus status(const std::string& id) const {
        const core::Order* order = ledger_.find(*core::ClOrdID::from(id));
        return order == nullptr ? OrdStatus::Unspecified : order->status;
    }
    void push_fault(RestFault fault, int times = 1) {
        simulator_->add_rest_fault(
            {.fault = fault, .endpoint = RestEndpoint::Push, .times = times});
    }

    test::TemporaryDirectory temporary_;
    core::SystemClock clock_;
    boost::asio::io_context context_;
    RecordingAccount account_;
    core::OrderLedger ledger_{{}};
    std::map<std::string, int> fills_;  // booked, by ClOrdID
    core::MsgSeqNum sent_count_ = 0;
    std::chrono::seconds silence_timeout_{75};
    std::optional<simulator::Simulator> simulator_;
    rest::RestHosts hosts_{context_, clock_, std::make_shared<rest::LoginGate>()};
    std::optional<rest::RestChannel> rest_;
    std::optional<PushSession> session_;
};

TEST_F(PushSimulatorTest, MarketOrderIsFilledOnceAndItsPositionTold) {
    go_live();
    send("A-1", core::OrdType::Market);
    ASSERT_TRUE(run_until([&] { return status("A-1") == OrdStatus::Filled; }));
    ASSERT_TRUE(run_until([&] { return !account_.positions.empty(); }));
    EXPECT_EQ(fills_["A-1"], 1);
    EXPECT_EQ(account_.positions.back().long_qty, "1000");
}

TEST_F(PushSimulatorTest, OrderThatTheDeskFillsLeavesThePortfolioAndIsFoundInTheHistory) {
    go_live();
    send("A-1", core::OrdType::Limit, "1.0");
    ASSERT_TRUE(run_until([&] { return status("A-1") == OrdStatus::New; }));
    ASSERT_TRUE(simulator_->fill("ACC1", "A-1", dec("400"), dec("1.0")));
    ASSERT_TRUE(run_until([&] { return status("A-1") == OrdStatus::PartiallyFilled; }));
    ASSERT_TRUE(simulator_->fill("ACC1", "A-1", dec("600"), dec("1.0")));
    ASSERT_TRUE(run_until([&] { return status("A-1") == OrdStatus::Filled; }));
    EXPECT_EQ(fills_["A-1"], 2);
    EXPECT_EQ(ledger_.find(*core::ClOrdID::from("A-1"))->filled_qty, dec("1000"));
}

TEST_F(PushSimulatorTest, LostRepeatedAndReorderedPortfoliosLoseAndDoubleNothing) {
    go_live();
    send("A-1", core::OrdType::Limit, "1.0");
    ASSERT_TRUE(run_until([&] { return status("A-1") == OrdStatus::New; }));
    for (const RestFault fault :
         {RestFault::PushLose, RestFault::PushDuplicate, RestFault::PushReorder}) {
        push_fault(fault);
        ASSERT_TRUE(simulator_->fill("ACC1", "A-1", dec("200"), dec("1.0")));
    }
    ASSERT_TRUE(simulator_->fill("ACC1", "A-1", dec("400"), dec("1.0")));
    rest_->refresh();  // as a poll would
    ASSERT_TRUE(run_until([&] { return status("A-1") == OrdStatus::Filled; }));
    EXPECT_EQ(ledger_.find(*core::ClOrdID::from("A-1"))->filled_qty, dec("1000"));
}

TEST_F(PushSimulatorTest, SlowConsumerComesBackAndMissesNothing) {
    go_live();
    send("A-1", core::OrdType::Limit, "1.0");
    ASSERT_TRUE(run_until([&] { return status("A-1") == OrdStatus::New; }));
    simulator_->close_push(1013);
    ASSERT_TRUE(run_until([&] { return !account_.disconnects.empty(); }));
    EXPECT_EQ(account_.disconnects[0].reason, Reason::PushSlowConsumer);
    ASSERT_TRUE(simulator_->fill("ACC1", "A-1", dec("1000"), dec("1.0")));
    ASSERT_TRUE(run_until([&] { return status("A-1") == OrdStatus::Filled; }));
    EXPECT_EQ(fills_["A-1"], 1);
    EXPECT_TRUE(run_until([&] { return session_->is_live(); }));
}

TEST_F(PushSimulatorTest, PortfolioOfAnOlderVersionThanOneOverRestTellsNothing) {
    go_live();
    send("A-1", core::OrdType::Limit, "1.0");
    ASSERT_TRUE(run_until([&] { return status("A-1") == OrdStatus::New; }));
    push_fault(RestFault::PushReorder);
    // Its portfolio is held back; REST has the same one, and the next one over push comes first.
    ASSERT_TRUE(simulator_->fill("ACC1", "A-1", dec("400"), dec("1.0")));
    rest_->refresh();
    ASSERT_TRUE(run_until([&] { return status("A-1") == OrdStatus::PartiallyFilled; }));
    ASSERT_TRUE(simulator_->fill("ACC1", "A-1", dec("600"), dec("1.0")));
    ASSERT_TRUE(run_until([&] { return status("A-1") == OrdStatus::Filled; }));
    send("A-2", core::OrdType::Market);  // behind the old portfolio
    ASSERT_TRUE(run_until([&] { return status("A-2") == OrdStatus::Filled; }));
    EXPECT_EQ(fills_["A-1"], 2);
    EXPECT_EQ(status("A-1"), OrdStatus::Filled);
    ASSERT_TRUE(run_until([&] { return account_.positions.size() >= 3; }));
    std::vector<std::string> told;
    for (const auto& each : account_.positions) {
        if (each.position_code == account_.positions.front().position_code)
            told.push_back(each.long_qty);
    }
    EXPECT_EQ(told, (std::vector<std::string>{"400", "1000"}));
}

TEST_F(PushSimulatorTest, PingRequestsAreAnsweredOrTheVenueWouldEndTheSession) {
    simulator_->change_push([](simulator::PushOptions& push) {
        push.ping_interval = 20ms;
        push.unanswered_pings = 3;
    });
    go_live();
    // Far more than three pings go by.
    const auto enough = std::chrono::steady_clock::now() + 500ms;
    ASSERT_TRUE(run_until([&] { return std::chrono::steady_clock::now() > enough; }));
    EXPECT_TRUE(account_.disconnects.empty());
    EXPECT_TRUE(session_->is_live());
}

TEST_F(PushSimulatorTest, SilentConnectionIsReplacedAndMissesNothing) {
    silence_timeout_ = 1s;
    simulator_->change_push([](simulator::PushOptions& push) {
        push.ping_interval = 200ms;
        push.unanswered_pings = 100;
    });
    make_channels();
    go_live();
    send("A-1", core::OrdType::Limit, "1.0");
    ASSERT_TRUE(run_until([&] { return status("A-1") == OrdStatus::New; }));
    push_fault(RestFault::PushSilent);
    ASSERT_TRUE(simulator_->fill("ACC1", "A-1", dec("1000"), dec("1.0")));
    ASSERT_TRUE(run_until([&] { return !account_.disconnects.empty(); }));
    EXPECT_EQ(account_.disconnects[0].reason, Reason::PushSilent);
    ASSERT_TRUE(run_until([&] { return status("A-1") == OrdStatus::Filled; }));
    EXPECT_EQ(fills_["A-1"], 1);
    EXPECT_TRUE(run_until([&] { return session_->is_live(); }));
}

TEST_F(PushSimulatorTest, EndedRestSessionIsFollowedByANewOneOnBoth) {
    go_live();
    simulator_->end_rest_sessions();
    ASSERT_TRUE(run_until([&] { return !session_->is_live(); }));
    ASSERT_TRUE(run_until([&] { return session_->is_live(); }));
    send("A-1", core::OrdType::Market);
    EXPECT_TRUE(run_until([&] { return status("A-1") == OrdStatus::Filled; }));
}

}  // namespace
}  // namespace broker::dxtrade::push
