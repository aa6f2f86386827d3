#include "account/market_data_line.hpp"

#include <algorithm>

namespace broker::account {
namespace {

using core::BookChange;
using core::MDEntryType;
using core::MDStatus;
using core::MDUpdateAction;

bool is_of_book(MDEntryType type) {
    return type == MDEntryType::Bid || type == MDEntryType::Offer || type == MDEntryType::EmptyBook;
}

bool is_quote(const core::MarketDataRequest& subscription) {
    return subscription.depth == core::kTopOfBook && subscription.candle_type.empty();
}

core::MarketBookRules rules_of(const MarketDataTopic& topic, core::MarketBookRules rules) {
    rules.is_top_only = topic.depth == core::kTopOfBook;
    return rules;
}

}  // namespace

MarketDataTopic topic_of(const core::MarketDataRequest& request) {
    return {request.symbol, request.candle_type, request.depth, request.has_trades,
            request.is_snapshot_only};
}

MarketDataLine::MarketDataLine(MarketDataTopic topic, core::MarketBookRules rules,
                               MarketDataEvents& events)
    : topic_{topic}, events_{events}, book_{rules_of(topic, rules)} {}

// ---- subscriptions

bool MarketDataLine::can_serve(const core::MarketDataRequest& request) const {
    // Why not candles: their last figures are not kept for who joins later.
    if (!topic_.candle_type.empty() || !request.candle_type.empty()) return false;
    if (topic_.is_snapshot_only || request.is_snapshot_only) return false;
    if (topic_.symbol != request.symbol) return false;
    if (request.has_trades && !topic_.has_trades) return false;
    return request.depth == topic_.depth || request.depth == core::kTopOfBook;
}

void MarketDataLine::remove(std::uint64_t request_id) {
    std::erase_if(subscriptions_, [request_id](const core::MarketDataRequest& subscription) {
        return subscription.request_id == request_id;
    });
}

bool MarketDataLine::has_quotes() const {
    return std::any_of(subscriptions_.begin(), subscriptions_.end(), is_quote);
}

// ---- state

void MarketDataLine::asked(core::MonotonicTime now) {
    state_ = State::Asked;
    since_ = now;
    ignored_increments_ = 0;
    is_unanswered_ = false;
}

void MarketDataLine::set_unanswered(std::string_view text) {
    is_stale_ = is_unanswered_ = true;
    tell(MDStatus::Stale, core::Reason::OutcomeTimeout, text);
}

void MarketDataLine::tell(MDStatus status, core::Reason reason, std::string_view text) {
    for (const core::MarketDataRequest& subscription : subscriptions_) {
        events_.on_market_data_status(
            {subscription.request_id, topic_.symbol.view(), status, reason, text});
    }
}

void MarketDataLine::set_stale(core::Reason reason, std::string_view text) {
    if (is_stale_) return;
    is_stale_ = true;
    tell(MDStatus::Stale, reason, text);
    if (state_ == State::Live && has_quotes()) deliver_quote();
}

// ---- data

LineUpdate MarketDataLine::take(const dxtrade::MarketDataUpdate& update) {
    LineUpdate result;
    const bool is_first = state_ != State::Live;
    if (is_first || is_stale_) {
        state_ = State::Live;
        is_stale_ = false;
        tell(MDStatus::Live, core::Reason::None, {});
        result.is_quote_due = true;
    }
    since_ = update.received;
    received_ = update.received;

    const bool is_picture = update.is_picture || is_first;
    deliveries_.clear();
    if (is_picture) {
        book_.clear();
        has_overflowed_ = false;
        is_picture_due_ = is_picture_due_ || (is_first && has_quotes());
    }
    for (const core::MDEntry& entry : update.entries) take_entry(entry, is_picture, result);
    if (is_picture && topic_.candle_type.empty()) append_book();
    if (has_top_changed() || is_first) result.is_quote_due = true;
    for (const core::MarketDataRequest& subscription : subscriptions_) {
        deliver_entries(subscription, is_picture);
    }
    return result;
}

void MarketDataLine::take_entry(const core::MDEntry& entry, bool is_picture, LineUpdate& result) {
    const bool is_candle = !topic_.candle_type.empty();
    if (!is_candle && is_of_book(entry.type) && entry.action != MDUpdateAction::Unspecified) {
        return take_level(entry, is_picture, result);
    }
    append_as_it_is(entry);
}

// Changes of a picture are not delivered one by one: the book as a whole is.
void MarketDataLine::take_level(const core::MDEntry& entry, bool is_picture, LineUpdate& result) {
    const BookChange change = book_.apply(entry);
    switch (change.kind) {
        case BookChange::Kind::None:
            return;
        case BookChange::Kind::Unusable:
            ++result.unusable;
            return;
        case BookChange::Kind::NotStored:
        case BookChange::Kind::Changed:
            break;
    }
    const bool is_full = change.kind == BookChange::Kind::NotStored || change.evicted;
    if (is_full && !has_overflowed_) has_overflowed_ = result.has_overflowed = true;
    if (is_picture || change.kind == BookChange::Kind::NotStored) return;
    if (entry.type == MDEntryType::EmptyBook) return append_as_it_is(entry);
    if (change.evicted) append(MDUpdateAction::Delete, entry.type, *change.evicted);
    append(change.action, entry.type, change.level);
}

void MarketDataLine::append(MDUpdateAction action, MDEntryType type, const core::BookLevel& level) {
    deliveries_.push_back({action, type, level.id, level.px, level.size, level.time});
}

void MarketDataLine::append_as_it_is(const core::MDEntry& entry) {
    const auto id = core::MDEntryID::from(entry.id);
    deliveries_.push_back({entry.action, entry.type, id.value_or(core::MDEntryID{}), entry.px,
                           entry.size, entry.time});
}

// In front of what else came with the picture.
void MarketDataLine::append_book() {
    const std::size_t others = deliveries_.size();
    Delivery empty;
    empty.type = MDEntryType::EmptyBook;
    deliveries_.push_back(empty);
    for (const core::BookLevel& level : book_.bids()) {
        append(MDUpdateAction::New, MDEntryType::Bid, level);
    }
    for (const core::BookLevel& level : book_.offers()) {
        append(MDUpdateAction::New, MDEntryType::Offer, level);
    }
    std::rotate(deliveries_.begin(), deliveries_.begin() + static_cast<std::ptrdiff_t>(others),
                deliveries_.end());
}

// A subscription to quotes gets none of the book's entries, one without trades no trades.
void MarketDataLine::deliver_entries(const core::MarketDataRequest& to, bool is_snapshot) const {
    const auto concerns = [&to](const Delivery& delivery) {
        if (delivery.type == MDEntryType::Trade) return to.has_trades;
        return !is_quote(to);
    };
    const auto end = std::find_if(deliveries_.rbegin(), deliveries_.rend(), concerns).base();
    for (auto delivery = deliveries_.begin(); delivery != end; ++delivery) {
        if (!concerns(*delivery)) continue;
        core::MarketDataEntry event;
        event.request_id = to.request_id;
        event.symbol = topic_.symbol.view();
        event.candle_type = topic_.candle_type.view();
        event.entry = {delivery->action, delivery->type, delivery->id.view(),
                       delivery->px,     delivery->size, delivery->time};
        event.is_last = delivery + 1 == end;
        event.is_snapshot = is_snapshot;
        event.received = received_;
        events_.on_market_data_entry(event);
    }
}

MarketDataLine::Side MarketDataLine::side_of(const core::BookLevel* level) {
    return level == nullptr ? Side{} : Side{level->px, level->size, level->time};
}

bool MarketDataLine::has_top_changed() {
    const Side bid = side_of(book_.best_bid());
    const Side offer = side_of(book_.best_offer());
    const bool has_changed = bid != bid_ || offer != offer_;
    bid_ = bid;
    offer_ = offer;
    return has_changed;
}

void MarketDataLine::deliver_quote() {
    const std::uint64_t merged_count = due_count_ > 1 ? due_count_ - 1 : 0;
    const bool is_snapshot = is_picture_due_;
    due_count_ = 0;
    is_picture_due_ = false;
    for (const core::MarketDataRequest& subscription : subscriptions_) {
        if (is_quote(subscription)) quote_to(subscription, is_snapshot, merged_count);
    }
}

void MarketDataLine::quote_to(const core::MarketDataRequest& to, bool is_snapshot,
                              std::uint64_t merged_count) const {
    core::Quote quote = top();
    quote.request_id = to.request_id;
    quote.is_snapshot = is_snapshot;
    quote.merged_count = merged_count;
    events_.on_quote(quote);
}

core::Quote MarketDataLine::top() const {
    core::Quote quote;
    quote.symbol = topic_.symbol.view();
    quote.is_stale = is_stale_;
    quote.bid_px = bid_.px;
    quote.bid_size = bid_.size;
    quote.offer_px = offer_.px;
    quote.offer_size = offer_.size;
    quote.venue_time = std::max(bid_.time, offer_.time);  // an absent one is the least
    quote.received = received_;
    return quote;
}

void MarketDataLine::show_to(const core::MarketDataRequest& subscription) {
    events_.on_market_data_status({subscription.request_id, topic_.symbol.view(),
                                   is_stale_ ? MDStatus::Stale : MDStatus::Live, core::Reason::None,
                                   is_stale_ ? "no news of the symbol" : ""});
    if (is_quote(subscription)) return quote_to(subscription, true, 0);
    deliveries_.clear();
    append_book();
    deliver_entries(subscription, true);
}

}  // namespace broker::account
