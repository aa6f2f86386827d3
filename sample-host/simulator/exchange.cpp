#include "simulator/exchange.hpp"

#include <algorithm>
#include <utility>

namespace broker::simulator {
namespace {

using core::ExecType;
using core::OrdStatus;

Order order_from(const std::string& session, const OrderRequest& request) {
    Order order;
    order.cl_ord_id = request.cl_ord_id;
    order.sender_comp_id = session;
    order.account = request.account;
    order.symbol = request.symbol;
    order.side = request.side;
    order.ord_type = request.ord_type;
    order.terms = request.terms;
    return order;
}

RuleSubject subject_of(const Order& order, std::string_view cl_ord_id, const FixMessage& fix) {
    return {order.sender_comp_id, order.symbol, cl_ord_id, order.cl_ord_id, &fix.fields};
}

}  // namespace

Exchange::Exchange(const SimulatorOptions& options, std::string id_prefix, const core::Clock& clock,
                   Send send)
    : clock_{clock},
      send_{std::move(send)},
      id_prefix_{std::move(id_prefix)},
      sends_pending_{options.sends_pending},
      is_manual_{options.is_manual},
      market_{default_instruments(), options.seed} {
    for (const auto& account : options.accounts)
        accounts_.emplace(account.sender_comp_id,
                          Account{account.account, AccountBook{account.cash}});
    for (const auto& rule : options.rules) behaviour_.add(rule);
}

void Exchange::receive(const std::string& session, const FixMessage& request) {
    run_due();
    if (is_manual_) return;
    const auto handle = [&](const auto& parsed, auto&& use) {
        if (const auto* error = std::get_if<RequestError>(&parsed))
            answer(session, nullptr, business_message_reject(request, *error));
        else
            use(std::get<0>(parsed));
    };
    if (request.msg_type == "D" || request.msg_type == "G") {
        handle(order_request_from_fix(request), [&](const OrderRequest& parsed) {
            request.msg_type == "D" ? place(session, parsed, request)
                                    : replace(session, parsed, request);
        });
    } else if (request.msg_type == "F" || request.msg_type == "H") {
        handle(order_reference_from_fix(request), [&](const OrderReference& parsed) {
            request.msg_type == "F" ? cancel(session, parsed, request)
                                    : tell_status(session, parsed, request);
        });
    } else {
        answer(session, nullptr,
               business_message_reject(request, {kUnsupportedMessageType, "unsupported MsgType"}));
    }
    handling_ = {};
    book_.sweep();
}

Exchange::Handling Exchange::handling_of(const RuleSubject& subject) {
    Handling handling;
    if (const auto rule = behaviour_.take(Action::DelayAnswers, subject))
        handling.delay = rule->delay;
    handling.loses_next = behaviour_.take(Action::LoseAcknowledgement, subject).has_value();
    return handling;
}

void Exchange::place(const std::string& session, const OrderRequest& request,
                     const FixMessage& fix) {
    Order draft = order_from(session, request);
    const auto subject = subject_of(draft, request.cl_ord_id, fix);
    handling_ = handling_of(subject);
    auto refusal = check_new(draft, subject);
    if (refusal) draft.ord_status = OrdStatus::Rejected;

    Order* order = &draft;
    const bool is_duplicate = refusal && refusal->code == ord_rej::kDuplicateOrder;
    if (is_duplicate) {
        draft.order_id = "NONE";  // the ClOrdID goes on to stand for the first order
    } else {
        draft.order_id = next_id('O', order_count_);
        order = book_.add(draft);
        if (order == nullptr) {
            refusal = Refusal{ord_rej::kOther, "the simulator holds too many orders"};
            draft.ord_status = OrdStatus::Rejected;
            order = &draft;
        }
    }
    if (refusal) {
        report(*order, {.exec_type = ExecType::Rejected,
                        .ord_rej_reason = refusal->code,
                        .text = refusal->text});
        return;
    }
    order->is_silent = behaviour_.take(Action::LoseReports, subject).has_value();
    report(*order, {.exec_type = ExecType::New});
    obey_rules(*order, subject);
    match_one(*order);
}

std::optional<Refusal> Exchange::check_new(const Order& order, const RuleSubject& subject) {
    if (!book_.claim(order.sender_comp_id, order.cl_ord_id))
        return Refusal{ord_rej::kDuplicateOrder, "duplicate ClOrdID " + order.cl_ord_id};
    const auto account = accounts_.find(order.sender_comp_id);
    if (account == accounts_.end() ||
        (!order.account.empty() && order.account != account->second.name))
        return Refusal{ord_rej::kUnknownAccount, "unknown Account " + order.account};
    if (auto refusal = check_order(order, market_.instrument(order.symbol), clock_.utc()))
        return refusal;
    if (const auto rule = behaviour_.take(Action::RejectNew, subject))
        return Refusal{ord_rej::kOther, rule->text};
    return std::nullopt;
}

void Exchange::obey_rules(Order& order, const RuleSubject& subject) {
    if (behaviour_.take(Action::LeaveWorking, subject)) order.is_held = true;
    if (const auto rule = behaviour_.take(Action::FillInParts, subject))
        fill_in_parts(order, *rule);
    const auto rule = behaviour_.take(Action::CancelUnsolicited, subject);
    if (!rule) return;
    order.is_held = true;  // or it might be filled before it is canceled
    later_.emplace(clock_.monotonic() + rule->delay, [this, &order, text = rule->text] {
        if (order.is_working()) finish(order, OrdStatus::Canceled, ExecType::Canceled, text);
    });
}

void Exchange::fill_in_parts(Order& order, const Rule& rule) {
    order.is_held = true;
    const auto quote = market_.quote(order.symbol).value();
    const auto market_price = order.side == core::Side::Buy ? quote.ask : quote.bid;
    const auto price = order.terms.price.value_or(market_price);

    // Parts are whole steps of the instrument; the last one takes what division leaves over.
    const Wide total = to_fixed(order.terms.order_qty).value();
    Wide step = 1;
    for (int i = market_.instrument(order.symbol)->quantity_scale; i < kFixedScale; ++i) step *= 10;
    const Wide share = std::max(total / rule.parts / step * step, step);
    for (int part = 1; part <= rule.filled_parts && order.is_working(); ++part) {
        const auto quantity =
            part == rule.parts ? order.open_qty() : std::min(from_fixed(share), order.open_qty());
        book(order, quantity, price);
    }
}

// What a cancel and a replace have in common: a new ClOrdID, the rules, an order that can be
// changed.
std::optional<Refusal> Exchange::begin_change(const std::string& session, const Order* order,
                                              const CancelRejectDetails& request,
                                              const FixMessage& fix) {
    if (!book_.claim(session, request.cl_ord_id))
        return Refusal{cxl_rej::kDuplicateClOrdID, "duplicate ClOrdID"};
    if (order != nullptr) {
        const auto subject = subject_of(*order, request.cl_ord_id, fix);
        handling_ = handling_of(subject);
        const Action action = request.is_replace ? Action::RefuseReplace : Action::RefuseCancel;
        if (const auto rule = behaviour_.take(action, subject))
            return Refusal{cxl_rej::kOther, rule->text};
    }
    return check_change(order, request.orig_cl_ord_id);
}

void Exchange::cancel(const std::string& session, const OrderReference& request,
                      const FixMessage& fix) {
    Order* order = find(session, request.orig_cl_ord_id, request.order_id);
    const CancelRejectDetails details{.cl_ord_id = request.cl_ord_id,
                                      .orig_cl_ord_id = request.orig_cl_ord_id};
    if (auto refusal = begin_change(session, order, details, fix))
        return refuse_change(session, order, details, std::move(*refusal));

    if (sends_pending_)
        report(*order, {.exec_type = ExecType::PendingCancel,
                        .cl_ord_id = request.cl_ord_id,
                        .orig_cl_ord_id = request.orig_cl_ord_id,
                        .pending_status = OrdStatus::PendingCancel});
    book_.rename(*order, request.cl_ord_id);
    order->ord_status = OrdStatus::Canceled;
    report(*order, {.exec_type = ExecType::Canceled, .orig_cl_ord_id = order->orig_cl_ord_id});
}

void Exchange::replace(const std::string& session, const OrderRequest& request,
                       const FixMessage& fix) {
    Order* order = find(session, request.orig_cl_ord_id, request.order_id);
    const CancelRejectDetails details{.cl_ord_id = request.cl_ord_id,
                                      .orig_cl_ord_id = request.orig_cl_ord_id,
                                      .is_replace = true};
    auto refusal = begin_change(session, order, details, fix);
    if (!refusal) refusal = check_replace(*order, request);
    if (!refusal) {
        Order draft = *order;
        draft.terms = request.terms;
        refusal = check_order(draft, market_.instrument(order->symbol), clock_.utc());
        if (refusal) refusal->code = cxl_rej::kOther;
    }
    if (refusal) return refuse_change(session, order, details, std::move(*refusal));

    if (sends_pending_)
        report(*order, {.exec_type = ExecType::PendingReplace,
                        .cl_ord_id = request.cl_ord_id,
                        .orig_cl_ord_id = request.orig_cl_ord_id,
                        .pending_status = OrdStatus::PendingReplace});
    book_.rename(*order, request.cl_ord_id);
    order->terms = request.terms;
    if (order->open_qty().is_zero()) order->ord_status = OrdStatus::Filled;
    report(*order, {.exec_type = ExecType::Replaced, .orig_cl_ord_id = order->orig_cl_ord_id});
    match_one(*order);
}

void Exchange::tell_status(const std::string& session, const OrderReference& request,
                           const FixMessage& fix) {
    Order* order = find(session, request.cl_ord_id, request.order_id);
    if (order == nullptr)
        return answer(session, nullptr, unknown_order_report(request, clock_.utc()));
    // Why not all of handling_of: a lost acknowledgement is found out by asking for the status.
    if (const auto rule =
            behaviour_.take(Action::DelayAnswers, subject_of(*order, request.cl_ord_id, fix)))
        handling_.delay = rule->delay;
    const bool has_moved_on = order->cl_ord_id != request.cl_ord_id;
    auto status = execution_report(*order, {.exec_type = ExecType::OrderStatus,
                                            .exec_id = "0",
                                            .orig_cl_ord_id = has_moved_on ? request.cl_ord_id : "",
                                            .ord_status_req_id = request.ord_status_req_id,
                                            .now = clock_.utc()});
    tell_observer(*order, status, false);
    answer(session, order, std::move(status));
}

Order* Exchange::find(const std::string& session, const std::string& cl_ord_id,
                      const std::string& order_id) {
    if (Order* order = book_.find(session, cl_ord_id)) return order;
    Order* order = order_id.empty() ? nullptr : book_.find_by_order_id(order_id);
    return order != nullptr && order->sender_comp_id == session ? order : nullptr;
}

void Exchange::refuse_change(const std::string& session, Order* order, CancelRejectDetails details,
                             Refusal refusal) {
    details.cxl_rej_reason = refusal.code;
    details.text = std::move(refusal.text);
    details.now = clock_.utc();
    if (order != nullptr && order->is_silent) return;
    answer(session, order, order_cancel_reject(order, details));
}

void Exchange::match_all() {
    run_due();
    for (Order* order : book_.working()) match_one(*order);
    book_.sweep();
}

void Exchange::match_one(Order& order) {
    for (const auto& step : match(order, market_.quote(order.symbol).value())) {
        if (step.kind == MatchStep::Kind::Fill)
            book(order, step.quantity, step.price);
        else
            finish(order, OrdStatus::Canceled, ExecType::Canceled, "the rest could not be filled");
    }
}

void Exchange::book(Order& order, const core::Decimal& quantity, const core::Decimal& price) {
    book_fill(order, quantity, price);
    accounts_.at(order.sender_comp_id).book.fill(order.symbol, order.side, quantity, price);
    report(order, {.exec_type = ExecType::Trade, .last_qty = quantity, .last_px = price});
}

void Exchange::finish(Order& order, OrdStatus status, ExecType type, const std::string& text) {
    order.ord_status = status;
    report(order, {.exec_type = type, .text = text});
}

bool Exchange::fill(std::string_view session, std::string_view cl_ord_id,
                    const core::Decimal& quantity, const core::Decimal& price) {
    run_due();
    Order* order = book_.find(session, cl_ord_id);
    if (order == nullptr || quantity.sign() <= 0 || quantity > order->leaves_qty()) return false;
    if (price.sign() <= 0 || !to_fixed(quantity) || !to_fixed(price)) return false;
    book(*order, quantity, price);
    book_.sweep();
    return true;
}

bool Exchange::cancel_unsolicited(std::string_view session, std::string_view cl_ord_id,
                                  const std::string& text) {
    run_due();
    Order* order = book_.find(session, cl_ord_id);
    if (order == nullptr || !order->is_working()) return false;
    finish(*order, OrdStatus::Canceled, ExecType::Canceled, text);
    book_.sweep();
    return true;
}

void Exchange::run_due() {
    const auto now = clock_.now();
    while (!later_.empty() && later_.begin()->first <= now.monotonic) {
        const auto next = later_.extract(later_.begin());
        next.mapped()();
    }
    for (Order* order : book_.working()) {
        const auto& expire_time = order->terms.expire_time;
        if (order->is_working() && expire_time && *expire_time <= now.utc)
            finish(*order, OrdStatus::Expired, ExecType::Expired, "expired");
    }
    book_.sweep();
}

std::optional<core::MonotonicTime> Exchange::next_due() const {
    if (later_.empty()) return std::nullopt;
    return later_.begin()->first;
}

const AccountBook* Exchange::account(std::string_view sender_comp_id) const {
    const auto found = accounts_.find(sender_comp_id);
    return found == accounts_.end() ? nullptr : &found->second.book;
}

void Exchange::report(Order& order, ReportDetails details) {
    details.exec_id = next_id('E', exec_count_);
    details.now = clock_.utc();
    auto message = execution_report(order, details);
    tell_observer(order, message, details.exec_type != ExecType::Rejected);
    if (!order.is_silent) answer(order.sender_comp_id, &order, std::move(message));
}

void Exchange::tell_observer(const Order& order, const FixMessage& report,
                             bool is_venue_event) const {
    if (on_report_) on_report_(order.sender_comp_id, order, report, is_venue_event);
}

void Exchange::answer(const std::string& session, Order* order, FixMessage message) {
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

std::string Exchange::next_id(char kind, std::uint64_t& counter) const {
    // Digits enough for OrderIDs to sort by age.
    std::string digits = std::to_string(++counter);
    digits.insert(0, digits.size() < 8 ? 8 - digits.size() : 0, '0');
    return std::string(1, kind) + id_prefix_ + "-" + digits;
}

}  // namespace broker::simulator
