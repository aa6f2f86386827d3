// ABI records for the tests of the sample host.
#pragma once

#include <string_view>

#include "broker/abi/broker.h"
#include "broker/sdk/text.hpp"

namespace broker::sample_host::test {

inline broker_decimal_t decimal(std::string_view text) {
    return sdk::decimal_from_text(text).value();
}

inline broker_execution_report_t report(std::string_view account, std::string_view cl_ord_id,
                                        broker_exec_type_t exec_type,
                                        broker_ord_status_t ord_status) {
    broker_execution_report_t report{};
    report.event.struct_size = sizeof(report);
    report.event.type = BROKER_EVENT_EXECUTION_REPORT;
    report.event.account = sdk::borrow(account);
    report.event.event_seq_num = 7;
    report.event.time = 1'700'000'000'000'000'001;
    report.cl_ord_id = sdk::borrow(cl_ord_id);
    report.exec_type = exec_type;
    report.ord_status = ord_status;
    report.certainty = BROKER_CERTAINTY_ACKNOWLEDGED;
    report.side = BROKER_SIDE_BUY;
    report.ord_type = BROKER_ORD_TYPE_MARKET;
    report.symbol = sdk::borrow("EURUSD");
    return report;
}

inline broker_execution_report_t fill(std::string_view account, std::string_view exec_id,
                                      broker_side_t side, std::string_view qty) {
    broker_execution_report_t trade =
        report(account, "a-1", BROKER_EXEC_TYPE_TRADE, BROKER_ORD_STATUS_FILLED);
    trade.side = side;
    trade.order_id = sdk::borrow("O-1");
    trade.exec_id = sdk::borrow(exec_id);
    trade.last_qty = decimal(qty);
    trade.last_px = decimal("1.10002");
    return trade;
}

inline broker_new_order_t new_order(std::string_view account, std::string_view cl_ord_id) {
    broker_new_order_t order{};
    order.account = sdk::borrow(account);
    order.cl_ord_id = sdk::borrow(cl_ord_id);
    order.symbol = sdk::borrow("EURUSD");
    order.side = BROKER_SIDE_BUY;
    order.ord_type = BROKER_ORD_TYPE_MARKET;
    order.order_qty = decimal("1000");
    return order;
}

}  // namespace broker::sample_host::test
