#include "core/fill_book.hpp"

#include <algorithm>
#include <charconv>

#include "core/report_rules.hpp"

namespace broker::core {
namespace {

bool is_trade(ExecType exec_type) {
    return exec_type == ExecType::Trade || is_trade_change(exec_type);
}

// "0" is what FIX 4.4 prescribes where there is no execution to name.
bool names_execution(std::string_view exec_id) { return !exec_id.empty() && exec_id != "0"; }

// A sum beyond the range leaves the quantity as it was: no venue's order is that large.
Decimal sum(const Decimal& a, const Decimal& b) { return a.plus(b).value_or(a); }
Decimal difference(const Decimal& a, const Decimal& b) { return a.minus(b).value_or(a); }

// An id too long to be kept is told apart by its beginning and a hash of the whole.
ExecID kept_exec_id(std::string_view text) {
    if (const auto id = ExecID::from(text)) return *id;
    std::array<char, ExecID::kCapacity> shortened{};
    std::array<char, 16> hash{};
    const auto end = std::to_chars(hash.data(), hash.data() + hash.size(),
                                   std::hash<std::string_view>{}(text), 16);
    auto* at = std::copy_n(text.data(), shortened.size() - hash.size(), shortened.data());
    at = std::copy(hash.data(), end.ptr, at);
    return *ExecID::from({shortened.data(), static_cast<std::size_t>(at - shortened.data())});
}

}  // namespace

std::size_t FillBook::KeyHash::operator()(const Key& key) const noexcept {
    const std::size_t ids =
        std::hash<OrderID>{}(key.order_id) * 31 + std::hash<ExecID>{}(key.exec_id);
    return ids * 31 + key.order_serial * 2 + static_cast<std::size_t>(key.is_trade);
}

FillBook::FillBook(std::size_t max_executions, std::pmr::memory_resource* memory)
    : max_executions_{std::max<std::size_t>(max_executions, 2)}, executions_{memory} {}

FillBook::Key FillBook::key_of(const OrderRecord& record, const ExecutionReport& report,
                               std::string_view exec_id) {
    const auto order_id = OrderID::from(report.order_id);
    Key key;
    key.order_serial = record.serial;
    key.is_trade = is_trade(report.exec_type);
    key.order_id = order_id && !order_id->empty() ? *order_id : record.order.order_id;
    key.exec_id = kept_exec_id(exec_id);
    return key;
}

FillBook::Execution* FillBook::find(const Key& key) {
    const auto found = executions_.find(key);
    return found == executions_.end() ? nullptr : &found->second;
}

FillBook::Key FillBook::changed_key(const OrderRecord& record,
                                    const ExecutionReport& report) const {
    Key key = key_of(record, report, report.exec_ref_id);
    if (executions_.contains(key)) return key;
    for (const OrderID& earlier : record.order_ids) {  // booked before a replace renamed the order
        Key candidate = key;
        candidate.order_id = earlier;
        if (executions_.contains(candidate)) return candidate;
    }
    return key;
}

FillBook::Execution* FillBook::add(const Key& key, const Decimal& qty) {
    if (executions_.size() >= max_executions_) forget_oldest();
    const auto [at, is_new] = executions_.try_emplace(key);
    Execution& execution = at->second;
    if (!is_new) return &execution;
    execution.qty = qty;
    execution.key = &at->first;
    (newest_ != nullptr ? newest_->newer : oldest_) = &execution;
    newest_ = &execution;
    return &execution;
}

void FillBook::forget_oldest() {
    Execution* next = oldest_->newer;
    const Key key = *oldest_->key;
    executions_.erase(key);
    oldest_ = next;
    if (next == nullptr) newest_ = nullptr;
    has_forgotten_ = true;
}

bool FillBook::is_repeated(const OrderRecord& record, const ExecutionReport& report) const {
    if (report.exec_type == ExecType::OrderStatus) return false;
    const bool is_named = names_execution(report.exec_id);
    if (is_named && executions_.contains(key_of(record, report, report.exec_id))) return true;
    // Without a name, or if it may have been forgotten: a fill that the order's CumQty has no room
    // for was counted before.
    if (report.exec_type != ExecType::Trade || !report.cum_qty || !report.last_qty) return false;
    if (is_named && !(report.is_poss_dup && has_forgotten_)) return false;
    const Order& order = record.order;
    return *report.cum_qty <= order.cum_qty &&
           sum(order.filled_qty, *report.last_qty) > order.cum_qty;
}

void FillBook::book(OrderRecord& record, const ExecutionReport& report) {
    Order& order = record.order;
    if (report.exec_type == ExecType::Trade) {
        book_trade(record, report);
    } else if (is_trade_change(report.exec_type)) {
        book_trade_change(record, report);
    } else {
        if (report.exec_type != ExecType::OrderStatus && names_execution(report.exec_id)) {
            add(key_of(record, report, report.exec_id), {});
        }
        order.cum_qty = std::max(order.cum_qty, report.cum_qty.value_or(Decimal{}));
    }
    record.unseen_qty = std::min(record.unseen_qty, difference(order.cum_qty, order.filled_qty));
    const bool is_current = !report.cum_qty || *report.cum_qty == order.cum_qty;
    if (report.avg_px && is_current) order.avg_px = report.avg_px;
}

void FillBook::book_trade(OrderRecord& record, const ExecutionReport& report) {
    Order& order = record.order;
    const Decimal qty = report.last_qty.value_or(Decimal{});
    if (names_execution(report.exec_id)) add(key_of(record, report, report.exec_id), qty);
    order.filled_qty = sum(order.filled_qty, qty);
    order.cum_qty = std::max({order.cum_qty, order.filled_qty, report.cum_qty.value_or(Decimal{})});
}

// FIX 4.4, ExecType (150) G and H: the execution that ExecRefID (19) names counts for LastQty (32)
// from here on, or for nothing. Corrections of corrections name either the first or the last one.
void FillBook::book_trade_change(OrderRecord& record, const ExecutionReport& report) {
    Order& order = record.order;
    const Key ref_key = changed_key(record, report);
    Execution* changed = find(ref_key);
    const bool is_known = changed != nullptr;
    if (!is_known && names_execution(report.exec_ref_id) && report.exec_ref_id != report.exec_id) {
        // Overtook what it changes: the place is taken, so that the fill will not count any more.
        add(ref_key, {});
    }
    while (changed != nullptr && changed->replaced_by != nullptr) changed = changed->replaced_by;

    const Decimal before = is_known ? changed->qty : Decimal{};
    const Decimal after =
        report.exec_type == ExecType::TradeCorrect ? report.last_qty.value_or(before) : Decimal{};
    const Decimal change = difference(after, before);
    order.filled_qty = sum(order.filled_qty, change);
    const Decimal cum =
        is_known ? sum(order.cum_qty, change) : report.cum_qty.value_or(order.cum_qty);
    order.cum_qty = std::max({cum, order.filled_qty, report.cum_qty.value_or(Decimal{})});

    if (!names_execution(report.exec_id)) {
        if (is_known) changed->qty = after;
        return;
    }
    if (is_known) changed->qty = Decimal{};
    Execution* change_record = add(key_of(record, report, report.exec_id), after);
    // Found again, since adding may have forgotten it.
    for (Execution* at = find(ref_key); at != nullptr && at != change_record;) {
        Execution* next = at->replaced_by;
        at->replaced_by = change_record;
        at = next;
    }
}

bool FillBook::is_fill_missing(const OrderRecord& record) {
    const Order& order = record.order;
    const Decimal known = sum(order.filled_qty, record.unseen_qty);
    return known < order.cum_qty || (order.status == OrdStatus::Filled && known < order.order_qty);
}

}  // namespace broker::core
