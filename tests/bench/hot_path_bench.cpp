// The steps of the order path one by one, without a network: what each costs and that it does not
// grow. Whole round trips are round_trip_bench's.
#include <benchmark/benchmark.h>

#include <string>

#include "core/clock.hpp"
#include "core/order_ledger.hpp"
#include "dxtrade/fix/order_messages.hpp"
#include "dxtrade/fix/report_messages.hpp"
#include "fix/codec/framer.hpp"
#include "journal/journal_message_store.hpp"
#include "support/fix_message.hpp"
#include "support/temporary_directory.hpp"

namespace broker {
namespace {

core::NewOrder limit_order(std::uint64_t number) {
    core::NewOrder order;
    order.cl_ord_id = core::ClOrdID::from("BENCH-" + std::to_string(number)).value();
    order.symbol = core::Symbol::from("EURUSD").value();
    order.side = core::Side::Buy;
    order.ord_type = core::OrdType::Limit;
    order.time_in_force = core::TimeInForce::Day;
    order.order_qty = core::Decimal::parse("100000").value();
    order.price = core::Decimal::parse("1.08505");
    return order;
}

std::string execution_report() {
    return test::fix_message(
        "35=8|34=12345|49=DXTRADE|52=20260105-12:00:00.250|56=ACC1|37=O-000001|11=BENCH-1|"
        "17=E-000001|150=0|39=0|1=default:ACC-1|55=EURUSD|54=1|38=100000|40=2|44=1.08505|59=0|"
        "151=100000|14=0|6=0|60=20260105-12:00:00.240|");
}

void encode_new_order_single(benchmark::State& state) {
    const dxtrade::fix::Dialect dialect{{}, "default:ACC-1"};
    const core::NewOrder order = limit_order(1);
    const core::UtcTime now{std::chrono::seconds{1'767'614'400}};
    fix::MessageEncoder encoder;
    for (auto _ : state) {
        if (!dxtrade::fix::to_fix(order, dialect, now, encoder)) state.SkipWithError("encode");
        benchmark::DoNotOptimize(encoder.body().data());
    }
}
BENCHMARK(encode_new_order_single);

void frame_and_check_execution_report(benchmark::State& state) {
    const std::string message = execution_report();
    fix::Framer framer{{}};
    fix::MessageView view;
    std::string text;
    for (auto _ : state) {
        const auto room = framer.writable();
        std::copy(message.begin(), message.end(), room.begin());
        framer.commit(message.size());
        if (framer.next(view, text) != fix::Framer::Outcome::Message) state.SkipWithError("framer");
    }
}
BENCHMARK(frame_and_check_execution_report);

void read_execution_report(benchmark::State& state) {
    const std::string message = execution_report();
    fix::MessageView view;
    if (!view.parse(message)) state.SkipWithError("parse");
    const dxtrade::fix::Dialect dialect{{}, "default:ACC-1"};
    dxtrade::fix::Inbound inbound;
    for (auto _ : state) {
        auto report =
            dxtrade::fix::execution_report_from_fix(view, dialect, core::MonotonicTime{}, inbound);
        benchmark::DoNotOptimize(report);
    }
}
BENCHMARK(read_execution_report);

// A whole order: recorded, sent, acknowledged, canceled by the venue.
void ledger_of_one_order(benchmark::State& state) {
    core::OrderLedger ledger{{}};
    std::uint64_t number = 0;
    for (auto _ : state) {
        const core::NewOrder order = limit_order(++number);
        if (!ledger.add(order, core::MonotonicTime::max())) state.SkipWithError("add");
        ledger.sent(order.cl_ord_id, number, core::MonotonicTime{}, core::MonotonicTime{});
        core::ExecutionReport report;
        const std::string id = std::to_string(number);
        report.cl_ord_id = order.cl_ord_id.view();
        report.order_id = id;
        report.exec_id = id;
        report.exec_type = core::ExecType::Canceled;
        report.ord_status = core::OrdStatus::Canceled;
        auto applied = ledger.apply(report);
        benchmark::DoNotOptimize(applied);
    }
}
BENCHMARK(ledger_of_one_order);

void store_one_message(benchmark::State& state) {
    const test::TemporaryDirectory directory;
    const core::SystemClock clock;
    const auto journal = journal::Journal::open({directory.path() / "journal", "bench"}).value();
    auto store = journal::JournalMessageStore::open(*journal, clock, {"bench"});
    if (!store) {
        state.SkipWithError(store.error().detail.c_str());
        return;
    }
    const std::string message = execution_report();
    core::MsgSeqNum number = 0;
    for (auto _ : state) {
        ++number;
        if (!(*store)->add(number, message) || !(*store)->set_next_sender_msg_seq_num(number + 1)) {
            state.SkipWithError("store");
        }
    }
}
BENCHMARK(store_one_message);

}  // namespace
}  // namespace broker

BENCHMARK_MAIN();
