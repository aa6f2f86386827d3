// A pool with the server it talks to, driven by the test.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <deque>
#include <mutex>
#include <optional>

#include "net/https_pool.hpp"
#include "unit/net/http_test_server.hpp"
#include "unit/net/test_pki.hpp"

namespace broker::net {

using namespace std::chrono_literals;

// What a server's threads leave for the test.
class Notes {
public:
    void add(std::string note) {
        const std::lock_guard lock{mutex_};
        notes_.push_back(std::move(note));
    }
    [[nodiscard]] std::vector<std::string> all() const {
        const std::lock_guard lock{mutex_};
        return notes_;
    }
    [[nodiscard]] std::size_t count() const { return all().size(); }

private:
    mutable std::mutex mutex_;  // guards notes_
    std::vector<std::string> notes_;
};

class HttpsPoolFixture : public testing::Test {
protected:
    using Serve = test::TlsTestServer::Serve;

    // What became of one request.
    struct Sent {
        std::optional<HttpOutcome> outcome;
        [[nodiscard]] core::Reason reason() const {
            return outcome && !outcome->response ? outcome->response.error().reason
                                                 : core::Reason::None;
        }
        [[nodiscard]] std::string body() const {
            return outcome && outcome->response ? outcome->response->body : "";
        }
    };

    void serve(Serve serve, test::TlsServerOptions options = {}) {
        if (options.identity.certificate_pem.empty()) options.identity = pki_.server();
        server_.emplace(options, std::move(serve));
    }
    // A server that shakes hands and then answers the first request with these bytes.
    void serve_bytes(std::string bytes) {
        serve([bytes = std::move(bytes)](test::TlsPeer& peer) {
            if (!peer.handshake() || !test::read_request(peer)) return;
            peer.write(bytes);
            peer.read_to_end();
        });
    }
    void open(HttpsPoolSettings settings = {}) {
        settings.host = "127.0.0.1";
        settings.port = server_->port();
        if (settings.server_name.empty()) settings.server_name = "localhost";
        pool_.emplace(context_, clock(), pki_.context(), settings);
    }
    virtual const core::Clock& clock() { return system_clock_; }

    Sent& send(HttpRequest request, HttpLane lane = HttpLane::Query,
               core::MonotonicTime not_after = core::MonotonicTime::max()) {
        Sent& sent = sent_.emplace_back();
        pool_->send(std::move(request), lane, not_after, [&sent](HttpOutcome outcome) {
            EXPECT_FALSE(sent.outcome) << "told twice";
            sent.outcome = std::move(outcome);
        });
        EXPECT_FALSE(sent.outcome) << "told from inside the call";
        return sent;
    }
    Sent& get(std::string target, HttpLane lane = HttpLane::Query,
              core::MonotonicTime not_after = core::MonotonicTime::max()) {
        return send({HttpMethod::Get, std::move(target), {}, {}}, lane, not_after);
    }
    // Runs the loop until it holds, ten seconds at most.
    template <class Holds>
    [[nodiscard]] bool run_until(Holds&& holds) {
        const auto limit = std::chrono::steady_clock::now() + 10s;
        while (!holds() && context_.run_one_until(limit) > 0) {
        }
        return holds();
    }
    // Runs the loop until the request is settled.
    Sent& settled(Sent& sent) {
        EXPECT_TRUE(run_until([&] { return sent.outcome.has_value(); })) << "never settled";
        return sent;
    }

    test::TestPki pki_;
    core::SystemClock system_clock_;
    boost::asio::io_context context_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{
        context_.get_executor()};
    std::optional<test::TlsTestServer> server_;
    std::optional<HttpsPool> pool_;
    std::deque<Sent> sent_;
};

}  // namespace broker::net
