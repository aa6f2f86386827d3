// One adapter of a loaded library, from create to destroy.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "broker/abi/broker.h"
#include "broker/sdk/adapter_extensions.hpp"
#include "broker/sdk/event_queue.hpp"
#include "broker/sdk/event_sink.hpp"
#include "broker/sdk/plugin_library.hpp"
#include "broker/sdk/status.hpp"
#include "broker/sdk/text.hpp"

namespace broker::sdk {

struct AdapterOptions {
    std::filesystem::path config{};  // the adapter's configuration file

    // Receives the adapter's log lines, from any thread, concurrently too (broker.log/1). Empty:
    // the adapter writes them to standard error.
    std::function<void(broker_log_level_t, std::string_view)> log{};

    // Offers broker.thread-check/1: debug builds of an adapter then refuse lifecycle calls from
    // another thread than the one that made the handle.
    bool has_thread_check = true;
};

// Owns an adapter and brings its events to an EventSink. Made, started, stopped and destroyed on
// one thread of the host's choice, the control thread; the extensions may be used from any thread
// while the handle lives. The sink outlives the handle. It can be neither copied nor moved: the
// adapter holds its address.
class AdapterHandle {
public:
    // Creates the adapter. Throws PluginError with the adapter's words if it refuses, e.g. because
    // of a mistake in the configuration. [control-thread]
    AdapterHandle(std::shared_ptr<const PluginLibrary> library, EventSink& sink,
                  AdapterOptions options);

    // Destroys the adapter, which stops first if need be. [control-thread]
    ~AdapterHandle();

    AdapterHandle(const AdapterHandle&) = delete;
    AdapterHandle& operator=(const AdapterHandle&) = delete;

    // Begins to connect every account; session events tell how it goes. [control-thread]
    Status start();

    // Logs every account out and waits for the adapter's threads. No event comes after it returns.
    // With an EventQueue that the calling thread polls, use the other form. [control-thread]
    Status stop();

    // The same for a host whose control thread also reads `queue`, the handle's sink. An event
    // thread that waits for room in the queue would never end, so the adapter stops on a helper
    // thread, which takes the role of the control thread for that time, while the calling thread
    // hands all events to `reader`, the last one included. If the reader throws, the stop is
    // completed first. [control-thread = reader-thread]
    Status stop(EventQueue& queue, QueueReader& reader);

    // Null where the adapter has no such extension. Valid while the handle lives. [any-thread]
    [[nodiscard]] const OrderEntry* order_entry() const noexcept {
        return extensions_->order_entry();
    }
    [[nodiscard]] const OrderLists* order_lists() const noexcept {
        return extensions_->order_lists();
    }
    [[nodiscard]] const Accounts* accounts() const noexcept { return extensions_->accounts(); }
    [[nodiscard]] const Capabilities* capabilities() const noexcept {
        return extensions_->capabilities();
    }
    [[nodiscard]] const ClOrdIDs* cl_ord_ids() const noexcept { return extensions_->cl_ord_ids(); }
    [[nodiscard]] const MassStatus* mass_status() const noexcept {
        return extensions_->mass_status();
    }
    [[nodiscard]] const Positions* positions() const noexcept { return extensions_->positions(); }
    [[nodiscard]] const Trades* trades() const noexcept { return extensions_->trades(); }
    [[nodiscard]] const ReferenceData* reference_data() const noexcept {
        return extensions_->reference_data();
    }
    [[nodiscard]] const History* history() const noexcept { return extensions_->history(); }
    [[nodiscard]] const Conversion* conversion() const noexcept {
        return extensions_->conversion();
    }
    [[nodiscard]] const Risk* risk() const noexcept { return extensions_->risk(); }
    [[nodiscard]] const Operator* operator_desk() const noexcept {
        return extensions_->operator_desk();
    }
    [[nodiscard]] const MarketData* market_data() const noexcept {
        return extensions_->market_data();
    }

    // The table of any other extension, or null. [any-thread]
    [[nodiscard]] const void* find_extension(std::string_view id) const {
        return library_->api().get_extension(adapter_.get(), borrow(id));
    }

    // Events that did not reach the host: the sink threw, or the record was malformed. Each is also
    // logged. [any-thread]
    [[nodiscard]] std::uint64_t failed_event_count() const noexcept {
        return failed_event_count_.load();
    }

    [[nodiscard]] const PluginLibrary& library() const noexcept { return *library_; }

private:
    struct Destroy {
        const broker_adapter_api_t* api;
        void operator()(broker_adapter_t* adapter) const noexcept { api->destroy(adapter); }
    };

    void create();

    // What the adapter calls. Nothing may be thrown through these.
    static void BROKER_CALL receive_event(void* host_data, const broker_event_t* event) noexcept;
    static const void* BROKER_CALL find_host_extension(void* host_data, broker_str_t id) noexcept;
    static void BROKER_CALL write_log(void* host_data, broker_log_level_t level,
                                      broker_str_t line) noexcept;
    static std::int32_t BROKER_CALL is_control_thread(void* host_data) noexcept;

    void event_failed(std::string_view cause) noexcept;

