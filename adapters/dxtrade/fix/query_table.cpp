#include "dxtrade/fix/query_table.hpp"

#include <algorithm>
#include <utility>

namespace broker::dxtrade::fix {

QueryTable::QueryTable(std::string prefix, core::Duration timeout)
    : prefix_{std::move(prefix)}, timeout_{timeout} {
    open_.reserve(kMaxOpen);
}

core::Result<OpenQuery*> QueryTable::open(const core::Query& query, core::MonotonicTime now) {
    if (open_.size() == kMaxOpen) {
        return core::fail(core::Reason::TooManyRequests,
                          std::to_string(kMaxOpen) + " questions are open");
    }
    const auto id = core::FixedString<32>::from(prefix_ + std::to_string(++last_number_));
    if (!id) return core::fail(core::Reason::InternalError, "the request id is too long");
    OpenQuery& added = open_.emplace_back();
    added.id = *id;
    added.query = query;
    added.deadline = now + timeout_;
    return &added;
}

template <class Matches>
OpenQuery* QueryTable::find_if(Matches matches) {
    const auto found = std::find_if(open_.begin(), open_.end(), matches);
    return found == open_.end() ? nullptr : &*found;
}

OpenQuery* QueryTable::find(std::string_view id) {
    return find_if([&](const OpenQuery& open) { return open.id.view() == id; });
}

OpenQuery* QueryTable::find_sent(core::MsgSeqNum msg_seq_num) {
    if (msg_seq_num == 0) return nullptr;
    return find_if([&](const OpenQuery& open) { return open.msg_seq_num == msg_seq_num; });
}

OpenQuery* QueryTable::find_oldest(core::QueryKind kind) {
    return find_if([&](const OpenQuery& open) { return open.query.kind == kind; });
}

OpenQuery* QueryTable::find_order_status(std::string_view cl_ord_id) {
    return find_if([&](const OpenQuery& open) {
        return open.query.kind == core::QueryKind::OrderStatus &&
               open.query.cl_ord_id.view() == cl_ord_id;
    });
}

OpenQuery QueryTable::take(OpenQuery& open) {
    const OpenQuery taken = open;
    open_.erase(open_.begin() + (&open - open_.data()));
    return taken;
}

std::optional<OpenQuery> QueryTable::take_overdue(core::MonotonicTime now) {
    OpenQuery* const overdue = find_if([&](const OpenQuery& open) { return open.deadline <= now; });
    if (overdue == nullptr) return std::nullopt;
    return take(*overdue);
}

std::optional<OpenQuery> QueryTable::take_any() {
    if (open_.empty()) return std::nullopt;
    return take(open_.front());
}

void QueryTable::forget_msg_seq_nums() {
    for (OpenQuery& open : open_) open.msg_seq_num = 0;
}

}  // namespace broker::dxtrade::fix
