#include "journal/message_index.hpp"

#include <algorithm>

namespace broker::journal {

MessageIndex::MessageIndex() {
    places_.reserve(kMaxPlaces);
    set_backs_.reserve(kMaxSetBacks + 1);
}

void MessageIndex::add(core::MsgSeqNum number, std::uint64_t position) {
    if (number <= last_number_) set_back(number, position);
    last_number_ = number;
    last_position_ = position;
    has_messages_ = true;
    const bool is_far = places_.empty() || position - places_.back().position >= distance_;
    if (!is_far && !is_set_back_between(places_.back().position, position)) return;
    if (places_.size() == kMaxPlaces) thin_out();
    places_.push_back({position, number});
}

// Whether a set-back lies between the two. A place behind one stays, so that what is void needs not
// be walked through.
bool MessageIndex::is_set_back_between(std::uint64_t before, std::uint64_t position) const {
    const auto next =
        std::upper_bound(set_backs_.begin(), set_backs_.end(), before,
                         [](std::uint64_t at, const Place& place) { return at < place.position; });
    return next != set_backs_.end() && next->position <= position;
}

void MessageIndex::thin_out() {
    std::uint64_t before = begin_;
    bool is_kept = false;
    std::erase_if(places_, [&](const Place& place) {
        is_kept = !is_kept || is_set_back_between(before, place.position);
        before = place.position;
        return !is_kept;
    });
    distance_ *= 2;
}

void MessageIndex::set_back(core::MsgSeqNum number, std::uint64_t position) {
    if (number > last_number_) return;
    const auto is_covered = [&](const Place& place) { return place.number >= number; };
    std::erase_if(places_, is_covered);
    std::erase_if(set_backs_, is_covered);
    set_backs_.push_back({position, number});
    last_number_ = number == 0 ? 0 : number - 1;
    if (set_backs_.size() <= kMaxSetBacks) return;
    begin_ = set_backs_.front().position;
    set_backs_.erase(set_backs_.begin());
    std::erase_if(places_, [&](const Place& place) { return place.position < begin_; });
}

void MessageIndex::clear(std::uint64_t position) {
    begin_ = position;
    distance_ = kFirstDistance;
    last_number_ = 0;
    has_messages_ = false;
    places_.clear();
    set_backs_.clear();
}

std::uint64_t MessageIndex::find(core::MsgSeqNum number) const {
    const auto above =
        std::upper_bound(places_.begin(), places_.end(), number,
                         [](core::MsgSeqNum n, const Place& place) { return n < place.number; });
    return above == places_.begin() ? begin_ : std::prev(above)->position;
}

bool MessageIndex::is_void(core::MsgSeqNum number, std::uint64_t position) const {
    if (position < begin_) return true;
    const auto next =
        std::upper_bound(set_backs_.begin(), set_backs_.end(), position,
                         [](std::uint64_t at, const Place& place) { return at < place.position; });
    return next != set_backs_.end() && number >= next->number;
}

}  // namespace broker::journal
