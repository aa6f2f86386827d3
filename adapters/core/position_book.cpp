#include "core/position_book.hpp"

#include <utility>

namespace broker::core {
namespace {

// 1 for what adds to the position, -1 for what takes from it, 0 if that is not known.
int direction_of(Side side) {
    switch (side) {
        case Side::Buy:
            return 1;
        case Side::Sell:
        case Side::SellShort:
        case Side::SellShortExempt:
            return -1;
        case Side::Unspecified:
            return 0;
    }
    return 0;
}

}  // namespace

bool PositionBook::book(const Symbol& symbol, Side side, const Decimal& fill_delta) {
    if (fill_delta.is_zero()) return true;
    const int direction = direction_of(side);
    if (direction == 0 || symbol.empty()) return false;
    Position& position = positions_[symbol];
    position.has_moved = true;
    position.is_suspected = false;
    if (has_base_ && timing_ == Timing::MayRunAhead) position.has_base = false;
    const auto moved = [&](const Decimal& qty) {
        return direction > 0 ? qty.plus(fill_delta) : qty.minus(fill_delta);
    };
    const auto net = moved(position.net);
    const auto filled = moved(position.filled);
    if (!net || !filled) return false;
    position.net = *net;
    position.filled = *filled;
    return true;
}

void PositionBook::begin_picture(Timing timing) {
    is_picturing_ = true;
    timing_ = timing;
    for (auto& [symbol, position] : positions_) {
        position.pictured = {};
        position.has_moved = false;
        position.is_unreadable = false;
    }
}

bool PositionBook::add_to_picture(const PositionReport& report) {
    const auto symbol = Symbol::from(report.symbol);
    if (!symbol || symbol->empty()) return false;
    Position& position = positions_[*symbol];
    const auto net =
        report.long_qty.value_or(Decimal{}).minus(report.short_qty.value_or(Decimal{}));
    const auto sum = net ? position.pictured.plus(*net) : std::nullopt;
    const bool says_nothing = !report.long_qty && !report.short_qty;
    if (!sum || says_nothing) {
        position.is_unreadable = true;
        return false;
    }
    position.pictured = *sum;
    return true;
}

bool PositionBook::rebase(Position& position) const {
    const bool differs = position.has_base && position.net != position.pictured;
    position.is_suspected = differs && timing_ == Timing::MayRunAhead && !position.is_suspected;
    if (position.is_suspected) return false;
    position.net = position.pictured;
    position.has_base = true;
    return differs;
}

void PositionBook::end_picture(const VisitDifference& visit) {
    if (!is_picturing_) return;
    is_picturing_ = false;
    const bool is_first = !std::exchange(has_base_, true);
    for (auto& [symbol, position] : positions_) {
        if (is_first) position.has_base = false;
        if (position.has_moved || position.is_unreadable) continue;
        const Decimal from_fills = position.net;
        if (rebase(position)) visit({symbol, from_fills, position.pictured});
    }
}

void PositionBook::drop_picture() { is_picturing_ = false; }

std::optional<Decimal> PositionBook::net(std::string_view symbol) const {
    if (!has_base_) return std::nullopt;
    const Position* position = find(symbol);
    if (position == nullptr) return Decimal{};
    return position->has_base ? std::optional{position->net} : std::nullopt;
}

Decimal PositionBook::filled(std::string_view symbol) const {
    const Position* position = find(symbol);
    return position == nullptr ? Decimal{} : position->filled;
}

const PositionBook::Position* PositionBook::find(std::string_view symbol) const {
    const auto id = Symbol::from(symbol);
    if (!id) return nullptr;
    const auto found = positions_.find(*id);
    return found == positions_.end() ? nullptr : &found->second;
}

}  // namespace broker::core
