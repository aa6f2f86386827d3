// What the files that see Beast share.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <string>

namespace broker::simulator {

using RestStream = boost::beast::ssl_stream<boost::beast::tcp_stream>;
inline constexpr auto as_rest_result = boost::asio::as_tuple(boost::asio::use_awaitable);

// In gzip's format.
[[nodiscard]] std::string gzipped(const std::string& text);

}  // namespace broker::simulator
