// Random lives of orders, told by portfolios of two channels and by the history, with messages
// lost, repeated and overtaken: the ledger ends as the venue has it, and each fill counts once.
#include <map>
#include <random>

#include "core/order_ledger.hpp"
#include "dxtrade/push/portfolio_tracker.hpp"
#include "unit/dxtrade/push/portfolio_fixture.hpp"

namespace broker::dxtrade::push {
namespace {

using core::Channel;
using core::Decimal;
using core::OrdStatus;
using rest::RestOrder;
using rest::RestOrderStatus;
using namespace std::chrono_literals;

class Chance {
public:
    explicit Chance(std::uint32_t seed) : random_{seed} {}
    std::size_t below(std::size_t count) {
        return std::uniform_int_distribution<std::size_t>{0, count - 1}(random_);
    }
    bool one_in(std::size_t count) { return below(count) == 0; }

private:
    std::mt19937 random_;
};

Decimal minus(const Decimal& a, const Decimal& b) { return *a.minus(b); }
Decimal plus(const Decimal& a, const Decimal& b) { return *a.plus(b); }
bool ends(RestOrderStatus status) {
    return status != RestOrderStatus::Accepted && status != RestOrderStatus::Working;
}

// The truth.
class Venue {
public:
    explicit Venue(Chance& chance) : chance_{chance} {}

    const RestOrder& accept(const std::string& id) {
        RestOrder made = order(id, ++version_, RestOrderStatus::Working, "0");
        orders_.push_back(made);
        change(orders_.back(), RestOrderStatus::Accepted, Decimal{});
        return orders_.back();
    }

    // Something happens to an order that lives.
    void act() {
        std::vector<RestOrder*> live;
        for (RestOrder& each : orders_) {
            if (!*each.is_final) live.push_back(&each);
        }
        if (live.empty()) return;
        RestOrder& chosen = *live[chance_.below(live.size())];
        ++version_;
        const Decimal filled = *chosen.legs[0].filled_quantity;
        const Decimal left = *chosen.legs[0].remaining_quantity;
        if (!chance_.one_in(4)) {
            const auto most = static_cast<std::size_t>(left.coefficient());
            const auto qty = static_cast<std::int64_t>(1 + chance_.below(most));
            const Decimal fill = *Decimal::from(qty, 0);
            const bool is_last = fill == left;
            change(chosen, is_last ? RestOrderStatus::Completed : RestOrderStatus::Working, fill);
        } else if (filled.is_zero() && chance_.one_in(2)) {
            change(chosen, RestOrderStatus::Rejected, Decimal{});
        } else {
            change(chosen, chance_.one_in(2) ? RestOrderStatus::Canceled : RestOrderStatus::Expired,
                   Decimal{});
        }
    }

    [[nodiscard]] rest::Portfolio shown(bool has_executions) const {
        std::vector<RestOrder> open;
        for (const RestOrder& each : orders_) {
            if (*each.is_final) continue;
            open.push_back(each);
            if (!has_executions) open.back().executions.clear();
        }
        return portfolio(version_, std::move(open));
    }
    [[nodiscard]] const std::vector<RestOrder>& orders() const { return orders_; }
    void touch() { ++version_; }

private:
    void change(RestOrder& changed, RestOrderStatus status, const Decimal& fill) {
        rest::RestLeg& leg = changed.legs[0];
        leg.filled_quantity = plus(*leg.filled_quantity, fill);
        leg.remaining_quantity = minus(*leg.remaining_quantity, fill);
        changed.status = status == RestOrderStatus::Accepted ? RestOrderStatus::Working : status;
        changed.is_final = ends(status);
        changed.version = version_;
        const Decimal left = ends(status) ? Decimal{} : *leg.remaining_quantity;
        changed.executions.push_back(execution("e" + std::to_string(++execution_count_), status,
                                               fill.to_string(), leg.filled_quantity->to_string(),
                                               left.to_string()));
    }

