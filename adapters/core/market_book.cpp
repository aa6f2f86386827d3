#include "core/market_book.hpp"

#include <algorithm>
#include <utility>

namespace broker::core {
namespace {

bool is_better(bool is_bid, const Decimal& a, const Decimal& b) { return is_bid ? a > b : a < b; }

BookChange unusable() { return {BookChange::Kind::Unusable, MDUpdateAction::Unspecified, {}, {}}; }

// Behind all levels that are as good or better.
template <class Side>
auto place(Side& side, bool is_bid, const Decimal& px) {
    return std::upper_bound(side.begin(), side.end(), px,
                            [is_bid](const Decimal& value, const BookLevel& level) {
                                return is_better(is_bid, value, level.px);
                            });
}

}  // namespace

void MarketBook::clear() {
    bids_.clear();
    offers_.clear();
}

BookChange MarketBook::apply(const MDEntry& entry) {
    if (entry.type == MDEntryType::EmptyBook) {
        const bool was_empty = empty();
        clear();
        return {was_empty ? BookChange::Kind::None : BookChange::Kind::Changed,
                MDUpdateAction::New,
                {},
                {}};
    }
    if (entry.type != MDEntryType::Bid && entry.type != MDEntryType::Offer) return unusable();
    if (entry.action == MDUpdateAction::Unspecified) return unusable();
    if (entry.id.size() > MDEntryID::kCapacity) return unusable();
    if (is_told_by_price(entry) && !entry.px) return unusable();

    const bool is_bid = entry.type == MDEntryType::Bid;
    Side& side = is_bid ? bids_ : offers_;
    const auto known = find(side, entry);
    if (is_delete(entry)) return known == side.end() ? BookChange{} : erase(side, known);
    if (known != side.end()) return change(side, is_bid, known, entry);
    // Why a Change of an unknown level is a New: the level was evicted, or its New was unreadable.
    if (!entry.px) return unusable();
    return insert(side, is_bid,
                  {MDEntryID::from(entry.id).value(), *entry.px, entry.size, entry.time});
}

bool MarketBook::is_told_by_price(const MDEntry& entry) const {
    return entry.id.empty() && !rules_.only_new_entries && !rules_.is_top_only;
}

MarketBook::Side::iterator MarketBook::find(Side& side, const MDEntry& entry) const {
    // Why a Delete is looked for by its id even so: it may come behind the New that replaced it.
    if (rules_.is_top_only && (entry.id.empty() || !is_delete(entry))) return side.begin();
    return std::find_if(side.begin(), side.end(), [&](const BookLevel& level) {
        if (level.id.view() != entry.id) return false;
        return !is_told_by_price(entry) || level.px == *entry.px;
    });
}

bool MarketBook::is_delete(const MDEntry& entry) const {
    if (entry.action == MDUpdateAction::Delete) return true;
    return rules_.is_zero_size_a_delete && entry.size && entry.size->is_zero();
}

BookChange MarketBook::erase(Side& side, Side::iterator level) {
    BookChange done{BookChange::Kind::Changed, MDUpdateAction::Delete, *level, {}};
    side.erase(level);
    return done;
}

BookChange MarketBook::insert(Side& side, bool is_bid, BookLevel level) {
    BookChange done{BookChange::Kind::Changed, MDUpdateAction::New, level, {}};
    if (side.size() >= rules_.max_levels) {
        if (!is_better(is_bid, level.px, side.back().px)) {
            done.kind = BookChange::Kind::NotStored;
            return done;
        }
        done.evicted = std::move(side.back());
        side.pop_back();
    }
    side.insert(place(side, is_bid, level.px), std::move(level));
    return done;
}

// What the entry leaves out stays as it was. A level that keeps its price keeps its place.
BookChange MarketBook::change(Side& side, bool is_bid, Side::iterator at, const MDEntry& entry) {
    BookLevel level = *at;
    level.id = MDEntryID::from(entry.id).value();
    if (entry.size) level.size = entry.size;
    if (entry.time) level.time = entry.time;
    if (!entry.px || *entry.px == level.px) {
        if (entry.px) level.px = *entry.px;  // the same value; its scale may differ
        *at = level;
    } else {
        level.px = *entry.px;
        side.erase(at);
        side.insert(place(side, is_bid, level.px), level);
    }
    return {BookChange::Kind::Changed, MDUpdateAction::Change, level, {}};
}

}  // namespace broker::core
