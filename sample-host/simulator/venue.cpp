#include "simulator/venue.hpp"

#include <algorithm>
#include <utility>

namespace broker::simulator {

using core::ExecType;
using core::OrdStatus;

Venue::Venue(const SimulatorOptions& options, std::string id_prefix, const core::Clock& clock,
             Send send)
    : clock_{clock},
      send_{std::move(send)},
      id_prefix_{std::move(id_prefix)},
      options_{options.trading},
      sends_pending_{options.sends_pending},
      market_{default_instruments(), options.seed} {
    for (const auto& account : options.accounts)
        accounts_.emplace(account.sender_comp_id,
                          VenueAccount{account.account, account.cash, AccountBook{account.cash}});
    for (const auto& rule : options.rules) behaviour_.add(rule);
}

VenueAccount* Venue::account(std::string_view sender_comp_id) {
    const auto found = accounts_.find(sender_comp_id);
    return found == accounts_.end() ? nullptr : &found->second;
}

Order* Venue::find(const std::string& sender_comp_id, const std::string& cl_ord_id,
                   const std::string& order_id) {
    if (Order* order = book_.find(sender_comp_id, cl_ord_id)) return order;
    Order* order = order_id.empty() ? nullptr : book_.find_by_order_id(order_id);
    return order != nullptr && order->sender_comp_id == sender_comp_id ? order : nullptr;
}

void Venue::begin_request(const RuleSubject& subject, bool may_lose_answers) {
    handling_ = {};
    if (const auto rule = behaviour_.take(Action::DelayAnswers, subject))
        handling_.delay = rule->delay;
    handling_.loses_next =
        may_lose_answers && behaviour_.take(Action::LoseAcknowledgement, subject).has_value();
}

void Venue::end_request() {
    handling_ = {};
    book_.sweep();
}

std::string Venue::report(Order& order, ReportDetails details) {
    details.exec_id = next_exec_id(&order);
    details.now = clock_.utc();
    if (options_.position_code_tag != 0 && !order.position_code.empty())
        details.more.push_back({options_.position_code_tag, order.position_code});
    auto message = execution_report(order, details);
    tell_observer(order, message, details.exec_type != ExecType::Rejected);
    if (!order.is_silent) answer(order.sender_comp_id, &order, std::move(message));
    return details.exec_id;
}

void Venue::report_status(Order& order, ReportDetails details) {
    details.exec_type = ExecType::OrderStatus;
    details.exec_id = "0";
    details.now = clock_.utc();
    auto message = execution_report(order, details);
    tell_observer(order, message, false);
    answer(order.sender_comp_id, &order, std::move(message));
}

void Venue::tell_observer(const Order& order, const FixMessage& report, bool is_venue_event) const {
    if (on_report_) on_report_(order.sender_comp_id, order, report, is_venue_event);
}

void Venue::answer(const std::string& session, Order* order, FixMessage message) {
    if (std::exchange(handling_.loses_next, false)) return;
    const auto now = clock_.monotonic();
    auto due = now + handling_.delay;
    if (order != nullptr) {
        due = std::max(due, order->reports_due);
        order->reports_due = due;
    }
    if (due <= now) return send_(session, message);
    later_.emplace(due, [this, session, message = std::move(message)] { send_(session, message); });
}

std::string Venue::next_exec_id(Order* order) {
    if (order == nullptr || !options_.numbers_exec_ids_per_order) return next_id('E', exec_count_);
    return std::to_string(++order->report_count);
}

std::string Venue::next_id(char kind, std::uint64_t& counter) const {
    // Digits enough for OrderIDs to sort by age.
    std::string digits = std::to_string(++counter);
    digits.insert(0, digits.size() < 8 ? 8 - digits.size() : 0, '0');
    return std::string(1, kind) + id_prefix_ + "-" + digits;
}

void Venue::book_trade(Order& order, const core::Decimal& quantity, const core::Decimal& price) {
    book_fill(order, quantity, price);
    accounts_.at(order.sender_comp_id)
        .book.fill(order.symbol, order.side, quantity, price, order.position_code);
    auto exec_id =
        report(order, {.exec_type = ExecType::Trade, .last_qty = quantity, .last_px = price});
    trades_.push_back(
        {order.sender_comp_id, std::move(exec_id), &order, quantity, price, clock_.utc()});
    if (on_progress_) {
        const Trade trade = trades_.back();
        on_progress_(order, &trade);
    }
}

void Venue::finish(Order& order, OrdStatus status, ReportDetails details) {
    order.ord_status = status;
    report(order, std::move(details));
    if (on_progress_) on_progress_(order, nullptr);
}

void Venue::cancel(Order& order, ReportDetails details) {
    auto status = OrdStatus::Canceled;
    details.exec_type = ExecType::Canceled;
    const auto partially = options_.cancels_partially_filled_as;
    if (!order.cum_qty.is_zero() && partially == CanceledAs::Expired) {
        status = OrdStatus::Expired;
        details.exec_type = ExecType::Expired;
    } else if (!order.cum_qty.is_zero() && partially == CanceledAs::DoneForDay) {
        status = OrdStatus::DoneForDay;
        details.exec_type = ExecType::DoneForDay;
    }
    finish(order, status, std::move(details));
}

void Venue::match(Order& order) {
    const auto time_in_force = order.terms.time_in_force;
    if (!is_open(order.symbol) && time_in_force != core::TimeInForce::GoodTillCrossing) {
        const bool may_wait = time_in_force != core::TimeInForce::ImmediateOrCancel &&
                              time_in_force != core::TimeInForce::FillOrKill;
        if (!may_wait && order.is_working()) cancel(order, {.text = "the market is closed"});
        return;
    }
    const bool was_triggered = order.is_triggered;
    const int price_scale = market_.instrument(order.symbol)->price_scale;
    const auto steps = simulator::match(order, market_.quote(order.symbol).value(), price_scale);
    if (order.is_triggered && !was_triggered && options_.reports_triggers)
        report(order, {.exec_type = ExecType::Triggered});
    take_steps(order, steps, OrdStatus::Canceled, "the rest could not be filled");
}

void Venue::take_steps(Order& order, const std::vector<MatchStep>& steps, OrdStatus status,
                       const std::string& text) {
    for (const auto& step : steps) {
        if (!order.is_working()) return;
        if (step.kind == MatchStep::Kind::Fill)
            book_trade(order, step.quantity, step.price);
        else if (status == OrdStatus::Canceled)
            cancel(order, {.text = text});
        else
            finish(order, status, {.exec_type = ExecType::Expired, .text = text});
    }
}

void Venue::match_all() {
    run_due();
    for (Order* order : book_.working()) match(*order);
    book_.sweep();
}

void Venue::run_auction(Order& order) {
    take_steps(order, match_in_auction(order, market_.quote(order.symbol).value()),
               OrdStatus::Expired, "the auction is over");
}

void Venue::set_open(const std::string& symbol, bool is_open) {
    if (is_open)
        closed_.erase(symbol);
    else
        closed_.insert(symbol);
}

void Venue::run_later(core::Duration delay, std::function<void()> work) {
    later_.emplace(clock_.monotonic() + delay, std::move(work));
}

void Venue::run_due() {
    const auto now = clock_.now();
    while (!later_.empty() && later_.begin()->first <= now.monotonic) {
        const auto next = later_.extract(later_.begin());
        next.mapped()();
    }
    for (Order* order : book_.working()) {
        const auto& expire_time = order->terms.expire_time;
        if (order->is_working() && expire_time && *expire_time <= now.utc)
            finish(*order, OrdStatus::Expired, {.exec_type = ExecType::Expired, .text = "expired"});
    }
    book_.sweep();
}

std::optional<core::MonotonicTime> Venue::next_due() const {
    if (later_.empty()) return std::nullopt;
    return later_.begin()->first;
}

}  // namespace broker::simulator
