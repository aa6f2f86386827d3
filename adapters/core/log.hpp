// Where lines for the operator go.
#pragma once

#include <cstdint>
#include <string_view>

namespace broker::core {

// Values of broker/abi/ext/log.h. Error means that a person must act.
enum class LogLevel : std::int32_t { Debug = 1, Info = 2, Warning = 3, Error = 4 };

// [any-thread]
class Log {
public:
    virtual ~Log() = default;
    // One event a line, key=value with FIX names as keys, without a line end and without secrets.
    virtual void write(LogLevel level, std::string_view line) = 0;
};

}  // namespace broker::core
