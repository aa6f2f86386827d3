// Requests that wait for their turn, the urgent ones first.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

#include "core/clock.hpp"
#include "core/rate_budget.hpp"

namespace broker::core {

// Lane 0 goes before lane 1, and so on; within a lane the first come goes first. Each entry has a
// deadline: from that instant on it is out of time, is never given by pop_ready, and waits for
// expire(). Bounded: a full queue takes nothing more.
// [event-thread]
template <class T>
class LaneQueue {
public:
    static constexpr std::size_t kLanes = 4;

    explicit LaneQueue(std::size_t capacity) : capacity_{capacity} {}

    // False if the queue is full or has no such lane: `value` is as it was.
    [[nodiscard]] bool put(std::size_t lane, T&& value, MonotonicTime deadline) {
        if (lane >= kLanes || size() >= capacity_) return false;
        lanes_[lane].push_back({std::move(value), deadline});
        return true;
    }

    // The most urgent entry with time left.
    [[nodiscard]] std::optional<T> pop_ready(MonotonicTime now) {
        for (auto& lane : lanes_) {
            const auto found = std::find_if(lane.begin(), lane.end(), has_time(now));
            if (found == lane.end()) continue;
            std::optional<T> value{std::move(found->value)};
            lane.erase(found);
            return value;
        }
        return std::nullopt;
    }

    // The same, counted against the budget; nothing while the budget lets none go.
    [[nodiscard]] std::optional<T> pop_ready(MonotonicTime now, RateBudget& budget) {
        if (budget.next(now) > now) return std::nullopt;
        auto value = pop_ready(now);
        if (value) budget.take(now);
        return value;
    }

    // Those that are out of time, the most urgent first; they leave the queue.
    [[nodiscard]] std::vector<T> expire(MonotonicTime now) {
        return take_if([now](const Entry& entry) { return entry.deadline <= now; });
    }

    // All of them: nothing is kept for a later connection.
    [[nodiscard]] std::vector<T> take_all() {
        return take_if([](const Entry&) { return true; });
    }

    // Whether an entry that is put now would still wait at its deadline, given those ahead of it.
    [[nodiscard]] bool would_miss(std::size_t lane, MonotonicTime deadline, MonotonicTime now,
                                  const RateBudget& budget) const {
        std::size_t ahead = 0;
        for (std::size_t i = 0; i <= lane && i < kLanes; ++i) {
            ahead += static_cast<std::size_t>(
                std::count_if(lanes_[i].begin(), lanes_[i].end(), has_time(now)));
        }
        return budget.next_after(ahead, now) >= deadline;
    }

    [[nodiscard]] std::size_t size() const {
        std::size_t sum = 0;
        for (const auto& lane : lanes_) sum += lane.size();
        return sum;
    }
    [[nodiscard]] bool is_empty() const { return size() == 0; }

private:
    struct Entry {
        T value;
        MonotonicTime deadline;
    };
    [[nodiscard]] static auto has_time(MonotonicTime now) {
        return [now](const Entry& entry) { return entry.deadline > now; };
    }

    template <class Predicate>
    std::vector<T> take_if(Predicate is_taken) {
        std::vector<T> taken;
        for (auto& lane : lanes_) {
            if (std::none_of(lane.begin(), lane.end(), is_taken)) continue;
            std::deque<Entry> kept;
            for (Entry& entry : lane) {
                if (is_taken(entry)) {
                    taken.push_back(std::move(entry.value));
                } else {
                    kept.push_back(std::move(entry));
                }
            }
            lane.swap(kept);
        }
        return taken;
    }

    std::size_t capacity_;
    std::array<std::deque<Entry>, kLanes> lanes_;
};

}  // namespace broker::core
