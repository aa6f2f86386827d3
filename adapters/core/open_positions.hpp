// The positions that an account has open, each by its code where the venue names them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "core/decimal.hpp"
#include "core/ids.hpp"
#include "core/order.hpp"
#include "core/order_ledger.hpp"
#include "core/query.hpp"

namespace broker::core {

struct OpenPosition {
    FixedString<64> code;  // empty: the venue nets by symbol
    Symbol symbol;
    Decimal net;  // negative: short
};

// Fed by the venue's pictures, by its reports as positions change, and by fills in between. On an
// account that names its positions, the fill of an order that opens makes a position under the
// order's OrderID until the venue names it: DXtrade gives both the same text.
// What does not fit is not kept, and makes count() and net() unknown until the next whole picture.
// [event-thread]
class OpenPositions {
public:
    static constexpr std::size_t kMaxPositions = 20'000;

    // The venue is asked for all positions. A position that is filled before the picture ends keeps
    // what the fill made of it.
    void begin_picture();
    void add_to_picture(const PositionReport& report);
    void end_picture(bool is_complete);

    // The venue's own news of one position.
    void take(const PositionReport& report);
    // What a report has booked.
    void book(const Applied& applied);

    // Null until there is a whole picture.
    [[nodiscard]] std::optional<std::size_t> count() const;
    [[nodiscard]] std::optional<Decimal> net(const Symbol& symbol) const;
    [[nodiscard]] bool is_by_code() const { return is_by_code_; }
    [[nodiscard]] bool is_known() const { return has_base_; }

    template <class Visit>
    void for_each(Visit&& visit) const {
        for (const auto& [key, entry] : entries_) {
            if (!entry.position.net.is_zero()) visit(entry.position);
        }
    }

private:
    struct Entry {
        OpenPosition position;
        bool has_moved = false;    // since the picture began
        bool is_pictured = false;  // by the one under way
    };
    using Key = FixedString<64>;
    void put(const PositionReport& report, bool is_picture);
    [[nodiscard]] Entry* entry_of(const Key& key);  // null: no room
    [[nodiscard]] Key key_of(const Order& order) const;

    std::unordered_map<Key, Entry> entries_;  // by code, or by symbol
    bool is_picturing_ = false;
    bool has_base_ = false;
    bool has_overflowed_ = false;
    bool is_by_code_ = false;
};

}  // namespace broker::core
