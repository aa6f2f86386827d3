// Which of the host's requests a report of the venue answers.
#pragma once

#include <string>
#include <string_view>

#include "core/clock.hpp"
#include "core/execution_report.hpp"
#include "dxtrade/rest/sent_orders.hpp"
#include "dxtrade/trading_channel.hpp"

namespace broker::dxtrade::rest {

// REST names an order by its first ClOrdID only. Puts the request that a report is about into
// ClOrdID (11), and the id in force before it into OrigClOrdID (41), as FIX does: a Replaced
// execution is of the replace that the venue numbered so, else of the oldest one under way; a
// Canceled one of the oldest cancel. Of everything else ClOrdID is the id in force.
//
// A picture that shows the terms which a replace under way has asked for is preceded by its
// Replaced report. One that does not proves nothing while that replace may still arrive: it says
// PendingReplace then. Owned by RestChannel. [event-thread]
class RequestNames {
public:
    RequestNames(SentOrders& orders, TradingChannelListener& listener, const core::Clock& clock,
                 core::Duration absence_grace)
        : orders_{orders}, listener_{listener}, clock_{clock}, absence_grace_{absence_grace} {}

    // What is put into the report is valid until the next call.
    void name(core::ExecutionReport& report, std::string_view update_order_id);

private:
    void name_replaced(SentOrder& sent, core::ExecutionReport& report,
                       std::string_view update_order_id);
    void name_canceled(SentOrder& sent, core::ExecutionReport& report);
    void name_picture(SentOrder& sent, core::ExecutionReport& report);
    void put_in_force(SentOrder& sent, core::ExecutionReport& report, const core::ClOrdID& replace);

    SentOrders& orders_;
    TradingChannelListener& listener_;
    const core::Clock& clock_;
    core::Duration absence_grace_;
    core::ClOrdID named_;
    core::ClOrdID orig_;
};

}  // namespace broker::dxtrade::rest
