#include "dxtrade/push/history_look_ups.hpp"

#include <algorithm>

namespace broker::dxtrade::push {

void HistoryLookUps::begin(TrackedOrder& order, core::MonotonicTime now) {
    if (order.look_up) return;
    order.look_up = std::make_unique<OpenLookUp>(
        OpenLookUp{core::Backoff{rules_.backoff, rules_.seed + order.serial}, now, {}, 0});
    open_.insert(order.serial);
}

void HistoryLookUps::end(TrackedOrder& order) {
    order.look_up.reset();
    open_.erase(order.serial);
}

void HistoryLookUps::put_off(OpenLookUp& look_up, core::MonotonicTime now) {
    look_up.answer_by.reset();
    look_up.due = now + look_up.backoff.next();
}

bool HistoryLookUps::answered(TrackedOrder& order, core::MonotonicTime now) {
    put_off(*order.look_up, now);
    return ++order.look_up->answers < rules_.max_answers;
}

void HistoryLookUps::failed(TrackedOrder& order, core::MonotonicTime now) {
    put_off(*order.look_up, now);
}

std::vector<OrderLookUp> HistoryLookUps::take_due(core::MonotonicTime now) {
    std::vector<TrackedOrder*> due;
    std::size_t asked = 0;
    for (const std::uint64_t serial : open_) {
        TrackedOrder& order = *orders_.find(serial);
        OpenLookUp& look_up = *order.look_up;
        if (look_up.answer_by && now >= *look_up.answer_by) put_off(look_up, now);
        if (look_up.answer_by) {
            ++asked;
        } else if (now >= look_up.due) {
            due.push_back(&order);
        }
    }
    const std::size_t room = rules_.max_at_once - std::min(asked, rules_.max_at_once);
    const std::size_t count = std::min(room, due.size());
    std::partial_sort(due.begin(), due.begin() + static_cast<std::ptrdiff_t>(count), due.end(),
                      [](const TrackedOrder* a, const TrackedOrder* b) {
                          return a->look_up->due < b->look_up->due;
                      });
    due.resize(count);
    std::vector<OrderLookUp> names;
    for (TrackedOrder* order : due) {
        order->look_up->answer_by = now + rules_.timeout;
        names.push_back(order->names);
    }
    return names;
}

}  // namespace broker::dxtrade::push
