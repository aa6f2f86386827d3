// What the market data session does where venues differ or nothing is published.
#pragma once

#include <string>

namespace broker::simulator {

// How a subscription is served.
enum class MarketDataUpdates {
    FullThenIncremental,  // a snapshot (W), then what MDUpdateType (265) asks for
    Full,                 // snapshots alone, whatever 265 says
    Incremental,          // X alone, from the first state on
};

// MDUpdateAction (279) of the entries of an X.
enum class EntryAction {
    NewOnly,   // New (0) alone: an entry replaces the one with the same 55, 269 and 278
    Standard,  // New (0), Change (1), Delete (2)
};

struct MarketDataOptions {
    std::string target_comp_id{};  // the simulator's; empty: that of trading with "-MD"
    MarketDataUpdates updates = MarketDataUpdates::FullThenIncremental;
    EntryAction entry_action = EntryAction::NewOnly;
    int depth_levels = 5;                // of the full book, each side
    std::string stream_id{};             // MDStreamID (1500); empty: the one that was asked for
    bool requires_stream_id = false;     // of requests for the full book
    bool sends_tot_num_reports = false;  // TotNumReports (911) on snapshots of quotes
    bool sends_net_change = false;       // NetChgPrevDay (451) and its percentage (6409)
};

}  // namespace broker::simulator
