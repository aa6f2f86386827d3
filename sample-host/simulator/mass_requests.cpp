#include "simulator/mass_requests.hpp"

#include <utility>

#include "simulator/fix_requests.hpp"
#include "simulator/fix_text.hpp"
#include "simulator/order_codes.hpp"

namespace broker::simulator {
namespace {

// MassStatusReqType (585) and MassCancelRequestType (530).
constexpr const char* kOfSymbol = "1";
constexpr const char* kAll = "7";

bool is_served(const std::string& type) { return type == kOfSymbol || type == kAll; }

}  // namespace

std::vector<Order*> MassRequests::orders_of(const std::string& session, const FixMessage& fix,
                                            bool is_by_symbol) {
    const auto side = side_from(fix.value(54));
    std::vector<Order*> orders;
    for (Order* order : venue_.book().working()) {
        if (!order->is_working() || order->sender_comp_id != session) continue;
        if (is_by_symbol && order->symbol != fix.value(55)) continue;
        if (side != core::Side::Unspecified && order->side != side) continue;
        orders.push_back(order);
    }
    return orders;
}

void MassRequests::tell_status(const std::string& session, const FixMessage& fix) {
    const auto reject = [&](RequestError error) {
        venue_.answer(session, nullptr, business_message_reject(fix, std::move(error)));
    };
    if (auto error = first_missing(fix, {584, 585})) return reject(std::move(*error));
    const std::string type = fix.value(585);
    if (!is_served(type)) return reject({0, "MassStatusReqType " + type + " is not served"});
    const auto orders = orders_of(session, fix, type == kOfSymbol);
    if (orders.empty() && venue_.options().rejects_empty_mass_status)
        return reject({kUnknownId, "no orders"});
    const std::vector<FixField> common = {{584, fix.value(584)},
                                          {911, std::to_string(orders.size())}};
    if (orders.empty()) {
        auto none = unknown_order_report({.symbol = fix.value(55)}, venue_.utc());
        none.fields.insert(none.fields.end(), common.begin(), common.end());
        none.add(912, "Y");
        return venue_.answer(session, nullptr, std::move(none));
    }
    for (Order* order : orders) {
        ReportDetails details{.more = common};
        details.more.push_back({912, order == orders.back() ? "Y" : "N"});
        venue_.report_status(*order, std::move(details));
    }
}

void MassRequests::cancel(const std::string& session, const FixMessage& fix) {
    if (auto error = first_missing(fix, {11, 530}))
        return venue_.answer(session, nullptr, business_message_reject(fix, *error));
    const std::string type = fix.value(530);
    FixMessage report{"r", {{11, fix.value(11)}, {37, venue_.next_report_id()}, {530, type}}};
    report.add(60, timestamp_text(venue_.utc()));
    if (!is_served(type)) {
        report.add(531, "0");
        report.add(532, "0");  // MassCancelNotSupported
        report.add(58, "MassCancelRequestType " + type + " is not served");
        return venue_.answer(session, nullptr, std::move(report));
    }
    const auto orders = orders_of(session, fix, type == kOfSymbol);
    report.add(531, type);
    report.add(533, std::to_string(orders.size()));
    if (!orders.empty()) report.add(534, std::to_string(orders.size()));
    for (const Order* order : orders) {
        report.add(41, order->cl_ord_id);
        report.add(535, order->order_id);
    }
    venue_.answer(session, nullptr, std::move(report));
    for (Order* order : orders)
        if (order->is_working()) venue_.cancel(*order, {.text = "mass cancel"});
}

}  // namespace broker::simulator
