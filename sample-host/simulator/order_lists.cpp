#include "simulator/order_lists.hpp"

#include <algorithm>
#include <utility>

namespace broker::simulator {
namespace {

using core::ExecType;
using core::OrdStatus;

constexpr int kBrokerOption = 4;  // ExecRestatementReason (378)

// ListStatusType (429) and ListOrderStatus (431).
constexpr int kAck = 1;
constexpr int kResponse = 2;
constexpr int kExecuting = 3;
constexpr int kAllDone = 6;
constexpr int kRejected = 7;

bool has_entry(Contingency contingency) { return contingency != Contingency::OneCancelsOther; }

}  // namespace

void OrderLists::place(const std::string& session, const FixMessage& fix) {
    const auto parsed = list_request_from_fix(fix, venue_.options().lists);
    if (const auto* error = std::get_if<RequestError>(&parsed))
        return venue_.answer(session, nullptr, business_message_reject(fix, *error));
    const auto& request = std::get<ListRequest>(parsed);
    const auto& first = request.orders.front();
    venue_.begin_request({session, first.symbol, first.cl_ord_id, first.cl_ord_id, &fix.fields},
                         true);

    auto drafts = drafts_of(session, request);
    std::vector<Refusal> refusals;
    bool is_refused = lists_.contains({session, request.list_id});
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        const auto refusal = entry_.check_new(drafts[i], request.members[i]);
        is_refused = is_refused || refusal.has_value();
        refusals.push_back(
            refusal.value_or(Refusal{ord_rej::kOther, "the list was refused as a whole"}));
    }
    if (is_refused) return refuse(session, request, std::move(drafts), refusals);
    accept(session, request, std::move(drafts));
}

std::vector<Order> OrderLists::drafts_of(const std::string& session,
                                         const ListRequest& request) const {
    std::vector<Order> drafts;
    for (std::size_t i = 0; i < request.orders.size(); ++i) {
        Order draft = entry_.draft_of(session, request.orders[i], request.members[i]);
        draft.list_id = request.list_id;
        draft.list_seq_no = static_cast<int>(i) + 1;
        draft.is_waiting = i > 0 && has_entry(request.contingency);
        drafts.push_back(std::move(draft));
    }
    return drafts;
}

void OrderLists::refuse(const std::string& session, const ListRequest& request,
                        std::vector<Order> drafts, const std::vector<Refusal>& refusals) {
    std::vector<const Order*> orders;
    for (auto& draft : drafts) {
        draft.order_id = "NONE";
        draft.ord_status = OrdStatus::Rejected;
        orders.push_back(&draft);
    }
    if (venue_.options().lists.answers_with_list_status)
        return venue_.answer(session, nullptr,
                             list_status(request.list_id, kAck, kRejected, orders, venue_.utc(),
                                         refusals.front().text));
    for (std::size_t i = 0; i < drafts.size(); ++i) entry_.report_refusal(drafts[i], refusals[i]);
}

void OrderLists::accept(const std::string& session, const ListRequest& request,
                        std::vector<Order> drafts) {
    const auto& options = venue_.options().lists;
    List& list = lists_[{session, request.list_id}];
    list.contingency = request.contingency;
    for (auto& draft : drafts) {
        if (draft.is_waiting && options.children_are_pending)
            draft.ord_status = OrdStatus::PendingNew;
        if (draft.is_attached && draft.is_waiting && !list.orders.empty())
            draft.position_code = list.orders.front()->position_code;
        if (Order* order = entry_.add(std::move(draft))) list.orders.push_back(order);
    }
    if (options.answers_with_list_status) {
        answer_with_status(session, request.list_id, kAck, kExecuting);
    } else {
        for (Order* order : list.orders)
            venue_.report(*order, {.exec_type = order->ord_status == OrdStatus::PendingNew
                                                    ? ExecType::PendingNew
                                                    : ExecType::New});
    }
    const auto orders = list.orders;
    for (std::size_t i = 0; i < orders.size(); ++i)
        if (orders[i]->is_working()) entry_.obey_rules(*orders[i], request.members[i]);
    for (Order* order : orders) venue_.match(*order);
}

void OrderLists::answer_with_status(const std::string& session, const std::string& list_id,
                                    int list_status_type, int list_order_status) {
    const auto& orders = lists_.at({session, list_id}).orders;
    venue_.answer(session, nullptr,
                  list_status(list_id, list_status_type, list_order_status,
                              {orders.begin(), orders.end()}, venue_.utc()));
}

void OrderLists::cancel(const std::string& session, const FixMessage& fix) {
    const auto list = lists_.find({session, fix.value(66)});
    if (list == lists_.end())
        return venue_.answer(session, nullptr,
                             business_message_reject(fix, {kUnknownId, "unknown ListID"}));
    const auto orders = list->second.orders;
    for (Order* order : orders)
        if (order->is_working()) venue_.cancel(*order, {.text = "the list was canceled"});
    answer_with_status(session, fix.value(66), kResponse, kAllDone);
}

void OrderLists::tell_status(const std::string& session, const FixMessage& fix) {
    const auto list = lists_.find({session, fix.value(66)});
    if (list == lists_.end())
        return venue_.answer(session, nullptr,
                             business_message_reject(fix, {kUnknownId, "unknown ListID"}));
    const auto& orders = list->second.orders;
    const bool is_executing = std::any_of(orders.begin(), orders.end(),
                                          [](const Order* each) { return each->is_working(); });
    answer_with_status(session, fix.value(66), kResponse, is_executing ? kExecuting : kAllDone);
}

void OrderLists::progress(Order& order, bool has_traded) {
    if (order.list_id.empty()) return;
    const auto found = lists_.find({order.sender_comp_id, order.list_id});
    if (found == lists_.end()) return;
    List& list = found->second;
    const bool is_entry = has_entry(list.contingency) && list.orders.front() == &order;
    if (!is_entry) {
        if (has_traded && !order.is_attached && list.contingency != Contingency::OneTriggersOther)
            cancel_others(list, order, "another order of the list has traded");
        return;
    }
    if (order.is_working() || list.is_triggered) return;
    list.is_triggered = true;
    if (order.cum_qty.is_zero())
        cancel_others(list, order, "the entry order has ended");
    else
        trigger(list);
}

void OrderLists::trigger(List& list) {
    const auto filled = list.orders.front()->cum_qty;
    for (std::size_t i = 1; i < list.orders.size(); ++i) {
        Order& order = *list.orders[i];
        if (!order.is_working()) continue;
        const bool is_resized = order.terms.order_qty.is_zero() || order.terms.order_qty > filled;
        if (is_resized) order.terms.order_qty = filled;
        order.is_waiting = false;
        if (order.ord_status == OrdStatus::PendingNew) {
            order.ord_status = OrdStatus::New;
            venue_.report(order, {.exec_type = ExecType::New});
        } else if (is_resized) {
            venue_.report(
                order, {.exec_type = ExecType::Restated, .exec_restatement_reason = kBrokerOption});
        }
    }
    const auto orders = list.orders;
    for (std::size_t i = 1; i < orders.size(); ++i) venue_.match(*orders[i]);
}

void OrderLists::cancel_others(const List& list, const Order& order, const std::string& text) {
    const auto orders = list.orders;
    for (Order* other : orders)
        if (other != &order && other->is_working() &&
            !(has_entry(list.contingency) && other == orders.front()))
            venue_.cancel(*other, {.text = text});
}

}  // namespace broker::simulator
