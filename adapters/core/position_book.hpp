// Net positions that follow from the fills, held against those that the venue reports.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "core/decimal.hpp"
#include "core/ids.hpp"
#include "core/order.hpp"
#include "core/query.hpp"

namespace broker::core {

// What the fills make of a position and what the venue says, where the two differ.
struct PositionDifference {
    const Symbol& symbol;
    Decimal from_fills;
    Decimal from_venue;
};

// The net quantity of each symbol of one account: bought less sold. The venue's first whole picture
// is the base; from there on the fills are added, and each further picture is compared. A picture
// takes a while to arrive: a symbol with a fill in the meantime is not compared, since the venue
// may have counted the fill or not, and without a base before has none yet. Where a picture and the
// fills differ, the picture becomes the base, so that each difference is told once.
//
// A picture that may run ahead of the reports, as REST's does, may count fills that are told after
// it. A symbol with a fill behind such a picture has no base until the next one, and a difference
// is told when two in a row show it with no fill between them.
//
// Memory grows with the number of symbols. Owned by the account coordinator. [event-thread]
class PositionBook {
public:
    // What an order's evidence has booked (Applied::fill_delta). False if the position is out of
    // range by this, or if the symbol or the side is not known: it is left as it was.
    bool book(const Symbol& symbol, Side side, const Decimal& fill_delta);

    // The venue's picture: begin, one call for each report, and end. A symbol without a report has
    // no position. Several reports of a symbol (one for each position code) add up.
    enum class Timing : std::uint8_t { BehindReports, MayRunAhead };
    void begin_picture(Timing timing = Timing::BehindReports);
    // False if the report cannot be used: its symbol is too long, or a quantity is out of range.
    bool add_to_picture(const PositionReport& report);
    // Tells the differences, unless this is the first picture.
    using VisitDifference = std::function<void(const PositionDifference&)>;
    void end_picture(const VisitDifference& visit);
    // The answers ended before the picture was whole: it is forgotten.
    void drop_picture();

    // Every symbol that was filled or pictured.
    template <class Visit>
    void for_each(Visit&& visit) const {
        for (const auto& [symbol, position] : positions_) visit(symbol);
    }
    // Null while there is no base.
    [[nodiscard]] std::optional<Decimal> net(std::string_view symbol) const;
    [[nodiscard]] bool has_base() const { return has_base_; }
    // From the fills alone: since the ledger was made.
    [[nodiscard]] Decimal filled(std::string_view symbol) const;

private:
    struct Position {
        Decimal net;
        Decimal filled;
        Decimal pictured;
        bool has_moved = false;      // by a fill since the picture began
        bool has_base = true;        // false: a picture may have counted a fill or not
        bool is_suspected = false;   // the last picture differed, and may have run ahead
        bool is_unreadable = false;  // in the picture
    };
    [[nodiscard]] const Position* find(std::string_view symbol) const;
    // Takes the picture as the base, unless it is to be confirmed by another one. True: it differed
    // from the fills, and that is to be told.
    [[nodiscard]] bool rebase(Position& position) const;

    std::unordered_map<Symbol, Position> positions_;
    bool has_base_ = false;
    bool is_picturing_ = false;
    Timing timing_ = Timing::BehindReports;  // of the last picture that was begun
};

}  // namespace broker::core
