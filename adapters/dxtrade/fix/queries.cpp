#include "dxtrade/fix/queries.hpp"

#include <string>
#include <utility>

#include "dxtrade/fix/instrument_messages.hpp"
#include "dxtrade/fix/position_messages.hpp"
#include "dxtrade/fix/query_requests.hpp"
#include "dxtrade/fix/status_messages.hpp"
#include "dxtrade/fix/tags.hpp"
#include "dxtrade/fix/trade_messages.hpp"
#include "fix/codec/group_view.hpp"

namespace broker::dxtrade::fix {
namespace {

using broker::fix::MessageView;
using core::QueryKind;

// The request is refused unless the field is absent or has one of these values; `empty` means that
// there is nothing to report.
struct Result {
    std::int32_t tag;
    std::string_view good;
    std::string_view empty;

    [[nodiscard]] bool is_refused(const MessageView& message) const {
        const std::string_view value = message.get(tag);
        return !value.empty() && value != good && value != empty;
    }
    [[nodiscard]] bool is_empty(const MessageView& message) const {
        return !empty.empty() && message.get(tag) == empty;
    }
};
constexpr Result kPositions{tag::kPosReqResult, "0", "2"};
constexpr Result kTrades{tag::kTradeRequestResult, "0", {}};
constexpr Result kInstruments{tag::kSecurityRequestResult, "0", "2"};

// The peer's words, or at least the field that refuses.
std::string refusal(const MessageView& message, std::int32_t tag) {
    if (const std::string_view text = message.get(tag::kText); !text.empty()) {
        return std::string{text};
    }
    return "tag " + std::to_string(tag) + "=" + std::string{message.get(tag)};
}

}  // namespace

Queries::Queries(QueriesParts parts, std::string id_prefix, core::Duration timeout)
    : dialect_{parts.dialect},
      listener_{parts.listener},
      faults_{parts.faults},
      inbound_{parts.inbound},
      table_{std::move(id_prefix), timeout} {}

// ---- asking

core::Result<core::FixedString<32>> Queries::begin(const core::Query& query, core::Instant now,
                                                   broker::fix::MessageEncoder& encoder) {
    if (!dialect_.profile().queries.offered.contains(query.kind)) {
        return core::fail(core::Reason::NotSupported,
                          "profile key queries.offered does not have this question");
    }
    const auto open = table_.open(query, now.monotonic);
    if (!open) return open.error();
    const core::FixedString<32> id = (*open)->id;
    if (const auto encoded = query_to_fix(query, id.view(), dialect_, now.utc, encoder); !encoded) {
        not_sent(id.view());
        return encoded.error();
    }
    return id;
}

void Queries::sent(std::string_view id, core::MsgSeqNum msg_seq_num) {
    if (OpenQuery* const open = table_.find(id)) open->msg_seq_num = msg_seq_num;
}

void Queries::not_sent(std::string_view id) {
    if (OpenQuery* const open = table_.find(id)) (void)table_.take(*open);
}

// ---- answers

bool Queries::on_message(const MessageView& message) {
    const std::string_view type = message.msg_type();
    if (type == dialect_.profile().queries.account_summary_report) {
        on_account_summary(message);
    } else if (type == "AP") {
        on_position(message);
    } else if (type == "AO") {
        on_positions_ack(message);
    } else if (type == "AE") {
        on_trade(message);
    } else if (type == "AQ") {
        on_trades_ack(message);
    } else if (type == "y") {
        on_security_list(message);
    } else if (type == "d") {
        on_security_definition(message);
    } else if (type == "h") {
        on_trading_session_status(message);
    } else {
        return false;
    }
    return true;
}

core::FixedString<32> Queries::id_of(const OpenQuery* open) {
    return open == nullptr ? core::FixedString<32>{} : open->id;
}

// A mass status answer names its request; the answer to a question about one order names it too, or
// is a picture of that order.
OpenQuery* Queries::find_answered(const MessageView& message, const core::ExecutionReport& report) {
    if (!report.mass_status_req_id.empty()) return table_.find(report.mass_status_req_id);
    const std::string_view status_id = message.get(tag::kOrdStatusReqID);
    if (!status_id.empty()) return table_.find(status_id);
    if (report.exec_type != core::ExecType::OrderStatus) return nullptr;
    return table_.find_order_status(report.cl_ord_id);
}

void Queries::on_report(const MessageView& message, core::ExecutionReport& report) {
    OpenQuery* const open = find_answered(message, report);
    const core::FixedString<32> id = id_of(open);
    const bool is_mass_status = open != nullptr && open->query.kind == core::QueryKind::MassStatus;
    if (open != nullptr) report.request_id = open->query.request_id;

    // Without an order in it, an answer to a mass status request says that there are none, or
    // refuses. OrdRejReason (103) 5: unknown order.
    const bool has_no_order = is_mass_status && report.cl_ord_id.empty();
    const bool is_rejected = report.ord_status == core::OrdStatus::Rejected ||
                             report.exec_type == core::ExecType::Rejected;
    const bool is_none = has_no_order && (report.tot_num_reports == std::uint64_t{0} ||
                                          (is_rejected && report.ord_rej_reason == "5"));
    const bool is_refusal = has_no_order && is_rejected && !is_none;
    const bool is_answer = !is_none && !is_refusal;
    if (is_answer) {
        listener_.on_execution_report(report);
        faults_.tell(message, inbound_.faults);
    }
    if (open == nullptr) return;
    Progress progress;
    progress.answers = is_answer ? 1 : 0;
    progress.expected = is_mass_status ? report.tot_num_reports : std::optional<std::uint64_t>{1};
    progress.is_ended = report.is_last_of_mass_status || is_none;
    if (is_refusal) {
        progress.reason = core::Reason::RequestRejected;
        progress.text = report.text;
    }
    advance(id.view(), progress);
}

void Queries::on_positions_ack(const MessageView& message) {
    Progress progress;
    progress.expected = message.find_number(tag::kTotalNumPosReports);
    progress.is_ended = kPositions.is_empty(message);
    std::string text;
    if (kPositions.is_refused(message) || message.get(tag::kPosReqStatus) == "2") {
        progress.reason = core::Reason::RequestRejected;
        progress.text = text = refusal(message, tag::kPosReqResult);
    }
    const OpenQuery* open = table_.find(message.get(tag::kPosReqID));
    if (message.get(tag::kPosReqID).empty()) open = table_.find_oldest(QueryKind::Positions);
    advance(id_of(open).view(), progress);
}

void Queries::on_position(const MessageView& message) {
    const OpenQuery* const open = table_.find(message.get(tag::kPosReqID));
    const core::FixedString<32> id = id_of(open);
    core::PositionReport report = position_report_from_fix(message, dialect_, inbound_);
    report.is_unsolicited = open == nullptr;
    if (open != nullptr) report.request_id = open->query.request_id;
    Progress progress;
    progress.expected = message.find_number(tag::kTotalNumPosReports);
    // A report that has no position is the venue's way to say that there is none.
    if (kPositions.is_empty(message)) {
        progress.is_ended = true;
    } else {
        progress.answers = 1;
        listener_.on_position(report);
        faults_.tell(message, inbound_.faults);
    }
    advance(id.view(), progress);
}

void Queries::on_account_summary(const MessageView& message) {
    const std::string_view named = message.get(tag::kCollInquiryID);
    const OpenQuery* const open =
        named.empty() ? table_.find_oldest(QueryKind::AccountSummary) : table_.find(named);
    const core::FixedString<32> id = id_of(open);
    core::AccountSummary summary = account_summary_from_fix(message, dialect_, inbound_);
    if (open != nullptr) summary.request_id = open->query.request_id;
    Progress progress;
    progress.answers = 1;
    progress.expected = message.find_number(tag::kTotNumReports);
    const std::string_view last = message.get(tag::kLastRptRequested);
    progress.is_ended = last == "Y" || (last.empty() && !progress.expected);
    listener_.on_account_summary(summary);
    faults_.tell(message, inbound_.faults);
    advance(id.view(), progress);
}

void Queries::on_trades_ack(const MessageView& message) {
    const std::string_view status = message.get(tag::kTradeRequestStatus);
    Progress progress;
    progress.expected = message.find_number(tag::kTotNumTradeReports);
    progress.is_ended = status == "1" && !progress.expected;  // completed
    std::string text;
    if (kTrades.is_refused(message) || status == "2") {
        progress.reason = core::Reason::RequestRejected;
        progress.text = text = refusal(message, tag::kTradeRequestResult);
    }
    advance(message.get(tag::kTradeRequestID), progress);
}

void Queries::on_trade(const MessageView& message) {
    const OpenQuery* const open = table_.find(message.get(tag::kTradeRequestID));
    const core::FixedString<32> id = id_of(open);
    core::TradeReport trade = trade_report_from_fix(message, dialect_, inbound_);
    if (open != nullptr) trade.request_id = open->query.request_id;
    Progress progress;
    progress.answers = 1;
    progress.expected = message.find_number(tag::kTotNumTradeReports);
    progress.is_ended = message.is_yes(tag::kLastRptRequested);
    listener_.on_trade(trade);
    faults_.tell(message, inbound_.faults);
    advance(id.view(), progress);
}

void Queries::on_security_list(const MessageView& message) {
    const OpenQuery* const open = table_.find(message.get(tag::kSecurityReqID));
    const core::FixedString<32> id = id_of(open);
    const std::uint64_t request_id = open == nullptr ? 0 : open->query.request_id;
    Progress progress;
    std::string text;
    if (kInstruments.is_refused(message)) {
        progress.reason = core::Reason::RequestRejected;
        progress.text = text = refusal(message, tag::kSecurityRequestResult);
    }
    broker::fix::GroupView group{message.fields(), tag::kNoRelatedSym, tag::kSymbol};
    while (const auto entry = group.next()) {
        core::Instrument instrument = instrument_from_fix(*entry, "y", dialect_, inbound_);
        instrument.request_id = request_id;
        ++progress.answers;
        listener_.on_instrument(instrument);
        faults_.tell(message, inbound_.faults);
    }
    inbound_.clear();
    if (!group.is_count_right()) {
        inbound_.faults.add(core::ReportFault::UnreadableField, tag::kNoRelatedSym);
    }
    faults_.tell(message, inbound_.faults);
    progress.expected = message.find_number(tag::kTotNoRelatedSym);
    const std::string_view last = message.get(tag::kLastFragment);
    progress.is_ended =
        last == "Y" || kInstruments.is_empty(message) || (last.empty() && !progress.expected);
    advance(id.view(), progress);
}

void Queries::on_security_definition(const MessageView& message) {
    const OpenQuery* const open = table_.find(message.get(tag::kSecurityReqID));
    const core::FixedString<32> id = id_of(open);
    Progress progress;
    progress.is_ended = true;
    std::string text;
    // SecurityResponseType (323): 5 and 6 refuse.
    const std::string_view response = message.get(tag::kSecurityResponseType);
    if (response == "5" || response == "6") {
        progress.reason = core::Reason::RequestRejected;
        progress.text = text = refusal(message, tag::kSecurityResponseType);
    } else {
        core::Instrument instrument =
            instrument_from_fix(message.fields(), "d", dialect_, inbound_);
        if (open != nullptr) instrument.request_id = open->query.request_id;
        progress.answers = 1;
        listener_.on_instrument(instrument);
        faults_.tell(message, inbound_.faults);
    }
    advance(id.view(), progress);
}

void Queries::on_trading_session_status(const MessageView& message) {
    const OpenQuery* const open = table_.find(message.get(tag::kTradSesReqID));
    const core::FixedString<32> id = id_of(open);
    core::TradingSessionStatus status =
        trading_session_status_from_fix(message, dialect_, inbound_);
    if (open != nullptr) status.request_id = open->query.request_id;
    Progress progress;
    progress.is_ended = true;
    std::string text;
    if (open != nullptr && status.status == core::TradSesStatus::RequestRejected) {
        progress.reason = core::Reason::RequestRejected;
        progress.text = text = refusal(message, tag::kTradSesStatusRejReason);
    } else {
        progress.answers = 1;
        listener_.on_trading_session_status(status);
        faults_.tell(message, inbound_.faults);
    }
    advance(id.view(), progress);
}

// ---- the end of a question

bool Queries::on_reject(const core::MessageReject& reject, std::string_view ref_id) {
    OpenQuery* open = ref_id.empty() ? nullptr : table_.find(ref_id);
    if (open == nullptr) open = table_.find_sent(reject.ref_seq_num);
    if (open == nullptr) return false;
    end(table_.take(*open), core::Reason::RequestRejected, reject.text);
    return true;
}

void Queries::on_disconnected(std::string_view text) {
    // Why counted: the listener may ask anew from inside its calls, for the next session.
    for (std::size_t left = table_.size(); left > 0; --left) {
        if (const auto query = table_.take_any()) {
            end(*query, core::Reason::OutcomeDisconnected, text);
        }
    }
}

void Queries::on_tick(core::MonotonicTime now) {
    while (const auto query = table_.take_overdue(now)) {
        end(*query, core::Reason::OutcomeTimeout, "no complete answer in time");
    }
}

void Queries::advance(std::string_view id, const Progress& progress) {
    OpenQuery* const open = id.empty() ? nullptr : table_.find(id);
    if (open == nullptr) return;
    open->count += progress.answers;
    if (progress.expected) open->expected = progress.expected;
    open->is_ended = open->is_ended || progress.is_ended;
    if (progress.reason != core::Reason::None || open->is_complete()) {
        end(table_.take(*open), progress.reason, progress.text);
    }
}

void Queries::end(const OpenQuery& query, core::Reason reason, std::string_view text) {
    listener_.on_query_done({query.query.kind, query.query.request_id, query.count, reason, text});
}

}  // namespace broker::dxtrade::fix
