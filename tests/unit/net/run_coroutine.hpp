// Runs one coroutine to its end on a test's own io_context.
#pragma once

#include <boost/asio/io_context.hpp>
#include <optional>
#include <stdexcept>

#include "net/asio.hpp"

namespace broker::test {

// Throws if it has not ended after ten seconds.
template <class T>
T run_coroutine(boost::asio::io_context& context, boost::asio::awaitable<T> coroutine) {
    std::optional<T> result;
    const auto keep_result = [&]() -> boost::asio::awaitable<void> {
        result.emplace(co_await std::move(coroutine));
    };
    net::asio::co_spawn(context, keep_result(), net::rethrow_failure);
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds{10};
    context.restart();
    while (!result && context.run_one_until(limit) > 0) {
    }
    if (!result) throw std::runtime_error{"the coroutine does not end"};
    return std::move(*result);
}

}  // namespace broker::test
