// Every application message of a trading session, to its listener.
#pragma once

#include <string>

#include "dxtrade/fix/dialect.hpp"
#include "dxtrade/fix/inbound.hpp"
#include "dxtrade/fix/message_faults.hpp"
#include "dxtrade/fix/queries.hpp"
#include "dxtrade/trading_channel.hpp"
#include "fix/codec/message_view.hpp"

namespace broker::dxtrade::fix {

// What a trading session makes of what the venue sends, without the connection. Owned by a trading
// session. [event-thread]
class TradingInbox {
public:
    TradingInbox(const Dialect& dialect, TradingChannelListener& listener, std::string id_prefix,
                 core::Duration query_timeout);
    TradingInbox(const TradingInbox&) = delete;
    TradingInbox& operator=(const TradingInbox&) = delete;

    void on_application_message(const broker::fix::MessageView& message,
                                core::MonotonicTime received);
    // Reject (3).
    void on_session_reject(const broker::fix::MessageView& message, core::MonotonicTime received);

    [[nodiscard]] Queries& queries() { return queries_; }

private:
    void on_list_status(const broker::fix::MessageView& message, core::MonotonicTime received);
    void on_reject(const core::MessageReject& reject, std::string_view ref_id);

    const Dialect& dialect_;
    TradingChannelListener& listener_;
    Inbound inbound_;
    MessageFaults faults_;
    Queries queries_;
    std::string text_;
};

}  // namespace broker::dxtrade::fix
