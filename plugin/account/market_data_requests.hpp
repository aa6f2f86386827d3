// The requests of an account's market data to the venue: those to be sent, and those that have been
// sent on this connection.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "account/market_data_line.hpp"
#include "core/ids.hpp"
#include "core/result.hpp"

namespace broker::account {

// One MarketDataRequest (V) and the lines it feeds.
struct VenueRequest {
    std::uint64_t number = 0;
    core::MsgSeqNum msg_seq_num = 0;
    MarketDataTopic topic;               // but for the symbol
    std::vector<core::Symbol> symbols;   // as sent
    std::vector<MarketDataLine*> lines;  // those that are left, never none

    [[nodiscard]] bool has_symbol(std::string_view symbol) const;
};

// Ids are not used a second time while the adapter lives, so that what comes late for one that is
// done with is known as such. Owned by the feed. [event-thread]
class MarketDataRequests {
public:
    // A line that the channel would not take: the reason is SymbolUnknown or InvalidField.
    struct Refused {
        MarketDataLine* line = nullptr;
        core::Error error;
    };

    MarketDataRequests(const core::Clock& clock, std::size_t max_symbols)
        : clock_{clock}, max_symbols_{max_symbols == 0 ? 1 : max_symbols} {}

    // A new connection, or none: nothing has been sent, nothing waits.
    void clear();
    // The line is to be asked for when its turn comes.
    void add(MarketDataLine& line) { waiting_.push_back(&line); }

    // Sends what waits, at most so many requests as one turn may have. Stops where the channel
    // takes nothing: it is about to end, and the next logon asks anew.
    [[nodiscard]] std::vector<Refused> send_some(dxtrade::MarketDataChannel& channel);

    // By its id, or else by the number of its message. Null if there is no such request now.
    [[nodiscard]] VenueRequest* find(std::string_view md_req_id, core::MsgSeqNum msg_seq_num = 0);
    // An id of a request that is done with.
    [[nodiscard]] bool is_past(std::string_view md_req_id) const;
    void forget(const VenueRequest& request) { sent_.erase(request.number); }

    // The line goes away. The venue is told if it was the last of a subscription.
    [[nodiscard]] core::Result<void> remove(const MarketDataLine& line,
                                            dxtrade::MarketDataChannel& channel);

private:
    [[nodiscard]] std::vector<MarketDataLine*> next_to_send() const;

    const core::Clock& clock_;
    std::size_t max_symbols_;
    std::uint64_t last_number_ = 0;
    std::deque<MarketDataLine*> waiting_;
    std::unordered_map<std::uint64_t, VenueRequest> sent_;
};

}  // namespace broker::account
