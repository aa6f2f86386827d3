// The adapter's log: spdlog behind core::Log.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "core/log.hpp"

namespace broker::runtime {

// Lines are handed to a thread of the log's own, so that the writer never waits for a disk or a
// terminal; when its queue of 8192 lines is full the oldest ones are lost.
class AdapterLog final : public core::Log {
public:
    // To standard error.
    AdapterLog();
    // To the host. `write` is called on the log's thread, one line at a time.
    using Write = std::function<void(core::LogLevel, std::string_view)>;
    explicit AdapterLog(Write write);
    ~AdapterLog() override;  // writes what is queued

    void write(core::LogLevel level, std::string_view line) override;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace broker::runtime
