#include "host/order_view.hpp"

#include "broker/sdk/text.hpp"

namespace broker::sample_host {
namespace {

using sdk::view;

void take_if_present(broker_decimal_t& target, const broker_decimal_t& value) {
    if (value.is_present != 0) target = value;
}

// Each stage is passed once. The last two are those of the first report that came from the venue.
void merge(broker_stage_times_t& known, const broker_stage_times_t& news) {
    const auto take = [&](broker_monotonic_t broker_stage_times_t::*stage) {
        if (known.*stage == 0) known.*stage = news.*stage;
    };
    take(&broker_stage_times_t::signal);
    take(&broker_stage_times_t::accepted);
    take(&broker_stage_times_t::journaled);
    take(&broker_stage_times_t::written);
    take(&broker_stage_times_t::acknowledged);
    if (known.received == 0 && news.received != 0) {
        known.received = news.received;
        known.delivered = news.delivered;
    }
}

void apply_to_request(const broker_execution_report_t& report, RequestState& request) {
    if (report.certainty != BROKER_CERTAINTY_UNSPECIFIED) {
        request.certainty = report.certainty;
        request.reason = report.reason;
    }
    if (report.text.size != 0) request.text = view(report.text);
    // A picture of the order is not an answer: it has no times of its own.
    if (report.is_snapshot == 0) merge(request.stages, report.stages);
}

void apply_to_order(const broker_execution_report_t& report, OrderState& order) {
    order.status = report.ord_status;
    order.side = report.side;
    order.ord_type = report.ord_type;
    if (report.symbol.size != 0) order.symbol = view(report.symbol);
    if (report.order_id.size != 0) order.order_id = view(report.order_id);
    take_if_present(order.order_qty, report.order_qty);
    take_if_present(order.price, report.price);
    take_if_present(order.cum_qty, report.cum_qty);
    take_if_present(order.avg_px, report.avg_px);
}

}  // namespace

RequestState& OrderView::add_request(std::string_view account, std::string_view cl_ord_id,
                                     std::size_t order) {
    by_cl_ord_id_[{std::string{account}, std::string{cl_ord_id}}] = requests_.size();
    RequestState& request = requests_.emplace_back();
    request.account = account;
    request.cl_ord_id = cl_ord_id;
    request.order = order;
    return request;
}

void OrderView::submitting(const broker_new_order_t& order) {
    OrderState& state = orders_.emplace_back();
    state.account = view(order.account);
    state.cl_ord_id = view(order.cl_ord_id);
    state.symbol = view(order.symbol);
    state.side = order.side;
    state.ord_type = order.ord_type;
    state.order_qty = order.order_qty;
    state.price = order.price;
    add_request(state.account, state.cl_ord_id, orders_.size() - 1);
}

void OrderView::changing(std::string_view account, std::string_view cl_ord_id,
                         std::string_view orig_cl_ord_id) {
    add_request(account, cl_ord_id, order_by_cl_ord_id(account, orig_cl_ord_id));
}

void OrderView::refused(std::string_view account, std::string_view cl_ord_id,
                        const sdk::Status& status) {
    const auto found = by_cl_ord_id_.find({std::string{account}, std::string{cl_ord_id}});
    if (found == by_cl_ord_id_.end()) return;
    RequestState& request = requests_[found->second];
    request.certainty = BROKER_CERTAINTY_REJECTED;
    request.reason = status.reason;
    request.text = status.text;
    if (request.order == kNoOrder) return;
    OrderState& order = orders_[request.order];
    if (order.cl_ord_id == cl_ord_id) order.status = BROKER_ORD_STATUS_REJECTED;
}

void OrderView::apply(const broker_execution_report_t& report) {
    RequestState& request = request_of(report);
    apply_to_request(report, request);
    apply_to_order(report, orders_[request.order]);
}

void OrderView::apply(const broker_order_cancel_reject_t& reject) {
    const std::string_view account = view(reject.event.account);
    const auto found =
        by_cl_ord_id_.find({std::string{account}, std::string{view(reject.cl_ord_id)}});
    RequestState& request =
        found != by_cl_ord_id_.end()
            ? requests_[found->second]
            : add_request(account, view(reject.cl_ord_id),
                          order_by_cl_ord_id(account, view(reject.orig_cl_ord_id)));
    request.certainty = reject.certainty;
    request.reason = reject.reason;
    request.text = view(reject.text);
    merge(request.stages, reject.stages);
    const bool knows_status = reject.ord_status != BROKER_ORD_STATUS_UNSPECIFIED;
    if (request.order != kNoOrder && knows_status)
        orders_[request.order].status = reject.ord_status;
}

// The request a report is about. One that this host did not make, such as one of a cancel_all or of
// another client, is taken up together with its order.
RequestState& OrderView::request_of(const broker_execution_report_t& report) {
    const std::string_view account = view(report.event.account);
    const std::string_view cl_ord_id = view(report.cl_ord_id);
    std::size_t order = order_by_cl_ord_id(account, view(report.orig_cl_ord_id));
    if (order == kNoOrder) order = order_by_order_id(account, view(report.order_id));
    const auto found = by_cl_ord_id_.find({std::string{account}, std::string{cl_ord_id}});
    const bool has_order =
        found != by_cl_ord_id_.end() && requests_[found->second].order != kNoOrder;
    if (has_order) return requests_[found->second];
    if (order == kNoOrder) {
        order = orders_.size();
        OrderState& state = orders_.emplace_back();
        state.account = account;
        state.cl_ord_id = cl_ord_id;
    }
    if (found == by_cl_ord_id_.end()) return add_request(account, cl_ord_id, order);
    requests_[found->second].order = order;
    return requests_[found->second];
}

const RequestState* OrderView::find_request(std::string_view account,
                                            std::string_view cl_ord_id) const {
    const auto found = by_cl_ord_id_.find({std::string{account}, std::string{cl_ord_id}});
    return found == by_cl_ord_id_.end() ? nullptr : &requests_[found->second];
}

const OrderState* OrderView::order_of(const RequestState& request) const {
    return request.order == kNoOrder ? nullptr : &orders_[request.order];
}

std::size_t OrderView::order_by_cl_ord_id(std::string_view account,
                                          std::string_view cl_ord_id) const {
    const RequestState* const request = find_request(account, cl_ord_id);
    return request == nullptr ? kNoOrder : request->order;
}

std::size_t OrderView::order_by_order_id(std::string_view account,
                                         std::string_view order_id) const {
    if (order_id.empty()) return kNoOrder;
    for (std::size_t i = 0; i < orders_.size(); ++i) {
        if (orders_[i].order_id == order_id && orders_[i].account == account) return i;
    }
    return kNoOrder;
}

}  // namespace broker::sample_host
