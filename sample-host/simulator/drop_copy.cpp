#include "simulator/drop_copy.hpp"

#include <algorithm>

#include "simulator/fix_reports.hpp"

namespace broker::simulator {

DropCopy::DropCopy(DropCopyOptions options, std::string id_prefix, const core::Clock& clock,
                   Send send)
    : options_{std::move(options)},
      id_prefix_{std::move(id_prefix)},
      clock_{clock},
      send_{std::move(send)} {}

void DropCopy::add_session(const std::string& comp_id, const std::vector<std::string>& sources) {
    sessions_[comp_id].sources = sources;
}

void DropCopy::copy(const std::string& sender_comp_id, const Order& order, const FixMessage& report,
                    bool is_venue_event) {
    if (!is_venue_event || !is_copied(report, options_.sends_corrections)) return;
    const auto copied =
        drop_copy(report, options_.cl_ord_id, ids_of(sender_comp_id, order, report));
    const bool is_trade = report.value(150) == "F";
    if (is_trade && options_.sends_status_before_trades)
        put(sender_comp_id, status_before_trade(copied));
    put(sender_comp_id, copied);
    if (is_trade && options_.sends_allocations)
        put(sender_comp_id,
            allocation_report(copied, order, next_id('A', alloc_count_), clock_.utc()));
    run_due();
}

CopyIds DropCopy::ids_of(const std::string& sender_comp_id, const Order& order,
                         const FixMessage& report) {
    CopyIds ids{orig_ord_id_of(sender_comp_id, order, report)};
    if (options_.exec_ids == CopiedExecID::Same) return ids;
    ids.exec_id = next_id('D', exec_count_);
    own_exec_ids_[{ids.orig_ord_id, report.value(17)}] = ids.exec_id;
    const auto referred = own_exec_ids_.find({ids.orig_ord_id, report.value(19)});
    if (referred != own_exec_ids_.end()) ids.exec_ref_id = referred->second;
    return ids;
}

// The platform's id of an order stays when ClOrdID and perhaps OrderID change.
std::string DropCopy::orig_ord_id_of(const std::string& sender_comp_id, const Order& order,
                                     const FixMessage& report) {
    std::string& id = orig_ord_ids_[{sender_comp_id, order.cl_ord_id}];
    if (!id.empty()) return id;
    for (const auto& earlier : {report.value(41), order.orig_cl_ord_id}) {
        const auto known = orig_ord_ids_.find({sender_comp_id, earlier});
        if (known != orig_ord_ids_.end() && !known->second.empty()) return id = known->second;
    }
    return id = next_id('C', order_count_);
}

std::string DropCopy::next_id(char kind, std::uint64_t& counter) const {
    return std::string(1, kind) + id_prefix_ + "-" + std::to_string(++counter);
}

void DropCopy::put(const std::string& sender_comp_id, const FixMessage& message) {
    const auto due = clock_.monotonic() + options_.delay;
    for (auto& [comp_id, session] : sessions_) {
        const auto& sources = session.sources;
        if (std::find(sources.begin(), sources.end(), sender_comp_id) != sources.end())
            session.waiting.emplace_back(due, message);
    }
}

void DropCopy::receive(const std::string& comp_id, const FixMessage& request) {
    send_(comp_id, business_message_reject(request, {static_cast<int>(options_.refusal),
                                                     "a drop copy session takes no requests"}));
}

bool DropCopy::set_paused(std::string_view comp_id, bool is_paused) {
    const auto found = sessions_.find(comp_id);
    if (found == sessions_.end()) return false;
    found->second.is_paused = is_paused;
    run_due();
    return true;
}

void DropCopy::run_due() {
    const auto now = clock_.monotonic();
    for (auto& [comp_id, session] : sessions_) {
        if (session.is_paused) continue;
        auto& waiting = session.waiting;
        for (; !waiting.empty() && waiting.front().first <= now; waiting.pop_front())
            send_(comp_id, waiting.front().second);
    }
}

std::optional<core::MonotonicTime> DropCopy::next_due() const {
    std::optional<core::MonotonicTime> next;
    for (const auto& [comp_id, session] : sessions_) {
        if (session.is_paused || session.waiting.empty()) continue;
        const auto due = session.waiting.front().first;
        next = next ? std::min(*next, due) : due;
    }
    return next;
}

}  // namespace broker::simulator
