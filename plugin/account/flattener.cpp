#include "account/flattener.hpp"

#include <algorithm>
#include <utility>

namespace broker::account {
namespace {

constexpr core::Duration kAskAgain = std::chrono::seconds{1};

}  // namespace

Flattener::Flattener(FlattenRules rules, Parts parts) : rules_{rules}, parts_{std::move(parts)} {}

void Flattener::enter(Step step) {
    step_ = step;
    since_ = parts_.clock.monotonic();
}

bool Flattener::is_out_of_patience() const {
    return parts_.clock.monotonic() - since_ >= rules_.patience;
}

void Flattener::begin() {
    if (is_running()) return;
    round_ = 0;
    last_open_ = 0;
    enter(Step::Cancel);
}

void Flattener::finish(std::string_view text, core::LogLevel level) {
    parts_.log.write(level, "flatten", "text=\"" + std::string{text} + "\"");
    enter(Step::Idle);
}

void Flattener::disconnected() {
    // Closes that are in doubt are waited for; everything before them starts anew.
    if (is_running() && step_ != Step::AwaitCloses) enter(Step::Cancel);
}

void Flattener::on_tick() {
    switch (step_) {
        case Step::Idle:
            return;
        case Step::Cancel:
            return cancel_orders();
        case Step::AwaitCancels:
            if (parts_.orders.ledger().live_count() == 0 || is_out_of_patience()) enter(Step::Ask);
            return;
        case Step::Ask:
            return ask();
        case Step::AwaitPositions:
            if (is_out_of_patience()) enter(Step::Ask);
            return;
        case Step::AwaitCloses:
            if (!is_close_live()) enter(Step::Ask);
            return;
    }
}

void Flattener::cancel_orders() {
    std::vector<core::ClOrdID> live;  // first the list: each cancel changes the ledger
    parts_.orders.ledger().for_each_live(
        [&live](const core::Order& order) { live.push_back(order.cl_ord_id); });
    enter(Step::AwaitCancels);
    for (const core::ClOrdID& order : live) {
        core::CancelOrder request{parts_.next_cl_ord_id(), order, {}};
        request.stages.signal = request.stages.accepted = parts_.clock.monotonic();
        parts_.orders.execute(request);
    }
}

void Flattener::ask() {
    if (!rules_.can_ask_positions) return close_positions();
    if (parts_.clock.monotonic() - since_ < (last_open_ == 0 ? core::Duration{} : kAskAgain))
        return;
    enter(Step::AwaitPositions);
    const auto asked = parts_.ask_positions();
    if (!asked) {
        parts_.log.write(core::LogLevel::Warning, "flatten",
                         "text=\"" + asked.error().detail + "\"");
    }
}

void Flattener::positions_told(bool is_complete) {
    if (step_ != Step::AwaitPositions) return;
    if (!is_complete) return;  // patience ends, and it is asked again
    close_positions();
}

void Flattener::close_positions() {
    if (!parts_.gate.positions().count()) {
        return finish("the positions are not known: close them by hand", core::LogLevel::Error);
    }
    std::vector<core::OpenPosition> open;  // first the list: each order changes the books
    parts_.gate.positions().for_each([&](const core::OpenPosition& p) { open.push_back(p); });
    if (open.empty()) return finish("no position is open", core::LogLevel::Info);
    if (open.size() < last_open_) round_ = 0;
    last_open_ = open.size();
    if (round_ == kRounds) {
        return finish(std::to_string(open.size()) +
                          " positions are still open after every attempt: close them by hand",
                      core::LogLevel::Error);
    }
    ++round_;
    closes_.clear();
    enter(Step::AwaitCloses);
    for (const core::OpenPosition& position : open) close(position);
}

void Flattener::close(const core::OpenPosition& position) {
    const bool is_long = position.net.sign() > 0;
    const auto qty = is_long ? position.net : core::Decimal{}.minus(position.net);
    if (!qty) return;
    core::NewOrder order;
    order.cl_ord_id = parts_.next_cl_ord_id();
    order.symbol = position.symbol;
    order.side = is_long ? core::Side::Sell : core::Side::Buy;
    order.ord_type = core::OrdType::Market;
    order.time_in_force = rules_.time_in_force;
    if (rules_.has_position_effect) order.position_effect = core::PositionEffect::Close;
    if (rules_.has_position_code) order.instructions.position_code = position.code;
    order.order_qty = *qty;
    order.stages.signal = order.stages.accepted = parts_.clock.monotonic();
    closes_.push_back(order.cl_ord_id);
    parts_.log.write(core::LogLevel::Warning, "flatten",
                     "ClOrdID=" + std::string{order.cl_ord_id.view()} +
                         " Symbol=" + std::string{position.symbol.view()} +
                         " OrderQty=" + qty->to_string() + " position=" + position.net.to_string());
    parts_.gate.exempt(order.cl_ord_id);
    parts_.orders.execute(order);
    parts_.gate.exempt({});
}

bool Flattener::is_close_live() const {
    return std::any_of(closes_.begin(), closes_.end(), [this](const core::ClOrdID& id) {
        const core::Order* const order = parts_.orders.ledger().find(id);
        return order != nullptr && order->is_live();
    });
}

}  // namespace broker::account
