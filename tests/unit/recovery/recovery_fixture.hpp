// Short ways to write requests, reports and logs in tests of the recovery.
#pragma once

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "core/order_ledger.hpp"
#include "recovery/recorded_ledger.hpp"
#include "support/manual_clock.hpp"
#include "support/temporary_directory.hpp"

namespace broker::recovery::test {

inline core::Decimal dec(std::string_view text) { return core::Decimal::parse(text).value(); }
inline core::ClOrdID id(std::string_view text) { return core::ClOrdID::from(text).value(); }
inline constexpr core::MonotonicTime kNow{std::chrono::seconds{5}};

inline core::NewOrder limit_order(std::string_view name) {
    core::NewOrder order;
    order.cl_ord_id = id(name);
    order.symbol = *core::Symbol::from("EURUSD");
    order.side = core::Side::Buy;
    order.ord_type = core::OrdType::Limit;
    order.time_in_force = core::TimeInForce::Day;
    order.order_qty = dec("100");
    order.price = dec("1.1");
    return order;
}

inline core::ReplaceOrder replace(std::string_view name, std::string_view orig) {
    core::ReplaceOrder request;
    request.cl_ord_id = id(name);
    request.orig_cl_ord_id = id(orig);
    request.price = dec("1.25");
    return request;
}

inline core::CancelOrder cancel(std::string_view name, std::string_view orig) {
    return {id(name), id(orig), {}};
}

inline core::ExecutionReport report(core::ExecType type, core::OrdStatus status,
                                    std::string_view cl_ord_id, std::string_view order_id) {
    core::ExecutionReport report;
    report.exec_type = type;
    report.ord_status = status;
    report.side = core::Side::Buy;
    report.symbol = "EURUSD";
    report.cl_ord_id = cl_ord_id;
    report.order_id = order_id;
    return report;
}

inline core::ExecutionReport fill(std::string_view cl_ord_id, std::string_view order_id,
                                  std::string_view exec_id, std::string_view qty,
                                  std::string_view cum) {
    const bool is_whole = cum == "100";
    core::ExecutionReport made = report(
        core::ExecType::Trade,
        is_whole ? core::OrdStatus::Filled : core::OrdStatus::PartiallyFilled, cl_ord_id, order_id);
    made.exec_id = exec_id;
    made.last_qty = dec(qty);
    made.last_px = dec("1.1");
    made.cum_qty = dec(cum);
    return made;
}

// A journal in which one ledger after another records.
class Processes {
public:
    explicit Processes(core::OrderLedgerLimits limits = {}, std::size_t segment_bytes = 128 * 1024,
                       RecordLogOptions options = {})
        : limits_{limits}, segment_bytes_{segment_bytes}, options_{options} {}

    [[nodiscard]] std::filesystem::path directory() const { return directory_.path() / "ACC-1"; }
    [[nodiscard]] std::unique_ptr<journal::Journal> open(std::filesystem::path directory) const {
        journal::JournalOptions options;
        options.directory = std::move(directory);
        options.account = "ACC-1";
        options.segment_bytes = segment_bytes_;
        options.reserve_bytes = std::min(options.reserve_bytes, segment_bytes_ / 4);
        return journal::Journal::open(std::move(options)).value();
    }

    // The process before has died, if there was one; a new one takes up what it left.
    RecordedLedger& restart(const RecordedLedger::NeverSent& never_sent = {}) {
        ledger_.reset();
        journal_.reset();
        journal_ = open(directory());
        ledger_ = std::make_unique<RecordedLedger>(limits_);
        recovered =
            ledger_
                ->recover(std::make_unique<RecordLog>(*journal_, clock, options_), never_sent, kNow)
                .value();
        return *ledger_;
    }
    [[nodiscard]] RecordedLedger& ledger() { return *ledger_; }
    [[nodiscard]] journal::Journal& journal() { return *journal_; }

    Recovered recovered;
    broker::test::ManualClock clock;

private:
    broker::test::TemporaryDirectory directory_;
    core::OrderLedgerLimits limits_;
    std::size_t segment_bytes_;
    RecordLogOptions options_;
    std::unique_ptr<journal::Journal> journal_;
    std::unique_ptr<RecordedLedger> ledger_;
};

}  // namespace broker::recovery::test
