// Fills, each booked once, and the positions that they add up to.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "broker/abi/broker.h"
#include "host/decimal_sum.hpp"

namespace broker::sample_host {

struct Fill {
    std::string account;
    std::string order_id;  // OrderID and ExecID name a fill within its account
    std::string exec_id;
    std::string cl_ord_id;
    std::string symbol;
    broker_side_t side = BROKER_SIDE_UNSPECIFIED;
    broker_decimal_t qty{};
    broker_decimal_t price{};
};

struct Position {
    std::string account;
    std::string symbol;
    DecimalSum bought;
    DecimalSum sold;

    [[nodiscard]] DecimalSum net() const;  // negative: short
};

class Positions {
public:
    // Books the fill of an ExecutionReport with ExecType Trade; TradeCorrect and TradeCancel change
    // the fill that ExecRefID names. Any other report changes nothing.
    void apply(const broker_execution_report_t& report);

    [[nodiscard]] const std::vector<Fill>& fills() const { return fills_; }  // in order of arrival
    // By account and symbol; those that are flat again are among them.
    [[nodiscard]] std::vector<Position> positions() const;

private:
    [[nodiscard]] std::vector<Fill>::iterator find(std::string_view account,
                                                   std::string_view order_id,
                                                   std::string_view exec_id);

    std::vector<Fill> fills_;
};

}  // namespace broker::sample_host
