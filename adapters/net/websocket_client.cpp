#include "net/websocket_client.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/websocket/error.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <deque>
#include <utility>

#include "core/thread_bound.hpp"
#include "net/asio.hpp"
#include "net/http_request_text.hpp"
#include "net/tls_async_stream.hpp"
#include "net/uri.hpp"

namespace broker::net {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
using core::Reason;
using core::Result;
using ErrorCode = boost::system::error_code;

// Room for the frames around what the write queue may hold, and for answers to pings.
constexpr std::size_t kFrameRoom = 64U << 10U;
// Why: Beast 1.81 fails if more than 1.5 KiB of frames come in one piece with a long answer to
// the upgrade.
constexpr std::size_t kUpgradeRead = 512;
constexpr unsigned kTryAgainLater = 1013;
constexpr std::size_t kMaxWords = 200;

// How it came to an end.
struct Ending {
    Reason reason = Reason::None;
    std::string text;
    unsigned close_code = 0;
};

// The beginning of what a peer says, for people.
std::string words_of(std::string_view text) {
    std::string words{text.substr(0, kMaxWords)};
    for (char& each : words) {
        if (each < ' ' || each == '\x7F') each = ' ';
    }
    return words;
}

Ending refusal(const websocket::response_type& response) {
    std::string text = "WebSocket: the upgrade is refused: HTTP " +
                       std::to_string(response.result_int()) + " " +
                       words_of({response.reason().data(), response.reason().size()});
    if (!response.body().empty()) text += ": " + words_of(response.body());
    return {Reason::PushRefused, std::move(text)};
}

}  // namespace

struct WebSocketClient::Impl : std::enable_shared_from_this<Impl> {
    using Self = std::shared_ptr<Impl>;

    Impl(asio::io_context& context_, const core::Clock& clock_, std::shared_ptr<TlsContext> tls_,
         WebSocketSettings settings_, WebSocketListener& listener_)
        : context{context_},
          clock{clock_},
          settings{std::move(settings_)},
          listener{&listener_},
          stream{context_, std::move(tls_), settings.max_write_queue_bytes + kFrameRoom},
          timer{context_} {}

    void open();
    Result<void> send(std::string text);
    void close();
    void abandon();

    asio::awaitable<void> run(Self self);
    asio::awaitable<Ending> converse();
    asio::awaitable<Ending> connect();
    asio::awaitable<Ending> upgrade();
    asio::awaitable<Ending> receive();
    asio::awaitable<void> flush(Self self);
    asio::awaitable<void> shake_hands_and_close(Self self);

    Result<void> check_settings() const;
    void set_options();
    Ending ending_of(const ErrorCode& error);
    void set_deadline(core::Duration timeout);
    void clear_deadline();
    [[nodiscard]] TlsStream& tls() { return stream.next_layer().tls(); }

    core::ThreadBound thread;
    asio::io_context& context;
    const core::Clock& clock;
    const WebSocketSettings settings;
    WebSocketListener* listener;  // null once it hears nothing more
    websocket::stream<TlsAsyncStream> stream;
    asio::steady_timer timer;
    std::uint64_t deadlines = 0;  // set so far; tells a late one from the current

    bool is_begun = false;
    bool is_open = false;
    bool is_closing = false;  // by close()
    bool is_timed_out = false;
    beast::flat_buffer buffer;
    std::deque<std::string> queue;
    std::size_t queued_bytes = 0;
    bool is_flushing = false;
};

void WebSocketClient::Impl::open() {
    thread.check();
    if (std::exchange(is_begun, true)) return;
    asio::co_spawn(context, run(shared_from_this()), rethrow_failure);
}

