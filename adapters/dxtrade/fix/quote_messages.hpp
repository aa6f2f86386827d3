// Market data: MarketDataRequest (V) out; MarketDataSnapshotFullRefresh (W),
// MarketDataIncrementalRefresh (X) and the rejects in.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/query.hpp"
#include "dxtrade/market_data_channel.hpp"
#include "dxtrade/profile.hpp"
#include "dxtrade/symbols.hpp"
#include "fix/codec/message_encoder.hpp"
#include "fix/codec/message_view.hpp"

namespace broker::dxtrade::fix {

// Errors: SymbolUnknown for a symbol that a complete map does not have, InvalidField for a request
// that does not fit the encoder.
[[nodiscard]] core::Result<void> to_fix(const VenueMarketDataRequest& request,
                                        const MarketDataRules& rules, const Symbols& symbols,
                                        broker::fix::MessageEncoder& encoder);

// One line about what was wrong with a message, and how often.
struct MarketDataFaults {
    core::Reason reason = core::Reason::None;  // of the first
    std::string text;                          // about the first
    std::size_t count = 0;
    std::size_t unknown_values = 0;  // of the count

    void clear();
    void add(core::Reason why, std::int32_t tag, std::string_view value, std::size_t entry);
};

// Reads W and X into updates, one for each run of entries of one symbol. Memory is reused: nothing
// is allocated once it has grown. [event-thread]
class MarketDataReader {
public:
    explicit MarketDataReader(const Symbols& symbols) : symbols_{symbols} {}

    // Entries that cannot be read are skipped and told in faults(); entries of a type or action
    // that is not known are delivered as Unspecified, and told. The updates borrow from the message
    // and from the reader, until the next call.
    using Deliver = std::function<void(const MarketDataUpdate&)>;
    void read_snapshot(const broker::fix::MessageView& message, core::MonotonicTime received,
                       const Deliver& deliver);
    void read_increment(const broker::fix::MessageView& message, core::MonotonicTime received,
                        const Deliver& deliver);

    // Of the last message.
    [[nodiscard]] const MarketDataFaults& faults() const { return faults_; }

private:
    void read_groups(const broker::fix::MessageView& message, MarketDataUpdate update,
                     std::string_view sfx, const Deliver& deliver);
    void deliver_run(MarketDataUpdate& update, std::string_view sfx, const Deliver& deliver);
    [[nodiscard]] bool read_entry(std::span<const broker::fix::Field> fields, bool is_increment,
                                  core::MDEntry& entry);
    [[nodiscard]] bool read_figures(std::span<const broker::fix::Field> fields,
                                    core::MDEntry& entry);
    void read_time(std::span<const broker::fix::Field> fields, core::MDEntry& entry);

    const Symbols& symbols_;
    MarketDataFaults faults_;
    std::vector<core::MDEntry> entries_;
    std::string symbol_buffer_;
    std::size_t entry_number_ = 0;
};

// MarketDataRequestReject (Y). `text` receives the reason by name and the peer's words; the record
// borrows it.
[[nodiscard]] MarketDataReject market_data_reject_from_fix(const broker::fix::MessageView& message,
                                                           std::string& text);
// Reject (3) and BusinessMessageReject (j) of a request.
[[nodiscard]] MarketDataReject session_reject_of_market_data(
    const broker::fix::MessageView& message, std::string& text);
[[nodiscard]] MarketDataReject business_reject_of_market_data(
    const broker::fix::MessageView& message, std::string& text);

}  // namespace broker::dxtrade::fix
