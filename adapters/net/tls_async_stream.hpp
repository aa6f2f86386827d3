// A TlsStream for Asio's and Beast's composed operations.
#pragma once

#include <algorithm>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/role.hpp>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "net/asio.hpp"
#include "net/tls_stream.hpp"

namespace broker::net {

// An AsyncStream in Asio's sense. Asio knows error codes alone: what the TLS stream says is kept
// beside, in failure(). Writes complete at once; what the socket does not take waits in the TLS
// stream, bounded there. Owned by a WebSocketClient, which outlives its operations. [event-thread]
class TlsAsyncStream {
public:
    using executor_type = asio::any_io_executor;
    using ErrorCode = boost::system::error_code;

    TlsAsyncStream(asio::io_context& context, std::shared_ptr<TlsContext> tls,
                   std::size_t max_write_queue)
        : executor_{context.get_executor()}, tls_{context, std::move(tls), max_write_queue} {}

    [[nodiscard]] executor_type get_executor() const { return executor_; }
    [[nodiscard]] TlsStream& tls() { return tls_; }
    [[nodiscard]] const std::optional<core::Error>& failure() const { return failure_; }
    // The most that a read gives.
    void limit_reads(std::size_t bytes) { max_read_ = bytes; }

    template <class Buffers, class Token>
    auto async_read_some(const Buffers& buffers, Token&& token) {
        return asio::async_initiate<Token, void(ErrorCode, std::size_t)>(
            [this](auto handler, std::span<char> room) {
                asio::co_spawn(
                    executor_, tls_.read(room),
                    [this, handler = std::move(handler)](
                        std::exception_ptr bug, const core::Result<std::size_t>& count) mutable {
                        rethrow_failure(bug);
                        if (count) {
                            std::move(handler)(ErrorCode{}, *count);
                        } else {
                            std::move(handler)(keep(count.error()), std::size_t{0});
                        }
                    });
            },
            token, first_of(buffers));
    }

    template <class Buffers, class Token>
    auto async_write_some(const Buffers& buffers, Token&& token) {
        return asio::async_initiate<Token, void(ErrorCode, std::size_t)>(
            [this](auto handler, std::string bytes) {
                const auto written = tls_.write(bytes);
                const ErrorCode error = written ? ErrorCode{} : keep(written.error());
                const std::size_t count = written ? bytes.size() : 0;
                asio::post(executor_, [handler = std::move(handler), error, count]() mutable {
                    std::move(handler)(error, count);
                });
            },
            token, joined(buffers));
    }

private:
    template <class Buffers>
    std::span<char> first_of(const Buffers& buffers) const {
        for (auto each = asio::buffer_sequence_begin(buffers);
             each != asio::buffer_sequence_end(buffers); ++each) {
            const asio::mutable_buffer buffer{*each};
            if (buffer.size() == 0) continue;
            return {static_cast<char*>(buffer.data()), std::min(buffer.size(), max_read_)};
        }
        return {};
    }

    template <class Buffers>
    static std::string joined(const Buffers& buffers) {
        std::string bytes(asio::buffer_size(buffers), '\0');
        asio::buffer_copy(asio::buffer(bytes), buffers);
        return bytes;
    }

    ErrorCode keep(const core::Error& error) {
        if (!failure_) failure_ = error;
        return error.reason == core::Reason::ConnectionClosedByPeer
                   ? ErrorCode{asio::error::eof}
                   : ErrorCode{asio::error::connection_reset};
    }

    executor_type executor_;
    TlsStream tls_;
    std::optional<core::Error> failure_;
    std::size_t max_read_ = std::numeric_limits<std::size_t>::max();
};

// What Beast's WebSocket ends a connection with.
inline void teardown(boost::beast::role_type, TlsAsyncStream& stream,
                     boost::system::error_code& error) {
    stream.tls().close();
    error = {};
}

inline void beast_close_socket(TlsAsyncStream& stream) { stream.tls().close(); }

template <class Handler>
void async_teardown(boost::beast::role_type, TlsAsyncStream& stream, Handler&& handler) {
    stream.tls().close();
    asio::post(stream.get_executor(), [handler = std::forward<Handler>(handler)]() mutable {
        std::move(handler)(boost::system::error_code{});
    });
}

}  // namespace broker::net
