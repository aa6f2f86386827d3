// A transport on its event thread, what it reports, and servers for it to connect to.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/post.hpp>
#include <condition_variable>
#include <functional>
#include <future>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fix/session_transport.hpp"
#include "unit/fix_transport/scripted_engine.hpp"
#include "unit/net/test_pki.hpp"
#include "unit/net/tls_test_server.hpp"

namespace broker::test {

using namespace std::chrono_literals;

// Keeps everything a transport reports; a test waits for what it expects. [any-thread]
class RecordingTransportListener final : public fix::TransportListener {
public:
    struct Disconnect {
        core::Reason reason;
        std::string text;
        std::string peer;
        core::Duration next_attempt;
    };
    // What has happened so far.
    struct Record {
        std::vector<std::string> connecting;
        std::vector<std::string> logged_on;
        std::vector<Disconnect> disconnects;
        std::vector<std::string> messages;  // whole application messages
        std::vector<core::MonotonicTime> received;
        std::vector<std::string> notices;
    };

    // Called on the event thread from on_logged_on and on_application_message.
    std::function<void()> then;
    fix::ResendDecision resend_decision = fix::ResendDecision::GapFill;  // set before the start

    // True once `condition` holds of the record; false after ten seconds.
    template <class Condition>
    [[nodiscard]] bool wait_until(Condition condition) {
        std::unique_lock lock{mutex_};
        return changed_.wait_for(lock, 10s, [&] { return condition(record_); });
    }
    [[nodiscard]] bool wait_for_logons(std::size_t count) {
        return wait_until([=](const Record& r) { return r.logged_on.size() >= count; });
    }
    [[nodiscard]] bool wait_for_disconnects(std::size_t count) {
        return wait_until([=](const Record& r) { return r.disconnects.size() >= count; });
    }
    [[nodiscard]] bool wait_for_messages(std::size_t count) {
        return wait_until([=](const Record& r) { return r.messages.size() >= count; });
    }
    [[nodiscard]] Record record() {
        const std::lock_guard lock{mutex_};
        return record_;
    }

    void on_connecting(std::string_view peer) override {
        add([&](Record& r) { r.connecting.emplace_back(peer); });
    }
    void on_logged_on(std::string_view peer) override {
        add([&](Record& r) { r.logged_on.emplace_back(peer); });
        if (then) then();
    }
    void on_disconnected(core::Reason reason, std::string_view text, std::string_view peer,
                         core::Duration next_attempt) override {
        add([&](Record& r) {
            r.disconnects.push_back({reason, std::string{text}, std::string{peer}, next_attempt});
        });
    }
    void on_application_message(const fix::MessageView& message,
                                core::MonotonicTime received) override {
        add([&](Record& r) {
            r.messages.emplace_back(message.bytes());
            r.received.push_back(received);
        });
        if (then) then();
    }
    void on_session_reject(const fix::MessageView&, core::MonotonicTime) override {}
    fix::ResendDecision on_resend(core::MsgSeqNum, const fix::MessageView&) override {
        return resend_decision;
    }
    void on_sequence_reset() override {}
    void on_notice(std::string_view text) override {
        add([&](Record& r) { r.notices.emplace_back(text); });
    }

private:
    template <class Change>
    void add(Change change) {
        const std::lock_guard lock{mutex_};
        change(record_);
        changed_.notify_all();
    }

    std::mutex mutex_;  // guards record_
    std::condition_variable changed_;
    Record record_;
};

// A server that answers the Logon, then does as the test says.
inline TlsTestServer::Serve logged_on_then(TlsTestServer::Serve serve) {
    return [serve = std::move(serve)](TlsPeer& peer) {
        if (!peer.handshake()) return;
        if (peer.read_some().find("35=A") == std::string::npos) return;
        (void)peer.write(fix_message("A", "108=30|"));
        serve(peer);
    };
}
inline void answer_logout(TlsPeer& peer) {
    while (true) {
        const std::string bytes = peer.read_some();
        if (bytes.empty()) return;
        if (bytes.find("35=5") != std::string::npos) (void)peer.write(fix_message("5"));
    }
}

// Set on one thread, waited for on another; copies share it, so that neither side outlives it.
class Signal {
public:
    void set() const { promise_->set_value(); }
    [[nodiscard]] bool wait() const { return future_.wait_for(10s) == std::future_status::ready; }

private:
    std::shared_ptr<std::promise<void>> promise_ = std::make_shared<std::promise<void>>();
    std::shared_future<void> future_ = promise_->get_future().share();
};

class TransportTest : public testing::Test {
protected:
    TransportTest() {
        settings_.connect.backoff = {.initial = 1ms, .maximum = 5ms};
        settings_.connect_timeout = 5s;
        settings_.handshake_timeout = 5s;
        session_.sender_comp_id = "ACC1";
        session_.target_comp_id = "DXTRADE";
    }
    ~TransportTest() override {
        // A transport whose loop has ended may go at any time.
        thread_.stop();
        transport_.reset();
    }

    [[nodiscard]] TlsServerOptions tls() { return {.identity = pki_.server()}; }
    // A server that the transport tries after those added before. Kept by the test, after what
    // `serve` refers to.
    [[nodiscard]] std::unique_ptr<TlsTestServer> add_server(TlsTestServer::Serve serve) {
        auto server = std::make_unique<TlsTestServer>(tls(), std::move(serve));
        settings_.connect.hosts.push_back({"127.0.0.1", server->port()});
        return server;
    }
    // Runs `body` on the event thread and waits for its result.
    template <class Body>
    auto on_loop(Body body) {
        const auto task = std::make_shared<std::packaged_task<decltype(body())()>>(std::move(body));
        auto result = task->get_future();
        boost::asio::post(thread_.loop().context(), [task] { (*task)(); });
        return result.get();
    }
    void make() {
        fix::HostEngines::Parts engines{
            sequence_policy_, std::move(session_),
            [](std::string_view) { return std::make_unique<journal::MemoryMessageStore>(); },
            make_engine_};
        transport_.emplace(thread_.loop(), clock_, settings_, pki_.context(), std::move(engines),
                           listener_);
    }
    void start() {
        make();
        thread_.start();
        on_loop([&] { transport_->start(); });
    }
    // True once `done` was called.
    [[nodiscard]] bool stop() {
        const Signal done;
        on_loop([&] { transport_->stop("end of test", [done] { done.set(); }); });
        return done.wait();
    }
    [[nodiscard]] fix::TransportState state() {
        return on_loop([&] { return transport_->state(); });
    }

    TestPki pki_;
    core::SystemClock clock_;
    RecordingTransportListener listener_;
    fix::TransportSettings settings_;
    fix::SequencePolicy sequence_policy_ = fix::SequencePolicy::Shared;
    fix::SessionSettings session_;
    net::IoThread thread_{net::LoopMode::Block, "transport"};
    fix::SessionEngineFactory make_engine_ = make_scripted_engine;
    std::optional<fix::SessionTransport> transport_;
};

}  // namespace broker::test
