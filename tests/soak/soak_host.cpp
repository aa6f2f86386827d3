// The host under test, a process of its own so that it can be killed: loads the plugin through the
// SDK, takes commands line by line from standard input and writes what it knows to standard output,
// one JSON object a line, each flushed: an intent before each command, the adapter's events, and at
// the end what the plugin has left behind.
//
//   soak_host PLUGIN CONFIG
//
//   submit ACCOUNT ID SIDE QTY PRICE    SIDE Buy or Sell; PRICE "-": a market order
//   replace ACCOUNT ID ORIG QTY PRICE
//   cancel ACCOUNT ID ORIG
//   clock MS                            the wall clock is set to as far from the machine's
//   settle                              says that it has done all that was said before
//   restart                             the adapter is stopped, destroyed, made and started
//   stop                                and the process ends
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>
#include <mutex>
#include <sstream>
#include <string>

#include "broker/sdk/adapter_handle.hpp"
#include "broker/sdk/plugin_library.hpp"
#include "broker/sdk/text.hpp"
#include "host/event_json.hpp"
#include "support/wall_clock.hpp"

namespace {

namespace json = boost::json;
namespace sdk = broker::sdk;

// Lines to standard output, from any thread. What write() took survives a kill.
class Lines {
public:
    void write(const json::object& object) {
        const std::string line = json::serialize(object) + '\n';
        const std::lock_guard lock{mutex_};
        std::size_t done = 0;
        while (done < line.size()) {
            const ssize_t size = ::write(STDOUT_FILENO, line.data() + done, line.size() - done);
            if (size < 0) std::_Exit(3);  // whoever reads is gone
            done += static_cast<std::size_t>(size);
        }
    }

private:
    std::mutex mutex_;  // one line at a time
};

class Events final : public sdk::EventSink {
public:
    explicit Events(Lines& lines) : lines_{lines} {}
    void on_session_event(const broker_session_event_t& event) override { write(event); }
    void on_execution_report(const broker_execution_report_t& report) override { write(report); }
    void on_order_cancel_reject(const broker_order_cancel_reject_t& reject) override {
        write(reject);
    }
    void on_snapshot(const broker_snapshot_event_t& snapshot) override { write(snapshot); }
    void on_account_summary(const broker_account_summary_t&) override {}
    void on_venue_fault(const broker_venue_fault_t& fault) override { write(fault); }

private:
    template <class Record>
    void write(const Record& record) {
        lines_.write(broker::sample_host::to_json(record));
    }
    Lines& lines_;
};

std::size_t entries_of(const char* directory) {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator{directory})
        ++count;
    return count;
}

class Host {
public:
    Host(std::string plugin, std::string config)
        : plugin_{std::move(plugin)}, config_{std::move(config)} {}

