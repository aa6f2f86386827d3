// What became of a call into an adapter.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "broker/abi/status.h"
#include "broker/sdk/names.hpp"
#include "broker/sdk/reason_names.hpp"

namespace broker::sdk {

// For an order command, ok means "will be sent", never "accepted"; anything else means that nothing
// was sent and that no event about the command will come.
struct [[nodiscard]] Status {
    broker_status_t code = BROKER_OK;
    broker_reason_t reason = BROKER_REASON_NONE;
    std::string text;  // for people; empty if ok

    [[nodiscard]] bool is_ok() const noexcept { return code == BROKER_OK; }

    // One line, e.g. "Refused ACCOUNT_NOT_READY: account ACC-1 is Connecting".
    [[nodiscard]] std::string describe() const {
        std::string line{status_name(code)};
        if (reason != BROKER_REASON_NONE) line.append(" ").append(reason_name(reason));
        if (!text.empty()) line.append(": ").append(text);
        return line;
    }
};

namespace detail {

// Holds the broker_error_t of one call and makes the Status of it.
class CallError {
public:
    // Why not zeroed as a whole: it is 1 KB on the order path, and the text is written only on
    // failure.
    CallError() noexcept {
        error_.struct_size = sizeof(error_);
        error_.status = BROKER_OK;
        error_.reason = BROKER_REASON_NONE;
        error_.text_size = 0;
        error_.text[0] = '\0';
    }

    [[nodiscard]] broker_error_t* get() noexcept { return &error_; }

    [[nodiscard]] Status status(broker_status_t code) const {
        if (code == BROKER_OK) return {};
        const std::size_t size =
            std::min<std::size_t>(error_.text_size, BROKER_ERROR_TEXT_SIZE - 1);
        return {code, error_.reason, std::string{error_.text, size}};
    }

private:
    broker_error_t error_;
};

}  // namespace detail

}  // namespace broker::sdk
