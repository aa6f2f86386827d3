#include "host/positions.hpp"

#include <algorithm>
#include <utility>

#include "broker/sdk/text.hpp"

namespace broker::sample_host {
namespace {

Fill fill_of(const broker_execution_report_t& report) {
    return {std::string{sdk::view(report.event.account)},
            std::string{sdk::view(report.order_id)},
            std::string{sdk::view(report.exec_id)},
            std::string{sdk::view(report.cl_ord_id)},
            std::string{sdk::view(report.symbol)},
            report.side,
            report.last_qty,
            report.last_px};
}

}  // namespace

DecimalSum Position::net() const {
    DecimalSum net = bought;
    net.subtract(sold);
    return net;
}

std::vector<Fill>::iterator Positions::find(std::string_view account, std::string_view order_id,
                                            std::string_view exec_id) {
    return std::find_if(fills_.begin(), fills_.end(), [&](const Fill& fill) {
        return fill.exec_id == exec_id && fill.order_id == order_id && fill.account == account;
    });
}

void Positions::apply(const broker_execution_report_t& report) {
    const std::string_view account = sdk::view(report.event.account);
    const std::string_view order_id = sdk::view(report.order_id);
    const auto is_type = [&](broker_exec_type_t type) { return report.exec_type == type; };
    if (is_type(BROKER_EXEC_TYPE_TRADE)) {
        const bool is_known = find(account, order_id, sdk::view(report.exec_id)) != fills_.end();
        if (!is_known) fills_.push_back(fill_of(report));
        return;
    }
    if (!is_type(BROKER_EXEC_TYPE_TRADE_CORRECT) && !is_type(BROKER_EXEC_TYPE_TRADE_CANCEL)) return;
    const auto fill = find(account, order_id, sdk::view(report.exec_ref_id));
    if (fill == fills_.end()) return;
    if (is_type(BROKER_EXEC_TYPE_TRADE_CANCEL)) {
        fills_.erase(fill);
    } else {
        *fill = fill_of(report);
    }
}

std::vector<Position> Positions::positions() const {
    std::map<std::pair<std::string, std::string>, Position> sums;
    for (const Fill& fill : fills_) {
        Position& position = sums[{fill.account, fill.symbol}];
        position.account = fill.account;
        position.symbol = fill.symbol;
        (fill.side == BROKER_SIDE_BUY ? position.bought : position.sold).add(fill.qty);
    }
    std::vector<Position> positions;
    for (auto& [key, position] : sums) positions.push_back(std::move(position));
    return positions;
}

}  // namespace broker::sample_host
