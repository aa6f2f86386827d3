#include "simulator/account_data.hpp"

#include <utility>

#include "simulator/fix_requests.hpp"
#include "simulator/fix_text.hpp"
#include "simulator/order_codes.hpp"

namespace broker::simulator {
namespace {

using core::Decimal;

Wide fixed(const Decimal& value) { return to_fixed(value).value(); }

Decimal product(const Decimal& a, const Decimal& b) {
    constexpr Wide kUnit = 100'000'000;
    return from_fixed(rounded_quotient(fixed(a) * fixed(b), kUnit));
}

Decimal magnitude(const Decimal& value) {
    return value.sign() < 0 ? Decimal{}.minus(value).value() : value;
}

void copy_if_given(const FixMessage& from, int tag, FixMessage& to) {
    if (const auto* value = from.find(tag)) to.add(tag, *value);
}

// What a TradeCaptureReportRequest restricts its answer to.
struct TradeFilter {
    explicit TradeFilter(const FixMessage& fix)
        : exec_id{fix.value(17)},
          order_id{fix.value(37)},
          cl_ord_id{fix.value(11)},
          symbol{fix.value(55)},
          side{fix.value(54)} {
        // NoDates (580): one date or time is the start, two are start and end. Dates count whole.
        const auto times = values_of(fix, 60);
        const auto dates = values_of(fix, 75);
        if (!times.empty()) {
            from = timestamp_from(times.front());
            if (times.size() > 1) to = timestamp_from(times.back());
        } else if (!dates.empty()) {
            from = date_from(dates.front());
            to = date_from(dates.back());
            if (to) *to += std::chrono::days{1};
        }
    }

    [[nodiscard]] bool lets_pass(const Trade& trade) const {
        const auto agrees = [](const std::string& wanted, std::string_view actual) {
            return wanted.empty() || wanted == actual;
        };
        return !trade.is_canceled && agrees(exec_id, trade.exec_id) &&
               agrees(order_id, trade.order->order_id) &&
               agrees(cl_ord_id, trade.order->cl_ord_id) && agrees(symbol, trade.order->symbol) &&
               agrees(side, code_of(trade.order->side)) && (!from || trade.time >= *from) &&
               (!to || trade.time <= *to);
    }

