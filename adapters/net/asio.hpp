// How this project uses Asio: coroutines, errors as values.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>

namespace broker::net {

namespace asio = boost::asio;

// co_await operation(..., as_result) gives a tuple that begins with the error_code; nothing is
// thrown.
inline constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

// Completion of a coroutine that nobody waits for. An exception there is a bug: it goes on to the
// loop that runs the coroutine instead of vanishing.
inline void rethrow_failure(std::exception_ptr failure) {
    if (failure) std::rethrow_exception(failure);
}

}  // namespace broker::net
