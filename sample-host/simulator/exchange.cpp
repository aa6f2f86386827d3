#include "simulator/exchange.hpp"

#include <variant>

#include "simulator/own_tags.hpp"

namespace broker::simulator {

Exchange::Exchange(const SimulatorOptions& options, std::string id_prefix, const core::Clock& clock,
                   Send send)
    : venue_{options, std::move(id_prefix), clock, std::move(send)}, is_manual_{options.is_manual} {
    venue_.set_on_progress([this](Order& order, const Trade* trade) {
        lists_.progress(order, trade != nullptr);
        if (trade == nullptr) return;
        protection_.traded(order);
        desk_.obey_trade_rules(order, *trade);
    });
}

void Exchange::receive(const std::string& session, const FixMessage& request) {
    venue_.run_due();
    if (is_manual_) return;
    const std::string& type = request.msg_type;
    if (!is_served(type) && request.find(own_tag::kContingency) == nullptr)
        venue_.answer(
            session, nullptr,
            business_message_reject(request, {kUnsupportedMessageType, "unsupported MsgType"}));
    else if (type == "D" || type == "G")
        take_order(session, request);
    else if (type == "F" || type == "H")
        take_reference(session, request);
    else
        take_other(session, request);
    venue_.end_request();
}

bool Exchange::is_served(const std::string& type) const {
    const auto& answers = venue_.options().answers;
    if (type == "D" || type == "F" || type == "G") return true;
    if (type == "E") return venue_.options().lists.encoding != ListEncoding::None;
    if (type == "H") return answers.order_status;
    if (type == "K") return answers.list_cancel;
    if (type == "M") return answers.list_status;
    if (type == "AF") return answers.mass_status;
    if (type == "q") return answers.mass_cancel;
    if (type == "AN") return answers.positions;
    if (type == "BB") return answers.collateral;
    if (type == "AD") return answers.trades;
    if (type == "x" || type == "c") return answers.securities;
    return type == "g" && answers.trading_session;
}

void Exchange::take_order(const std::string& session, const FixMessage& request) {
    const auto parsed = order_request_from_fix(request);
    if (const auto* error = std::get_if<RequestError>(&parsed))
        return venue_.answer(session, nullptr, business_message_reject(request, *error));
    const auto& order = std::get<OrderRequest>(parsed);
    request.msg_type == "D" ? entry_.place(session, order, request)
                            : entry_.replace(session, order, request);
}

void Exchange::take_reference(const std::string& session, const FixMessage& request) {
    const auto parsed = order_reference_from_fix(request);
    if (const auto* error = std::get_if<RequestError>(&parsed))
        return venue_.answer(session, nullptr, business_message_reject(request, *error));
    const auto& reference = std::get<OrderReference>(parsed);
    request.msg_type == "F" ? entry_.cancel(session, reference, request)
                            : entry_.tell_status(session, reference, request);
}

void Exchange::take_other(const std::string& session, const FixMessage& request) {
    const std::string& type = request.msg_type;
    if (type == "E") return lists_.place(session, request);
    const std::string symbol = request.value(55);
    const std::string cl_ord_id = request.value(11);
    venue_.begin_request({session, symbol, cl_ord_id, cl_ord_id, &request.fields}, true);
    if (type == "K") return lists_.cancel(session, request);
    if (type == "M") return lists_.tell_status(session, request);
    if (type == "AF") return mass_requests_.tell_status(session, request);
    if (type == "q") return mass_requests_.cancel(session, request);
    if (type == "AN") return account_data_.tell_positions(session, request);
    if (type == "BB") return account_data_.tell_collateral(session, request);
    if (type == "AD") return account_data_.tell_trades(session, request);
    if (type == "x") return reference_data_.tell_securities(session, request);
    if (type == "c") return reference_data_.tell_security(session, request);
    reference_data_.tell_trading_session(session, request);
}

const AccountBook* Exchange::account(std::string_view sender_comp_id) {
    const VenueAccount* account = venue_.account(sender_comp_id);
    return account != nullptr ? &account->book : nullptr;
}

}  // namespace broker::simulator
