// The FIX drop copy session of one account: copies of reports in, nothing out.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/clock.hpp"
#include "dxtrade/fix/dialect.hpp"
#include "dxtrade/fix/drop_copy_inbox.hpp"
#include "dxtrade/fix/fix_session_control.hpp"
#include "dxtrade/fix/session_parts.hpp"
#include "dxtrade/profile.hpp"
#include "dxtrade/trading_channel.hpp"
#include "fix/session_transport.hpp"

namespace broker::dxtrade::fix {

struct DropCopySessionSettings {
    std::string account;  // DXtrade's name: Account (1)
    Profile profile;
    broker::fix::TransportSettings transport;
    broker::fix::SessionSettings session;
};

// Tells its listener with Channel::FixDropCopy. Sends no application message, ever. Owned by the
// account coordinator. [event-thread]
class DropCopySession final : public Channel, private broker::fix::TransportListener {
public:
    DropCopySession(DropCopySessionSettings settings, SessionParts parts,
                    TradingChannelListener& listener);

    void start() override;
    void stop(std::string_view text, std::function<void()> done) override;
    void on_tick() override {}
    [[nodiscard]] SessionControl* session() override { return &control_; }

    // Reports about other accounts so far; they were not delivered.
    [[nodiscard]] std::uint64_t foreign_count() const { return inbox_.foreign_count(); }

private:
    void on_connecting(std::string_view peer) override;
    void on_logged_on(std::string_view peer) override;
    void on_disconnected(core::Reason reason, std::string_view text, std::string_view peer,
                         core::Duration next_attempt) override;
    void on_application_message(const broker::fix::MessageView& message,
                                core::MonotonicTime received) override;
    void on_session_reject(const broker::fix::MessageView& reject,
                           core::MonotonicTime received) override;
    [[nodiscard]] broker::fix::ResendDecision on_resend(
        core::MsgSeqNum number, const broker::fix::MessageView& message) override;
    void on_sequence_reset() override;
    void on_notice(std::string_view text) override;

    Dialect dialect_;
    TradingChannelListener& listener_;
    DropCopyInbox inbox_;
    std::string text_;
    broker::fix::SessionTransport transport_;
    FixSessionControl control_{transport_};
};

}  // namespace broker::dxtrade::fix
