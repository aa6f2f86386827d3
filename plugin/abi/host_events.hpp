// Tells the host what happens on one account.
#pragma once

#include <string>

#include "account/account_events.hpp"
#include "broker/abi/host.h"
#include "core/clock.hpp"

namespace broker::abi {

// Fills the ABI's records and calls the host. Owned by the adapter. [event-thread]
class HostEvents final : public account::AccountEvents {
public:
    HostEvents(const broker_host_t& host, std::string account)
        : host_{host}, account_{std::move(account)} {}

    void on_session(const account::SessionNews& news) override;
    void on_order(const account::OrderNews& news) override;
    void on_cancel_reject(const account::CancelRejectNews& news) override;
    void on_snapshot(const account::SnapshotNews& news) override;

private:
    template <class Record>
    [[nodiscard]] Record begin(broker_event_type_t type);
    void deliver(const broker_event_t& event);

    const broker_host_t& host_;
    const std::string account_;
    std::uint64_t event_seq_num_ = 0;
    core::SystemClock clock_;
};

}  // namespace broker::abi
