// What an account holds and has traded: RequestForPositions (AN), CollateralInquiry (BB),
// TradeCaptureReportRequest (AD).
#pragma once

#include <string>

#include "simulator/fix_message.hpp"
#include "simulator/venue.hpp"

namespace broker::simulator {

// Amounts are in the account's currency, USD: quotes of other currencies are not converted. Owned
// by Exchange. [event-thread]
class AccountData {
public:
    explicit AccountData(Venue& venue) : venue_{venue} {}

    // RequestForPositionsAck (AO), then a PositionReport (AP) for each position.
    void tell_positions(const std::string& session, const FixMessage& fix);
    // CollateralReport (BA).
    void tell_collateral(const std::string& session, const FixMessage& fix);
    // TradeCaptureReportRequestAck (AQ), then a TradeCaptureReport (AE) for each trade.
    void tell_trades(const std::string& session, const FixMessage& fix);

private:
    // Null after it has refused the request: the account is not the session's.
    [[nodiscard]] const VenueAccount* account_of(const std::string& session, const FixMessage& fix);
    [[nodiscard]] FixMessage positions_ack(const FixMessage& fix, const VenueAccount& account,
                                           std::size_t count);
    [[nodiscard]] FixMessage position_report(const FixMessage& fix, const VenueAccount& account,
                                             const Position& position, std::size_t count);
    [[nodiscard]] FixMessage trade_report(const FixMessage& fix, const Trade& trade);
    [[nodiscard]] core::Decimal open_profit(const Position& position);

    Venue& venue_;
};

}  // namespace broker::simulator
