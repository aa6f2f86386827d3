// A port on loopback that accepts connections, and refuses them when told to.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <functional>
#include <memory>

namespace broker::simulator {

// Connections have TCP_NODELAY. Accepting goes on over errors, after a pause. Ends with the object.
// [event-thread]
class LoopbackListener {
public:
    using Serve = std::function<void(boost::asio::ip::tcp::socket)>;

    LoopbackListener(boost::asio::io_context& context, Serve serve);
    ~LoopbackListener();  // the context no longer runs
    LoopbackListener(const LoopbackListener&) = delete;
    LoopbackListener& operator=(const LoopbackListener&) = delete;

    // 0: the system chooses, once. With `is_refusing` the port is known and nobody listens on it.
    // Throws std::runtime_error for a port that is taken.
    void listen(std::uint16_t port, bool is_refusing);
    // Before listen() it does nothing. Throws as listen() if refusing ends.
    void refuse(bool is_refusing);
    [[nodiscard]] std::uint16_t port() const;

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace broker::simulator
