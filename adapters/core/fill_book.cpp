#include "core/fill_book.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/change_rules.hpp"
#include "core/report_rules.hpp"

namespace broker::core {
namespace {

// "0" is what FIX 4.4 prescribes where there is no execution to name.
bool names_execution(std::string_view exec_id) { return !exec_id.empty() && exec_id != "0"; }

// A sum beyond the range leaves the quantity as it was: no venue's order is that large.
Decimal sum(const Decimal& a, const Decimal& b) { return a.plus(b).value_or(a); }
Decimal difference(const Decimal& a, const Decimal& b) { return a.minus(b).value_or(a); }

ExecutionKind kind_of(ExecType exec_type) {
    if (exec_type == ExecType::Trade) return ExecutionKind::Trade;
    return is_trade_change(exec_type) ? ExecutionKind::Change : ExecutionKind::Other;
}

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

ExecutionKey key_of(const OrderRecord& record, const ExecutionReport& report, ExecutionKind kind,
                    std::string_view exec_id) {
    const auto order_id = OrderID::from(report.order_id);
    ExecutionKey key;
    key.order_serial = record.serial;
    key.kind = kind;
    key.order_id = order_id && !order_id->empty() ? *order_id : record.order.order_id;
    key.exec_id = kept_exec_id(exec_id);
    return key;
}

ExecutionContent content_of(const OrderRecord& record, const ExecutionReport& report) {
    ExecutionContent content;
    content.order_serial = record.serial;
    content.exec_type = report.exec_type;
    if (kind_of(report.exec_type) != ExecutionKind::Other) content.qty = report.last_qty;
    content.cum_qty = report.cum_qty;
    return content;
}

// By what makes an execution: the rest may differ between a report and its repetition.
bool has_content_of(const Execution& execution, const ExecutionReport& report) {
    if (execution.content.exec_type != report.exec_type) return false;
    if (kind_of(report.exec_type) == ExecutionKind::Other) return true;
    const auto agree = [](const std::optional<Decimal>& a, const std::optional<Decimal>& b) {
        return !a || !b || *a == *b;
    };
    return agree(execution.content.qty, report.last_qty) &&
           agree(execution.last_px, report.last_px);
}

// What the report says beside the order's status and terms is nothing.
bool is_all_in_status(ExecType exec_type) {
    switch (exec_type) {
        case ExecType::Unspecified:
        case ExecType::Triggered:
        case ExecType::Calculated:
        case ExecType::Restated:
            return false;
        default:
            return true;
    }
}

// A fill that the order's CumQty has no room for was counted before.
bool has_room(const OrderRecord& record, const ExecutionReport& report) {
    if (!report.cum_qty || !report.last_qty) return true;
    const Order& order = record.order;
    return *report.cum_qty > order.cum_qty ||
           sum(order.filled_qty, *report.last_qty) <= order.cum_qty;
}

}  // namespace

Familiarity FillBook::look_up(const OrderRecord& record, const ExecutionReport& report) {
    if (report.exec_type == ExecType::OrderStatus) return Familiarity::News;
    const ExecutionKind kind = kind_of(report.exec_type);
    const bool is_named = names_execution(report.exec_id);
    if (is_named) {
        Execution* known = executions_.find(key_of(record, report, kind, report.exec_id));
        if (known != nullptr) return look_up_known(*known, record, report);
    }
    if (is_copy(record, report)) return Familiarity::Copy;
    if (kind != ExecutionKind::Trade || has_room(record, report)) return Familiarity::News;
    // Without a name, or if it may have been forgotten.
    const bool may_be_forgotten = report.is_poss_dup && executions_.has_forgotten();
    return !is_named || may_be_forgotten ? Familiarity::Repeated : Familiarity::News;
}

Familiarity FillBook::look_up_known(Execution& known, const OrderRecord& record,
                                    const ExecutionReport& report) {
    if (known.channels == 0) return Familiarity::Repeated;  // changed before it came
    if (known.is_unread && report.last_qty) return Familiarity::News;
    if (has_content_of(known, report)) {
        const ChannelMask channel = bit_of(report.channel);
        // Why trades alone: counters of two channels may agree at first, as on an order's New.
        const bool is_trade = known.content.exec_type == ExecType::Trade;
        if (is_trade && known.content == content_of(record, report)) {
            learn_sharing(known.named_by, report.channel);
            known.named_by |= channel;
        }
        if ((known.channels & channel) != 0) return Familiarity::Repeated;
        known.channels |= channel;
        return Familiarity::Copy;
    }
    switch (kind_of(report.exec_type)) {
        case ExecutionKind::Other:  // books nothing: whatever it says may be applied
            return Familiarity::ReusedNews;
        case ExecutionKind::Trade:
            // Why room alone is not enough: it must be a fill that CumQty counts in addition.
            return report.cum_qty && *report.cum_qty > record.order.cum_qty
                       ? Familiarity::ReusedNews
                       : Familiarity::ReusedIgnored;
        case ExecutionKind::Change:
            break;
    }
    return Familiarity::ReusedIgnored;
}

bool FillBook::is_copy(const OrderRecord& record, const ExecutionReport& report) {
    const ExecutionKind kind = kind_of(report.exec_type);
    const ChannelMask own = bit_of(report.channel);
    if ((record.channels & ~own) == 0) return false;
    if (kind == ExecutionKind::Other) return is_all_in_status(report.exec_type);
    const ChannelMask others = ~(own | sharing_with(own));
    if (kind == ExecutionKind::Trade && (record.trade_channels & others) != 0 &&
        !has_room(record, report)) {
        return true;
    }
    return find_copied(record, report) != nullptr;
}

// What the report copies under an id of its channel's own.
Execution* FillBook::find_copied(const OrderRecord& record, const ExecutionReport& report) {
    if (!report.cum_qty) return nullptr;
    const ChannelMask own = bit_of(report.channel);
    return executions_.find_copied(content_of(record, report), own, sharing_with(own));
}

ChannelMask FillBook::sharing_with(ChannelMask channels) const {
    ChannelMask sharing = 0;
    for (std::size_t i = 0; i < sharing_.size(); ++i) {
        if ((channels >> i & 1U) != 0) sharing |= sharing_[i];
    }
    return sharing & ~channels;
}

void FillBook::learn_sharing(ChannelMask channels, Channel channel) {
    const ChannelMask others = channels & ~bit_of(channel);
    sharing_[static_cast<std::size_t>(channel)] |= others;
    for (std::size_t i = 0; i < sharing_.size(); ++i) {
        if ((others >> i & 1U) != 0) sharing_[i] |= bit_of(channel);
    }
}

ExecutionKey FillBook::changed_key(const OrderRecord& record, const ExecutionReport& report) {
    for (const ExecutionKind kind : {ExecutionKind::Trade, ExecutionKind::Change}) {
        ExecutionKey key = key_of(record, report, kind, report.exec_ref_id);
        if (executions_.find(key) != nullptr) return key;
        for (const OrderID& earlier : record.order_ids) {  // booked before a replace renamed it
            key.order_id = earlier;
            if (executions_.find(key) != nullptr) return key;
        }
    }
    return key_of(record, report, ExecutionKind::Trade, report.exec_ref_id);
}

void FillBook::book(OrderRecord& record, const ExecutionReport& report, Familiarity familiarity) {
    Order& order = record.order;
    const ExecutionKind kind = kind_of(report.exec_type);
    if (kind != ExecutionKind::Other) record.trade_channels |= bit_of(report.channel);
    if (kind != ExecutionKind::Other && familiarity == Familiarity::Copy) {
        book_copy(record, report);
    } else if (kind == ExecutionKind::Trade) {
        book_trade(record, report);
    } else if (kind == ExecutionKind::Change) {
        book_trade_change(record, report);
    } else {
        if (report.exec_type != ExecType::OrderStatus && names_execution(report.exec_id)) {
            note(record, report);
        }
        order.cum_qty = std::max(order.cum_qty, report.cum_qty.value_or(Decimal{}));
    }
    record.unseen_qty = std::min(record.unseen_qty, difference(order.cum_qty, order.filled_qty));
    const bool is_current = !report.cum_qty || *report.cum_qty == order.cum_qty;
    // Why not over another one: a witness may round otherwise.
    const bool is_better = !order.avg_px || !is_witness(record, report.channel);
    if (report.avg_px && is_current && is_better) order.avg_px = report.avg_px;
}

// Remembers the execution that the report names.
Execution& FillBook::note(const OrderRecord& record, const ExecutionReport& report) {
    const ExecutionKind kind = kind_of(report.exec_type);
    Execution& execution = executions_.add(key_of(record, report, kind, report.exec_id));
    execution.channels |= bit_of(report.channel);
    execution.named_by |= bit_of(report.channel);
    execution.last_px = report.last_px;
    executions_.set_content(execution, content_of(record, report), kind != ExecutionKind::Other);
    return execution;
}

void FillBook::book_trade(OrderRecord& record, const ExecutionReport& report) {
    Order& order = record.order;
    const Decimal qty = report.last_qty.value_or(Decimal{});
    if (names_execution(report.exec_id)) {
        Execution& execution = note(record, report);
        Execution& counting = last_of(execution);
        counting.qty = &counting == &execution ? qty : counting.qty;
        execution.is_unread = !report.last_qty;
    }
    order.filled_qty = sum(order.filled_qty, qty);
    order.cum_qty = std::max({order.cum_qty, order.filled_qty, report.cum_qty.value_or(Decimal{})});
}

// FIX 4.4, ExecType (150) G and H: the execution that ExecRefID (19) names counts for LastQty (32)
// from here on, or for nothing. Corrections of corrections name either the first or the last one.
void FillBook::book_trade_change(OrderRecord& record, const ExecutionReport& report) {
    Order& order = record.order;
    const ExecutionKey ref_key = changed_key(record, report);
    Execution* changed = executions_.find(ref_key);
    const bool is_known = changed != nullptr;
    if (!is_known && names_execution(report.exec_ref_id)) {
        // Overtook what it changes: the place is taken, so that the fill will not count any more.
        executions_.add(ref_key);
    }
    if (is_known) changed = &last_of(*changed);

    const Decimal before = is_known ? changed->qty : Decimal{};
    // A later change has taken the place of this one already, and counts instead of it.
    const Execution* place =
        executions_.find(key_of(record, report, ExecutionKind::Trade, report.exec_id));
    const bool is_overtaken = place != nullptr && place->channels == 0;
    const bool is_correction = report.exec_type == ExecType::TradeCorrect && !is_overtaken;
    const Decimal after = is_correction ? report.last_qty.value_or(before) : Decimal{};
    const Decimal change = difference(after, before);
    order.filled_qty = sum(order.filled_qty, change);
    const Decimal cum =
        is_known ? sum(order.cum_qty, change) : report.cum_qty.value_or(order.cum_qty);
    order.cum_qty = std::max({cum, order.filled_qty, report.cum_qty.value_or(Decimal{})});

    if (is_known) changed->qty = {};
    if (!names_execution(report.exec_id)) {
        if (is_known) changed->qty = after;
        return;
    }
    Execution& change_record = note(record, report);
    change_record.qty = after;
    change_record.is_unread = is_correction && !report.last_qty;
    // Found again, since adding may have forgotten it.
    for (Execution* at = executions_.find(ref_key); at != nullptr && at != &change_record;) {
        Execution* next = at->replaced_by;
        at->replaced_by = &change_record;
        at = next;
    }
}

// The copy stands for what it copies from here on, so that a change may name either.
void FillBook::book_copy(OrderRecord& record, const ExecutionReport& report) {
    record.order.cum_qty = std::max(record.order.cum_qty, is_trade_change(report.exec_type)
                                                              ? Decimal{}
                                                              : report.cum_qty.value_or(Decimal{}));
    if (!names_execution(report.exec_id)) return;
    // Known by its id already: nothing is left to match.
    if (executions_.find(key_of(record, report, kind_of(report.exec_type), report.exec_id))) return;
    Execution* copied = find_copied(record, report);
    if (copied == nullptr) return;  // told by the lack of room alone: what it copies is not known
    copied->channels |= bit_of(report.channel);
    const ChannelMask channels = copied->channels;
    const ExecutionKey copied_key = *copied->key;
    Execution& copy = note(record, report);
    copy.channels = channels;
    copied = executions_.find(copied_key);  // again, since adding may have forgotten it
    if (copied == nullptr) return;
    Execution& counting = last_of(*copied);
    if (&counting == &copy) return;
    copy.qty = counting.qty;
    counting.qty = {};
    counting.replaced_by = &copy;
}

void FillBook::merge(OrderRecord& into, OrderRecord& from) {
    into.order.filled_qty = sum(into.order.filled_qty, from.order.filled_qty);
    Execution* at = executions_.newest();
    while (at != nullptr && at->older != nullptr && at->number > from.first_execution) {
        at = at->older;
    }
    while (at != nullptr) {
        Execution* next = at->newer;
        if (at->key->order_serial == from.serial) merge_execution(into, *at);
        at = next;
    }
    into.trade_channels |= from.trade_channels;
    into.order.cum_qty = std::max({into.order.cum_qty, from.order.cum_qty, into.order.filled_qty});
    into.unseen_qty =
        std::min(into.unseen_qty, difference(into.order.cum_qty, into.order.filled_qty));
}

// An execution that `into` has as well, by its id or by what it says, counts once.
void FillBook::merge_execution(OrderRecord& into, Execution& execution) {
    ExecutionKey key = *execution.key;
    key.order_serial = into.serial;
    ExecutionContent content = execution.content;
    content.order_serial = into.serial;
    Execution* known = executions_.find(key);
    if (known == nullptr) {
        if (key.kind != ExecutionKind::Other && content.cum_qty) {
            known = executions_.find_copied(content, execution.channels,
                                            sharing_with(execution.channels));
        }
        executions_.rename(execution, key);
    }
    if (known == nullptr) return;
    known->channels |= execution.channels;
    execution.channels = known->channels;
    Execution& counting = last_of(*known);
    const bool may_follow = counting.number < execution.number && &counting != &execution &&
                            execution.key->order_serial == into.serial;
    // The one that has been corrected meanwhile is the more recent knowledge.
    const bool is_changed = execution.replaced_by != nullptr;
    if (is_changed && &counting == known) {
        into.order.filled_qty = difference(into.order.filled_qty, known->qty);
        known->qty = {};
        if (may_follow) known->replaced_by = &execution;
        return;
    }
    into.order.filled_qty = difference(into.order.filled_qty, execution.qty);
    execution.qty = {};
    if (!may_follow || is_changed) return;
    execution.qty = counting.qty;
    counting.qty = {};
    counting.replaced_by = &execution;
}

bool FillBook::is_fill_missing(const OrderRecord& record) {
    const Order& order = record.order;
    const Decimal known = sum(order.filled_qty, record.unseen_qty);
    return known < order.cum_qty || (order.status == OrdStatus::Filled && known < order.order_qty);
}

}  // namespace broker::core
