#include "simulator/rest_views.hpp"

#include "simulator/rest_figures.hpp"
#include "simulator/rest_symbols.hpp"

namespace broker::simulator {
namespace {

std::int64_t as_number(std::uint64_t version) { return static_cast<std::int64_t>(version); }

core::Decimal one() { return core::Decimal::from(1, 0).value(); }

}  // namespace

const std::string& RestViews::account_name(const std::string& session) {
    return venue_.account(session)->name;
}

std::vector<const RestOrder*> RestViews::open_orders(const std::string& session) const {
    std::vector<const RestOrder*> open;
    for (const RestOrder* order : book_.orders(session))
        if (order->order->is_working()) open.push_back(order);
    return open;
}

void RestViews::balances(JsonWriter& json, const std::string& session) {
    json.key("balances").begin_array().begin_object();
    json.account(account_name(session)).integer("version", as_number(book_.version(session)));
    json.number("value", venue_.account(session)->book.cash()).text("currency", "USD");
    json.end_object().end_array();
}

void RestViews::portfolio(JsonWriter& json, const std::string& session, bool has_owner) {
    json.begin_object().account(account_name(session));
    json.integer("version", as_number(book_.version(session)));
    if (has_owner) {
        for (const auto& account : options_.accounts)
            if (account.sender_comp_id == session)
                json.text("owner", account.username + "@" + rest().domain);
    }
    balances(json, session);
    json.key("positions").begin_array();
    for (const auto& each : book_.positions(session)) position(json, session, each);
    json.end_array().key("orders").begin_array();
    for (const RestOrder* each : open_orders(session)) order(json, *each, true);
    json.end_array().end_object();
}

void RestViews::position(JsonWriter& json, const std::string& session, const RestPosition& shown) {
    const auto& held = shown.position;
    const bool is_long = held.quantity.sign() > 0;
    const auto figures = figures_of(venue_, held);
    json.begin_object().account(account_name(session));
    json.integer("version", as_number(shown.version)).text("positionCode", shown.code);
    json.text("symbol", shown_symbol(rest(), held.symbol));
    if (rest().signed_quantities) {
        json.number("quantity", held.quantity);
    } else {
        json.number("quantity", magnitude_of(held.quantity));
        json.text("side", is_long ? "BUY" : "SELL");
    }
    json.number("quantityNotional", figures.notional).time("openTime", shown.opened);
    json.number("openPrice", held.avg_px).time("lastUpdateTime", shown.changed);
    json.number("marginRate", venue_.options().margin_rate);
    if (rest().shows_protection_prices) protection_prices(json, session, shown);
    json.end_object();
}

void RestViews::protection_prices(JsonWriter& json, const std::string& session,
                                  const RestPosition& position) {
    for (const RestOrder* each : open_orders(session)) {
        const Order& order = *each->order;
        if (!order.is_attached || order.symbol != position.position.symbol ||
            order.position_code != position.position.code)
            continue;
        json.number("takeProfitPrice", order.terms.price);
        json.number("stopLossPrice", order.terms.stop_px);
    }
}

void RestViews::metrics(JsonWriter& json, const std::string& session, bool has_positions) {
    const auto figures = figures_of(venue_, *venue_.account(session));
    const auto positions = book_.positions(session);
    const bool is_upper = rest().upper_case_pl;
    json.begin_object().account(account_name(session));
    json.integer("version", as_number(book_.version(session)));
    json.number("equity", figures.equity).number("balance", figures.balance);
    json.number("availableBalance", figures.balance).number("availableFunds", figures.margin_free);
    json.number("credit", core::Decimal{}).number("marginFree", figures.margin_free);
    json.number("margin", figures.margin);
    json.number(is_upper ? "openPL" : "openPl", figures.open_profit);
    json.number(is_upper ? "totalPL" : "totalPl", figures.open_profit);
    json.integer("openPositionsCount", static_cast<std::int64_t>(positions.size()));
    json.integer("openOrdersCount", static_cast<std::int64_t>(open_orders(session).size()));
    if (has_positions) {
        json.key("positions").begin_array();
        for (const auto& each : positions) position_metrics(json, each);
        json.end_array();
    }
    json.end_object();
}

void RestViews::position_metrics(JsonWriter& json, const RestPosition& shown) {
    const auto figures = figures_of(venue_, shown.position);
    json.begin_object().integer("version", as_number(shown.version));
    json.text("positionCode", shown.code);
    json.text("symbol", shown_symbol(rest(), shown.position.symbol));
    json.number("quantity", shown.position.quantity);
    json.number("quantityNotional", figures.notional).number("fpl", figures.open_profit);
    json.number("convRate", one()).number("marginRate", venue_.options().margin_rate);
    json.number("margin", figures.margin).number("openPrice", shown.position.avg_px);
    json.number("openPriceInstrumentCcy", shown.position.avg_px);
    json.number("currentPriceInstrumentCcy", figures.price).text("instrumentCurrency", "USD");
    json.end_object();
}

void RestViews::eod_metrics(JsonWriter& json, const std::string& session) {
    const auto figures = figures_of(venue_, *venue_.account(session));
    json.begin_object().account(account_name(session)).text("accountBaseCurrency", "USD");
    json.number("usdConvRate", one()).number("equity", figures.equity);
    json.number("balance", figures.balance).number("margin", figures.margin);
    json.number("marginFree", figures.margin_free).number("openPl", figures.open_profit);
    json.number("totalPl", figures.open_profit).end_object();
}

void RestViews::transfer(JsonWriter& json, const std::string& session,
                         const RestTransfer& transfer) {
    json.begin_object().account(account_name(session));
    json.integer("version", as_number(transfer.cash.version));
    json.text("transferCode", transfer.code).text_if("comment", transfer.comment);
    json.time("transactionTime", transfer.cash.time).key("cashTransactions").begin_array();
    cash(json, session, transfer.cash, nullptr);
    json.end_array().end_object();
}

void RestViews::event(JsonWriter& json, const std::string& session, const RestAccountEvent& event) {
    json.begin_object().account(account_name(session));
    json.integer("version", as_number(event.version)).text("eventType", event.type);
    json.number("riskLevelThreshold", event.threshold).number("actualRiskLevel", event.level);
    json.time("eventTime", event.time).end_object();
}

void RestViews::user(JsonWriter& json, const std::string& username) {
    json.begin_object().text("login", username).text("domain", rest().domain);
    json.text("username", username).integer("version", 1).text("fullName", username);
    json.key("accounts").begin_array();
    for (const auto& account : options_.accounts) {
        if (account.username != username) continue;
        json.begin_object().text("owner", username + "@" + rest().domain);
        json.account(account.account)
            .integer("version", as_number(book_.version(account.sender_comp_id)));
        json.text("baseCurrency", "USD").text("accountStatus", "FULL_TRADING");
        json.boolean("positionBased", rest().position_based).end_object();
    }
    json.end_array().end_object();
}

}  // namespace broker::simulator
