// A person's hold of a FIX session, by its transport.
#pragma once

#include "dxtrade/session_control.hpp"
#include "fix/session_transport.hpp"

namespace broker::dxtrade::fix {

// Owned by the session that owns the transport. [event-thread]
class FixSessionControl final : public SessionControl {
public:
    explicit FixSessionControl(broker::fix::SessionTransport& transport) : transport_{transport} {}

    [[nodiscard]] SequenceNumbers sequence_numbers() const override {
        const broker::fix::SequenceNumbers numbers = transport_.sequence_numbers();
        return {numbers.next_sender, numbers.next_target};
    }
    [[nodiscard]] core::Result<void> set_sequence_numbers(SequenceNumbers numbers) override {
        return transport_.set_sequence_numbers({numbers.next_sender, numbers.next_target});
    }
    void reset_on_next_logon() override { transport_.reset_on_next_logon(); }
    [[nodiscard]] core::Result<void> fail_over(std::string_view host,
                                               std::string_view text) override {
        return transport_.fail_over(host, text);
    }

private:
    broker::fix::SessionTransport& transport_;
};

}  // namespace broker::dxtrade::fix
