// The adapter: the built plugin, loaded and used as a host does it.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

#include "bench/client.hpp"
#include "bench/venue_answers.hpp"
#include "broker/sdk/adapter_handle.hpp"
#include "broker/sdk/event_sink.hpp"

namespace broker::bench {

struct AdapterOptions {
    std::filesystem::path plugin;
    std::filesystem::path directory;  // empty; for the configuration and the journal
    std::filesystem::path trust_file;
    std::filesystem::path config_dir;  // the project's own, for its profiles
    std::uint16_t port = 0;
    std::string event_loop;  // block | spin
    Transport transport = Transport::Fix;
};

class AdapterClient final : public Client, public sdk::EventSink {
public:
    AdapterClient(AdapterOptions options, AnswerListener& listener);
    ~AdapterClient() override;

    void start() override;
    void submit(std::uint64_t order_number) override;
    [[nodiscard]] bool writes_in_submit() const override { return false; }
    void stop() override;

private:
    void write_configuration() const;
    [[nodiscard]] std::string channel() const;  // the account's section of what orders go by
    void write_profile() const;
    [[nodiscard]] std::filesystem::path configuration() const;
    void wait_ready();

    void on_session_event(const broker_session_event_t& event) override;
    void on_execution_report(const broker_execution_report_t& report) override;
    void on_order_cancel_reject(const broker_order_cancel_reject_t& reject) override;
    void on_snapshot(const broker_snapshot_event_t&) override {}
    void on_account_summary(const broker_account_summary_t&) override {}

    const AdapterOptions options_;
    AnswerListener& listener_;
    std::mutex mutex_;  // guards state_ and words_, which the event thread writes
    std::condition_variable changed_;
    broker_account_state_t state_ = BROKER_ACCOUNT_STATE_UNSPECIFIED;
    std::string words_;  // of the newest session event
    std::unique_ptr<sdk::AdapterHandle> adapter_;
};

}  // namespace broker::bench
