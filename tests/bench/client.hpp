// What is measured: a way to send an order and to hear its answer. Also included as C++14.
#pragma once

#include <time.h>

#include <cstddef>
#include <cstdint>
#include <string>

namespace broker {
namespace bench {

// Of CLOCK_MONOTONIC, as the stage times of the ABI.
using Nanoseconds = std::int64_t;

inline Nanoseconds monotonic_now() {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return Nanoseconds{now.tv_sec} * 1000000000 + now.tv_nsec;
}

// ClOrdIDs have one width, so that messages differ in their digits alone: ORD000000001, ….
class OrderId {
public:
    static constexpr std::size_t kSize = 12;

    explicit OrderId(std::uint64_t number) {
        for (std::size_t i = kSize; i-- > 3; number /= 10) {
            text_[i] = static_cast<char>('0' + number % 10);
        }
    }
    const char* data() const { return text_; }

    // 0 if it is no such id.
    static std::uint64_t number_of(const char* text, std::size_t size) {
        if (size != kSize) return 0;
        std::uint64_t number = 0;
        for (std::size_t i = 3; i < kSize; ++i) {
            if (text[i] < '0' || text[i] > '9') return 0;
            number = number * 10 + static_cast<std::uint64_t>(text[i] - '0');
        }
        return number;
    }

private:
    char text_[kSize + 1] = "ORD000000000";
};

struct Answer {
    std::uint64_t order_number = 0;
    Nanoseconds received_at = 0;  // the client called back

    // What the adapter's ExecutionReport tells; 0 elsewhere.
    Nanoseconds written_at = 0;  // end of SSL_write
    Nanoseconds journaling = 0;  // taken from the caller -> recorded
    Nanoseconds delivery = 0;    // bytes of the report read -> callback
};

// [client's thread]
class AnswerListener {
public:
    virtual ~AnswerListener() = default;
    virtual void on_answer(const Answer& answer) = 0;
    virtual void on_failure(const std::string& text) = 0;  // no further answer will come
};

class Client {
public:
    virtual ~Client() = default;

    // Connects and logs on. Throws std::runtime_error. [host thread]
    virtual void start() = 0;

    // Sends one order: limit, buy 1000 EURUSD at 1.10000. A failure goes to the listener.
    // [host thread, or the client's thread from inside on_answer]
    virtual void submit(std::uint64_t order_number) = 0;

    // True: SSL_write has ended when submit returns. False: the answer tells when it ended.
    virtual bool writes_in_submit() const = 0;

    // The listener hears nothing more after it. [host thread]
    virtual void stop() = 0;
};

}  // namespace bench
}  // namespace broker
