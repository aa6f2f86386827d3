#include "bench/order_loop.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <stdexcept>

namespace broker::bench {
namespace {

constexpr std::chrono::seconds kAnswerTimeout{5};

std::uint32_t duration(Nanoseconds from, Nanoseconds to) {
    constexpr Nanoseconds kMost = std::numeric_limits<std::uint32_t>::max();
    return static_cast<std::uint32_t>(std::clamp<Nanoseconds>(to - from, 1, kMost));
}

std::uint32_t& at(Sample& sample, Figure figure) {
    return sample[static_cast<std::size_t>(figure)];
}

}  // namespace

// In a pass of callbacks the first order still comes from the host thread: it is sent besides, and
// its sample dropped.
std::vector<Sample> OrderLoop::run(Client& client, Issue issue, std::size_t count) {
    const std::size_t besides = issue == Issue::Callback ? 1 : 0;
    client_ = &client;
    issue_ = issue;
    first_ = number_ + 1;
    samples_.assign(count + besides, Sample{});
    {
        const std::lock_guard lock{mutex_};
        answered_ = 0;
    }
    if (issue == Issue::Callback) {
        submit_next();
        wait_for(samples_.size());
    } else {
        for (std::size_t i = 1; i <= samples_.size(); ++i) {
            submit_next();
            wait_for(i);
        }
    }
    return {samples_.begin() + static_cast<std::ptrdiff_t>(besides), samples_.end()};
}

void OrderLoop::submit_next() {
    const std::uint64_t number = number_ + 1;
    const Nanoseconds begin = monotonic_now();
    submitted_at_.store(begin, std::memory_order_relaxed);
    number_.store(number, std::memory_order_release);
    client_->submit(number);
    // The answer may have been here already: it does not touch these figures.
    Sample& sample = sample_of(number);
    at(sample, Figure::Call) = duration(begin, monotonic_now());
    if (client_->writes_in_submit()) at(sample, Figure::Written) = at(sample, Figure::Call);
}

void OrderLoop::on_answer(const Answer& answer) {
    const std::uint64_t number = number_.load(std::memory_order_acquire);
    if (answer.order_number != number) {
        return on_failure("answer to order " + std::to_string(answer.order_number) +
                          " instead of " + std::to_string(number));
    }
    const Nanoseconds begin = submitted_at_.load(std::memory_order_relaxed);
    Sample& sample = sample_of(number);
    at(sample, Figure::Arrived) = duration(begin, venue_.order_read_at());
    at(sample, Figure::Answered) = duration(begin, answer.received_at);
    if (answer.written_at != 0) {
        at(sample, Figure::Written) = duration(begin, answer.written_at);
        at(sample, Figure::Journaling) = duration(0, answer.journaling);
        at(sample, Figure::Delivery) = duration(0, answer.delivery);
    }
    const std::size_t answered = number - first_ + 1;
    if (issue_ == Issue::Callback && answered < samples_.size()) return submit_next();
    {
        const std::lock_guard lock{mutex_};
        answered_ = answered;
    }
    changed_.notify_one();
}

void OrderLoop::on_failure(const std::string& text) {
    {
        const std::lock_guard lock{mutex_};
        if (failure_.empty()) failure_ = text;
    }
    changed_.notify_one();
}

// As long as there is progress: a slow machine is no failure.
void OrderLoop::wait_for(std::size_t answered) {
    std::unique_lock lock{mutex_};
    std::uint64_t newest = number_;
    const auto is_over = [&] { return answered_ >= answered || !failure_.empty(); };
    while (!changed_.wait_for(lock, kAnswerTimeout, is_over)) {
        if (number_ == newest) {
            throw std::runtime_error{"no answer to order " + std::to_string(newest)};
        }
        newest = number_;
    }
    if (!failure_.empty()) throw std::runtime_error{failure_};
}

}  // namespace broker::bench
