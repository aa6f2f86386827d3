// A host that tells its events as lines and takes orders as lines, for tests that kill it:
//   crash_host <adapter.so> <adapter.yaml> [die-at-fill]
// in:  submit <ClOrdID> <OrderQty> <Price, or - for a market order> | stop
// out: state <n> | snapshot begin|end <state> | submitted <ClOrdID> <status> <reason> |
//      order <ClOrdID> <ExecType> <OrdStatus> <Certainty> <ExecID or -> <is_snapshot>
//            <is_possible_repeat> <text>
// With die-at-fill it dies, as by kill -9, in the middle of the first call that brings a fill.
#include <csignal>
#include <cstdio>
#include <iostream>
#include <mutex>
#include <sstream>
#include <string>
#include <string_view>

#include "broker/sdk/adapter_handle.hpp"
#include "broker/sdk/plugin_library.hpp"
#include "broker/sdk/text.hpp"

namespace {

using namespace broker;

class Printer final : public sdk::EventSink {
public:
    explicit Printer(bool dies_at_fill) : dies_at_fill_{dies_at_fill} {}

    void line(const std::string& text) {
        const std::lock_guard lock{mutex_};
        std::cout << text << std::endl;
    }

    void on_session_event(const broker_session_event_t& event) override {
        line("state " + std::to_string(event.state));
    }
    void on_snapshot(const broker_snapshot_event_t& event) override {
        line(std::string{"snapshot "} +
             (event.phase == BROKER_SNAPSHOT_PHASE_BEGIN ? "begin " : "end ") +
             std::to_string(event.state));
    }
    void on_execution_report(const broker_execution_report_t& report) override {
        if (dies_at_fill_ && report.exec_type == BROKER_EXEC_TYPE_TRADE) ::raise(SIGKILL);
        const std::string exec_id{sdk::view(report.exec_id)};
        std::ostringstream text;
        text << "order " << sdk::view(report.cl_ord_id) << ' ' << report.exec_type << ' '
             << report.ord_status << ' ' << report.certainty << ' '
             << (exec_id.empty() ? "-" : exec_id) << ' ' << report.is_snapshot << ' '
             << report.is_possible_repeat << ' ' << sdk::view(report.text);
        line(text.str());
    }
    void on_order_cancel_reject(const broker_order_cancel_reject_t&) override {}
    void on_account_summary(const broker_account_summary_t&) override {}

private:
    const bool dies_at_fill_;
    std::mutex mutex_;  // keeps lines of two threads apart
};

broker_new_order_t order(const std::string& id, const std::string& qty, const std::string& price) {
    static constexpr std::string_view kAccount = "ACC-1";
    static constexpr std::string_view kSymbol = "EURUSD";
    broker_new_order_t record{};
    record.side = BROKER_SIDE_BUY;
    record.ord_type = price == "-" ? BROKER_ORD_TYPE_MARKET : BROKER_ORD_TYPE_LIMIT;
    record.time_in_force = BROKER_TIME_IN_FORCE_DAY;
    record.account = sdk::borrow(kAccount);
    record.cl_ord_id = sdk::borrow(id);
    record.symbol = sdk::borrow(kSymbol);
    record.order_qty = sdk::decimal_from_text(qty).value();
    if (price != "-") record.price = sdk::decimal_from_text(price).value();
    return record;
}

int run(const std::string& library, const std::string& config, bool dies_at_fill) {
    Printer printer{dies_at_fill};
    sdk::AdapterOptions options;
    options.config = config;
    sdk::AdapterHandle adapter{sdk::PluginLibrary::load(library), printer, options};
    if (const sdk::Status started = adapter.start(); !started.is_ok()) {
        std::cerr << started.describe() << '\n';
        return 1;
    }
    std::string command;
    while (std::getline(std::cin, command) && command != "stop") {
        std::istringstream words{command};
        std::string verb;
        std::string id;
        std::string qty;
        std::string price;
        words >> verb >> id >> qty >> price;
        const sdk::Status status = adapter.order_entry()->submit(order(id, qty, price));
        printer.line("submitted " + id + ' ' + std::to_string(status.code) + ' ' +
                     std::to_string(status.reason));
    }
    (void)adapter.stop();
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) return 2;
    try {
        return run(argv[1], argv[2], argc > 3 && std::string_view{argv[3]} == "die-at-fill");
    } catch (const std::exception& e) {
        std::cerr << e.what() << '\n';
        return 1;
    }
}
