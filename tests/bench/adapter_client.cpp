#include "bench/adapter_client.hpp"

#include <chrono>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

#include "broker/sdk/plugin_library.hpp"
#include "broker/sdk/text.hpp"

namespace broker::bench {
namespace {

constexpr std::string_view kAccount = "BENCH";
constexpr std::string_view kSymbol = "EURUSD";
constexpr std::string_view kRestProfile = "bench";
constexpr broker_decimal_t kQty{1000, 0, 1};
constexpr broker_decimal_t kPrice{110000, 5, 1};
constexpr std::chrono::seconds kLogonTimeout{10};

}  // namespace

AdapterClient::AdapterClient(AdapterOptions options, AnswerListener& listener)
    : options_{std::move(options)}, listener_{listener} {}

AdapterClient::~AdapterClient() { stop(); }

std::filesystem::path AdapterClient::configuration() const {
    return options_.directory / "adapter.yaml";
}

void AdapterClient::write_configuration() const {
    const bool is_rest = options_.transport == Transport::Rest;
    if (is_rest) write_profile();
    std::ofstream{configuration()}
        << "adapter: {journal_dir: journal, " << (is_rest ? "data_dir: data, " : "")
        << "event_loop: {mode: " << options_.event_loop
        << ", threads: 1}}\n"
           "accounts:\n"
           "  - id: BENCH\n"
           "    profile: "
        << (is_rest ? kRestProfile : "dxtrade-cfd")
        << "\n"
           "    account: \"default:BENCH\"\n"
           "    tls: {trust: \"file:"
        << options_.trust_file.string() << "\", server_name: localhost}\n"
        << channel() << "    limits: {max_live_orders: 1000000}\n";
}

std::string AdapterClient::channel() const {
    const std::string port = std::to_string(options_.port);
    if (options_.transport == Transport::Rest) {
        const std::filesystem::path password = options_.directory / "password";
        std::ofstream{password} << "bench";
        std::filesystem::permissions(password, std::filesystem::perms::owner_read);
        return "    order_entry: rest\n"
               "    rest:\n"
               "      base_url: \"https://127.0.0.1:" +
               port +
               "/dxsca-web\"\n"
               "      username: bench\n"
               "      password: \"file:password\"\n"
               "      connections: 1\n"
               "      poll_interval_ms: 3600000\n";
    }
    return "    fix:\n"
           "      trading:\n"
           "        hosts: [\"127.0.0.1:" +
           port +
           "\"]\n"
           "        sender_comp_id: BENCH-A\n"
           "        target_comp_id: DXTRADE\n";
}

// The profile of the platform, without the venue's limits of how often it may be called.
void AdapterClient::write_profile() const {
    std::ifstream file{options_.config_dir / "profiles" / "dxtrade-cfd.yaml"};
    std::string text{std::istreambuf_iterator<char>{file}, {}};
    for (const std::string_view limited : {"{per_s: 1}", "{per_s: 2}"}) {
        std::size_t at = text.find(limited);
        if (at == std::string::npos) throw std::runtime_error{"dxtrade-cfd has other rates"};
        for (; at != std::string::npos; at = text.find(limited)) {
            text.replace(at, limited.size(), "{count: 10000, window_ms: 100}");
        }
    }
    const std::string_view name = "name: dxtrade-cfd";
    const std::size_t at = text.find(name);
    if (at == std::string::npos) throw std::runtime_error{"dxtrade-cfd has another name"};
    text.replace(at, name.size(), "name: " + std::string{kRestProfile});
    const std::filesystem::path profiles = options_.directory / "data" / "profiles";
    std::filesystem::create_directories(profiles);
    std::ofstream{profiles / (std::string{kRestProfile} + ".yaml")} << text;
}

void AdapterClient::start() {
    write_configuration();
    sdk::AdapterOptions options;
    options.config = configuration();
    options.log = [](broker_log_level_t, std::string_view) {};
    adapter_ = std::make_unique<sdk::AdapterHandle>(sdk::PluginLibrary::load(options_.plugin),
                                                    *this, std::move(options));
    if (adapter_->order_entry() == nullptr) {
        throw std::runtime_error{"the plugin has no " BROKER_EXT_ORDER_ENTRY};
    }
    if (const sdk::Status status = adapter_->start(); !status.is_ok()) {
        throw std::runtime_error{"start: " + status.describe()};
    }
    wait_ready();
}

void AdapterClient::wait_ready() {
    std::unique_lock lock{mutex_};
    if (!changed_.wait_for(lock, kLogonTimeout,
                           [this] { return state_ == BROKER_ACCOUNT_STATE_READY; })) {
        throw std::runtime_error{"the account did not become Ready; last event: " + words_};
    }
}

void AdapterClient::submit(std::uint64_t order_number) {
    const OrderId id{order_number};
    broker_new_order_t order{};
    order.side = BROKER_SIDE_BUY;
    order.ord_type = BROKER_ORD_TYPE_LIMIT;
    order.time_in_force = BROKER_TIME_IN_FORCE_DAY;
    if (options_.transport == Transport::Rest) order.position_effect = BROKER_POSITION_EFFECT_OPEN;
    order.account = sdk::borrow(kAccount);
    order.cl_ord_id = {id.data(), OrderId::kSize};
    order.symbol = sdk::borrow(kSymbol);
    order.order_qty = kQty;
    order.price = kPrice;
    const sdk::Status status = adapter_->order_entry()->submit(order);
    if (!status.is_ok()) listener_.on_failure("submit: " + status.describe());
}

void AdapterClient::on_execution_report(const broker_execution_report_t& report) {
    const Nanoseconds now = monotonic_now();
    const broker_exec_type_t expected =
        options_.transport == Transport::Rest ? BROKER_EXEC_TYPE_PENDING_NEW : BROKER_EXEC_TYPE_NEW;
    if (report.exec_type != expected) {
        return listener_.on_failure("ExecutionReport instead of " +
                                    std::string{sdk::exec_type_name(expected)} + ": " +
                                    std::string{sdk::view(report.text)});
    }
    const broker_stage_times_t& stages = report.stages;
    if (stages.written == 0) return listener_.on_failure("the order waited in the write queue");
    listener_.on_answer(
        {.order_number = OrderId::number_of(report.cl_ord_id.data, report.cl_ord_id.size),
         .received_at = now,
         .written_at = stages.written,
         .journaling = stages.journaled - stages.accepted,
         .delivery = now - stages.received});
}

void AdapterClient::on_order_cancel_reject(const broker_order_cancel_reject_t& reject) {
    listener_.on_failure("OrderCancelReject: " + std::string{sdk::view(reject.text)});
}

void AdapterClient::on_session_event(const broker_session_event_t& event) {
    const bool is_lost = event.previous_state == BROKER_ACCOUNT_STATE_READY &&
                         event.state == BROKER_ACCOUNT_STATE_OFFLINE;
    std::string words;
    {
        const std::lock_guard lock{mutex_};
        state_ = event.state;
        words_ =
            std::string{sdk::view(event.reason_name)} + " " + std::string{sdk::view(event.text)};
        words = words_;
    }
    changed_.notify_all();
    if (is_lost) listener_.on_failure("session lost: " + words);
}

void AdapterClient::stop() {
    if (!adapter_) return;
    (void)adapter_->stop();  // not ok if it was never started: destroying it is all that is left
    adapter_.reset();
}

}  // namespace broker::bench
