#include "runtime/adapter_log.hpp"

#include <spdlog/async.h>
#include <spdlog/async_logger.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <mutex>
#include <utility>

namespace broker::runtime {
namespace {

constexpr std::size_t kQueuedLines = 8192;

spdlog::level::level_enum to_spdlog(core::LogLevel level) {
    switch (level) {
        case core::LogLevel::Debug:
            return spdlog::level::debug;
        case core::LogLevel::Info:
            return spdlog::level::info;
        case core::LogLevel::Warning:
            return spdlog::level::warn;
        case core::LogLevel::Error:
            return spdlog::level::err;
    }
    return spdlog::level::err;
}

core::LogLevel from_spdlog(spdlog::level::level_enum level) {
    if (level <= spdlog::level::debug) return core::LogLevel::Debug;
    if (level == spdlog::level::info) return core::LogLevel::Info;
    if (level == spdlog::level::warn) return core::LogLevel::Warning;
    return core::LogLevel::Error;
}

class HostSink final : public spdlog::sinks::base_sink<std::mutex> {
public:
    explicit HostSink(AdapterLog::Write write) : write_{std::move(write)} {}

private:
    void sink_it_(const spdlog::details::log_msg& message) override {
        write_(from_spdlog(message.level), {message.payload.data(), message.payload.size()});
    }
    void flush_() override {}

    AdapterLog::Write write_;
};

}  // namespace

// Why: not spdlog's global registry and thread pool, which would outlive an unloaded library.
struct AdapterLog::State {
    explicit State(spdlog::sink_ptr sink)
        : threads{std::make_shared<spdlog::details::thread_pool>(kQueuedLines, 1)},
          logger{std::make_shared<spdlog::async_logger>(
              "dxtrade", std::move(sink), threads, spdlog::async_overflow_policy::overrun_oldest)} {
        logger->set_level(spdlog::level::info);
    }

    // The thread first: it writes what is queued and has let go of the logger when it is joined.
    ~State() { threads.reset(); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    std::shared_ptr<spdlog::details::thread_pool> threads;
    std::shared_ptr<spdlog::async_logger> logger;
};

AdapterLog::AdapterLog()
    : state_{std::make_unique<State>(std::make_shared<spdlog::sinks::stderr_sink_mt>())} {
    state_->logger->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
}

AdapterLog::AdapterLog(Write write)
    : state_{std::make_unique<State>(std::make_shared<HostSink>(std::move(write)))} {}

AdapterLog::~AdapterLog() = default;

void AdapterLog::write(core::LogLevel level, std::string_view line) {
    state_->logger->log(to_spdlog(level), spdlog::string_view_t{line.data(), line.size()});
}

}  // namespace broker::runtime
