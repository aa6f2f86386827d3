#include "account/venue_faults.hpp"

#include <array>

#include "core/report_faults.hpp"

namespace broker::account {
namespace {

using core::Reason;
using core::ReportFault;

struct Words {
    ReportFault fault;
    std::string_view text;
};

// Unknown tags are the channel's to tell: once for each tag, not once a report.
constexpr std::array kWords{
    Words{ReportFault::UnreadableField, "a value that is not of its field's type was left out"},
    Words{ReportFault::MissingField, "a field is missing"},
    Words{ReportFault::NegativeValue, "a negative quantity was left out"},
    Words{ReportFault::QuantitiesDisagree, "LeavesQty, CumQty, OrderQty and LastQty do not add up"},
    Words{ReportFault::UnknownValue, "a value of an enumeration is not known"},
};

void append(std::string& line, std::string_view key, std::string_view value) {
    if (!value.empty()) line.append(" ").append(key).append("=").append(value);
}

}  // namespace

void VenueFaults::count(Reason reason, std::uint64_t faults) {
    status_.venue_fault_count.fetch_add(faults, std::memory_order_relaxed);
    if (reason == Reason::MsgTypeUnknown) {
        status_.unknown_msg_type_count.fetch_add(faults, std::memory_order_relaxed);
    } else if (reason == Reason::TagUnknown) {
        status_.unknown_tag_count.fetch_add(faults, std::memory_order_relaxed);
    } else if (reason == Reason::ValueUnknown) {
        status_.unknown_value_count.fetch_add(faults, std::memory_order_relaxed);
    }
}

void VenueFaults::tell(const core::VenueFault& fault) {
    count(fault.reason, fault.count);
    std::string line = "reason=" + std::string{core::reason_name(fault.reason)};
    append(line, "MsgType", fault.msg_type);
    if (fault.msg_seq_num != 0) line += " MsgSeqNum=" + std::to_string(fault.msg_seq_num);
    append(line, "ClOrdID", fault.cl_ord_id);
    append(line, "OrderID", fault.order_id);
    append(line, "ExecID", fault.exec_id);
    line.append(" text=\"").append(fault.text).append("\"");
    log_.write(core::LogLevel::Warning, "venue-fault", line);
    events_.on_venue_fault(fault);
}

void VenueFaults::tell(const core::ExecutionReport& report, Reason reason, std::string_view text) {
    core::VenueFault fault;
    fault.reason = reason;
    fault.channel = report.channel;
    fault.msg_type = "8";
    fault.cl_ord_id = report.cl_ord_id;
    fault.order_id = report.order_id;
    fault.exec_id = report.exec_id;
    fault.text = text;
    tell(fault);
}

void VenueFaults::tell_all(const core::ExecutionReport& report,
                           core::EnumSet<core::ReportFault> faults) {
    if (faults.empty()) return;
    for (const Words& words : kWords) {
        if (!faults.contains(words.fault)) continue;
        std::string text{words.text};
        if (report.fault_tag != 0) text += ": tag " + std::to_string(report.fault_tag);
        if (words.fault == ReportFault::UnknownValue) {
            text += " ExecType=" + std::string{report.raw_exec_type} +
                    " OrdStatus=" + std::string{report.raw_ord_status};
        }
        tell(report, core::reason_of(words.fault), text);
    }
}

}  // namespace broker::account