asio::awaitable<void> WebSocketClient::Impl::run([[maybe_unused]] Self self) {
    Ending ending = co_await converse();
    if (is_closing) ending = {Reason::StoppedByHost, "WebSocket: closed by this side", 0};
    is_open = false;
    clear_deadline();
    tls().close();
    queue.clear();
    queued_bytes = 0;
    WebSocketListener* const told = std::exchange(listener, nullptr);
    const std::string peer = host_and_port(settings.host, settings.port);
    if (told != nullptr) {
        told->on_closed(ending.reason, peer + ": " + ending.text, ending.close_code);
    }
}

// The whole life; each step gives Reason::None if the next one may follow.
asio::awaitable<Ending> WebSocketClient::Impl::converse() {
    if (const auto checked = check_settings(); !checked) {
        co_return Ending{checked.error().reason, checked.error().detail};
    }
    Ending ending = co_await connect();
    if (ending.reason == Reason::None) ending = co_await upgrade();
    if (ending.reason == Reason::None) ending = co_await receive();
    co_return ending;
}

Result<void> WebSocketClient::Impl::check_settings() const {
    bool is_good = settings.target.starts_with('/') && is_header_value(settings.target) &&
                   settings.target.find(' ') == std::string::npos &&
                   is_header_value(settings.host) && is_header_value(settings.user_agent);
    for (const HttpHeader& header : settings.headers) {
        is_good = is_good && is_header_name(header.name) && is_header_value(header.value);
    }
    if (is_good) return {};
    return core::fail(Reason::InvalidField,
                      "WebSocket: a target or a header that no request can hold");
}

asio::awaitable<Ending> WebSocketClient::Impl::connect() {
    std::string name = settings.server_name.empty() ? settings.host : settings.server_name;
    auto connected = co_await tls().connect(settings.host, settings.port, settings.connect_timeout);
    if (connected) {
        connected = co_await tls().handshake(std::move(name), settings.handshake_timeout);
    }
    if (!connected) co_return Ending{connected.error().reason, connected.error().detail};
    co_return Ending{};
}

void WebSocketClient::Impl::set_options() {
    stream.set_option(websocket::stream_base::decorator([this](websocket::request_type& request) {
        request.set(http::field::user_agent,
                    settings.user_agent.empty() ? "dxtrade-adapter" : settings.user_agent);
        for (const HttpHeader& header : settings.headers) request.set(header.name, header.value);
    }));
    stream.read_message_max(settings.max_message_bytes);
    stream.auto_fragment(false);
    stream.text(true);
}

asio::awaitable<Ending> WebSocketClient::Impl::upgrade() {
    set_options();
    std::string host = host_and_port(settings.host, settings.port);
    if (settings.port == "443") host.erase(host.size() - std::string_view{":443"}.size());
    stream.next_layer().limit_reads(kUpgradeRead);
    set_deadline(settings.handshake_timeout);
    websocket::response_type response;
    const auto [error] =
        co_await stream.async_handshake(response, host, settings.target, as_result);
    clear_deadline();
    if (error == websocket::error::upgrade_declined) co_return refusal(response);
    if (error) co_return ending_of(error);
    stream.next_layer().limit_reads(std::numeric_limits<std::size_t>::max());
    co_return Ending{};
}

asio::awaitable<Ending> WebSocketClient::Impl::receive() {
    if (listener == nullptr || is_closing) co_return Ending{};
    is_open = true;
    listener->on_open();
    while (listener != nullptr) {
        buffer.clear();
        const auto [error, count] = co_await stream.async_read(buffer, as_result);
        if (error) co_return ending_of(error);
        // Why: a message that was under way when close() was called is of no interest any more.
        if (listener == nullptr || is_closing) continue;
        listener->on_message({static_cast<const char*>(buffer.data().data()), count},
                             clock.monotonic());
    }
    co_return Ending{};
}