    static constexpr broker_log_t kLog{&write_log};
    static constexpr broker_thread_check_t kThreadCheck{&is_control_thread};

    const std::shared_ptr<const PluginLibrary> library_;
    EventSink& sink_;
    const AdapterOptions options_;
    const broker_host_t host_;
    std::atomic<std::thread::id> control_thread_{std::this_thread::get_id()};
    std::atomic<std::uint64_t> failed_event_count_{0};
    // Behind all that its callbacks use.
    std::unique_ptr<broker_adapter_t, Destroy> adapter_;
    std::optional<AdapterExtensions> extensions_;  // there from the constructor on
};

inline AdapterHandle::AdapterHandle(std::shared_ptr<const PluginLibrary> library, EventSink& sink,
                                    AdapterOptions options)
    : library_{std::move(library)},
      sink_{sink},
      options_{std::move(options)},
      host_{BROKER_ABI_MAJOR, BROKER_ABI_MINOR, this, &receive_event, &find_host_extension},
      adapter_{nullptr, Destroy{&library_->api()}} {
    create();
    extensions_.emplace(*library_, adapter_.get());
    sink_.on_attach(accounts());
}

inline AdapterHandle::~AdapterHandle() { sink_.on_detach(); }

inline void AdapterHandle::create() {
    const std::string config = options_.config.string();
    broker_create_params_t params{};
    params.struct_size = sizeof(params);
    params.config_path = borrow(config);
    broker_adapter_t* adapter = nullptr;
    detail::CallError error;
    const Status status =
        error.status(library_->api().create(&host_, &params, &adapter, error.get()));
    adapter_.reset(adapter);
    const std::string who = "adapter " + std::string{library_->name()};
    if (!status.is_ok()) throw PluginError{who + " cannot be created: " + status.describe()};
    if (!adapter_) throw PluginError{who + " cannot be created: create gave no adapter"};
}

inline Status AdapterHandle::start() {
    detail::CallError error;
    return error.status(library_->api().start(adapter_.get(), error.get()));
}

inline Status AdapterHandle::stop() {
    detail::CallError error;
    return error.status(library_->api().stop(adapter_.get(), error.get()));
}

inline Status AdapterHandle::stop(EventQueue& queue, QueueReader& reader) {
    Status status;
    std::atomic<bool> is_stopped{false};
    const std::thread::id own_thread = std::this_thread::get_id();
    std::thread stopper{[&] {
        control_thread_ = std::this_thread::get_id();
        status = stop();
        control_thread_ = own_thread;
        is_stopped = true;
        queue.wake();
    }};
    std::exception_ptr thrown;
    const auto drain = [&] {
        try {
            return queue.poll(reader) != 0;
        } catch (...) {
            if (!thrown) thrown = std::current_exception();
            return true;
        }
    };
    while (!is_stopped) {
        drain();
        queue.wait_for(std::chrono::seconds{1});
    }
    stopper.join();
    while (drain()) {
    }
    if (thrown) std::rethrow_exception(thrown);
    return status;
}

inline void AdapterHandle::receive_event(void* host_data, const broker_event_t* event) noexcept {
    auto& self = *static_cast<AdapterHandle*>(host_data);
    try {
        if (event == nullptr || !self.sink_.dispatch(*event)) self.event_failed("malformed record");
    } catch (const std::exception& e) {
        self.event_failed(e.what());
    } catch (...) {
        self.event_failed("the event sink threw something unknown");
    }
}

inline void AdapterHandle::event_failed(std::string_view cause) noexcept {
    ++failed_event_count_;
    std::array<char, 512> line;  // no allocation: the cause may be that memory has run out
    const int size =
        std::snprintf(line.data(), line.size(), "event-not-delivered cause=\"%.*s\"",
                      static_cast<int>(std::min<std::size_t>(cause.size(), 450)), cause.data());
    if (size < 0) return;
    write_log(this, BROKER_LOG_LEVEL_ERROR,
              broker_str_t{line.data(), static_cast<std::size_t>(size)});
}

inline const void* AdapterHandle::find_host_extension(void* host_data, broker_str_t id) noexcept {
    const auto& self = *static_cast<AdapterHandle*>(host_data);
    if (view(id) == BROKER_EXT_LOG && self.options_.log) return &kLog;
    if (view(id) == BROKER_EXT_THREAD_CHECK && self.options_.has_thread_check) return &kThreadCheck;
    return nullptr;
}

inline void AdapterHandle::write_log(void* host_data, broker_log_level_t level,
                                     broker_str_t line) noexcept {
    const auto& self = *static_cast<AdapterHandle*>(host_data);
    if (!self.options_.log) return;
    try {
        self.options_.log(level, view(line));
    } catch (...) {
        // There is nowhere left to report it to, and the adapter must not be unwound.
        return;
    }
}

inline std::int32_t AdapterHandle::is_control_thread(void* host_data) noexcept {
    const auto& self = *static_cast<AdapterHandle*>(host_data);
    return self.control_thread_.load() == std::this_thread::get_id() ? 1 : 0;
}

}  // namespace broker::sdk
