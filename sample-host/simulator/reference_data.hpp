// Instruments and trading sessions: SecurityListRequest (x), SecurityDefinitionRequest (c),
// TradingSessionStatusRequest (g).
#pragma once

#include <string>

#include "simulator/fix_message.hpp"
#include "simulator/venue.hpp"

namespace broker::simulator {

// Owned by Exchange. [event-thread]
class ReferenceData {
public:
    explicit ReferenceData(Venue& venue) : venue_{venue} {}

    // SecurityList (y), in pages.
    void tell_securities(const std::string& session, const FixMessage& fix);
    // SecurityDefinition (d) of one symbol.
    void tell_security(const std::string& session, const FixMessage& fix);
    void tell_trading_session(const std::string& session, const FixMessage& fix);

private:
    void add_instrument(FixMessage& fix, const std::string& symbol);

    Venue& venue_;
};

// TradingSessionStatus (h). There is one trading session, whose TradingSessionSubIDs (625) are the
// symbols; without `symbol`, open means that any of them is. Without a request it is unsolicited.
[[nodiscard]] FixMessage trading_session_status(Venue& venue, const std::string& symbol,
                                                const std::string& trad_ses_req_id);

}  // namespace broker::simulator
