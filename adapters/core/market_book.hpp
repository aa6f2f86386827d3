// The book of one instrument as its entries arrive.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "core/quote.hpp"

namespace broker::core {

struct MarketBookRules {
    // Each side has one level at most: whatever comes replaces it, with or without an MDEntryID.
    bool is_top_only = false;
    // New means "this is the entry now": it replaces the one with the same type and MDEntryID, and
    // without an MDEntryID the one that has none.
    bool only_new_entries = false;
    bool is_zero_size_a_delete = false;
    std::size_t max_levels = 1'000;  // of each side, at least 1
};

struct BookLevel {
    MDEntryID id;  // empty: the venue gives none, and the price is what tells levels apart
    Decimal px;
    std::optional<Decimal> size;
    std::optional<UtcTime> time;
};

// What an entry did. The action is relative to the book before, whatever the venue called it.
struct BookChange {
    enum class Kind {
        Changed,    // as `action` says
        None,       // the book already was so: a Delete of what is not there
        Unusable,   // no price where one is needed, an id that is too long, a type or action that
                    // is not the book's or not known; the book is as before
        NotStored,  // the side is full of better prices
    };
    Kind kind = Kind::None;
    MDUpdateAction action = MDUpdateAction::Unspecified;
    BookLevel level;                   // as it is, or was before a Delete
    std::optional<BookLevel> evicted;  // the worst price made room: it is gone from the book
};

// Both sides sorted, best first; equal prices in the order they came. Bids above offers are taken
// as they come: crossed books occur between two venues' quotes. Sides keep their memory, so that
// nothing is allocated once they have grown. A value; lives in its owner.
class MarketBook {
public:
    explicit MarketBook(MarketBookRules rules) : rules_{rules} {}

    void clear();
    // A Bid, an Offer or an EmptyBook.
    [[nodiscard]] BookChange apply(const MDEntry& entry);

    // Null: the side is empty. Valid until the next change.
    [[nodiscard]] const BookLevel* best_bid() const { return best(bids_); }
    [[nodiscard]] const BookLevel* best_offer() const { return best(offers_); }
    [[nodiscard]] const std::vector<BookLevel>& bids() const { return bids_; }
    [[nodiscard]] const std::vector<BookLevel>& offers() const { return offers_; }
    [[nodiscard]] bool empty() const { return bids_.empty() && offers_.empty(); }

private:
    using Side = std::vector<BookLevel>;

    [[nodiscard]] static const BookLevel* best(const Side& side) {
        return side.empty() ? nullptr : &side.front();
    }
    [[nodiscard]] Side::iterator find(Side& side, const MDEntry& entry) const;
    [[nodiscard]] bool is_told_by_price(const MDEntry& entry) const;
    [[nodiscard]] bool is_delete(const MDEntry& entry) const;
    [[nodiscard]] static BookChange erase(Side& side, Side::iterator level);
    [[nodiscard]] BookChange insert(Side& side, bool is_bid, BookLevel level);
    [[nodiscard]] BookChange change(Side& side, bool is_bid, Side::iterator at,
                                    const MDEntry& entry);

    MarketBookRules rules_;
    Side bids_;
    Side offers_;
};

}  // namespace broker::core
