#include "adapter_check.hpp"

#include <algorithm>
#include <boost/dll/library_info.hpp>
#include <boost/dll/shared_library.hpp>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "broker/sdk/adapter_handle.hpp"

namespace broker::tool {
namespace {

class Report {
public:
    explicit Report(std::ostream& out) : out_{out} {}

    void ok(const std::string& finding) { out_ << "ok    " << finding << '\n'; }
    void note(const std::string& finding) { out_ << "note  " << finding << '\n'; }
    void fail(const std::string& finding) {
        out_ << "FAIL  " << finding << '\n';
        has_failed_ = true;
    }
    [[nodiscard]] bool has_failed() const { return has_failed_; }

private:
    std::ostream& out_;
    bool has_failed_ = false;
};

// No event comes from an adapter that is not started.
class NoEvents final : public sdk::EventSink {
public:
    void on_session_event(const broker_session_event_t&) override { ++count_; }
    void on_execution_report(const broker_execution_report_t&) override { ++count_; }
    void on_order_cancel_reject(const broker_order_cancel_reject_t&) override { ++count_; }
    void on_snapshot(const broker_snapshot_event_t&) override { ++count_; }
    void on_account_summary(const broker_account_summary_t&) override { ++count_; }
    void on_venue_fault(const broker_venue_fault_t&) override { ++count_; }
    void on_position(const broker_position_report_t&) override { ++count_; }
    void on_trade(const broker_trade_report_t&) override { ++count_; }
    void on_instrument(const broker_instrument_t&) override { ++count_; }
    void on_trading_session(const broker_trading_session_status_t&) override { ++count_; }
    void on_request_done(const broker_request_done_t&) override { ++count_; }
    void on_quote(const broker_quote_t&) override { ++count_; }
    void on_market_data_entry(const broker_market_data_entry_t&) override { ++count_; }
    void on_market_data_status(const broker_market_data_status_t&) override { ++count_; }
    void on_order_list_status(const broker_order_list_status_t&) override { ++count_; }
    void on_cash_transfer(const broker_cash_transfer_t&) override { ++count_; }
    void on_account_event(const broker_account_event_t&) override { ++count_; }
    void on_candle(const broker_candle_t&) override { ++count_; }
    void on_conversion_rate(const broker_conversion_rate_t&) override { ++count_; }
    void on_unknown_event(const broker_event_t&) override { ++count_; }

    [[nodiscard]] int count() const { return count_; }

private:
    int count_ = 0;
};

void check_identity(const sdk::PluginLibrary& library, Report& report) {
    report.ok("entry symbol " BROKER_ADAPTER_ENTRY_SYMBOL);
    report.ok("ABI " + std::to_string(library.api().abi_major) + '.' +
              std::to_string(library.api().abi_minor) + "; this tool speaks " +
              std::to_string(BROKER_ABI_MAJOR) + '.' + std::to_string(BROKER_ABI_MINOR));
    report.ok("lifecycle table is complete");
    if (library.name().empty() || library.version().empty()) {
        report.fail("the adapter has no name or no version");
    } else {
        report.ok("adapter " + std::string{library.name()} + ' ' + std::string{library.version()});
    }
}

// A host of another major version must get null and a reason, not a table that it would misread.
void check_refusal_of_other_major(const std::filesystem::path& path, Report& report) {
    const boost::dll::shared_library library{path, boost::dll::load_mode::rtld_now};
    using Entry = const broker_adapter_api_t*(std::uint32_t, std::uint32_t, broker_error_t*);
    sdk::detail::CallError error;
    const auto* const api =
        library.get<Entry>(BROKER_ADAPTER_ENTRY_SYMBOL)(BROKER_ABI_MAJOR + 1, 0, error.get());
    if (api != nullptr) {
        report.fail("the entry function accepts a host of ABI major version " +
                    std::to_string(BROKER_ABI_MAJOR + 1));
    } else if (error.get()->status != BROKER_ABI_MISMATCH) {
        report.fail("the entry function refuses another ABI major version with " +
                    std::string{sdk::status_name(error.get()->status)} + " instead of AbiMismatch");
    } else {
        report.ok("refuses a host of another ABI major version");
    }
}

void check_exported_symbols(const std::filesystem::path& path, Report& report) {
    boost::dll::library_info info{path};
    std::vector<std::string> symbols = info.symbols();
    std::erase(symbols, std::string{BROKER_ADAPTER_ENTRY_SYMBOL});
    if (symbols.empty()) {
        report.ok("exports nothing else");
        return;
    }
    std::string text = "exports " + std::to_string(symbols.size()) +
                       " further symbols, which may clash with those of the host, e.g.";
    const std::size_t shown = std::min<std::size_t>(symbols.size(), 5);
    for (std::size_t i = 0; i < shown; ++i) text += ' ' + symbols[i];
    report.fail(text);
}

void check_extensions(std::shared_ptr<const sdk::PluginLibrary> library,
                      const std::filesystem::path& config, Report& report) {
    NoEvents sink;
    {
        const sdk::AdapterHandle adapter{std::move(library), sink, {.config = config}};
        report.ok("an adapter is created from " + config.string());
        const auto check = [&report](std::string_view id, bool is_present) {
            const std::string name{id};
            is_present ? report.ok("extension " + name) : report.note("no extension " + name);
        };
        check(BROKER_EXT_ORDER_ENTRY, adapter.order_entry() != nullptr);
        check(BROKER_EXT_ORDER_LIST, adapter.order_lists() != nullptr);
        check(BROKER_EXT_ACCOUNT, adapter.accounts() != nullptr);
        check(BROKER_EXT_CAPABILITIES, adapter.capabilities() != nullptr);
        check(BROKER_EXT_CL_ORD_ID, adapter.cl_ord_ids() != nullptr);
        check(BROKER_EXT_MASS_STATUS, adapter.mass_status() != nullptr);
        check(BROKER_EXT_POSITIONS, adapter.positions() != nullptr);
        check(BROKER_EXT_TRADES, adapter.trades() != nullptr);
        check(BROKER_EXT_REFERENCE_DATA, adapter.reference_data() != nullptr);
        check(BROKER_EXT_HISTORY, adapter.history() != nullptr);
        check(BROKER_EXT_CONVERSION, adapter.conversion() != nullptr);
        check(BROKER_EXT_RISK, adapter.risk() != nullptr);
        check(BROKER_EXT_OPERATOR, adapter.operator_desk() != nullptr);
        check(BROKER_EXT_MARKET_DATA, adapter.market_data() != nullptr);
        if (adapter.find_extension("broker.no-such-ability/1") != nullptr) {
            report.fail("gives a table for an extension that does not exist");
        }
    }
    if (sink.count() == 0) {
        report.ok("the adapter is destroyed; no event came before start");
    } else {
        report.fail("an adapter that was never started sent events");
    }
}

}  // namespace

bool check_adapter(const CheckRequest& request, std::ostream& out) {
    Report report{out};
    try {
        auto library = sdk::PluginLibrary::load(request.library);
        check_identity(*library, report);
        check_refusal_of_other_major(library->path(), report);
        check_exported_symbols(library->path(), report);
        if (request.config.empty()) {
            report.note("extensions are not checked: give --config");
        } else {
            check_extensions(std::move(library), request.config, report);
        }
    } catch (const std::exception& error) {
        report.fail(error.what());
    }
    return !report.has_failed();
}

}  // namespace broker::tool
