#include "host/venue_view.hpp"

#include <algorithm>

#include "broker/sdk/text.hpp"

namespace broker::sample_host {

using sdk::view;

void VenueView::apply(const broker_position_report_t& position) {
    const auto is_same = [&](const VenuePosition& known) {
        return known.account == view(position.event.account) &&
               known.symbol == view(position.symbol) &&
               known.position_code == view(position.position_code);
    };
    auto known = std::find_if(positions_.begin(), positions_.end(), is_same);
    if (known == positions_.end()) {
        known = positions_.emplace(positions_.end());
        known->account = view(position.event.account);
        known->symbol = view(position.symbol);
        known->position_code = view(position.position_code);
    }
    known->net_qty_from_fills = position.net_qty_from_fills;
    // What the adapter knows by itself is no picture from the venue.
    if (position.channel == BROKER_CHANNEL_UNSPECIFIED) return;
    known->long_qty = position.long_qty;
    known->short_qty = position.short_qty;
    known->net_qty = position.net_qty;
    known->avg_px = position.avg_px;
    known->is_different = position.is_different != 0;
}

void VenueView::apply(const broker_quote_t& quote) {
    const auto is_same = [&](const LastQuote& known) {
        return known.request_id == quote.request_id && known.account == view(quote.event.account);
    };
    auto known = std::find_if(quotes_.begin(), quotes_.end(), is_same);
    if (known == quotes_.end()) {
        known = quotes_.emplace(quotes_.end());
        known->account = view(quote.event.account);
        known->request_id = quote.request_id;
    }
    known->symbol = view(quote.symbol);
    known->bid_px = quote.bid_px;
    known->bid_size = quote.bid_size;
    known->offer_px = quote.offer_px;
    known->offer_size = quote.offer_size;
    known->is_stale = quote.is_stale != 0;
    known->update_count += 1 + quote.merged_count;
    known->merged_count += quote.merged_count;
}

}  // namespace broker::sample_host