    Chance& chance_;
    std::vector<RestOrder> orders_;
    std::uint64_t version_ = 100;
    int execution_count_ = 0;
};

class Interleaving {
public:
    explicit Interleaving(std::uint32_t seed) : chance_{seed} {
        PortfolioTrackerSettings settings;
        settings.account = kAccount;
        settings.max_look_ups_of_order = 10'000;
        settings.seed = seed + 1;
        tracker_.emplace(settings, clock_, symbols_, account_,
                         PortfolioTrackerHooks{
                             [this](const OrderLookUp& names) { asked_.push_back(names); }, {}});
        account_.on_report = [this](const core::ExecutionReport& report) { apply(report); };
        take(venue_.shown(true), Channel::Rest);
    }

    void run() {
        for (int step = 0; step < 150; ++step) {
            step_once();
            if (step % 7 == 0) past_ = venue_.orders();
        }
        settle();
        expect_the_truth();
    }

private:
    void apply(const core::ExecutionReport& report) {
        if (report.exec_type == core::ExecType::Trade) ++told_[std::string{report.exec_id}];
        const core::Applied applied = ledger_.apply(report);
        if (applied.order == nullptr) return;
        Decimal& booked = booked_[std::string{applied.order->first_cl_ord_id.view()}];
        booked = plus(booked, applied.fill_delta);
        if (!applied.fill_delta.is_zero()) ++fills_[std::string{report.exec_id}];
    }
    void take(const rest::Portfolio& shown, Channel channel) {
        tracker_->on_portfolio(shown, channel, clock_.monotonic());
    }

