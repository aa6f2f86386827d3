#include "dxtrade/fix/trading_inbox.hpp"

#include <utility>

#include "dxtrade/fix/list_messages.hpp"
#include "dxtrade/fix/notices.hpp"
#include "dxtrade/fix/reject_messages.hpp"
#include "dxtrade/fix/report_messages.hpp"
#include "dxtrade/fix/tags.hpp"
#include "fix/codec/group_view.hpp"

namespace broker::dxtrade::fix {

TradingInbox::TradingInbox(const Dialect& dialect, TradingChannelListener& listener,
                           std::string id_prefix, core::Duration query_timeout)
    : dialect_{dialect},
      listener_{listener},
      faults_{core::Channel::FixTrading, listener},
      queries_{{dialect, listener, faults_, inbound_}, std::move(id_prefix), query_timeout} {}

void TradingInbox::on_application_message(const broker::fix::MessageView& message,
                                          core::MonotonicTime received) {
    const std::string_view type = message.msg_type();
    if (type == "8") {
        core::ExecutionReport report =
            execution_report_from_fix(message, dialect_, received, inbound_);
        queries_.on_report(message, report);
    } else if (type == "9") {
        listener_.on_order_cancel_reject(
            order_cancel_reject_from_fix(message, dialect_, received, inbound_));
        faults_.tell(message, inbound_.faults);
    } else if (type == "j") {
        on_reject(business_message_reject_from_fix(message, received, text_),
                  message.get(tag::kBusinessRejectRefID));
    } else if (type == "N") {
        on_list_status(message, received);
    } else if (is_notice(message)) {
        listener_.on_notice(core::Channel::FixTrading, notice_text(message, text_));
    } else if (!queries_.on_message(message)) {
        faults_.tell_unknown_msg_type(message);
    }
}

void TradingInbox::on_session_reject(const broker::fix::MessageView& message,
                                     core::MonotonicTime received) {
    on_reject(session_reject_from_fix(message, received, text_), {});
}

void TradingInbox::on_reject(const core::MessageReject& reject, std::string_view ref_id) {
    if (!queries_.on_reject(reject, ref_id)) listener_.on_message_reject(reject);
}

void TradingInbox::on_list_status(const broker::fix::MessageView& message,
                                  core::MonotonicTime received) {
    broker::fix::GroupView group{message.fields(), tag::kNoOrders, tag::kClOrdID};
    const core::ListStatus status = list_status_from_fix(message, dialect_, inbound_);
    if (!group.is_count_right()) {
        inbound_.faults.add(core::ReportFault::UnreadableField, tag::kNoOrders);
    }
    listener_.on_list_status(status);
    faults_.tell(message, inbound_.faults);
    while (const auto entry = group.next()) {
        listener_.on_execution_report(
            list_member_from_fix(message, *entry, status, dialect_, received, inbound_));
        faults_.tell(message, inbound_.faults);
    }
}

}  // namespace broker::dxtrade::fix
