#include "simulator/faulty_stream.hpp"

#include <utility>

namespace broker::simulator {

using std::chrono::steady_clock;

FaultyStream::FaultyStream(const boost::asio::any_io_executor& executor, MessageFaults& faults,
                           Deliver deliver, End end)
    : timer_{executor}, faults_{faults}, deliver_{std::move(deliver)}, end_{std::move(end)} {}

void FaultyStream::pass_bytes(std::string_view bytes) {
    cutter_.append(bytes);
    if (!faults_.is_active() && !is_timed_) {
        while (!cutter_.take().empty()) {
        }
        already_delivered_ = cutter_.unfinished();
        return deliver_(bytes);
    }
    for (std::string message = cutter_.take(); !message.empty() && !is_closed_;
         message = cutter_.take()) {
        const std::size_t begun = std::exchange(already_delivered_, 0);
        if (begun > 0)
            put(message.substr(begun));  // of a message that is half there nothing is lost
        else
            pass(std::move(message));
    }
}

void FaultyStream::pass(std::string message) {
    if (is_closed_) return;
    const auto fault = faults_.is_active() ? faults_.meet_next() : std::nullopt;
    if (is_mute()) return;
    if (!fault) return put(std::move(message));
    switch (*fault) {
        case MessageFault::Drop:
            return;
        case MessageFault::Delay:
            wait(faults_.draw_delay());
            return put(std::move(message));
        case MessageFault::Duplicate:
            put(message);
            return put(std::move(message));
        case MessageFault::SwapWithNext:
            return swap_with_next(std::move(message));
        case MessageFault::FlipByte: {
            const std::size_t place = faults_.draw_below(message.size());
            message[place] = static_cast<char>(message[place] ^ 1);
            return put(std::move(message));
        }
        case MessageFault::Truncate:
            return put(message.substr(0, message.size() / 2), true);
        case MessageFault::Reset:
            is_closed_ = true;
            return end_(ConnectionEnd::Reset);
        case MessageFault::HalfOpen:
            mute_until_ = steady_clock::now() + faults_.draw_half_open();
            return;
    }
}

// Another one that waits already goes first.
void FaultyStream::swap_with_next(std::string message) {
    if (!swapped_.empty()) return put(std::move(message));
    swapped_ = std::move(message);
    if (!is_timed_) wait(faults_.longest_delay());
}

void FaultyStream::put(std::string bytes, bool ends_connection) {
    const bool is_delayed = is_timed_ && swapped_.empty();
    waiting_.push_back({std::move(bytes), ends_connection});
    if (!swapped_.empty()) waiting_.push_back({std::exchange(swapped_, {}), false});
    if (!is_delayed) flush();
}

void FaultyStream::flush() {
    is_timed_ = false;
    timer_.cancel();
    if (!swapped_.empty()) waiting_.push_back({std::exchange(swapped_, {}), false});
    const auto self = shared_from_this();
    while (!waiting_.empty() && !is_closed_) {
        const Item item = std::move(waiting_.front());
        waiting_.pop_front();
        deliver_(item.bytes);
        if (!item.ends_connection || is_closed_) continue;
        is_closed_ = true;
        end_(ConnectionEnd::Close);
    }
}

void FaultyStream::close() {
    is_closed_ = true;
    is_timed_ = false;
    timer_.cancel();
    waiting_.clear();
    swapped_.clear();
}

void FaultyStream::wait(core::Duration delay) {
    is_timed_ = true;
    timer_.expires_after(delay);
    timer_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
        const auto self = weak.lock();
        if (!error && self && !self->is_closed_) self->flush();
    });
}

// A plan that has healed has healed this too.
bool FaultyStream::is_mute() const {
    return faults_.is_active() && steady_clock::now() < mute_until_;
}

}  // namespace broker::simulator
