// What the venue's answers say, as the run's report shows it: the last picture of each position,
// and the last quote of each subscription.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "broker/abi/broker.h"

namespace broker::sample_host {

struct VenuePosition {
    std::string account;
    std::string symbol;
    std::string position_code;
    broker_decimal_t long_qty{};
    broker_decimal_t short_qty{};
    broker_decimal_t net_qty{};
    broker_decimal_t avg_px{};
    broker_decimal_t net_qty_from_fills{};
    bool is_different = false;
};

struct LastQuote {
    std::string account;
    std::uint64_t request_id = 0;
    std::string symbol;
    broker_decimal_t bid_px{};
    broker_decimal_t bid_size{};
    broker_decimal_t offer_px{};
    broker_decimal_t offer_size{};
    bool is_stale = false;
    std::uint64_t update_count = 0;  // merged ones included
    std::uint64_t merged_count = 0;  // of them
};

// In the order in which they appeared.
class VenueView {
public:
    void apply(const broker_position_report_t& position);
    void apply(const broker_quote_t& quote);

    [[nodiscard]] const std::vector<VenuePosition>& positions() const { return positions_; }
    [[nodiscard]] const std::vector<LastQuote>& quotes() const { return quotes_; }

private:
    std::vector<VenuePosition> positions_;
    std::vector<LastQuote> quotes_;
};

}  // namespace broker::sample_host
