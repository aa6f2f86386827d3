// What a start costs that rebuilds the order ledger from the account's journal, by the number of
// records in it, and what carrying costs the event thread.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <string>

#include "core/clock.hpp"
#include "journal/journal.hpp"
#include "recovery/recorded_ledger.hpp"
#include "support/temporary_directory.hpp"

namespace broker {
namespace {

using recovery::RecordedLedger;
using recovery::RecordLog;
using Clock = std::chrono::steady_clock;

constexpr core::MonotonicTime kNow{std::chrono::seconds{5}};
constexpr int kRecordsPerOrder = 10;  // four of the ledger among six FIX messages

core::OrderLedgerLimits limits() {
    core::OrderLedgerLimits limits;
    limits.max_live_orders = 1'000;
    limits.max_finished_orders = 1'000;
    return limits;
}

core::ExecutionReport report(const std::string& id, core::ExecType type, core::OrdStatus status) {
    core::ExecutionReport report;
    report.exec_type = type;
    report.ord_status = status;
    report.side = core::Side::Buy;
    report.symbol = "EURUSD";
    report.cl_ord_id = id;
    report.order_id = id;
    report.exec_id = id;
    return report;
}

// A process: its journal and its ledger.
struct Process {
    explicit Process(const std::filesystem::path& directory) {
        journal::JournalOptions options;
        options.directory = directory;
        options.account = "BENCH";
        const auto begin = Clock::now();
        journal = journal::Journal::open(std::move(options)).value();
        opened_in = Clock::now() - begin;
        recovered = ledger.recover(std::make_unique<RecordLog>(*journal, clock), {}, kNow).value();
    }

    // One order, accepted and filled, with the FIX messages of its session.
    void trade(int number) {
        const std::string id = std::to_string(number);
        const std::string message(220, 'x');
        const auto add_fix = [&](journal::RecordKind kind, int count) {
            for (int i = 0; i < count; ++i) {
                (void)journal->append({kind, 1, 1, static_cast<core::MsgSeqNum>(number), {}},
                                      message);
            }
        };
        core::NewOrder order;
        order.cl_ord_id = core::ClOrdID::from(id).value();
        order.symbol = core::Symbol::from("EURUSD").value();
        order.side = core::Side::Buy;
        order.ord_type = core::OrdType::Market;
        order.order_qty = core::Decimal::parse("100").value();
        (void)ledger.add(order, kNow);
        add_fix(journal::RecordKind::FixOut, 3);
        ledger.sent(order.cl_ord_id, static_cast<core::MsgSeqNum>(number), kNow, kNow);
        add_fix(journal::RecordKind::FixIn, 3);
        (void)ledger.apply(report(id, core::ExecType::New, core::OrdStatus::New));
        core::ExecutionReport fill = report(id, core::ExecType::Trade, core::OrdStatus::Filled);
        fill.exec_id = "F";
        fill.last_qty = fill.cum_qty = order.order_qty;
        fill.last_px = core::Decimal::parse("1.1").value();
        (void)ledger.apply(fill);
        ledger.heard();
    }

    core::SystemClock clock;
    std::unique_ptr<journal::Journal> journal;
    Clock::duration opened_in{};
    RecordedLedger ledger{limits()};
    recovery::Recovered recovered;
};

// A journal of so many records. Made once.
const std::filesystem::path& journal_of(std::int64_t records, bool is_carried) {
    static const test::TemporaryDirectory directory;
    static std::map<std::pair<std::int64_t, bool>, std::filesystem::path> made;
    std::filesystem::path& path = made[{records, is_carried}];
    if (!path.empty()) return path;
    path = directory.path() / (std::to_string(records) + (is_carried ? "-carried" : ""));
    Process process{path};
    for (int i = 1; i <= records / kRecordsPerOrder; ++i) {
        process.trade(i);
        if (is_carried && i % 10 == 0) process.ledger.on_tick();
    }
    return path;
}

void start(benchmark::State& state, bool is_carried) {
    const auto& path = journal_of(state.range(0), is_carried);
    std::chrono::duration<double, std::milli> opened{0};
    std::uint64_t replayed = 0;
    for (auto _ : state) {
        auto process = std::make_unique<Process>(path);
        opened += process->opened_in;
        replayed = process->recovered.records;
        state.PauseTiming();
        process.reset();
        state.ResumeTiming();
    }
    state.counters["open_ms"] = opened.count() / static_cast<double>(state.iterations());
    state.counters["replayed"] = static_cast<double>(replayed);
}

// Nothing was carried: all of it is replayed.
void start_from_the_beginning(benchmark::State& state) { start(state, false); }
BENCHMARK(start_from_the_beginning)
    ->RangeMultiplier(10)
    ->Range(10'000, 1'000'000)
    ->Unit(benchmark::kMillisecond);

void start_where_records_were_carried(benchmark::State& state) { start(state, true); }
BENCHMARK(start_where_records_were_carried)
    ->RangeMultiplier(10)
    ->Range(10'000, 1'000'000)
    ->Unit(benchmark::kMillisecond);

// The longest stop of the event thread while all of it is read and the last 1,000 orders are
// carried.
void step_of_a_carrying(benchmark::State& state) {
    const auto& path = journal_of(state.range(0), false);
    std::chrono::duration<double, std::micro> longest{0};
    Process process{path};
    for (auto _ : state) {
        const auto begin = Clock::now();
        process.ledger.on_tick();
        longest = std::max<decltype(longest)>(longest, Clock::now() - begin);
    }
    state.counters["longest_us"] = longest.count();
}
BENCHMARK(step_of_a_carrying)->Arg(1'000'000)->Iterations(900)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace broker

BENCHMARK_MAIN();