    void step_once() {
        switch (chance_.below(8)) {
            case 0:
                place_order();
                break;
            case 1:
            case 2:
                venue_.act();
                break;
            case 3:
                sent_.emplace_back(venue_.shown(chance_.one_in(2)),
                                   chance_.one_in(2) ? Channel::Rest : Channel::Push);
                break;
            case 4:
            case 5:
                deliver_one();
                break;
            case 6:
                answer_one();
                break;
            default:
                clock_.advance(std::chrono::milliseconds{chance_.below(2'000)});
                tracker_->on_tick();
                if (chance_.one_in(10)) tracker_->await_snapshot();
        }
    }

    // Ours, which the ledger knows before the venue, or somebody else's.
    void place_order() {
        const std::string id = "A-" + std::to_string(++order_count_);
        if (chance_.one_in(3)) {
            static_cast<void>(venue_.accept(id));
            return;
        }
        core::NewOrder made;
        made.cl_ord_id = *core::ClOrdID::from(id);
        made.symbol = *core::Symbol::from("EURUSD");
        made.side = core::Side::Buy;
        made.ord_type = core::OrdType::Limit;
        made.time_in_force = core::TimeInForce::GoodTillCancel;
        made.order_qty = dec("10");
        made.price = dec("1.2");
        ASSERT_TRUE(ledger_.add(made, core::MonotonicTime::max()));
        ledger_.sent(made.cl_ord_id, static_cast<core::MsgSeqNum>(order_count_), clock_.monotonic(),
                     clock_.monotonic());
        tracker_->expect({id, {}, {}});
        ours_.push_back(id);
        static_cast<void>(venue_.accept(id));
        for (std::size_t i = chance_.below(4); i > 0; --i) venue_.act();
    }

    void deliver_one() {
        if (sent_.empty()) return;
        const std::size_t index = chance_.below(sent_.size());
        const auto [shown, channel] = sent_[index];
        const bool is_lost = chance_.one_in(5);
        const bool comes_again = chance_.one_in(5);
        if (!comes_again) sent_.erase(sent_.begin() + static_cast<std::ptrdiff_t>(index));
        if (!is_lost) take(shown, channel);
    }

    void answer_one() {
        if (asked_.empty()) return;
        const OrderLookUp names = asked_.front();
        asked_.erase(asked_.begin());
        switch (chance_.below(5)) {
            case 0:
                return tracker_->on_look_up_failed(names);
            case 1:
                return;  // lost
            case 2:
                return answer(names, past_, true);
            case 3:
                return answer(names, venue_.orders(), false);
            default:
                return answer(names, venue_.orders(), true);
        }
    }

    void answer(const OrderLookUp& names, const std::vector<RestOrder>& history,
                bool has_executions) {
        std::vector<RestOrder> found;
        for (const RestOrder& each : history) {
            if (each.client_order_id != names.client_order_id) continue;
            found.push_back(each);
            if (!has_executions) found.back().executions.clear();
        }
        tracker_->on_looked_up(names, found, clock_.monotonic());
    }

    // Nothing happens any more, and what is said arrives.
    void settle() {
        venue_.touch();
        take(venue_.shown(true), Channel::Rest);
        while (!sent_.empty()) {
            take(sent_.back().first, sent_.back().second);
            sent_.pop_back();
        }
        for (int round = 0; round < 50 && tracker_->look_up_count() > 0; ++round) {
            clock_.advance(31s);
            tracker_->on_tick();
            for (const OrderLookUp& names : std::exchange(asked_, {})) {
                answer(names, venue_.orders(), true);
            }
        }
    }

    void expect_the_truth() {
        EXPECT_EQ(tracker_->look_up_count(), 0U);
        for (const auto& [exec_id, count] : fills_) EXPECT_EQ(count, 1) << exec_id;
        for (const auto& [exec_id, count] : told_) EXPECT_EQ(count, 1) << exec_id;
        for (const RestOrder& truth : venue_.orders()) {
            const core::Order* known = ledger_.find(*core::ClOrdID::from(truth.client_order_id));
            const bool is_ours =
                std::find(ours_.begin(), ours_.end(), truth.client_order_id) != ours_.end();
            // Others' orders may have come and gone between two portfolios.
            if (known == nullptr) {
                EXPECT_FALSE(is_ours) << truth.client_order_id;
                continue;
            }
            const Decimal filled = *truth.legs[0].filled_quantity;
            EXPECT_EQ(known->cum_qty, filled) << truth.client_order_id;
            EXPECT_EQ(known->filled_qty, filled) << truth.client_order_id;
            EXPECT_EQ(booked_[truth.client_order_id], filled) << truth.client_order_id;
            EXPECT_EQ(known->status, status_of(truth)) << truth.client_order_id;
            EXPECT_EQ(known->open_requests, 0U) << truth.client_order_id;
        }
        for (const auto& fault : account_.faults) {
            EXPECT_EQ(fault.reason, core::Reason::MessageUnusable) << fault.text;
        }
    }
    static OrdStatus status_of(const RestOrder& truth) {
        switch (truth.status) {
            case RestOrderStatus::Completed:
                return OrdStatus::Filled;
            case RestOrderStatus::Canceled:
                return OrdStatus::Canceled;
            case RestOrderStatus::Expired:
                return OrdStatus::Expired;
            case RestOrderStatus::Rejected:
                return OrdStatus::Rejected;
            default:
                return truth.legs[0].filled_quantity->is_zero() ? OrdStatus::New
                                                                : OrdStatus::PartiallyFilled;
        }
    }

    test::ManualClock clock_;
    Chance chance_;
    Venue venue_{chance_};
    Symbols symbols_{SymbolRules{}};
    RecordingAccount account_;
    core::OrderLedger ledger_{{}};
    std::optional<PortfolioTracker> tracker_;
    std::vector<std::pair<rest::Portfolio, Channel>> sent_;  // under way
    std::vector<RestOrder> past_;                            // what a history that is behind shows
    std::vector<OrderLookUp> asked_;
    std::vector<std::string> ours_;
    std::map<std::string, Decimal> booked_;  // by ClOrdID
    std::map<std::string, int> fills_;       // booked, by ExecID
    std::map<std::string, int> told_;        // by ExecID
    int order_count_ = 0;
};

TEST(PortfolioInterleaving, EndsWithTheVenuesTruthAndEachFillOnceWhateverIsLostOrOvertaken) {
    for (std::uint32_t seed = 1; seed <= 100 && !testing::Test::HasFailure(); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Interleaving{seed}.run();
    }
}

}  // namespace
}  // namespace broker::dxtrade::push
