#include "dxtrade/fix/report_messages.hpp"

#include "dxtrade/fix/enum_codes.hpp"
#include "dxtrade/fix/report_checks.hpp"
#include "dxtrade/fix/tags.hpp"
#include "fix/codec/message_encoder.hpp"

namespace broker::dxtrade::fix {
namespace {

using broker::fix::MessageView;
using core::ExecutionReport;
using core::ReportFault;

// One field's way into a report.
struct Target {
    ExecutionReport& report;
    Inbound& inbound;
};
using ReadField = void (*)(std::int32_t tag, std::string_view value, Target target);

template <auto Member>
void read_text(std::int32_t /*tag*/, std::string_view value, Target target) {
    target.report.*Member = value;
}

template <auto Member, auto Parse>
void read_value(std::int32_t tag, std::string_view value, Target target) {
    target.report.*Member = Parse(value);
    if (!(target.report.*Member)) target.inbound.faults.add(ReportFault::UnreadableField, tag);
}

template <auto Member>
void read_price(std::int32_t tag, std::string_view value, Target target) {
    read_value<Member, &core::Decimal::parse>(tag, value, target);
}

template <auto Member>
void read_quantity(std::int32_t tag, std::string_view value, Target target) {
    read_price<Member>(tag, value, target);
    auto& quantity = target.report.*Member;
    if (!quantity || quantity->sign() >= 0) return;
    quantity.reset();
    target.inbound.faults.add(ReportFault::NegativeValue, tag);
}

// `Raw`: where the characters of an unknown value go; null: among the fields, by the tag.
template <auto Member, auto FromFix, std::string_view ExecutionReport::*Raw = nullptr>
void read_enumerator(std::int32_t tag, std::string_view value, Target target) {
    target.report.*Member = FromFix(value);
    if constexpr (Raw != nullptr) target.report.*Raw = value;
    if (static_cast<std::int32_t>(target.report.*Member) != 0) return;
    target.inbound.faults.add(ReportFault::UnknownValue, tag);
    if constexpr (Raw == nullptr) append_tag(target.inbound.fields, tag, value);
}

template <auto Member>
void read_yes(std::int32_t /*tag*/, std::string_view value, Target target) {
    target.report.*Member = value == "Y";
}

struct Entry {
    std::int32_t tag;
    ReadField read;
};

using R = ExecutionReport;
constexpr std::array kEntries{
    Entry{tag::kAccount, &read_text<&R::account>},
    Entry{tag::kAvgPx, &read_price<&R::avg_px>},
    Entry{tag::kClOrdID, &read_text<&R::cl_ord_id>},
    Entry{tag::kCumQty, &read_quantity<&R::cum_qty>},
    Entry{tag::kExecID, &read_text<&R::exec_id>},
    Entry{tag::kExecRefID, &read_text<&R::exec_ref_id>},
    Entry{tag::kLastPx, &read_price<&R::last_px>},
    Entry{tag::kLastQty, &read_quantity<&R::last_qty>},
    Entry{tag::kOrderID, &read_text<&R::order_id>},
    Entry{tag::kOrderQty, &read_quantity<&R::order_qty>},
    Entry{tag::kOrdStatus,
          &read_enumerator<&R::ord_status, &ord_status_from_fix, &R::raw_ord_status>},
    Entry{tag::kOrigClOrdID, &read_text<&R::orig_cl_ord_id>},
    Entry{tag::kPossDupFlag, &read_yes<&R::is_poss_dup>},
    Entry{tag::kPrice, &read_price<&R::price>},
    Entry{tag::kSendingTime, &read_value<&R::sending_time, &broker::fix::parse_utc_timestamp>},
    Entry{tag::kSide, &read_enumerator<&R::side, &side_from_fix>},
    Entry{tag::kSymbol, &read_text<&R::symbol>},
    Entry{tag::kText, &read_text<&R::text>},
    Entry{tag::kTimeInForce, &read_enumerator<&R::time_in_force, &time_in_force_from_fix>},
    Entry{tag::kTransactTime, &read_value<&R::transact_time, &broker::fix::parse_utc_timestamp>},
    Entry{tag::kListID, &read_text<&R::list_id>},
    Entry{tag::kPositionEffect, &read_enumerator<&R::position_effect, &position_effect_from_fix>},
    Entry{tag::kStopPx, &read_price<&R::stop_px>},
    Entry{tag::kExDestination, &read_text<&R::ex_destination>},
    Entry{tag::kOrdRejReason, &read_text<&R::ord_rej_reason>},
    Entry{tag::kExpireTime, &read_value<&R::expire_time, &broker::fix::parse_utc_timestamp>},
    Entry{tag::kExecType, &read_enumerator<&R::exec_type, &exec_type_from_fix, &R::raw_exec_type>},
    Entry{tag::kLeavesQty, &read_quantity<&R::leaves_qty>},
    Entry{tag::kCashOrderQty, &read_quantity<&R::cash_order_qty>},
    Entry{tag::kSecondaryOrderID, &read_text<&R::secondary_order_id>},
    Entry{tag::kExecRestatementReason, &read_text<&R::restatement_reason>},
    Entry{tag::kExpireDate, &read_value<&R::expire_time, &broker::fix::parse_utc_date>},
    Entry{tag::kMassStatusReqID, &read_text<&R::mass_status_req_id>},
    Entry{tag::kTotNumReports, &read_value<&R::tot_num_reports, &broker::fix::parse_number>},
    Entry{tag::kLastRptRequested, &read_yes<&R::is_last_of_mass_status>},
};
static_assert(kEntries.size() < 64, "SeenEntries has one bit for each");

// The place of a tag in kEntries, plus 1; 0: none. Why a table: a report has some thirty fields,
// and a search for each of them in each of these would be the dearest part of reading it.
constexpr std::size_t kIndexSize = 957;
constexpr auto kIndex = [] {
    std::array<std::uint8_t, kIndexSize> index{};
    for (std::size_t i = 0; i < kEntries.size(); ++i) {
        index[static_cast<std::size_t>(kEntries[i].tag)] = static_cast<std::uint8_t>(i + 1);
    }
    return index;
}();

std::size_t index_of(std::int32_t tag) {
    return tag > 0 && static_cast<std::size_t>(tag) < kIndexSize
               ? kIndex[static_cast<std::size_t>(tag)]
               : 0;
}

// Which of kEntries have been read. The first field with a tag counts: later ones belong to groups.
class SeenEntries {
public:
    bool insert(std::size_t index) {
        const std::uint64_t bit = std::uint64_t{1} << index;
        const bool is_new = (bits_ & bit) == 0;
        bits_ |= bit;
        return is_new;
    }
    [[nodiscard]] bool has(std::int32_t tag) const { return (bits_ >> index_of(tag) & 1U) != 0; }

private:
    std::uint64_t bits_ = 0;
};

// OrdType (40), which for a trailing stop says so with ExecInst (18), by the profile.
void read_ord_type(const MessageView& message, const Dialect& dialect, Target target) {
    const auto value = message.find(tag::kOrdType);
    if (!value || value->empty()) return;
    const TrailingStopEncoding& trailing = dialect.profile().orders.trailing_stop;
    const bool is_trailing =
        dialect.profile().orders.ord_types.contains(core::OrdType::TrailingStop) &&
        *value == trailing.ord_type &&
        (trailing.exec_inst.empty() ||
         message.get(tag::kExecInst).find(trailing.exec_inst) != std::string_view::npos);
    if (is_trailing) {
        target.report.ord_type = core::OrdType::TrailingStop;
    } else {
        read_enumerator<&R::ord_type, &ord_type_from_fix>(tag::kOrdType, *value, target);
    }
}

// Tags that no table knows at compile time.
void read_dialect_fields(const broker::fix::Field& field, const Dialect& dialect, Target target) {
    if (field.tag == tag::kOrigOrdId) target.report.orig_order_id = field.value;
    if (field.tag == dialect.profile().orders.position_code_tag) {
        target.report.position_code = field.value;
    }
    take_field(field, "8", dialect, target.inbound);
}

// What FIX 4.4 demands of every report, and of some.
void note_missing(const SeenEntries& seen, const ExecutionReport& report, FaultList& faults) {
    const auto require = [&](std::initializer_list<std::int32_t> tags) {
        for (const std::int32_t tag : tags) {
            if (!seen.has(tag)) faults.add(ReportFault::MissingField, tag);
        }
    };
    require({tag::kOrderID, tag::kExecID, tag::kExecType, tag::kOrdStatus, tag::kSymbol, tag::kSide,
             tag::kLeavesQty, tag::kCumQty, tag::kAvgPx});
    const bool is_correction = report.exec_type == core::ExecType::TradeCorrect;
    if (report.exec_type == core::ExecType::Trade || is_correction) {
        require({tag::kLastQty, tag::kLastPx});
    }
    if (is_correction || report.exec_type == core::ExecType::TradeCancel) {
        require({tag::kExecRefID});
    }
}

}  // namespace

ExecutionReport execution_report_from_fix(const MessageView& message, const Dialect& dialect,
                                          core::MonotonicTime received, Inbound& inbound) {
    inbound.clear();
    ExecutionReport report;
    report.received = received;
    const Target target{report, inbound};
    SeenEntries seen;
    for (const broker::fix::Field& field : message.fields()) {
        const std::size_t index = index_of(field.tag);
        if (index != 0 && field.value.empty()) {
            inbound.faults.add(ReportFault::UnreadableField, field.tag);
        } else if (index != 0 && seen.insert(index)) {
            kEntries[index - 1].read(field.tag, field.value, target);
        }
        read_dialect_fields(field, dialect, target);
    }
    read_ord_type(message, dialect, target);
    report.symbol = host_symbol(message.fields(), dialect, inbound.symbol);
    // Why: a picture of an order books nothing, even if the venue repeats its latest fill.
    if (report.exec_type == core::ExecType::OrderStatus) {
        report.last_qty.reset();
        report.last_px.reset();
    }
    note_missing(seen, report, inbound.faults);
    check_quantities(report, inbound.faults);
    copy_faults(inbound.faults, report);
    report.fields = inbound.fields;
    return report;
}

core::OrderCancelReject order_cancel_reject_from_fix(const MessageView& message,
                                                     const Dialect& dialect,
                                                     core::MonotonicTime received,
                                                     Inbound& inbound) {
    inbound.clear();
    const FieldReader reader{message.fields(), inbound.faults};
    core::OrderCancelReject reject;
    reject.order_id = reader.required_text(tag::kOrderID);
    reject.cl_ord_id = reader.required_text(tag::kClOrdID);
    reject.orig_cl_ord_id = reader.required_text(tag::kOrigClOrdID);
    reject.ord_status = reader.enumerator(tag::kOrdStatus, &ord_status_from_fix);
    if (reader.required_text(tag::kOrdStatus).empty()) reject.ord_status = {};
    reject.is_replace = reader.required_text(tag::kCxlRejResponseTo) == "2";
    reject.cxl_rej_reason = reader.text(tag::kCxlRejReason);
    reject.is_order_unknown = reject.cxl_rej_reason == "1";
    reject.text = reader.text(tag::kText);
    reject.transact_time = reader.timestamp(tag::kTransactTime);
    reject.received = received;
    take_fields(message.fields(), "9", dialect, inbound);
    reject.fields = inbound.fields;
    return reject;
}

}  // namespace broker::dxtrade::fix
