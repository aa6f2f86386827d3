#include "invariants.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "core/decimal.hpp"
#include "simulator/fix_text.hpp"

namespace broker::soak {
namespace {

using simulator::LoggedMessage;
using simulator::Order;

bool equal(const std::string& text, const core::Decimal& value) {
    if (text.empty()) return value.is_zero();
    const auto parsed = core::Decimal::parse(text);
    return parsed && *parsed == value;
}

std::string name_of(core::OrdStatus status) {
    switch (status) {
        case core::OrdStatus::New:
            return "New";
        case core::OrdStatus::PartiallyFilled:
            return "PartiallyFilled";
        case core::OrdStatus::Filled:
            return "Filled";
        case core::OrdStatus::Canceled:
            return "Canceled";
        case core::OrdStatus::Rejected:
            return "Rejected";
        case core::OrdStatus::Expired:
            return "Expired";
        default:
            return "status " + std::to_string(static_cast<int>(status));
    }
}

// Replaced is what a replace leaves an order as; it works, by its fills.
bool is_same_status(const std::string& told, const Order& order) {
    const std::string status = name_of(order.ord_status);
    return told == status || (told == "Replaced" && order.is_working());
}

std::string show(const Order& order) {
    return "OrderID=" + order.order_id + " ClOrdID=" + order.cl_ord_id + " (" +
           name_of(order.ord_status) + " CumQty=" + order.cum_qty.to_string() +
           " AvgPx=" + order.avg_px().to_string() + ")";
}

const AccountMemory& memory_of(const std::map<std::string, AccountMemory>& accounts,
                               const std::string& id) {
    static const AccountMemory kNone;
    const auto found = accounts.find(id);
    return found == accounts.end() ? kNone : found->second;
}

core::Decimal told_fills(const AccountMemory& memory, const std::string& order_id) {
    core::Decimal sum;
    for (const auto& [exec_id, fill] : memory.fills) {
        const auto quantity = core::Decimal::parse(fill.last_qty);
        if (fill.order_id == order_id && quantity) sum = sum.plus(*quantity).value_or(sum);
    }
    return sum;
}

void check_order(const Order& order, const AccountMemory& memory, Violations& found) {
    const auto known = memory.orders.find(order.order_id);
    if (known == memory.orders.end()) {
        // An order that was rejected at once is known by its ClOrdID alone.
        if (order.ord_status == core::OrdStatus::Rejected) return;
        found.push_back("unknown to the host: " + show(order));
        return;
    }
    const KnownOrder& told = known->second;
    if (!is_same_status(told.ord_status, order) || !equal(told.cum_qty, order.cum_qty) ||
        (!order.cum_qty.is_zero() && !equal(told.avg_px, order.avg_px())))
        found.push_back("told otherwise: " + show(order) + ", the host knows " + told.ord_status +
                        " CumQty=" + told.cum_qty + " AvgPx=" + told.avg_px + " by " +
                        told.told_by);
    const core::Decimal fills = told_fills(memory, order.order_id);
    if (fills != order.cum_qty)
        found.push_back("fills told come to " + fills.to_string() + ": " + show(order));
}

// Every ClOrdID of a new order that the venue has taken, with its order.
std::map<std::string, const Order*> orders_by_id(const VenueTruth& venue,
                                                 const std::string& comp_id) {
    std::map<std::string, const Order*> result;
    for (const Order& order : venue.orders)
        if (order.sender_comp_id == comp_id) result[order.cl_ord_id] = &order;
    return result;
}

bool is_order(const LoggedMessage& logged) {
    return logged.direction == LoggedMessage::Direction::FromClient && !logged.is_garbled &&
           logged.message.msg_type == "D";
}

// The ClOrdIDs of all requests that have reached the venue, by whose they are.
std::set<std::pair<std::string, std::string>> requests_seen(const VenueTruth& venue) {
    std::set<std::pair<std::string, std::string>> seen;
    for (const LoggedMessage& logged : venue.messages) {
        if (logged.direction != LoggedMessage::Direction::FromClient || logged.is_garbled) continue;
        const std::string& type = logged.message.msg_type;
        if (type == "D" || type == "F" || type == "G")
            seen.emplace(logged.sender_comp_id, logged.message.value(11));
    }
    for (const Order& order : venue.orders) seen.emplace(order.sender_comp_id, order.cl_ord_id);
    return seen;
}

// The times of the messages are compared, so that two sendings of one order differ.
bool is_same_message(const LoggedMessage& a, const LoggedMessage& b) {
    return a.message.msg_type == b.message.msg_type && a.message.value(11) == b.message.value(11) &&
           a.message.value(52) == b.message.value(52);
}

void check_numbers(const VenueTruth& venue, Violations& found) {
    std::map<std::pair<std::string, std::string>, const LoggedMessage*> first;
    for (const LoggedMessage& logged : venue.messages) {
        if (logged.direction != LoggedMessage::Direction::FromClient || logged.is_garbled) continue;
        const std::string number = logged.message.value(34);
        if (logged.message.msg_type == "A" && logged.message.value(141) == "Y")
            std::erase_if(first, [&](const auto& entry) {
                return entry.first.first == logged.sender_comp_id;
            });
        if (logged.is_poss_dup()) {
            const auto before = first.find({logged.sender_comp_id, number});
            if (logged.message.msg_type != "4" && before != first.end() &&
                (before->second->message.msg_type != logged.message.msg_type ||
                 before->second->message.value(11) != logged.message.value(11)))
                found.push_back(logged.sender_comp_id + " resent MsgSeqNum=" + number +
                                " as another message: " + logged.message.msg_type + " " +
                                logged.message.value(11));
            continue;
        }
        const auto [entry, is_new] =
            first.emplace(std::pair{logged.sender_comp_id, number}, &logged);
        if (!is_new && !is_same_message(*entry->second, logged))
            found.push_back(logged.sender_comp_id + " used MsgSeqNum=" + number + " for " +
                            entry->second->message.msg_type + " " +
                            entry->second->message.value(11) + " and for " +
                            logged.message.msg_type + " " + logged.message.value(11));
    }
}

std::optional<std::int64_t> sent_at(const LoggedMessage& logged) {
    const auto time = simulator::timestamp_from(logged.message.value(52));
    if (!time) return std::nullopt;
    return time->time_since_epoch().count();
}

bool is_in_time(std::int64_t sent, std::int64_t given, const Bounds& bounds) {
    constexpr std::chrono::milliseconds kUnitOfSendingTime{1};
    return std::any_of(bounds.clock_offsets.begin(), bounds.clock_offsets.end(),
                       [&](std::chrono::milliseconds offset) {
                           const std::chrono::nanoseconds age{
                               sent - std::chrono::nanoseconds{offset}.count() - given};
                           return age >= -kUnitOfSendingTime &&
                                  age <= bounds.order_ttl + bounds.ttl_slack;
                       });
}

void check_fill(const std::string& exec_id, const KnownFill& fill, Violations& found) {
    const std::string name = "fill ExecID=" + exec_id + " of OrderID=" + fill.order_id;
    if (fill.times > 1) found.push_back("told " + std::to_string(fill.times) + " times: " + name);
    if (fill.misflagged > 0)
        found.push_back("told as a possible repeat although no process was killed: " + name);
}

void check_sendings(const std::map<std::string, AccountMemory>& accounts, const VenueTruth& venue,
                    const Bounds& bounds, Violations& found) {
    std::map<std::pair<std::string, std::string>, std::string> numbers;  // MsgSeqNum by order
    for (const LoggedMessage& logged : venue.messages) {
        if (!is_order(logged)) continue;
        const std::string id = logged.message.value(11);
        const std::string number = logged.message.value(34);
        const auto [entry, is_new] = numbers.emplace(std::pair{logged.sender_comp_id, id}, number);
        if (!is_new && entry->second != number)
            found.push_back("sent twice: ClOrdID=" + id + " as MsgSeqNum=" + entry->second +
                            " and as " + number);
        const auto account = venue.accounts.find(logged.sender_comp_id);
        if (account == venue.accounts.end()) continue;
        const AccountMemory& memory = memory_of(accounts, account->second);
        const auto request = memory.requests.find(id);
        if (request == memory.requests.end()) {
            found.push_back("an order that the host never gave: ClOrdID=" + id);
            continue;
        }
        if (request->second.is_answered && !request->second.is_taken)
            found.push_back("refused by the call, and sent all the same: ClOrdID=" + id);
        const auto sent = sent_at(logged);
        if (sent && !is_in_time(*sent, request->second.submitted, bounds))
            found.push_back("stale: ClOrdID=" + id + " was sent " +
                            std::to_string((*sent - request->second.submitted) / 1'000'000) +
                            " ms after it was given" +
                            (bounds.clock_offsets.size() > 1 ? ", by a clock that was set" : ""));
    }
}

}  // namespace

Violations unsettled(const std::map<std::string, AccountMemory>& accounts,
                     const VenueTruth& venue) {
    Violations found;
    const auto seen = requests_seen(venue);
    for (const auto& [comp_id, id] : venue.accounts) {
        const AccountMemory& memory = memory_of(accounts, id);
        if (memory.state != "Ready")
            found.push_back(id + " is " + memory.state + " (" + memory.reason + "), not Ready");
        for (const auto& [cl_ord_id, request] : memory.requests) {
            if (request.is_answered && !request.is_taken) continue;
            if (request.certainty.empty() && request.was_untold &&
                !seen.contains({comp_id, cl_ord_id}))
                continue;
            if (request.certainty != "Acknowledged" && request.certainty != "Rejected")
                found.push_back(id + " " + request.verb + " ClOrdID=" + cl_ord_id +
                                " is in doubt: " + request.certainty + " " + request.reason);
        }
        for (const Order& order : venue.orders)
            if (order.sender_comp_id == comp_id) check_order(order, memory, found);
        for (const auto& [order_id, order] : memory.orders) {
            bool is_there = false;
            for (const Order& each : venue.orders) is_there = is_there || each.order_id == order_id;
            if (!is_there && order.ord_status != "Rejected")
                found.push_back(id + " believes in OrderID=" + order_id + " (" + order.ord_status +
                                "), which the venue does not have");
        }
    }
    return found;
}

Violations broken(const std::map<std::string, AccountMemory>& accounts, const VenueTruth& venue,
                  const Bounds& bounds) {
    Violations found;
    check_numbers(venue, found);
    check_sendings(accounts, venue, bounds, found);
    for (const auto& [comp_id, id] : venue.accounts) {
        const AccountMemory& memory = memory_of(accounts, id);
        for (const auto& [exec_id, fill] : memory.fills) check_fill(exec_id, fill, found);
        for (const auto& [cl_ord_id, order] : orders_by_id(venue, comp_id)) {
            const auto request = memory.requests.find(cl_ord_id);
            if (request == memory.requests.end()) continue;
            const bool is_in_force = order->ord_status != core::OrdStatus::Rejected;
            if (is_in_force && request->second.certainty == "Rejected")
                found.push_back("told as rejected (" + request->second.reason +
                                "), and in force: " + show(*order));
        }
    }
    return found;
}

Violations disturbed(const std::string& id, const AccountMemory& memory) {
    Violations found;
    if (memory.interruptions > 0)
        found.push_back(id + " was disturbed: it ceased to be Ready (" + memory.reason + ")");
    if (memory.doubts > 0)
        found.push_back(id + " was disturbed: " + std::to_string(memory.doubts) +
                        " requests were told as Unknown");
    return found;
}

}  // namespace broker::soak
