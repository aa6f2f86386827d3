// The broker's side of the conversation: takes requests, keeps orders and accounts, answers.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/clock.hpp"
#include "simulator/account_data.hpp"
#include "simulator/desk.hpp"
#include "simulator/fix_message.hpp"
#include "simulator/mass_requests.hpp"
#include "simulator/order_entry.hpp"
#include "simulator/order_lists.hpp"
#include "simulator/protection.hpp"
#include "simulator/reference_data.hpp"
#include "simulator/simulator_options.hpp"
#include "simulator/venue.hpp"

namespace broker::simulator {

// No I/O and no clock of its own. A day ends when the desk says so. [event-thread]
class Exchange {
public:
    using Send = Venue::Send;
    using OnReport = Venue::OnReport;

    // `id_prefix` keeps OrderIDs and ExecIDs apart from those of earlier runs.
    Exchange(const SimulatorOptions& options, std::string id_prefix, const core::Clock& clock,
             Send send);
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    void set_on_report(OnReport on_report) { venue_.set_on_report(std::move(on_report)); }

    // Any application message; what is not served is refused with a BusinessMessageReject.
    void receive(const std::string& sender_comp_id, const FixMessage& request);
    // While it is played by hand the exchange neither takes nor answers requests.
    void set_manual(bool is_manual) { is_manual_ = is_manual; }

    // Working orders meet the quotes as they are: once for each move of the market.
    void match_all() { venue_.match_all(); }
    // Does what was put off until now or earlier and expires the orders whose time has come.
    void run_due() { venue_.run_due(); }
    [[nodiscard]] std::optional<core::MonotonicTime> next_due() const { return venue_.next_due(); }

    [[nodiscard]] Venue& venue() { return venue_; }
    [[nodiscard]] Desk& desk() { return desk_; }
    [[nodiscard]] Market& market() { return venue_.market(); }
    [[nodiscard]] Behaviour& behaviour() { return venue_.behaviour(); }
    [[nodiscard]] std::vector<Order> orders() { return venue_.book().all(); }
    // Null: no such session.
    [[nodiscard]] const AccountBook* account(std::string_view sender_comp_id);

private:
    [[nodiscard]] bool is_served(const std::string& msg_type) const;
    void take_order(const std::string& session, const FixMessage& request);
    void take_reference(const std::string& session, const FixMessage& request);
    void take_other(const std::string& session, const FixMessage& request);

    Venue venue_;
    Desk desk_{venue_};
    OrderEntry entry_{venue_, desk_};
    OrderLists lists_{venue_, entry_};
    Protection protection_{venue_};
    MassRequests mass_requests_{venue_};
    AccountData account_data_{venue_};
    ReferenceData reference_data_{venue_};
    bool is_manual_;
};

}  // namespace broker::simulator
