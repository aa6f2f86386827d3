// Every application message of a drop copy session, to its listener.
#pragma once

#include <cstdint>
#include <string>

#include "dxtrade/fix/dialect.hpp"
#include "dxtrade/fix/inbound.hpp"
#include "dxtrade/fix/message_faults.hpp"
#include "dxtrade/trading_channel.hpp"
#include "fix/codec/message_view.hpp"

namespace broker::dxtrade::fix {

// Delivers copies of execution reports with their channel, FixDropCopy. Reports about another
// account are counted and not delivered: one drop copy connection may carry several accounts. Where
// the profile says that ClOrdID (11) of a copy is the venue's own, it and OrigClOrdID are left
// empty, so that neither is taken for one of ours.
//
// Owned by a drop copy session. [event-thread]
class DropCopyInbox {
public:
    DropCopyInbox(const Dialect& dialect, TradingChannelListener& listener);
    DropCopyInbox(const DropCopyInbox&) = delete;
    DropCopyInbox& operator=(const DropCopyInbox&) = delete;

    void on_application_message(const broker::fix::MessageView& message,
                                core::MonotonicTime received);

    // Reports about other accounts so far.
    [[nodiscard]] std::uint64_t foreign_count() const { return foreign_count_; }

private:
    void on_report(const broker::fix::MessageView& message, core::MonotonicTime received);

    const Dialect& dialect_;
    TradingChannelListener& listener_;
    Inbound inbound_;
    MessageFaults faults_;
    std::uint64_t foreign_count_ = 0;
    std::string text_;
};

}  // namespace broker::dxtrade::fix
