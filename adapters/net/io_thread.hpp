// The event thread: one Asio loop that owns everything of the accounts pinned to it.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>

namespace broker::net {

enum class LoopMode {
    Block,  // sleeps in the kernel until something happens
    Spin,   // polls without pause: lowest latency, one core at 100 %
};

// What components get of an event thread. Run by an IoThread.
class EventLoop {
public:
    explicit EventLoop(LoopMode mode);  // throws std::system_error without descriptors left
    EventLoop(const EventLoop&) = delete;
    EventLoop& operator=(const EventLoop&) = delete;

    [[nodiscard]] boost::asio::io_context& context() { return context_; }
    [[nodiscard]] LoopMode mode() const { return mode_; }
    // [any-thread]
    [[nodiscard]] bool is_current_thread() const;

    // Called once a turn in spin mode and after each wake-up in block mode, e.g. to drain the
    // command queue. Set before the thread runs.
    void set_on_turn(std::function<void()> on_turn) { on_turn_ = std::move(on_turn); }

    // Counts what the loop has run: between two equal numbers nothing of others has. [event-thread]
    [[nodiscard]] std::uint64_t turn() const { return turn_; }

    // Makes on_turn run soon; whatever the caller wrote before is visible to it. Calls coalesce
    // until the loop has seen them: one system call for a burst in block mode, none in spin mode.
    // [any-thread]
    void wake();

private:
    friend class IoThread;
    void run();
    void await_wake();

    LoopMode mode_;
    boost::asio::io_context context_;
    boost::asio::posix::stream_descriptor wake_event_;  // an eventfd
    std::atomic<bool> wake_pending_{false};
    std::function<void()> on_turn_;
    std::uint64_t turn_ = 0;
    std::atomic<std::thread::id> thread_{};
};

// Runs an EventLoop on a thread of its own. Constructed and destroyed on the control thread.
//
// The thread blocks the signals that a host may handle, so that its handlers run on its own
// threads. A host name lookup runs on a second thread that ends with the loop's destruction; a
// lookup that is under way then is waited for, as the C library cannot interrupt it.
class IoThread {
public:
    IoThread(LoopMode mode, std::string name);  // name: at most 15 bytes, as the system shows it
    ~IoThread();                                // stop() if need be

    [[nodiscard]] EventLoop& loop() { return loop_; }
    void start();
    // Ends the loop and joins the thread. Handlers that have not run are destroyed unrun, with the
    // loop. Not from the event thread.
    void stop();

private:
    EventLoop loop_;
    std::string name_;
    std::thread thread_;
};

}  // namespace broker::net