    void start() {
        sdk::AdapterOptions options;
        options.config = config_;
        options.log = [this](broker_log_level_t level, std::string_view line) {
            std::string text{line};  // a garbled message of the peer's need not be UTF-8
            std::replace_if(
                text.begin(), text.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
            lines_.write({{"type", "Log"}, {"level", level}, {"text", text}});
        };
        adapter_ = std::make_unique<sdk::AdapterHandle>(sdk::PluginLibrary::load(plugin_), events_,
                                                        std::move(options));
        const sdk::Status status = adapter_->start();
        if (!status.is_ok()) throw std::runtime_error{"start: " + status.describe()};
    }

    void stop() {
        (void)adapter_->stop();
        adapter_.reset();
    }

    // False: the end.
    bool obey(const std::string& line) {
        std::istringstream words{line};
        std::string verb;
        words >> verb;
        if (verb == "stop") return false;
        if (verb == "restart") {
            stop();
            lines_.write({{"type", "Restarting"}});
            start();
        } else if (verb == "settle") {
            lines_.write({{"type", "Settling"}});
        } else if (verb == "clock") {
            std::int64_t offset = 0;
            words >> offset;
            broker::test::set_wall_clock_offset(std::chrono::milliseconds{offset});
        } else {
            command(verb, words);
        }
        return true;
    }

    Lines& lines() { return lines_; }

private:
    void command(const std::string& verb, std::istringstream& words) {
        std::string account;
        std::string id;
        words >> account >> id;
        lines_.write({{"type", "Intent"},
                      {"verb", verb},
                      {"account", account},
                      {"cl_ord_id", id},
                      {"time", broker::test::machine_clock().time_since_epoch().count()}});
        const sdk::Status status = verb == "submit"    ? submit(account, id, words)
                                   : verb == "replace" ? replace(account, id, words)
                                                       : cancel(account, id, words);
        lines_.write({{"type", "Taken"},
                      {"account", account},
                      {"cl_ord_id", id},
                      {"is_taken", status.is_ok()},
                      {"text", status.is_ok() ? std::string{} : status.describe()}});
    }

    sdk::Status submit(const std::string& account, const std::string& id,
                       std::istringstream& words) {
        std::string side;
        std::string qty;
        std::string price;
        words >> side >> qty >> price;
        const bool is_market = price == "-";
        broker_new_order_t order{};
        order.side = side == "Buy" ? BROKER_SIDE_BUY : BROKER_SIDE_SELL;
        order.ord_type = is_market ? BROKER_ORD_TYPE_MARKET : BROKER_ORD_TYPE_LIMIT;
        order.time_in_force = BROKER_TIME_IN_FORCE_GOOD_TILL_CANCEL;
        order.position_effect = BROKER_POSITION_EFFECT_OPEN;
        order.account = sdk::borrow(account);
        order.cl_ord_id = sdk::borrow(id);
        order.symbol = sdk::borrow("EURUSD");
        order.order_qty = sdk::decimal_from_text(qty).value();
        if (!is_market) order.price = sdk::decimal_from_text(price).value();
        return adapter_->order_entry()->submit(order);
    }

    sdk::Status replace(const std::string& account, const std::string& id,
                        std::istringstream& words) {
        std::string orig;
        std::string qty;
        std::string price;
        words >> orig >> qty >> price;
        broker_replace_order_t request{};
        request.account = sdk::borrow(account);
        request.cl_ord_id = sdk::borrow(id);
        request.orig_cl_ord_id = sdk::borrow(orig);
        request.order_qty = sdk::decimal_from_text(qty).value();
        request.price = sdk::decimal_from_text(price).value();
        return adapter_->order_entry()->replace(request);
    }

    sdk::Status cancel(const std::string& account, const std::string& id,
                       std::istringstream& words) {
        std::string orig;
        words >> orig;
        broker_cancel_order_t request{};
        request.account = sdk::borrow(account);
        request.cl_ord_id = sdk::borrow(id);
        request.orig_cl_ord_id = sdk::borrow(orig);
        return adapter_->order_entry()->cancel(request);
    }

    const std::string plugin_;
    const std::string config_;
    Lines lines_;
    Events events_{lines_};
    std::unique_ptr<sdk::AdapterHandle> adapter_;
};

int run(const std::string& plugin, const std::string& config) {
    Host host{plugin, config};
    const std::size_t descriptors = entries_of("/proc/self/fd");
    const std::size_t threads = entries_of("/proc/self/task");
    host.start();
    std::string line;
    do {
        if (!std::getline(std::cin, line)) std::_Exit(3);  // the runner is gone
    } while (host.obey(line));
    host.stop();
    host.lines().write({{"type", "Stopped"},
                        {"descriptors_left", entries_of("/proc/self/fd") - descriptors},
                        {"threads_left", entries_of("/proc/self/task") - threads}});
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: soak_host PLUGIN CONFIG\n";
        return 2;
    }
    ::signal(SIGXFSZ, SIG_IGN);  // a disk that is full is played by a limit of file sizes
    try {
        return run(argv[1], argv[2]);
    } catch (const std::exception& e) {
        std::cerr << "soak_host: " << e.what() << '\n';
        return 1;
    }
}
