// A way to the market data of one account: FIX now, push by the same contract. The market data feed
// knows no more of a channel than this.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/quote.hpp"
#include "core/result.hpp"
#include "dxtrade/trading_channel.hpp"

namespace broker::dxtrade {

// SubscriptionRequestType (263).
enum class MarketDataRequestKind { Snapshot, Subscribe, Unsubscribe };

// One question to the venue (MarketDataRequest, V). An Unsubscribe repeats what it takes back.
struct VenueMarketDataRequest {
    MarketDataRequestKind kind = MarketDataRequestKind::Subscribe;
    std::string_view md_req_id;
    std::int32_t depth = core::kTopOfBook;
    bool has_trades = false;
    std::string_view candle_type;
    std::span<const core::Symbol> symbols;  // the host's names
};

// What one message of the venue says of one symbol.
struct MarketDataUpdate {
    bool is_picture = false;     // all there is (W), not a change (X)
    std::string_view md_req_id;  // empty: the venue does not say
    std::string_view symbol;     // the host's name; empty: that of the request
    std::span<const core::MDEntry> entries;
    core::MsgSeqNum msg_seq_num = 0;
    core::MonotonicTime received;
};

// The venue refuses a request: by its id (MarketDataRequestReject, Y), or as a message.
struct MarketDataReject {
    core::Reason reason = core::Reason::RequestRejected;
    std::string_view md_req_id;  // empty: ref_seq_num alone says which
    core::MsgSeqNum ref_seq_num = 0;
    std::string_view text;
};

// Called on the event thread. Records borrow their text, entries included, for the call.
class MarketDataListener : public ChannelListener {
public:
    virtual void on_market_data(const MarketDataUpdate& update) = 0;
    virtual void on_market_data_reject(const MarketDataReject& reject) = 0;
};

// Owned by the market data feed. [event-thread]
class MarketDataChannel : public Channel {
public:
    // The message's number. SymbolUnknown and InvalidField concern the request; any other error
    // means that the session takes nothing: it is not logged on, or about to end.
    [[nodiscard]] virtual core::Result<core::MsgSeqNum> send(
        const VenueMarketDataRequest& request) = 0;
};

}  // namespace broker::dxtrade
