#include "fix_scenarios/plugin_runner.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <stdexcept>

#include "broker/sdk/plugin_library.hpp"
#include "fix_scenarios/scenario_text.hpp"
#include "support/fix_message.hpp"

namespace broker::test {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& text) { throw std::runtime_error{text}; }

core::UtcTime now() { return core::SystemClock{}.utc(); }

// Where a setting of a scenario stands in the configuration: of the session, of the profile's
// fix_session, or of its recovery.
enum class Place { Session, Gateway, Recovery };
struct Key {
    Place place;
    std::string name;
    std::string unit;  // appended to the value
};

const std::map<std::string, Key>& keys() {
    static const std::map<std::string, Key> keys{
        {"heart_bt_int", {Place::Session, "heartbeat_s", ""}},
        {"reset_on_logon", {Place::Session, "reset_on_logon", ""}},
        {"sender_sub_id", {Place::Session, "sender_sub_id", ""}},
        {"target_sub_id", {Place::Session, "target_sub_id", ""}},
        {"checks_sub_ids", {Place::Gateway, "sub_ids_checked", ""}},
        {"routed_messages", {Place::Gateway, "routed_messages_accepted", ""}},
        {"validation", {Place::Gateway, "validation", ""}},
        {"orig_sending_time", {Place::Gateway, "orig_sending_time_required", ""}},
        {"next_expected", {Place::Gateway, "next_expected_msg_seq_num", ""}},
        {"last_processed", {Place::Gateway, "last_msg_seq_num_processed", ""}},
        {"unsolicited_reset", {Place::Gateway, "unsolicited_reset", ""}},
        {"request_chunk", {Place::Recovery, "request_chunk", ""}},
        {"request_timeout", {Place::Recovery, "request_timeout_ms", "000"}},
        {"max_requests", {Place::Recovery, "max_requests", ""}},
        {"max_gap_messages", {Place::Recovery, "max_gap_messages", ""}},
        {"page_messages", {Place::Recovery, "page_messages", ""}},
    };
    return keys;
}

std::string yaml_value(const std::string& value) {
    if (value == "yes") return "true";
    if (value == "no") return "false";
    return value == "count" ? "CountOurLogon" : value;
}

// "key: value, ..." of the settings that stand there.
std::string settings_at(const Scenario& scenario, Place place) {
    std::string text;
    for (const auto& [word, value] : scenario.settings) {
        const Key& key = keys().at(word);
        if (key.place != place) continue;
        text += (text.empty() ? "" : ", ") + key.name + ": " + yaml_value(value) + key.unit;
    }
    return text;
}

void write_file(const fs::path& path, const std::string& text) {
    std::ofstream{path} << text;
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
}

std::string profile_text(const Scenario& scenario) {
    std::string gateway = settings_at(scenario, Place::Gateway);
    const std::string recovery = settings_at(scenario, Place::Recovery);
    if (!recovery.empty())
        gateway += (gateway.empty() ? "" : ", ") + ("recovery: {" + recovery + "}");
    // It offers no questions: after the logon the adapter says nothing of its own.
    return "name: scenario\norders: {sides: [Buy, Sell], ord_types: [Market, Limit], "
           "times_in_force: [Day]}\n" +
           (gateway.empty() ? std::string{} : "fix_session: {" + gateway + "}\n");
}

std::string adapter_text(const Scenario& scenario, std::uint16_t port) {
    const std::string session = settings_at(scenario, Place::Session);
    return "adapter: {journal_dir: journal, data_dir: data}\naccounts:\n  - id: ACC-1\n"
           "    profile: scenario\n    account: \"default:ACC-1\"\n"
           "    tls: {trust: file:ca.pem, certificate: file:client.pem, key: file:client.key, "
           "server_name: localhost}\n    fix:\n      trading: {hosts: [\"127.0.0.1:" +
           std::to_string(port) +
           "\"], sender_comp_id: US, target_comp_id: PEER, username: user, password: "
           "file:password, reconnect: {initial_ms: 10, maximum_ms: 20}" +
           (session.empty() ? std::string{} : ", " + session) + "}\n";
}

bool is_state(const RecordedEvent& event, broker_account_state_t state) {
    return event.type == BROKER_EVENT_SESSION && event.state == state;
}

}  // namespace

PluginRunner::PluginRunner(const Scenario& scenario) : scenario_{scenario} {
    const fs::path& base = directory_.path();
    simulator::CertificateRequest request;
    request.common_name = "US";
    request.is_client = true;
    const simulator::IssuedCertificate client = authority_.issue(request);
    write_file(base / "ca.pem", authority_.certificate_pem());
    write_file(base / "client.pem", client.certificate_pem);
    write_file(base / "client.key", client.key_pem);
    write_file(base / "password", "s3cret");
    fs::create_directories(base / "data" / "profiles");
    fs::copy(fs::path{DXTRADE_CONFIG_DIR} / "fix", base / "data" / "fix");
    write_file(base / "data" / "profiles" / "scenario.yaml", profile_text(scenario));
    write_file(base / "adapter.yaml", adapter_text(scenario, peer_.port()));
}

PluginRunner::~PluginRunner() {
    peer_.drop();
    if (adapter_) (void)adapter_->stop();
}

std::optional<std::string> PluginRunner::run() {
    for (const Step& step : scenario_.steps) {
        try {
            play(step);
        } catch (const std::exception& error) {
            return "line " + std::to_string(step.line) + " (" + step.word + " " + step.rest +
                   "): " + error.what();
        }
    }
    const auto more = passed_over_.empty() ? peer_.read_message(TlsPeer::Wait{0})
                                           : std::optional{passed_over_.front()};
    if (more) return "at the end: also sent: " + with_bars(*more);
    return std::nullopt;
}

