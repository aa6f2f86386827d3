// Brings an account to rest: its orders canceled, its positions closed.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "account/order_flow.hpp"
#include "account/order_reporter.hpp"
#include "account/risk_gate.hpp"
#include "core/clock.hpp"
#include "core/open_positions.hpp"

namespace broker::account {

struct FlattenRules {
    core::TimeInForce time_in_force = core::TimeInForce::GoodTillCancel;
    bool has_position_effect = true;  // the venue takes PositionEffect
    bool has_position_code = true;    // and orders that name the position
    bool can_ask_positions = true;
    core::Duration patience = std::chrono::seconds{5};  // for cancels and answers
};

// First every live order is canceled. Once none is left, or patience has ended, the venue is asked
// for its positions, and each is closed by one market order with an id of its own. What is left is
// decided by evidence alone: when every one of these orders has come to an end, the venue is asked
// anew, and what it still shows is closed again, until three rounds have closed nothing. An order
// in doubt is waited for, never sent a second time. Nothing goes out while the account is not
// Ready, and nothing is kept for later: each round starts from what the venue shows then. Owned by
// the risk desk. [event-thread]
class Flattener {
public:
    struct Parts {
        const core::Clock& clock;
        AccountLog& log;
        OrderFlow& orders;
        RiskGate& gate;
        std::function<core::ClOrdID()> next_cl_ord_id;
        // Asks for all positions; the end of the answers comes by positions_told().
        std::function<core::Result<void>()> ask_positions;
    };
    static constexpr std::uint32_t kRounds = 3;

    Flattener(FlattenRules rules, Parts parts);

    // Goes on with the round under way, if there is one.
    void begin();
    void stop() { step_ = Step::Idle; }
    [[nodiscard]] bool is_running() const { return step_ != Step::Idle; }

    // `is_complete`: every position has been told.
    void positions_told(bool is_complete);
    // The account's session has ended: no answer comes any more.
    void disconnected();
    // While the account is Ready alone.
    void on_tick();

private:
    enum class Step { Idle, Cancel, AwaitCancels, Ask, AwaitPositions, AwaitCloses };

    void enter(Step step);
    [[nodiscard]] bool is_out_of_patience() const;
    void cancel_orders();
    void ask();
    void close_positions();
    void close(const core::OpenPosition& position);
    [[nodiscard]] bool is_close_live() const;
    void finish(std::string_view text, core::LogLevel level);

    FlattenRules rules_;
    Parts parts_;
    Step step_ = Step::Idle;
    std::uint32_t round_ = 0;    // since the number of open positions went down
    std::size_t last_open_ = 0;  // positions
    core::MonotonicTime since_;
    std::vector<core::ClOrdID> closes_;  // of this round
};

}  // namespace broker::account
