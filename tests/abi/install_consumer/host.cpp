// Loads an adapter through broker::sdk, starts and stops it.
#include <exception>
#include <iostream>

#include "broker/sdk/adapter_handle.hpp"

namespace {

class PrintingReader final : public broker::sdk::QueueReader {
public:
    void on_session_event(const broker_session_event_t& event) override {
        std::cout << broker::sdk::account_state_name(event.state) << '\n';
    }
    void on_execution_report(const broker_execution_report_t& report) override {
        std::cout << broker::sdk::exec_type_name(report.exec_type) << '\n';
    }
    void on_order_cancel_reject(const broker_order_cancel_reject_t& reject) override {
        std::cout << broker::sdk::reason_name(reject.reason) << '\n';
    }
    void on_snapshot(const broker_snapshot_event_t&) override {}
    void on_account_summary(const broker_account_summary_t&) override {}
    void on_events_lost(const broker::sdk::LostEvents&) override {}
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    try {
        PrintingReader reader;
        broker::sdk::EventQueue queue;
        broker::sdk::AdapterHandle adapter{broker::sdk::PluginLibrary::load(argv[1]), queue, {}};
        const auto started = adapter.start();
        const auto stopped = adapter.stop(queue, reader);
        std::cout << adapter.library().name() << ' ' << started.describe() << ' '
                  << stopped.describe() << '\n';
        return started.is_ok() && stopped.is_ok() ? 0 : 1;
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
