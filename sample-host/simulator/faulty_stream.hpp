// One direction of one connection, with the faults that meet its messages.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/clock.hpp"
#include "simulator/message_faults.hpp"

namespace broker::simulator {

enum class ConnectionEnd {
    Close,  // orderly in TCP, without close_notify
    Reset,
};

// Messages go in whole and come out by `deliver`, at once or from the timer; `end` is called for a
// fault that ends the connection, and nothing is delivered after it. Both may call close().
// [event-thread]
class FaultyStream : public std::enable_shared_from_this<FaultyStream> {
public:
    using Deliver = std::function<void(std::string_view)>;
    using End = std::function<void(ConnectionEnd)>;

    // The faults outlive the stream and may be set anew meanwhile.
    FaultyStream(const boost::asio::any_io_executor& executor, MessageFaults& faults,
                 Deliver deliver, End end);

    // One whole message.
    void pass(std::string message);
    // Bytes as they come, in pieces. Without faults they are delivered in the same pieces.
    void pass_bytes(std::string_view bytes);

    // Delivers what waits, now.
    void flush();
    // Drops what waits; nothing is delivered from here on.
    void close();

private:
    struct Item {
        std::string bytes;
        bool ends_connection;
    };

    void put(std::string bytes, bool ends_connection = false);
    void swap_with_next(std::string message);
    void wait(core::Duration delay);
    [[nodiscard]] bool is_mute() const;

    boost::asio::steady_timer timer_;
    MessageFaults& faults_;
    Deliver deliver_;
    End end_;
    MessageCutter cutter_;
    std::size_t already_delivered_ = 0;  // of the message that the cutter has begun
    std::deque<Item> waiting_;
    std::string swapped_;  // waits for the next message
    std::chrono::steady_clock::time_point mute_until_{};
    bool is_closed_ = false;
    bool is_timed_ = false;
};

}  // namespace broker::simulator
