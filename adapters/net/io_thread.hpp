// The event thread: one Asio loop that owns everything of the accounts pinned to it.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <string>
#include <thread>

namespace broker::net {

enum class LoopMode {
    Block,  // sleeps in the kernel until something happens
    Spin,   // polls without pause: lowest latency, one core at 100 %
};

// What components get of an event thread.
class EventLoop {
public:
    explicit EventLoop(LoopMode mode);

    [[nodiscard]] boost::asio::io_context& context() { return context_; }
    [[nodiscard]] LoopMode mode() const { return mode_; }
    // [any-thread]
    [[nodiscard]] bool is_current_thread() const;

    // Called once a turn in spin mode and after each wake-up in block mode, e.g. to drain the
    // command queue. Set before the thread runs.
    void set_on_turn(std::function<void()> on_turn) { on_turn_ = std::move(on_turn); }

private:
    friend class IoThread;
    LoopMode mode_;
    boost::asio::io_context context_;
    std::function<void()> on_turn_;
    std::thread::id thread_;
};

}  // namespace broker::net

namespace broker::net {

// Runs an EventLoop on a thread of its own. Constructed and destroyed on the control thread.
class IoThread {
public:
    IoThread(LoopMode mode, std::string name);  // name: at most 15 bytes, as the system shows it
    ~IoThread();                                // stop() if need be

    [[nodiscard]] EventLoop& loop() { return loop_; }
    void start();
    // Ends the loop and joins the thread. Handlers that have not run are destroyed unrun.
    void stop();

private:
    EventLoop loop_;
    std::string name_;
    std::thread thread_;
};

}  // namespace broker::net
