// Records of an earlier process, applied to a new ledger.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/order_ledger.hpp"
#include "recovery/ledger_record.hpp"

namespace broker::recovery {

// Owned by the call of RecordedLedger::recover. [control-thread]
class Replay {
public:
    // Records after the number `heard` are news to the host. `now` stands for every time of the
    // earlier process.
    Replay(core::OrderLedger& ledger, std::uint64_t heard, core::MonotonicTime now)
        : ledger_{ledger}, heard_{heard}, now_{now} {}

    void apply(std::string_view record);

    // Set if a record could not be applied: those after it were not.
    [[nodiscard]] const std::optional<core::Error>& error() const { return error_; }
    [[nodiscard]] std::uint64_t records() const { return records_; }
    [[nodiscard]] std::uint64_t skipped() const { return skipped_; }
    [[nodiscard]] std::uint64_t last_number() const { return last_number_; }
    [[nodiscard]] std::uint64_t last_reset() const { return last_reset_; }
    // Of every request, oldest first.
    [[nodiscard]] const std::vector<core::ClOrdID>& requests() const { return requests_; }
    // The first of them since the last sequence reset, which takes the messages from before it out
    // of the message store.
    [[nodiscard]] std::size_t first_since_reset() const { return first_since_reset_; }
    // The evidence among the records that are news.
    [[nodiscard]] std::vector<std::string> take_untold() { return std::exchange(untold_, {}); }

private:
    // Each: whether the host is to hear of it.
    template <class Request>
    bool take_request(const Request& request);
    bool take(const core::NewOrder& order) { return take_request(order); }
    bool take(const core::ReplaceOrder& request) { return take_request(request); }
    bool take(const core::CancelOrder& request) { return take_request(request); }
    bool take(const core::NewOrderList& list);
    bool take(const core::CancelOrderList& request);
    bool take(const Sent& sent);
    bool take(const ListSent& sent);
    bool take(const Refused& refused);
    bool take(const InDoubt& doubt);
    bool take(const core::ExecutionReport& report);
    bool take(const core::OrderCancelReject& reject);
    bool take(const SequenceReset& reset);
    bool take(const StaleRequest& /*stale*/) { return true; }

    void skip(const core::Error& error);
    [[nodiscard]] core::MonotonicTime written(bool is_written) const {
        return is_written ? now_ : core::MonotonicTime{};
    }

    core::OrderLedger& ledger_;
    const std::uint64_t heard_;
    const core::MonotonicTime now_;
    std::optional<core::Error> error_;
    std::uint64_t records_ = 0;
    std::uint64_t skipped_ = 0;
    std::uint64_t last_number_ = 0;
    std::uint64_t last_reset_ = 0;
    std::vector<core::ClOrdID> requests_;
    std::size_t first_since_reset_ = 0;
    std::vector<std::string> untold_;
};

}  // namespace broker::recovery
