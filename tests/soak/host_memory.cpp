#include "host_memory.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>

namespace broker::soak {
namespace {

namespace json = boost::json;

std::string text(const json::object& event, const char* key) {
    const auto* value = event.if_contains(key);
    return value != nullptr && value->is_string() ? std::string{value->get_string()}
                                                  : std::string{};
}

std::int64_t number(const json::object& event, const char* key) {
    const auto* value = event.if_contains(key);
    if (value == nullptr) return 0;
    if (value->is_int64()) return value->get_int64();
    return value->is_uint64() ? static_cast<std::int64_t>(value->get_uint64()) : 0;
}

bool flag(const json::object& event, const char* key) {
    const auto* value = event.if_contains(key);
    return value != nullptr && value->is_bool() && value->get_bool();
}

}  // namespace

void HostMemory::add(const std::string& line) {
    take(line);
    changed_.notify_all();
}

void HostMemory::take(const std::string& line) {
    boost::system::error_code error;
    const json::value parsed = json::parse(line, error);
    const std::lock_guard lock{mutex_};
    lines_.push_back(line);
    if (error || !parsed.is_object()) {
        if (unreadable_.empty()) unreadable_ = line;
        return;
    }
    const json::object& event = parsed.get_object();
    const std::string type = text(event, "type");
    if (type == "Stopped") {
        departure_ = {true, number(event, "descriptors_left"), number(event, "threads_left")};
        return;
    }
    if (type == "Settling") is_settling_ = true;
    if (type == "Restarting") begin_life(false);
    if (text(event, "account").empty()) return;
    AccountMemory& account = accounts_[text(event, "account")];
    if (type == "Intent") {
        KnownRequest& request = account.requests[text(event, "cl_ord_id")];
        request.verb = text(event, "verb");
        request.submitted = number(event, "time");
    } else if (type == "Session") {
        const bool was_ready = account.state == "Ready";
        account.state = text(event, "state");
        if (was_ready && account.state != "Ready") ++account.interruptions;
        account.reason = text(event, "reason");
        account.needs_operator = account.state == "Offline" && number(event, "next_attempt_ms") < 0;
    } else if (type == "ExecutionReport") {
        add_report(account, event);
    } else if (type == "OrderCancelReject") {
        add_reject(account, event);
    } else if (const auto found = account.requests.find(text(event, "cl_ord_id"));
               found != account.requests.end() && type == "Taken") {
        found->second.is_answered = true;
        found->second.is_taken = flag(event, "is_taken");
    }
}

// OrdStatus (39) of a reject is that of the order after it, but for one that is not known.
void HostMemory::add_reject(AccountMemory& account, const json::object& event) {
    if (const auto request = account.requests.find(text(event, "cl_ord_id"));
        request != account.requests.end()) {
        request->second.certainty = text(event, "certainty");
        request->second.reason = text(event, "reason");
    }
    // A reject need not have the OrderID: OrigClOrdID says which order it is.
    const std::string order_id = text(event, "order_id");
    const std::string orig_cl_ord_id = text(event, "orig_cl_ord_id");
    const auto order =
        std::find_if(account.orders.begin(), account.orders.end(), [&](const auto& known) {
            return order_id.empty() ? known.second.cl_ord_id == orig_cl_ord_id
                                    : known.first == order_id;
        });
    const std::string status = text(event, "ord_status");
    if (order != account.orders.end() && !status.empty() && status != "Unspecified" &&
        status != "Rejected")
        order->second.ord_status = status;
}

void HostMemory::add_report(AccountMemory& account, const json::object& event) {
    const std::string cl_ord_id = text(event, "cl_ord_id");
    const std::string order_id = text(event, "order_id");
    const std::string exec_type = text(event, "exec_type");
    const auto request = account.requests.find(cl_ord_id);
    if (request != account.requests.end() && !text(event, "certainty").empty()) {
        request->second.certainty = text(event, "certainty");
        request->second.reason = text(event, "reason");
        if (request->second.certainty == "Unknown") ++account.doubts;
    }
    if (order_id.empty()) return;
    KnownOrder& order = account.orders[order_id];
    order.cl_ord_id = cl_ord_id;
    if (!text(event, "ord_status").empty()) order.ord_status = text(event, "ord_status");
    if (!text(event, "cum_qty").empty()) order.cum_qty = text(event, "cum_qty");
    if (!text(event, "avg_px").empty()) order.avg_px = text(event, "avg_px");
    order.told_by = exec_type + " " + cl_ord_id;
    if (exec_type != "Trade" || flag(event, "is_snapshot")) return;
    KnownFill& fill = account.fills[text(event, "exec_id")];
    fill.order_id = order_id;
    fill.last_qty = text(event, "last_qty");
    if (!flag(event, "is_possible_repeat")) {
        ++fill.times;
    } else {
        ++(is_after_kill_ ? fill.flagged_times : fill.misflagged);
    }
}

void HostMemory::begin_life_after_kill() {
    const std::lock_guard lock{mutex_};
    begin_life(true);
}

int HostMemory::life() const {
    const std::lock_guard lock{mutex_};
    return life_;
}

void HostMemory::begin_life(bool is_after_kill) {
    ++life_;
    is_after_kill_ = is_after_kill;
    for (auto& [id, account] : accounts_) {
        account.state.clear();
        account.needs_operator = false;
        if (!is_after_kill) continue;
        for (auto& [cl_ord_id, request] : account.requests)
            if (request.certainty.empty()) request.was_untold = true;
    }
}

std::map<std::string, AccountMemory> HostMemory::accounts() const {
    const std::lock_guard lock{mutex_};
    return accounts_;
}

bool HostMemory::is_settling() const {
    const std::lock_guard lock{mutex_};
    return is_settling_;
}

Departure HostMemory::departure() const {
    const std::lock_guard lock{mutex_};
    return departure_;
}

std::size_t HostMemory::line_count() const {
    const std::lock_guard lock{mutex_};
    return lines_.size();
}

void HostMemory::wait_for_more(std::size_t seen,
                               std::chrono::steady_clock::time_point until) const {
    std::unique_lock lock{mutex_};
    (void)changed_.wait_until(lock, until, [&] { return lines_.size() > seen; });
}

std::vector<std::string> HostMemory::lines() const {
    const std::lock_guard lock{mutex_};
    return lines_;
}

std::string HostMemory::unreadable() const {
    const std::lock_guard lock{mutex_};
    return unreadable_;
}

}  // namespace broker::soak
