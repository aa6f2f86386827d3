#include "dxtrade/fix/drop_copy_inbox.hpp"

#include "dxtrade/fix/notices.hpp"
#include "dxtrade/fix/reject_messages.hpp"
#include "dxtrade/fix/report_messages.hpp"

namespace broker::dxtrade::fix {

DropCopyInbox::DropCopyInbox(const Dialect& dialect, TradingChannelListener& listener)
    : dialect_{dialect}, listener_{listener}, faults_{core::Channel::FixDropCopy, listener} {}

void DropCopyInbox::on_application_message(const broker::fix::MessageView& message,
                                           core::MonotonicTime received) {
    if (message.msg_type() == "8") {
        on_report(message, received);
    } else if (is_notice(message)) {
        listener_.on_notice(core::Channel::FixDropCopy, notice_text(message, text_));
    } else if (message.msg_type() == "j") {
        // Nothing is ever asked here, so that it is about no request of ours.
        const auto reject = business_message_reject_from_fix(message, received, text_);
        listener_.on_notice(core::Channel::FixDropCopy, reject.text);
    } else {
        faults_.tell_unknown_msg_type(message);
    }
}

void DropCopyInbox::on_report(const broker::fix::MessageView& message,
                              core::MonotonicTime received) {
    core::ExecutionReport report = execution_report_from_fix(message, dialect_, received, inbound_);
    if (!report.account.empty() && !dialect_.is_our_account(report.account)) {
        ++foreign_count_;
        return;
    }
    report.channel = core::Channel::FixDropCopy;
    if (dialect_.profile().drop_copy.cl_ord_id == DropCopyClOrdID::Venue) {
        report.cl_ord_id = {};
        report.orig_cl_ord_id = {};
    }
    listener_.on_execution_report(report);
    faults_.tell(message, inbound_.faults);
}

}  // namespace broker::dxtrade::fix
