#include "dxtrade/push/order_news.hpp"

#include <algorithm>
#include <string>

namespace broker::dxtrade::push {
namespace {

using core::Decimal;
using core::ExecType;

// Why a made one: a venue that leaves out executionCode still tells executions apart by these.
std::string code_of(const core::ExecutionReport& report) {
    if (!report.exec_id.empty()) return std::string{report.exec_id};
    const auto text = [](const std::optional<Decimal>& qty) {
        return qty ? qty->to_string() : std::string{"-"};
    };
    std::string code{"\n"};  // in no code of a venue
    code.append(report.raw_exec_type).append("\n").append(report.raw_ord_status);
    code.append("\n").append(text(report.last_qty)).append("\n").append(text(report.cum_qty));
    return code;
}

void add(Decimal& sum, const std::optional<Decimal>& qty) {
    if (qty) sum = sum.plus(*qty).value_or(sum);
}

// The order has changed since the picture was made.
bool is_outdated(const rest::RestOrder& order, const TrackedOrder& tracked) {
    return order.version && tracked.version && *order.version < *tracked.version;
}

}  // namespace

TrackedOrder* OrderNews::take(const rest::RestOrder& order, const rest::ReportContext& context,
                              bool is_repeated, std::vector<rest::OrderReport>& news) {
    const OrderLookUp names = names_of(order);
    TrackedOrder* tracked = orders_.find(names);
    const bool is_first = tracked == nullptr || !tracked->picture;
    if (tracked == nullptr) tracked = orders_.add(names);
    rest::execution_reports(order, context, reports_);
    const core::ExecutionReport picture = picture_of(order, context);
    if (tracked == nullptr) {
        news.insert(news.end(), reports_.begin(), reports_.end());
        news.push_back({picture, {}});
        return nullptr;
    }
    orders_.learn(*tracked, names);
    take_executions(order, *tracked, news);

    if (is_outdated(order, *tracked) || (is_repeated && !is_first)) return tracked;
    if (tracked->is_final && !rest::is_final(order) && !order.version) return tracked;
    OrderPicture shown{picture};
    const bool is_old_end = is_first && rest::is_final(order) && is_past(order, *tracked, picture);
    if (tracked->picture != shown && !is_old_end) news.push_back({picture, {}});
    if (order.version) tracked->version = order.version;
    tracked->is_final = rest::is_final(order);
    tracked->picture = std::move(shown);
    tracked->cum_qty = std::max(tracked->cum_qty, picture.cum_qty.value_or(Decimal{}));
    return tracked;
}

// Why not a status: that of a rejected order may mean that the venue knows no such order, and
// proves nothing then. This one is shown by its names, and the execution that says it is not.
core::ExecutionReport OrderNews::picture_of(const rest::RestOrder& order,
                                            const rest::ReportContext& context) const {
    core::ExecutionReport picture = rest::order_picture(order, context);
    const bool is_told = std::any_of(reports_.begin(), reports_.end(), [](const auto& change) {
        return change.report.exec_type == ExecType::Rejected;
    });
    if (picture.ord_status == core::OrdStatus::Rejected && !is_told) {
        picture.exec_type = ExecType::Rejected;
    }
    return picture;
}

void OrderNews::take_executions(const rest::RestOrder& order, TrackedOrder& tracked,
                                std::vector<rest::OrderReport>& news) {
    for (const rest::OrderReport& change : reports_) {
        std::string code = code_of(change.report);
        if (tracked.executions.contains(code)) continue;
        if (tracked.executions.size() >= rules_.max_executions_of_order) {
            tracked.has_more_executions = true;
        } else {
            tracked.executions.insert(std::move(code));
            if (change.report.exec_type == ExecType::Trade) {
                add(tracked.filled, change.report.last_qty);
            }
        }
        if (!is_past(order, tracked, change.report)) news.push_back(change);
    }
}

// By the execution's own time, or by that of the order's last change: nothing of it is later.
bool OrderNews::is_past(const rest::RestOrder& order, const TrackedOrder& tracked,
                        const core::ExecutionReport& report) const {
    if (tracked.is_expected) return false;
    const auto is_before = [&](const std::optional<core::UtcTime>& time) {
        return time && *time < rules_.past;
    };
    return is_before(report.transact_time) || is_before(order.transaction_time);
}

}  // namespace broker::dxtrade::push
