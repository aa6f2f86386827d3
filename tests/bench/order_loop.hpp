// Sends one order after the other through a client and notes how long each step takes.
#pragma once

#include <array>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "bench/client.hpp"
#include "bench/responder.hpp"

namespace broker::bench {

enum class Figure {
    Call,        // the submit call
    Written,     // submit -> end of SSL_write
    Arrived,     // submit -> the venue has read the order's last byte
    Answered,    // submit -> callback with the ExecutionReport
    Journaling,  // the adapter's own: taken -> recorded
    Delivery,    // the adapter's own: bytes of the report read -> callback
};
inline constexpr std::size_t kFigureCount = 6;

// Nanoseconds; 0: not known. Four seconds and more count as that.
using Sample = std::array<std::uint32_t, kFigureCount>;

// Who calls submit for the next order.
enum class Issue {
    Callback,    // the client's thread, from inside the callback about the order before
    HostThread,  // a thread that slept until the callback woke it
};

// One order is out at a time. Used by the host thread; outlives the client it listens to.
class OrderLoop final : public AnswerListener {
public:
    explicit OrderLoop(const Responder& venue) : venue_{venue} {}

    // One sample an order. Throws std::runtime_error if the client fails or an answer stays away.
    [[nodiscard]] std::vector<Sample> run(Client& client, Issue issue, std::size_t count);

private:
    void on_answer(const Answer& answer) override;
    void on_failure(const std::string& text) override;
    void submit_next();
    void wait_for(std::size_t answered);
    [[nodiscard]] Sample& sample_of(std::uint64_t number) { return samples_[number - first_]; }

    const Responder& venue_;
    Client* client_ = nullptr;
    Issue issue_ = Issue::Callback;
    std::vector<Sample> samples_;
    std::uint64_t first_ = 1;               // number of the pass's first order
    std::atomic<std::uint64_t> number_{0};  // of the order that is out
    std::atomic<Nanoseconds> submitted_at_{0};
    std::mutex mutex_;  // guards answered_ and failure_
    std::condition_variable changed_;
    std::size_t answered_ = 0;
    std::string failure_;
};

}  // namespace broker::bench