Ending WebSocketClient::Impl::ending_of(const ErrorCode& error) {
    if (is_timed_out) {
        return {Reason::HttpTimeout, "WebSocket: no answer to the upgrade in time"};
    }
    if (error == websocket::error::closed) {
        const auto& said = stream.reason();
        const auto code = static_cast<unsigned>(said.code);
        return {code == kTryAgainLater ? Reason::PushSlowConsumer : Reason::ConnectionClosedByPeer,
                "WebSocket: closed by the peer, code " + std::to_string(code) + " \"" +
                    words_of({said.reason.data(), said.reason.size()}) + "\"",
                code};
    }
    if (error == websocket::error::message_too_big || error == websocket::error::buffer_overflow) {
        return {Reason::HttpResponseTooLarge, "WebSocket: a message of more than " +
                                                  std::to_string(settings.max_message_bytes) +
                                                  " bytes"};
    }
    const auto& failure = stream.next_layer().failure();
    if (failure && error != websocket::condition::protocol_violation) {
        return {failure->reason, failure->detail};
    }
    return {Reason::HttpResponseMalformed, "WebSocket: " + error.message()};
}

Result<void> WebSocketClient::Impl::send(std::string text) {
    thread.check();
    if (!is_open || is_closing) {
        return core::fail(Reason::ConnectionLost, "WebSocket: not open");
    }
    const std::size_t waiting = queued_bytes + tls().queued();
    if (waiting + text.size() > settings.max_write_queue_bytes) {
        return core::fail(Reason::WriteQueueFull, "WebSocket: the peer does not read, " +
                                                      std::to_string(waiting) +
                                                      " bytes wait already");
    }
    queued_bytes += text.size();
    queue.push_back(std::move(text));
    if (!std::exchange(is_flushing, true)) {
        asio::co_spawn(context, flush(shared_from_this()), rethrow_failure);
    }
    return {};
}

asio::awaitable<void> WebSocketClient::Impl::flush([[maybe_unused]] Self self) {
    while (!queue.empty()) {
        const std::string text = std::move(queue.front());
        queue.pop_front();
        const auto [error, count] = co_await stream.async_write(asio::buffer(text), as_result);
        if (error) break;  // the pending read ends with it too
        queued_bytes -= std::min(queued_bytes, text.size());
    }
    is_flushing = false;
}

void WebSocketClient::Impl::close() {
    thread.check();
    if (std::exchange(is_closing, true)) return;
    if (!is_open) {
        tls().close();
        return;
    }
    asio::co_spawn(context, shake_hands_and_close(shared_from_this()), rethrow_failure);
}

asio::awaitable<void> WebSocketClient::Impl::shake_hands_and_close([[maybe_unused]] Self self) {
    if (!is_open) co_return;
    set_deadline(settings.close_timeout);
    co_await stream.async_close(websocket::close_code::normal, as_result);
    tls().close();
}

void WebSocketClient::Impl::abandon() {
    listener = nullptr;
    is_open = false;
    clear_deadline();
    tls().close();
}

// Ends the connection if it is not cleared in time.
void WebSocketClient::Impl::set_deadline(core::Duration timeout) {
    const std::uint64_t number = ++deadlines;
    timer.expires_after(timeout);
    timer.async_wait([this, number, self = weak_from_this()](const ErrorCode& error) {
        const auto alive = self.lock();
        if (error || !alive || number != deadlines) return;
        is_timed_out = true;
        tls().close();
    });
}

void WebSocketClient::Impl::clear_deadline() {
    ++deadlines;
    timer.cancel();
}

WebSocketClient::WebSocketClient(asio::io_context& context, const core::Clock& clock,
                                 std::shared_ptr<TlsContext> tls, WebSocketSettings settings,
                                 WebSocketListener& listener)
    : impl_{std::make_shared<Impl>(context, clock, std::move(tls), std::move(settings), listener)} {
}

WebSocketClient::~WebSocketClient() { impl_->abandon(); }

void WebSocketClient::open() { impl_->open(); }

Result<void> WebSocketClient::send(std::string text) { return impl_->send(std::move(text)); }

void WebSocketClient::close() { impl_->close(); }

bool WebSocketClient::is_open() const { return impl_->is_open && !impl_->is_closing; }

}  // namespace broker::net
