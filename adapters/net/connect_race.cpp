#include "net/connect_race.hpp"

#include <fcntl.h>

#include <boost/asio/steady_timer.hpp>
#include <optional>
#include <sstream>
#include <utility>

#include "net/asio.hpp"

namespace broker::net {
namespace {

using asio::ip::tcp;
using boost::system::error_code;
using core::Reason;

constexpr std::chrono::milliseconds kHeadStart{250};

std::string text_of(const tcp::endpoint& endpoint) {
    std::ostringstream text;
    text << endpoint;
    return text.str();
}

Reason reason_of(const error_code& error) {
    if (error == asio::error::connection_refused) return Reason::ConnectRefused;
    if (error == asio::error::timed_out) return Reason::ConnectTimeout;
    return Reason::ConnectFailed;
}

error_code open(tcp::socket& socket, const tcp::endpoint& endpoint) {
    error_code error;
    socket.open(endpoint.protocol(), error);
    if (!error) socket.native_non_blocking(true, error);
    if (!error) socket.set_option(tcp::no_delay{true}, error);
    // Why: a child process of the host must not hold the connection open after we close it.
    if (!error) ::fcntl(socket.native_handle(), F_SETFD, FD_CLOEXEC);
    return error;
}

}  // namespace

// Kept by the handlers under way, which see by is_over that they come too late.
struct ConnectRace::State : std::enable_shared_from_this<State> {
    explicit State(asio::io_context& io_context)
        : context{io_context}, done{io_context}, head_start{io_context} {}

    struct Runner {
        explicit Runner(asio::io_context& io_context) : socket{io_context}, deadline{io_context} {}
        tcp::socket socket;
        asio::steady_timer deadline;
        bool is_late = false;
    };

    asio::awaitable<core::Result<Socket>> run(std::shared_ptr<State> self,
                                              std::vector<Endpoint> addresses,
                                              core::Duration timeout);
    void start_next();
    void connect(std::size_t index);
    void ended(std::size_t index, error_code error);
    void failed(std::size_t index, Reason reason, const std::string& why);
    void close();

    asio::io_context& context;
    asio::steady_timer done;
    asio::steady_timer head_start;  // until the next address is tried as well
    std::vector<Endpoint> endpoints;
    core::Duration timeout{};
    std::vector<std::unique_ptr<Runner>> runners;  // of the addresses that were begun
    std::size_t running = 0;
    std::optional<std::size_t> winner;
    core::Error failure = core::fail(Reason::ConnectFailed, "connect");
    bool is_over = false;
    bool is_cancelled = false;
};

asio::awaitable<core::Result<tcp::socket>> ConnectRace::State::run(
    [[maybe_unused]] std::shared_ptr<State> self, std::vector<Endpoint> addresses,
    core::Duration each) {
    endpoints = std::move(addresses);
    timeout = each;
    done.expires_at(asio::steady_timer::time_point::max());
    if (!is_cancelled) start_next();
    if (!is_over && !is_cancelled && running > 0) co_await done.async_wait(as_result);
    std::optional<Socket> connected;
    if (winner && !is_cancelled) connected = std::move(runners[*winner]->socket);
    close();
    if (is_cancelled) co_return core::fail(Reason::ConnectFailed, "connect: closed on this side");
    if (!connected) co_return failure;
    co_return std::move(*connected);
}

// Goes past the addresses that fail at once.
void ConnectRace::State::start_next() {
    while (!is_over && runners.size() < endpoints.size()) {
        const std::size_t index = runners.size();
        runners.push_back(std::make_unique<Runner>(context));
        if (const error_code error = open(runners.back()->socket, endpoints[index])) {
            failed(index, Reason::ConnectFailed, error.message());
            continue;
        }
        return connect(index);
    }
    if (running == 0) done.cancel();
}

void ConnectRace::State::connect(std::size_t index) {
    Runner& runner = *runners[index];
    ++running;
    runner.socket.async_connect(endpoints[index], [self = shared_from_this(), index](error_code e) {
        self->ended(index, e);
    });
    runner.deadline.expires_after(timeout);
    runner.deadline.async_wait([self = shared_from_this(), index](error_code error) {
        if (error || self->is_over) return;
        Runner& late = *self->runners[index];
        late.is_late = true;
        error_code ignored;  // nothing is left to do for a socket that does not close
        late.socket.close(ignored);
    });
    if (runners.size() == endpoints.size()) return;
    head_start.expires_after(kHeadStart);
    head_start.async_wait([self = shared_from_this()](error_code error) {
        if (!error && !self->is_over) self->start_next();
    });
}

void ConnectRace::State::ended(std::size_t index, error_code error) {
    --running;
    if (is_over) return;
    Runner& runner = *runners[index];
    runner.deadline.cancel();
    if (!error) {
        winner = index;
        is_over = true;
        done.cancel();
        return;
    }
    if (runner.is_late) {
        failed(index, Reason::ConnectTimeout, "no answer in time");
    } else {
        failed(index, reason_of(error), error.message());
    }
    head_start.cancel();
    start_next();
}

void ConnectRace::State::failed(std::size_t index, Reason reason, const std::string& why) {
    failure.detail +=
        (failure.detail == "connect" ? " " : "; ") + text_of(endpoints[index]) + ": " + why;
    failure.reason = reason;
}

void ConnectRace::State::close() {
    is_over = true;
    head_start.cancel();
    for (const auto& runner : runners) {
        runner->deadline.cancel();
        error_code ignored;  // nothing is left to do for a socket that does not close
        runner->socket.close(ignored);
    }
}

ConnectRace::ConnectRace(asio::io_context& context) : state_{std::make_shared<State>(context)} {}

ConnectRace::~ConnectRace() { cancel(); }

asio::awaitable<core::Result<tcp::socket>> ConnectRace::run(std::vector<Endpoint> endpoints,
                                                            core::Duration timeout) {
    return state_->run(state_, std::move(endpoints), timeout);
}

void ConnectRace::cancel() {
    state_->is_cancelled = true;
    state_->done.cancel();
}

}  // namespace broker::net
