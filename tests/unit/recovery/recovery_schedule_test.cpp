// Random requests and evidence; the process dies after any of them.
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>
#include <vector>

#include "recovery_fixture.hpp"

namespace broker::recovery {
namespace {

using core::ExecType;
using core::OrdStatus;
using test::id;

// Plays the same schedule into any ledger with the functions of OrderLedger.
class Schedule {
public:
    explicit Schedule(unsigned seed) : random_{seed} {}

    template <class Ledger>
    void step(Ledger& ledger) {
        const auto choice = random_() % 12;
        if (choice < 3 || names_.empty()) return add_new(ledger);
        const std::string name = names_[random_() % names_.size()];
        Known& known = orders_[name];
        switch (choice) {
            case 3:
                return change(ledger, test::replace(next_name(), name));
            case 4:
                return change(ledger, test::cancel(next_name(), name));
            case 5:
                return (void)ledger.apply(
                    test::report(ExecType::New, OrdStatus::New, name, "O-" + name));
            case 6:
            case 7:
                return fill(ledger, name, known);
            case 8:
                return (void)ledger.apply(
                    test::report(ExecType::Canceled, OrdStatus::Canceled, name, "O-" + name));
            case 9: {
                core::MessageReject reject;
                reject.ref_seq_num = 1 + random_() % number_;
                return (void)ledger.apply(reject);
            }
            case 10:
                return ledger.disconnected([](const auto&, const auto&) {});
            default: {
                core::OrderCancelReject reject;
                const std::string last = "R" + std::to_string(count_);
                reject.cl_ord_id = last;
                reject.ord_status = OrdStatus::New;
                return (void)ledger.apply(reject);
            }
        }
    }

    [[nodiscard]] const std::vector<std::string>& names() const { return all_; }

private:
    struct Known {
        int filled = 0;
    };

    std::string next_name() {
        all_.push_back("R" + std::to_string(++count_));
        return all_.back();
    }
    template <class Ledger>
    void add_new(Ledger& ledger) {
        const std::string name = next_name();
        names_.push_back(name);
        change(ledger, test::limit_order(name));
    }
    template <class Ledger, class Request>
    void change(Ledger& ledger, const Request& request) {
        if (!ledger.add(request, test::kNow)) return;
        ledger.sent(request.cl_ord_id, ++number_, test::kNow, test::kNow);
    }
    template <class Ledger>
    void fill(Ledger& ledger, const std::string& name, Known& known) {
        const bool is_repeated = known.filled > 0 && random_() % 3 == 0;
        if (!is_repeated && known.filled < 100) known.filled += 20;
        (void)ledger.apply(test::fill(name, "O-" + name, "E-" + std::to_string(known.filled), "20",
                                      std::to_string(known.filled)));
    }

    std::mt19937 random_;
    int count_ = 0;
    core::MsgSeqNum number_ = 1;
    std::vector<std::string> names_;  // of orders
    std::vector<std::string> all_;    // of requests
    std::map<std::string, Known> orders_;
};

// What stands for a crash in the ledger that did not: every open request is in doubt.
void lose_everything(core::OrderLedger& ledger, const std::vector<std::string>& names) {
    for (const std::string& name : names) {
        (void)ledger.doubt(id(name), core::Reason::OutcomeDisconnected);
    }
}

void expect_same(const core::OrderLedger& expected, const core::OrderLedger& found,
                 const std::vector<std::string>& names) {
    EXPECT_EQ(found.live_count(), expected.live_count());
    EXPECT_EQ(found.unknown_count(), expected.unknown_count());
    for (const std::string& name : names) {
        const core::Order* a = expected.find(id(name));
        const core::Order* b = found.find(id(name));
        ASSERT_EQ(a == nullptr, b == nullptr) << name;
        if (a != nullptr) {
            EXPECT_TRUE(*a == *b) << name;
        }
        const core::Request* x = expected.find_request(id(name));
        const core::Request* y = found.find_request(id(name));
        ASSERT_EQ(x == nullptr, y == nullptr) << name;
        if (x == nullptr) continue;
        EXPECT_EQ(x->certainty, y->certainty) << name;
        EXPECT_EQ(x->reason, y->reason) << name;
        EXPECT_EQ(x->msg_seq_num, y->msg_seq_num) << name;
        EXPECT_EQ(x->kind, y->kind) << name;
    }
}

// What else comes between two steps: nothing.
void do_nothing(test::Processes& /*processes*/) {}

// `expected` never dies; the other one dies after every so many steps.
template <class Between>
void run(unsigned seed, int steps, int every, test::Processes& processes, const Between& between) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    processes.restart();
    core::OrderLedger expected{{}};
    Schedule one{seed};
    Schedule other{seed};
    for (int step = 1; step <= steps; ++step) {
        one.step(expected);
        other.step(processes.ledger());
        between(processes);
        if (step % every == 0) {
            lose_everything(expected, one.names());
            processes.restart();
            EXPECT_EQ(processes.recovered.skipped, 0U);
        }
        if (step % every == 0 || step == steps) {
            expect_same(expected, processes.ledger().ledger(), one.names());
        }
        if (testing::Test::HasFailure()) return;
    }
}

TEST(RecoverySchedule, LedgerIsTheSameWhereverTheProcessDies) {
    for (unsigned seed = 1; seed <= 20 && !testing::Test::HasFailure(); ++seed) {
        test::Processes processes;
        run(seed, 60, 1 + static_cast<int>(seed % 7), processes, do_nothing);
    }
}

TEST(RecoverySchedule, LedgerIsTheSameAfterOneCrashInALongRun) {
    for (unsigned seed = 100; seed < 120 && !testing::Test::HasFailure(); ++seed) {
        test::Processes processes;
        run(seed, 400, 397, processes, do_nothing);
    }
}

// Records are carried all the time, and each process dies in the middle of it or after it; the FIX
// sessions write to the same journal.
TEST(RecoverySchedule, LedgerIsTheSameWhileItsRecordsAreCarried) {
    RecordLogOptions options;
    options.carry_after_bytes = 2'000;
    options.step = {20, 4'000};
    int carryings = 0;
    for (unsigned seed = 200; seed < 220 && !testing::Test::HasFailure(); ++seed) {
        test::Processes processes{{}, 128 * 1024, options};
        run(seed, 300, 11 + static_cast<int>(seed % 40), processes, [&](test::Processes& running) {
            const bool was_carrying = running.ledger().log()->is_carrying();
            running.ledger().on_tick();
            carryings += was_carrying && !running.ledger().log()->is_carrying() ? 1 : 0;
            ASSERT_TRUE(
                running.journal().append({journal::RecordKind::FixOut, 1, 1, 1, {}}, "35=D"));
        });
    }
    EXPECT_GT(carryings, 40);
}

}  // namespace
}  // namespace broker::recovery