    std::string exec_id;
    std::string order_id;
    std::string cl_ord_id;
    std::string symbol;
    std::string side;
    std::optional<core::UtcTime> from;
    std::optional<core::UtcTime> to;
};

}  // namespace

const VenueAccount* AccountData::account_of(const std::string& session, const FixMessage& fix) {
    const VenueAccount* account = venue_.account(session);
    const std::string name = fix.value(1);
    if (account != nullptr && (name.empty() || name == account->name)) return account;
    venue_.answer(session, nullptr,
                  business_message_reject(fix, {kUnknownId, "unknown Account " + name}));
    return nullptr;
}

Decimal AccountData::open_profit(const Position& position) {
    const auto quote = venue_.market().quote(position.symbol).value();
    const auto& price = position.quantity.sign() > 0 ? quote.bid : quote.ask;
    return product(position.quantity, price.minus(position.avg_px).value());
}

void AccountData::tell_positions(const std::string& session, const FixMessage& fix) {
    const VenueAccount* account = account_of(session, fix);
    if (account == nullptr) return;
    std::vector<Position> positions;
    for (auto& position : account->book.positions())
        if (fix.find(55) == nullptr || fix.value(55) == position.symbol)
            positions.push_back(std::move(position));
    venue_.answer(session, nullptr, positions_ack(fix, *account, positions.size()));
    if (fix.value(724) != "0" && fix.find(724) != nullptr) return;
    for (const auto& position : positions)
        venue_.answer(session, nullptr, position_report(fix, *account, position, positions.size()));
}

FixMessage AccountData::positions_ack(const FixMessage& fix, const VenueAccount& account,
                                      std::size_t count) {
    const bool is_served = fix.find(724) == nullptr || fix.value(724) == "0";
    FixMessage ack{"AO", {{721, venue_.next_report_id()}}};
    copy_if_given(fix, 710, ack);
    ack.add(727, std::to_string(is_served ? count : 0));
    ack.add(728, !is_served ? "1" : count == 0 ? "2" : "0");
    ack.add(729, is_served ? "0" : "2");
    ack.add(1, account.name);
    ack.add(581, "1");
    return ack;
}

FixMessage AccountData::position_report(const FixMessage& fix, const VenueAccount& account,
                                        const Position& position, std::size_t count) {
    const bool is_long = position.quantity.sign() > 0;
    FixMessage report{"AP", {{721, venue_.next_report_id()}}};
    copy_if_given(fix, 710, report);
    report.add(724, "0");
    report.add(727, std::to_string(count));
    report.add(728, "0");
    report.add(715, date_text(venue_.utc()));
    report.add(1, account.name);
    report.add(581, "1");
    report.add(55, position.symbol);
    report.add(15, "USD");
    report.add(730, position.avg_px.to_string());
    report.add(731, "1");
    report.add(734, position.avg_px.to_string());
    report.add(702, "1");
    report.add(703, "TQ");
    report.add(704, is_long ? position.quantity.to_string() : "0");
    report.add(705, is_long ? "0" : magnitude(position.quantity).to_string());
    report.add(753, "1");
    report.add(707, "FMTM");
    report.add(708, open_profit(position).to_string());
    if (const int tag = venue_.options().position_code_tag; tag != 0)
        report.add(tag, position.code);
    return report;
}

void AccountData::tell_collateral(const std::string& session, const FixMessage& fix) {
    const VenueAccount* account = account_of(session, fix);
    if (account == nullptr) return;
    const auto cash = account->book.cash();
    Wide equity = fixed(cash);
    Wide margin = 0;
    for (const auto& position : account->book.positions()) {
        equity += fixed(open_profit(position));
        const auto worth = product(magnitude(position.quantity), position.avg_px);
        margin += fixed(product(worth, venue_.options().margin_rate));
    }
    FixMessage report{"BA", {{908, venue_.next_report_id()}}};
    copy_if_given(fix, 909, report);
    report.add(910, "3");
    report.add(911, "1");
    report.add(912, "Y");
    report.add(1, account->name);
    report.add(581, "1");
    report.add(15, "USD");
    report.add(899, from_fixed(equity - margin).to_string());
    report.add(900, from_fixed(equity).to_string());
    report.add(901, cash.to_string());
    report.add(921, account->start_cash.to_string());
    report.add(922, cash.to_string());
    venue_.answer(session, nullptr, std::move(report));
}

void AccountData::tell_trades(const std::string& session, const FixMessage& fix) {
    if (auto error = first_missing(fix, {568, 569}))
        return venue_.answer(session, nullptr, business_message_reject(fix, *error));
    const std::string type = fix.value(569);
    const bool is_served = type == "0" || type == "1";
    const TradeFilter filter{fix};
    std::vector<const Trade*> trades;
    for (const auto& trade : venue_.trades())
        if (is_served && trade.sender_comp_id == session && filter.lets_pass(trade))
            trades.push_back(&trade);
    FixMessage ack{"AQ", {{568, fix.value(568)}, {569, type}}};
    copy_if_given(fix, 263, ack);
    ack.add(748, std::to_string(trades.size()));
    ack.add(749, is_served ? "0" : "8");
    ack.add(750, is_served ? "0" : "2");
    ack.add(55, fix.find(55) != nullptr ? fix.value(55) : "[N/A]");
    venue_.answer(session, nullptr, std::move(ack));
    for (const Trade* trade : trades) {
        auto report = trade_report(fix, *trade);
        report.add(748, std::to_string(trades.size()));
        report.add(912, trade == trades.back() ? "Y" : "N");
        venue_.answer(session, nullptr, std::move(report));
    }
}

FixMessage AccountData::trade_report(const FixMessage& fix, const Trade& trade) {
    const Order& order = *trade.order;
    FixMessage report{"AE", {{571, venue_.next_report_id()}, {487, "0"}}};
    report.add(568, fix.value(568));
    report.add(150, "F");
    report.add(17, trade.exec_id);
    report.add(39, code_of(order.ord_status));
    report.add(570, "N");
    report.add(55, order.symbol);
    report.add(32, trade.quantity.to_string());
    report.add(31, trade.price.to_string());
    report.add(75, date_text(trade.time));
    report.add(60, timestamp_text(trade.time));
    report.add(552, "1");
    report.add(54, code_of(order.side));
    report.add(37, order.order_id);
    report.add(11, order.cl_ord_id);
    report.add(1, venue_.account(trade.sender_comp_id)->name);
    return report;
}

}  // namespace broker::simulator
