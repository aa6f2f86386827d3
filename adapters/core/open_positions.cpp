#include "core/open_positions.hpp"

namespace broker::core {
namespace {

// What the report says the position is; null: it says nothing that can be used.
std::optional<Decimal> net_of(const PositionReport& report) {
    if (!report.long_qty && !report.short_qty) return std::nullopt;
    return report.long_qty.value_or(Decimal{}).minus(report.short_qty.value_or(Decimal{}));
}

}  // namespace

OpenPositions::Entry* OpenPositions::entry_of(const Key& key) {
    const auto found = entries_.find(key);
    if (found != entries_.end()) return &found->second;
    if (entries_.size() < kMaxPositions) return &entries_[key];
    has_overflowed_ = true;
    return nullptr;
}

void OpenPositions::put(const PositionReport& report, bool is_picture) {
    const auto symbol = Symbol::from(report.symbol);
    const auto code = Key::from(report.position_code);
    const auto net = net_of(report);
    if (!symbol || symbol->empty() || !code || !net) {
        has_overflowed_ = true;  // there is a position that we cannot count
        return;
    }
    if (!code->empty()) is_by_code_ = true;
    Entry* const entry = entry_of(code->empty() ? *symbol : *code);
    if (entry == nullptr) return;
    if (is_picture && entry->has_moved) {
        entry->is_pictured = true;
        return;
    }
    // A venue without codes may report a symbol in several parts: they add up.
    const bool adds_up = is_picture && entry->is_pictured;
    const auto sum = adds_up ? entry->position.net.plus(*net) : net;
    entry->position = {*code, *symbol, sum.value_or(*net)};
    entry->is_pictured = is_picture;
    if (!is_picture) entry->has_moved = true;
}

void OpenPositions::begin_picture() {
    is_picturing_ = true;
    has_overflowed_ = false;
    for (auto& [key, entry] : entries_) entry.has_moved = entry.is_pictured = false;
}

void OpenPositions::add_to_picture(const PositionReport& report) {
    if (is_picturing_) put(report, true);
}

void OpenPositions::end_picture(bool is_complete) {
    if (!is_picturing_) return;
    is_picturing_ = false;
    if (!is_complete) return;
    has_base_ = true;
    std::erase_if(entries_, [](const auto& item) {
        return !item.second.is_pictured && !item.second.has_moved;
    });
}

void OpenPositions::take(const PositionReport& report) { put(report, false); }

OpenPositions::Key OpenPositions::key_of(const Order& order) const {
    if (!order.instructions.position_code.empty()) return order.instructions.position_code;
    if (is_by_code_ && order.position_effect != PositionEffect::Close) return order.order_id;
    return order.symbol;
}

void OpenPositions::book(const Applied& applied) {
    if (applied.order == nullptr || applied.fill_delta.is_zero()) return;
    const Order& order = *applied.order;
    if (order.side == Side::Unspecified || order.symbol.empty()) return;
    const Key key = key_of(order);
    Entry* const entry = key.empty() ? nullptr : entry_of(key);
    if (entry == nullptr) return;
    entry->position.symbol = order.symbol;
    if (key != order.symbol) entry->position.code = key;
    entry->has_moved = true;
    const Decimal& net = entry->position.net;
    const auto moved =
        order.side == Side::Buy ? net.plus(applied.fill_delta) : net.minus(applied.fill_delta);
    if (moved) {
        entry->position.net = *moved;
    } else {
        has_overflowed_ = true;
    }
}

std::optional<std::size_t> OpenPositions::count() const {
    if (!has_base_ || has_overflowed_) return std::nullopt;
    std::size_t open = 0;
    for_each([&](const OpenPosition&) { ++open; });
    return open;
}

std::optional<Decimal> OpenPositions::net(const Symbol& symbol) const {
    if (!has_base_ || has_overflowed_) return std::nullopt;
    std::optional<Decimal> sum = Decimal{};
    for_each([&](const OpenPosition& position) {
        if (sum && position.symbol == symbol) sum = sum->plus(position.net);
    });
    return sum;
}

}  // namespace broker::core