void PluginRunner::start_adapter() {
    sdk::AdapterOptions options;
    options.config = directory_.path() / "adapter.yaml";
    adapter_ = std::make_unique<sdk::AdapterHandle>(sdk::PluginLibrary::load(DXTRADE_ADAPTER_SO),
                                                    events_, options);
    if (const sdk::Status status = adapter_->start(); !status.is_ok()) fail(status.describe());
}

void PluginRunner::play(const Step& step) {
    const std::string& word = step.word;
    const std::string& rest = step.rest;
    if (word == "connect") {
        connect();
    } else if (word == "logon") {
        log_on();
    } else if (word == "disconnect") {
        peer_.drop();
    } else if (word == "I") {
        receive_fields(rest);
    } else if (word == "I*") {
        receive(fix_message(with_tokens(rest, now())));
    } else if (word == "I!") {
        receive(with_soh(with_tokens(rest, now())));
    } else if (word == "repeat") {
        for (const std::string& line : repeated(rest)) receive_fields(line);
    } else if (word == "send") {
        send(rest);
    } else if (word == "E") {
        expect_sent(rest);
    } else if (word == "E~") {
        expect_sent_sometime(rest);
    } else if (word == "H") {
        expect_event(rest);
    }  // N: the numbers show in the messages
}

void PluginRunner::connect() {
    if (!adapter_) start_adapter();
    if (!peer_.accept()) fail("no connection came");
    events_.clear();
}

void PluginRunner::log_on() {
    connect();
    const std::string logon = next_message();
    if (const auto other = difference(logon, "35=A|98=0|108=*", std::nullopt)) fail(*other);
    receive_fields("35=A|34=" + std::to_string(next_number_) + "|98=0|108=30");
    expect_event("logged on");
}

void PluginRunner::receive_fields(const std::string& text) {
    for (const auto& [tag, value] : fields_of(text)) {
        if (tag == "34" && value.find_first_not_of("0123456789") == std::string::npos) {
            next_number_ = std::max(next_number_, std::stoull("0" + value) + 1);
        }
    }
    receive(peer_message(text, now()));
}

void PluginRunner::receive(const std::string& bytes) {
    // A connection that has ended takes nothing: what was to be seen has been.
    (void)peer_.write(bytes);
}

void PluginRunner::send(const std::string& text) {
    const Fields fields = fields_of(text.substr(text.find(' ') + 1));
    const auto value_of = [&](const std::string& tag) {
        const auto found = std::find_if(fields.begin(), fields.end(),
                                        [&](const auto& field) { return field.first == tag; });
        return found == fields.end() ? std::string{} : found->second;
    };
    const auto is_ready = [](const RecordedEvent& event) {
        return is_state(event, BROKER_ACCOUNT_STATE_READY);
    };
    if (!events_.wait_for(is_ready)) fail("the account is not ready");
    const std::string id = value_of("11");
    const std::string symbol = value_of("55");
    broker_new_order_t order{};
    order.account = sdk::borrow("ACC-1");
    order.cl_ord_id = sdk::borrow(id);
    order.symbol = sdk::borrow(symbol);
    order.side = BROKER_SIDE_BUY;
    order.ord_type = BROKER_ORD_TYPE_MARKET;
    order.time_in_force = BROKER_TIME_IN_FORCE_DAY;
    order.order_qty = sdk::decimal_from_text(value_of("38")).value();
    if (const auto status = adapter_->order_entry()->submit(order); !status.is_ok()) {
        fail(status.describe());
    }
}

std::string PluginRunner::next_message() {
    if (!passed_over_.empty()) {
        std::string message = passed_over_.front();
        passed_over_.erase(passed_over_.begin());
        return message;
    }
    auto message = peer_.read_message();
    if (!message) fail("nothing was sent");
    return *message;
}

void PluginRunner::expect_sent(const std::string& text) {
    if (const auto other = difference(next_message(), text, std::nullopt)) fail(*other);
}

void PluginRunner::expect_sent_sometime(const std::string& text) {
    constexpr std::size_t kMostPassedOver = 20;
    const auto is_it = [&](const std::string& message) {
        return !difference(message, text, std::nullopt);
    };
    const auto found = std::find_if(passed_over_.begin(), passed_over_.end(), is_it);
    if (found != passed_over_.end()) {
        passed_over_.erase(found);
        return;
    }
    while (passed_over_.size() < kMostPassedOver) {
        auto message = peer_.read_message();
        if (!message) break;
        if (is_it(*message)) return;
        passed_over_.push_back(std::move(*message));
    }
    fail("no such message was sent");
}

void PluginRunner::expect_event(const std::string& text) {
    if (text == "logged on") {
        const auto is_logged_on = [](const RecordedEvent& event) {
            return is_state(event, BROKER_ACCOUNT_STATE_LOGGED_ON);
        };
        if (!events_.wait_for(is_logged_on)) fail("the account has not logged on");
    } else if (text.starts_with("ended ")) {
        const std::string reason = text.substr(6);
        const auto has_ended = [&](const RecordedEvent& event) {
            return is_state(event, BROKER_ACCOUNT_STATE_OFFLINE) &&
                   sdk::reason_name(event.reason) == reason;
        };
        if (!events_.wait_for(has_ended)) fail("the session has not ended so");
    }
}

}  // namespace broker::test
