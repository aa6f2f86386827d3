// Portfolios, figures and events of accounts.
#include <algorithm>

#include "dxtrade/rest/enum_words.hpp"
#include "dxtrade/rest/record_fields.hpp"

namespace broker::dxtrade::rest {
namespace {

using Number = std::optional<core::Decimal>;

Number first_of(Number a, const Number& b) { return a ? a : b; }

RestBalance read_balance(ObjectReader& object) {
    return {object.account("account"), object.count("version"), object.decimal("value"),
            object.text("currency")};
}

// XT names some figures otherwise: openPl, avgOpenPrice, markPrice.
PositionMetrics read_position_metrics(ObjectReader& object) {
    PositionMetrics metrics;
    metrics.version = object.count("version");
    metrics.position_code = object.id("positionCode");
    metrics.symbol = object.text("symbol");
    metrics.quantity = object.decimal("quantity");
    metrics.quantity_notional = object.decimal("quantityNotional");
    metrics.open_pl = first_of(object.decimal("fpl"), object.decimal_any_case("openPl"));
    metrics.conv_rate = object.decimal("convRate");
    metrics.margin = object.decimal("margin");
    metrics.margin_rate = object.decimal("marginRate");
    metrics.open_price = first_of(object.decimal("openPrice"), object.decimal("avgOpenPrice"));
    metrics.current_price =
        first_of(object.decimal("currentPriceInstrumentCcy"), object.decimal("markPrice"));
    return metrics;
}

AccountDetails read_account_details(ObjectReader& object) {
    AccountDetails details;
    details.account = object.account("account");
    details.owner = object.text("owner");
    details.version = object.count("version");
    details.base_currency = object.text("baseCurrency");
    details.account_status = object.text("accountStatus");
    details.pricing_stream = object.text("pricingStream");
    details.is_position_based = object.boolean("positionBased");
    if (!details.is_position_based) {
        details.is_position_based = object.boolean("isPositionBased");
    }
    return details;
}

}  // namespace

RestPosition read_position(ObjectReader& object) {
    RestPosition position;
    position.account = object.account("account");
    position.version = object.count("version");
    position.position_code = object.id("positionCode");
    position.symbol = object.text("symbol");
    if (position.symbol.empty()) position.symbol = object.text("instrument");
    position.quantity = object.decimal("quantity");
    position.quantity_notional = object.decimal("quantityNotional");
    const std::string side = object.text("side");
    position.side = side_from_word(side);
    if (position.side == core::Side::Unspecified && !side.empty()) object.unknown("side", side);
    position.open_time = object.timestamp("openTime");
    position.open_price = object.decimal("openPrice");
    position.last_update_time = object.timestamp("lastUpdateTime");
    position.margin_rate = object.decimal("marginRate");
    position.take_profit_price = object.decimal("takeProfitPrice");
    position.stop_loss_price = object.decimal("stopLossPrice");
    return position;
}

Portfolio read_portfolio(ObjectReader& object) {
    Portfolio portfolio;
    portfolio.account = object.account("account");
    portfolio.version = object.count("version");
    read_list(object, "balances", &read_balance, portfolio.balances);
    portfolio.has_all_positions =
        read_list(object, "positions", &read_position, portfolio.positions);
    portfolio.has_all_orders = read_list(object, "orders", &read_order, portfolio.orders);
    // What nothing names cannot be told from what is not there.
    const auto is_nameless = [](const RestOrder& order) {
        return order.order_id.empty() && order.client_order_id.empty();
    };
    if (std::any_of(portfolio.orders.begin(), portfolio.orders.end(), is_nameless)) {
        portfolio.has_all_orders = false;
    }
    const auto is_unusable = [](const RestPosition& position) {
        return position.symbol.empty() || !position.quantity;
    };
    if (std::any_of(portfolio.positions.begin(), portfolio.positions.end(), is_unusable)) {
        portfolio.has_all_positions = false;
    }
    return portfolio;
}

AccountMetrics read_metrics(ObjectReader& object) {
    AccountMetrics metrics;
    metrics.account = object.account("account");
    metrics.version = object.count("version");
    metrics.equity = object.decimal("equity");
    metrics.balance = object.decimal("balance");
    metrics.available_balance = object.decimal("availableBalance");
    metrics.available_funds = object.decimal("availableFunds");
    metrics.allocated_funds = object.decimal("allocatedFunds");
    metrics.credit = object.decimal("credit");
    metrics.margin = first_of(object.decimal("margin"), object.decimal("initialMargin"));
    metrics.maintenance_margin = object.decimal("maintenanceMargin");
    metrics.margin_free = object.decimal("marginFree");
    metrics.open_pl = object.decimal_any_case("openPl");
    metrics.total_pl = object.decimal_any_case("totalPl");
    metrics.open_positions_count = object.count("openPositionsCount");
    metrics.open_orders_count = object.count("openOrdersCount");
    read_list(object, "positions", &read_position_metrics, metrics.positions);
    return metrics;
}

RestCashTransfer read_cash_transfer(ObjectReader& object) {
    RestCashTransfer transfer;
    transfer.account = object.account("account");
    transfer.version = object.count("version");
    transfer.transfer_code = object.id("transferCode");
    transfer.comment = object.text("comment");
    transfer.transaction_time = object.timestamp("transactionTime");
    read_list(object, "cashTransactions", &read_cash_transaction, transfer.cash_transactions);
    return transfer;
}

RestAccountEvent read_account_event(ObjectReader& object) {
    RestAccountEvent event;
    event.account = object.account("account");
    event.event_type = object.text("eventType");
    event.reason = object.text("reason");
    event.risk_level_threshold = object.decimal("riskLevelThreshold");
    event.actual_risk_level = object.decimal("actualRiskLevel");
    event.time = object.timestamp("time");
    if (!event.time) event.time = object.timestamp("transactionTime");
    return event;
}

UserDetails read_user(ObjectReader& object) {
    UserDetails user;
    user.login = object.text("login");
    user.domain = object.text("domain");
    user.username = object.text("username");
    user.full_name = object.text("fullName");
    user.version = object.count("version");
    read_list(object, "accounts", &read_account_details, user.accounts);
    return user;
}

}  // namespace broker::dxtrade::rest
