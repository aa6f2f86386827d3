#include "simulator/rest_book.hpp"

#include <algorithm>
#include <charconv>

namespace broker::simulator {
namespace {

using core::Decimal;
using core::OrdStatus;

// Numbers of orders and versions of different runs do not meet.
constexpr std::int64_t kOrdersOfARun = 100'000'000;
constexpr std::uint64_t kVersionsOfARun = 1'000'000;

Decimal decimal_of(const FixMessage& fix, int tag) {
    return Decimal::parse(fix.value(tag)).value_or(Decimal{});
}

Decimal negative(const Decimal& value) { return Decimal{}.minus(value).value(); }

std::string_view status_of_code(std::string_view code, bool is_acceptance) {
    if (code == "2" || code == "B") return "COMPLETED";
    if (code == "4") return "CANCELED";
    if (code == "8") return "REJECTED";
    if (code == "C" || code == "3") return "EXPIRED";
    return code == "A" || is_acceptance ? "ACCEPTED" : "WORKING";
}

}  // namespace

std::string_view rest_status(OrdStatus status) {
    switch (status) {
        case OrdStatus::Filled:
        case OrdStatus::Calculated:
            return "COMPLETED";
        case OrdStatus::Canceled:
            return "CANCELED";
        case OrdStatus::Rejected:
            return "REJECTED";
        case OrdStatus::Expired:
        case OrdStatus::DoneForDay:
            return "EXPIRED";
        case OrdStatus::PendingNew:
            return "ACCEPTED";
        default:
            return "WORKING";
    }
}

bool is_final_rest_status(std::string_view status) {
    return status != "ACCEPTED" && status != "WORKING";
}

std::int64_t rest_order_number(std::string_view order_id) {
    const auto dash = order_id.find('-');
    if (dash == std::string_view::npos || dash == 0) return 0;
    std::int64_t run = 0;
    std::int64_t number = 0;
    std::from_chars(order_id.data() + 1, order_id.data() + dash, run);
    std::from_chars(order_id.data() + dash + 1, order_id.data() + order_id.size(), number);
    return run * kOrdersOfARun + number;
}

std::string_view RestOrder::status(const RestOptions& options) const {
    if (order->is_waiting && order->is_working())
        return options.child_status == ChildStatus::Accepted ? "ACCEPTED" : "WORKING";
    return rest_status(order->ord_status);
}

RestBook::RestBook(const RestOptions& options, Venue& venue, std::uint64_t run)
    : options_{options}, venue_{venue}, run_{run} {
    for (const auto& [sender_comp_id, account] : venue.accounts()) {
        Account& ours = accounts_[sender_comp_id];
        ours.version = run * kVersionsOfARun + 1;
        ours.cash = account.book.cash();
    }
}

void RestBook::observe(const std::string& session, const Order& order, const FixMessage& report,
                       bool is_venue_event) {
    const std::string type = report.value(150);
    // Answers to questions, requests that are only pending, orders that never came to be.
    if (type == "I" || type == "6" || type == "E" || order.order_id == "NONE") return;
    if (!is_venue_event && type != "8") return;
    // A refused change leaves the order as it is.
    if (type == "8" && order.ord_status != OrdStatus::Rejected) return;
    RestOrder& record = record_of(session, order);
    Account& account = accounts_.at(session);
    ++account.version;
    if (type == "5" || type == "D")
        record.update_number = record.number + static_cast<std::int64_t>(account.version);
    record.version = account.version;
    record.changed = venue_.utc();
    record.executions.push_back(execution_of(record, report));
    const auto& execution = record.executions.back();
    follow_cash(record, account, execution, report);
    if (!execution.last.is_zero()) follow_position(account, record);
    changed(session);
}

RestOrder& RestBook::record_of(const std::string& session, const Order& order) {
    RestOrder*& record = by_order_[&order];
    if (record != nullptr) return *record;
    record = &records_.emplace_back();
    record->order = &order;
    record->sender_comp_id = session;
    record->number = rest_order_number(order.order_id);
    record->update_number = record->number;
    record->code = "sim" + std::to_string(run_) + ":" + order.cl_ord_id;
    record->first_client_id = order.cl_ord_id;
    record->issued = venue_.utc();
    record->position_code = position_code_of(*record);
    by_code_[{session, record->code}] = record;
    return *record;
}

// What an order of a netted position closes is known while the position is there.
std::string RestBook::position_code_of(const RestOrder& record) const {
    const Order& order = *record.order;
    if (!order.position_code.empty()) return std::to_string(rest_order_number(order.position_code));
    const auto& open = accounts_.at(record.sender_comp_id).open;
    const auto netted = open.find({order.symbol, {}});
    const bool closes = netted != open.end() && netted->second.is_long != is_buy(order);
    return closes ? netted->second.code : std::to_string(record.number);
}

RestExecution RestBook::execution_of(const RestOrder& record, const FixMessage& report) {
    const std::string type = report.value(150);
    RestExecution execution;
    execution.code = options_.own_execution_codes ? next_code("X") : report.value(17);
    const bool is_acceptance = type == "0" && record.order->ord_type == core::OrdType::Market;
    execution.status = status_of_code(report.value(39), is_acceptance);
    execution.update_number = record.update_number;
    execution.version = record.version;
    execution.filled = decimal_of(report, 14);
    execution.remaining = decimal_of(report, 151);
    execution.avg_px = decimal_of(report, 6);
    execution.time = venue_.utc();
    if (type == "F" || type == "H") {
        const auto quantity = decimal_of(report, 32);
        execution.last = type == "F" ? quantity : negative(quantity);
        execution.last_px = decimal_of(report, 31);
    }
    if (type == "G" && record.executions.size() > 0) {
        // What the correction adds to the quantity that was filled.
        execution.last = execution.filled.minus(record.executions.back().filled).value();
        execution.last_px = decimal_of(report, 31);
    }
    if (type == "8") {
        execution.reject_reason = report.value(58);
        execution.reject_code = report.value(103);
    }
    return execution;
}

void RestBook::follow_cash(RestOrder& record, Account& account, const RestExecution& execution,
                           const FixMessage& report) {
    const auto cash = venue_.account(record.sender_comp_id)->book.cash();
    const auto difference = cash.minus(account.cash).value();
    account.cash = cash;
    if (difference.is_zero()) return;
    record.cash.push_back({.code = next_code("C"),
                           .type = report.value(150) == "F" ? "SETTLEMENT" : "BUST",
                           .value = difference,
                           .time = venue_.utc(),
                           .trade_code = execution.code,
                           .position_code = record.position_code,
                           .version = account.version});
}

void RestBook::follow_position(Account& account, const RestOrder& record) {
    const Order& order = *record.order;
    const std::pair key{order.symbol, order.position_code};
    const auto positions = venue_.account(record.sender_comp_id)->book.positions();
    const auto held = std::find_if(positions.begin(), positions.end(), [&](const Position& each) {
        return each.symbol == order.symbol && each.code == order.position_code;
    });
    if (held == positions.end()) {
        account.open.erase(key);
        return;
    }
    const auto now = venue_.utc();
    const bool is_long = held->quantity.sign() > 0;
    auto [entry, is_new] = account.open.try_emplace(key);
    OpenPosition& open = entry->second;
    if (is_new || open.is_long != is_long) {
        open.code = std::to_string(
            order.position_code.empty() ? record.number : rest_order_number(order.position_code));
        open.is_long = is_long;
        open.opened = now;
    }
    open.changed = now;
    open.version = account.version;
}

std::uint64_t RestBook::version(const std::string& session) const {
    return accounts_.at(session).version;
}

RestOrder* RestBook::find(const std::string& session, const std::string& code) {
    if (const Order* order = venue_.book().find(session, code)) return find(*order);
    const auto found = by_code_.find({session, code});
    if (found == by_code_.end() || found->second->is_hidden) return nullptr;
    return found->second;
}

RestOrder* RestBook::find(const Order& order) {
    const auto found = by_order_.find(&order);
    if (found == by_order_.end() || found->second->is_hidden) return nullptr;
    return found->second;
}

std::vector<const RestOrder*> RestBook::orders(const std::string& session) const {
    std::vector<const RestOrder*> result;
    for (const auto& record : records_)
        if (record.sender_comp_id == session && !record.is_hidden) result.push_back(&record);
    return result;
}

std::vector<RestPosition> RestBook::positions(const std::string& session) {
    std::vector<RestPosition> result;
    const Account& account = accounts_.at(session);
    for (auto& position : venue_.account(session)->book.positions()) {
        const auto open = account.open.find({position.symbol, position.code});
        if (open == account.open.end()) continue;
        const auto& [code, is_long, opened, changed_at, version] = open->second;
        result.push_back({std::move(position), code, opened, changed_at, version});
    }
    return result;
}

void RestBook::pay(const std::string& session, const Decimal& amount, const std::string& comment) {
    VenueAccount& account = *venue_.account(session);
    account.start_cash = account.start_cash.plus(amount).value();
    account.book.pay(amount);
    Account& ours = accounts_.at(session);
    ours.cash = account.book.cash();
    ++ours.version;
    ours.transfers.push_back({.code = next_code("T"),
                              .comment = comment,
                              .cash = {.code = next_code("C"),
                                       .type = amount.sign() < 0 ? "WITHDRAWAL" : "DEPOSIT",
                                       .value = amount,
                                       .time = venue_.utc(),
                                       .trade_code = {},
                                       .position_code = {},
                                       .version = ours.version}});
    changed(session);
}

void RestBook::raise(const std::string& session, RestAccountEvent event) {
    Account& ours = accounts_.at(session);
    event.time = venue_.utc();
    event.version = ++ours.version;
    ours.events.push_back(std::move(event));
    changed(session);
}

const std::vector<RestTransfer>& RestBook::transfers(const std::string& session) {
    return accounts_.at(session).transfers;
}

const std::vector<RestAccountEvent>& RestBook::events(const std::string& session) {
    return accounts_.at(session).events;
}

std::string RestBook::next_code(const char* kind) {
    return kind + std::to_string(run_) + "-" + std::to_string(++code_count_);
}

void RestBook::changed(const std::string& session) {
    if (on_change_) on_change_(session);
}

}  // namespace broker::simulator
