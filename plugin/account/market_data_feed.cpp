#include "account/market_data_feed.hpp"

#include <algorithm>
#include <utility>

namespace broker::account {
namespace {

using core::MDStatus;
using core::Reason;

core::MarketBookRules book_rules(const dxtrade::MarketDataRules& rules) {
    core::MarketBookRules book;
    book.only_new_entries = rules.only_new_entries;
    book.is_zero_size_a_delete = rules.is_zero_size_a_delete;
    return book;
}

}  // namespace

MarketDataFeed::MarketDataFeed(MarketDataSettings settings, MarketDataParts parts,
                               const MakeChannel& make_channel)
    : settings_{std::move(settings)},
      clock_{parts.clock},
      events_{parts.events},
      account_{parts.account},
      requests_{parts.clock, settings_.rules.max_symbols_per_request},
      quotes_{parts.clock, std::move(parts.post),
              [this](const char* text) { notice(std::string{"internal-error: "} + text); }},
      channel_{make_channel(*this)} {}

// ---- lifecycle

void MarketDataFeed::start() {
    thread_.check();
    is_stopping_ = false;
    channel_->start();
}

void MarketDataFeed::stop(std::string_view text, std::function<void()> done) {
    thread_.check();
    is_stopping_ = true;
    channel_->stop(text, std::move(done));
}

void MarketDataFeed::on_connecting(core::Channel channel, std::string_view peer) {
    thread_.check();
    account_.on_connecting(channel, peer);
}

void MarketDataFeed::on_logged_on(core::Channel channel, std::string_view peer) {
    thread_.check();
    account_.on_logged_on(channel, peer);
    is_logged_on_ = true;
    requests_.clear();
    for (const auto& line : lines_) requests_.add(*line);
    ask_some();
}

void MarketDataFeed::on_disconnected(core::Channel channel, Reason reason, std::string_view text,
                                     std::string_view peer, core::Duration next_attempt) {
    thread_.check();
    account_.on_disconnected(channel, reason, text, peer, next_attempt);
    is_logged_on_ = false;
    requests_.clear();  // subscriptions die with the connection
    for (const auto& line : lines_) {
        if (line->state() == MarketDataLine::State::Live) {
            quotes_.remove(*line);
            line->set_stale(reason, text);
        }
        line->withdrawn();
    }
}

void MarketDataFeed::on_notice(core::Channel channel, std::string_view text) {
    account_.on_notice(channel, text);
}

void MarketDataFeed::on_condition(core::Channel channel, core::Reason reason, std::string_view text,
                                  std::string_view peer) {
    account_.on_condition(channel, reason, text, peer);
}

void MarketDataFeed::on_venue_fault(const core::VenueFault& fault) {
    thread_.check();
    core::VenueFault told = fault;
    told.count = fault_limiter_.count(clock_.monotonic());
    if (told.count == 0) return;
    std::string text{fault.text};
    if (told.count > 1) {
        text.append(" (it stands for ").append(std::to_string(told.count)).append(" faults)");
    }
    told.text = text;
    account_.on_venue_fault(told);
}

// ---- subscriptions

void MarketDataFeed::execute(const core::MarketDataRequest& request) {
    thread_.check();
    if (const auto allowed = check(request); !allowed) {
        return refuse(request, allowed.error().reason, allowed.error().detail);
    }
    attach(request);
    ask_some();
}

core::Result<void> MarketDataFeed::check(const core::MarketDataRequest& request) const {
    if (by_request_id_.contains(request.request_id)) {
        return core::fail(Reason::RequestPending, "request_id " +
                                                      std::to_string(request.request_id) +
                                                      " is in use; that subscription goes on");
    }
    if (by_request_id_.size() >= settings_.max_subscriptions) {
        return core::fail(Reason::TooManyRequests,
                          std::to_string(settings_.max_subscriptions) +
                              " subscriptions are open (market_data.max_subscriptions)");
    }
    if (is_stopping_) {
        return core::fail(Reason::AccountNotReady, "the market data session is stopping");
    }
    return {};
}

void MarketDataFeed::refuse(const core::MarketDataRequest& request, Reason reason,
                            std::string_view text) {
    notice("subscription refused: request_id=" + std::to_string(request.request_id) +
           " Symbol=" + std::string{request.symbol.view()} +
           " reason=" + std::string{core::reason_name(reason)} + " text=" + std::string{text});
    events_.on_market_data_status(
        {request.request_id, request.symbol.view(), MDStatus::Rejected, reason, text});
}

// Joins a line that brings what is wanted, or begins one.
void MarketDataFeed::attach(const core::MarketDataRequest& request) {
    const auto found = std::find_if(lines_.begin(), lines_.end(),
                                    [&](const auto& line) { return line->can_serve(request); });
    if (found != lines_.end()) {
        MarketDataLine& line = **found;
        line.add(request);
        by_request_id_.emplace(request.request_id, &line);
        if (line.state() == MarketDataLine::State::Live) line.show_to(request);
        return;
    }
    lines_.push_back(
        std::make_unique<MarketDataLine>(topic_of(request), book_rules(settings_.rules), events_));
    MarketDataLine& line = *lines_.back();
    line.add(request);
    by_request_id_.emplace(request.request_id, &line);
    requests_.add(line);
}

void MarketDataFeed::execute(const core::MarketDataUnsubscribe& request) {
    thread_.check();
    const auto found = by_request_id_.find(request.request_id);
    if (found == by_request_id_.end()) {
        return events_.on_market_data_status({request.request_id,
                                              {},
                                              MDStatus::Ended,
                                              Reason::InvalidField,
                                              "there is no such subscription"});
    }
    MarketDataLine& line = *found->second;
    by_request_id_.erase(found);
    line.remove(request.request_id);
    events_.on_market_data_status({request.request_id, line.topic().symbol.view(), MDStatus::Ended,
                                   Reason::None, "unsubscribed"});
    if (line.subscriptions().empty()) retire(line);
}

void MarketDataFeed::end(MarketDataLine& line, MDStatus status, Reason reason,
                         std::string_view text) {
    line.tell(status, reason, text);
    for (const core::MarketDataRequest& subscription : line.subscriptions()) {
        by_request_id_.erase(subscription.request_id);
    }
    retire(line);
}

void MarketDataFeed::retire(MarketDataLine& line) {
    quotes_.remove(line);
    const auto told = requests_.remove(line, *channel_);
    if (!told) notice("unsubscribe: " + told.error().detail);
    std::erase_if(lines_, [&line](const auto& owned) { return owned.get() == &line; });
}

// ---- requests to the venue

void MarketDataFeed::ask_some() {
    if (!is_logged_on_ || is_stopping_) return;
    for (const auto& [line, error] : requests_.send_some(*channel_)) {
        end(*line, MDStatus::Rejected, error.reason, error.detail);
    }
}

void MarketDataFeed::on_market_data_reject(const dxtrade::MarketDataReject& reject) {
    thread_.check();
    VenueRequest* const request = requests_.find(reject.md_req_id, reject.ref_seq_num);
    if (request == nullptr) {
        return notice(
            "the venue refuses what is done with: MDReqID=" + std::string{reject.md_req_id} +
            " RefSeqNum=" + std::to_string(reject.ref_seq_num) + " " + std::string{reject.text});
    }
    const VenueRequest refused_request = *request;
    requests_.forget(refused_request);
    for (MarketDataLine* line : refused_request.lines) {
        if (refused_request.symbols.size() > 1) {
            // Which of the symbols the venue means it does not say: each is asked for by itself.
            line->ask_alone();
            line->withdrawn();
            requests_.add(*line);
        } else {
            refused(*line, reject);
        }
    }
    ask_some();
}

// Those that wanted less than the line brought get lines of their own.
void MarketDataFeed::refused(MarketDataLine& line, const dxtrade::MarketDataReject& reject) {
    const MarketDataTopic topic = line.topic();
    const std::vector<core::MarketDataRequest> subscriptions = line.subscriptions();
    for (const core::MarketDataRequest& subscription : subscriptions) {
        by_request_id_.erase(subscription.request_id);
    }
    retire(line);
    for (const core::MarketDataRequest& subscription : subscriptions) {
        const bool wanted_less =
            subscription.depth != topic.depth || subscription.has_trades != topic.has_trades;
        if (wanted_less) {
            attach(subscription);
        } else {
            refuse(subscription, reject.reason, reject.text);
        }
    }
}

// ---- data

void MarketDataFeed::on_market_data(const dxtrade::MarketDataUpdate& update) {
    thread_.check();
    quotes_.note_update();
    if (update.md_req_id.empty()) return take_without_id(update);
    if (MarketDataLine* line = find_line(update)) take(*line, update);
}

// Null: nobody waits for it.
MarketDataLine* MarketDataFeed::find_line(const dxtrade::MarketDataUpdate& update) {
    const VenueRequest* const request = requests_.find(update.md_req_id);
    if (request == nullptr) {
        // What comes late, after an unsubscribe, is nothing to speak of.
        if (!requests_.is_past(update.md_req_id)) {
            tell_fault(update, "MDReqID is not ours: " + std::string{update.md_req_id});
        }
        return nullptr;
    }
    if (update.symbol.empty() && request->lines.size() == 1) return request->lines.front();
    for (MarketDataLine* line : request->lines) {
        if (line->topic().symbol.view() == update.symbol) return line;
    }
    if (!request->has_symbol(update.symbol)) {
        tell_fault(update, "Symbol is not one of the request's: " + std::string{update.symbol});
    }
    return nullptr;
}

// MDReqID is optional in FIX 4.4: the symbol and the kind of its entries say whose it is.
void MarketDataFeed::take_without_id(const dxtrade::MarketDataUpdate& update) {
    const bool is_candle =
        std::any_of(update.entries.begin(), update.entries.end(), [](const core::MDEntry& entry) {
            return entry.type >= core::MDEntryType::OpeningPrice &&
                   entry.type <= core::MDEntryType::LowPrice;
        });
    bool is_awaited = false;
    for (std::size_t i = lines_.size(); i-- > 0;) {  // backwards: taking may end a line
        MarketDataLine& line = *lines_[i];
        if (line.topic().symbol.view() != update.symbol) continue;
        if (line.topic().candle_type.empty() == is_candle) continue;
        is_awaited = true;
        if (line.state() != MarketDataLine::State::Waiting) take(line, update);
    }
    if (!is_awaited) {
        tell_fault(update, "no MDReqID, and nobody waits for Symbol " + std::string{update.symbol});
    }
}

void MarketDataFeed::take(MarketDataLine& line, const dxtrade::MarketDataUpdate& update) {
    const bool is_awaited = line.state() == MarketDataLine::State::Asked;
    if (is_awaited && !update.is_picture && settings_.rules.begins_with_snapshot) {
        return line.ignore_increment();
    }
    const LineUpdate result = line.take(update);
    if (result.unusable != 0) {
        tell_fault(update, std::to_string(result.unusable) + " entries of no use to the book of " +
                               std::string{line.topic().symbol.view()});
    }
    if (result.has_overflowed) {
        tell_fault(update, "the book of " + std::string{line.topic().symbol.view()} +
                               " has more levels than are kept");
    }
    if (line.topic().candle_type.empty()) account_.on_top_of_book(line.top());
    if (result.is_quote_due && line.has_quotes()) {
        const bool is_late = settings_.conflation == Conflation::Symbol;
        if (is_late && !line.topic().is_snapshot_only) {
            quotes_.add(line);
        } else {
            line.deliver_quote();
        }
    }
    if (line.topic().is_snapshot_only) {
        end(line, MDStatus::Ended, Reason::None, "the picture is complete");
    }
}

void MarketDataFeed::tell_fault(const dxtrade::MarketDataUpdate& update, const std::string& text) {
    core::VenueFault fault;
    fault.reason = Reason::MessageUnusable;
    fault.channel = settings_.channel;
    fault.msg_seq_num = update.msg_seq_num;
    fault.msg_type = update.is_picture ? "W" : "X";
    fault.text = text;
    on_venue_fault(fault);
}

// ---- time

void MarketDataFeed::on_tick() {
    thread_.check();
    channel_->on_tick();
    const core::MonotonicTime now = clock_.monotonic();
    for (std::size_t i = lines_.size(); i-- > 0;) check_time(*lines_[i], now);
    ask_some();
}

void MarketDataFeed::check_time(MarketDataLine& line, core::MonotonicTime now) {
    const core::Duration silence = now - line.since();
    if (line.state() == MarketDataLine::State::Asked) {
        if (line.is_unanswered() || silence < settings_.answer_timeout) return;
        std::string text = "the venue has not answered in time";
        if (line.ignored_increments() != 0) {
            text += "; " + std::to_string(line.ignored_increments()) +
                    " updates came before a picture and have no effect "
                    "(market_data.begins_with_snapshot)";
        }
        if (!line.topic().is_snapshot_only) return line.set_unanswered(text);
        return end(line, MDStatus::Ended, Reason::OutcomeTimeout, text);
    }
    const bool is_watched = settings_.stale_after > core::Duration::zero() &&
                            line.topic().candle_type.empty() &&
                            line.state() == MarketDataLine::State::Live;
    if (!is_watched || line.is_stale() || silence < settings_.stale_after) return;
    quotes_.remove(line);
    line.set_stale(Reason::OutcomeTimeout,
                   "no update of the symbol for " +
                       std::to_string(settings_.stale_after / std::chrono::milliseconds{1}) +
                       " ms");
}

}  // namespace broker::account
