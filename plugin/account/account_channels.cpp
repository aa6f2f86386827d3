#include "account/account_channels.hpp"

#include <atomic>
#include <utility>

namespace broker::account {

using core::Channel;
using core::QueryKind;

AccountChannels::AccountChannels(ChannelRules rules, AccountStatus& status)
    : rules_{rules}, status_{status} {
    status_.cancels_by_rest.store(rules_.cancels_by_rest, std::memory_order_relaxed);
}

void AccountChannels::set(std::unique_ptr<dxtrade::TradingChannel> trading, SideChannels side) {
    trading_ = std::move(trading);
    side_ = std::move(side);
    status_.side_queries.store(side_.rest != nullptr, std::memory_order_relaxed);
}

// ---- lifecycle

void AccountChannels::start(bool with_sessions) {
    if (with_sessions) {
        trading_->start();
        start_side_sessions();
    }
    if (side_.rest) side_.rest->start();
    for (const auto& channel : side_.others) channel->start();
}

void AccountChannels::start_side_sessions() {
    for (const auto& session : side_.sessions) session->start();
}

void AccountChannels::stop_sessions(std::string_view text, std::function<void()> done) {
    const auto one_has_stopped = [this, done = std::move(done)] {
        if (--stopping_sessions_ == 0) done();
    };
    stopping_sessions_ = 1 + side_.sessions.size();
    for (const auto& session : side_.sessions) session->stop(text, one_has_stopped);
    trading_->stop(text, one_has_stopped);
}

void AccountChannels::show_sessions_suspended() {
    for (auto* kept : {&status_.market_data_state, &status_.drop_copy_state}) {
        if (kept->load(std::memory_order_relaxed) == AccountState{}) continue;  // no such session
        kept->store(AccountState::Suspended, std::memory_order_relaxed);
    }
}

void AccountChannels::stop(std::function<void()> done) {
    constexpr std::string_view kText = "stopped by host";
    dxtrade::TradingChannel* rest = is_trading(Channel::Rest) ? trading_.get() : side_.rest.get();
    std::vector<dxtrade::Channel*> first;
    for (const auto& channel : side_.others) first.push_back(channel.get());
    for (const auto& session : side_.sessions) first.push_back(session.get());
    if (trading_.get() != rest) first.push_back(trading_.get());
    const auto stop_rest = [rest, done = std::move(done), kText] {
        if (rest == nullptr) return done();
        rest->stop(kText, done);
    };
    if (first.empty()) return stop_rest();
    stopping_ = first.size();
    for (dxtrade::Channel* channel : first) {
        channel->stop(kText, [this, stop_rest] {
            if (--stopping_ == 0) stop_rest();
        });
    }
}

void AccountChannels::on_tick() {
    trading_->on_tick();
    if (side_.rest) side_.rest->on_tick();
    for (const auto& channel : side_.others) channel->on_tick();
    for (const auto& session : side_.sessions) session->on_tick();
    if (side_.observe) side_.observe(status_);
    publish_numbers();
}

void AccountChannels::publish_numbers() {
    const auto publish = [](dxtrade::Channel* channel, PublishedNumbers& published) {
        const dxtrade::SessionControl* session = channel ? channel->session() : nullptr;
        if (session == nullptr) return;
        const dxtrade::SequenceNumbers numbers = session->sequence_numbers();
        published.next_sender.store(numbers.next_sender, std::memory_order_relaxed);
        published.next_target.store(numbers.next_target, std::memory_order_relaxed);
    };
    publish(trading_.get(), status_.trading_numbers);
    publish(side_.drop_copy, status_.drop_copy_numbers);
}

dxtrade::Channel* AccountChannels::session(Channel channel) {
    dxtrade::Channel* found = nullptr;
    if (channel == Channel::FixTrading && is_trading(channel)) found = trading_.get();
    if (channel == Channel::FixDropCopy) found = side_.drop_copy;
    return found != nullptr && found->session() != nullptr ? found : nullptr;
}

// ---- states

AccountState AccountChannels::note(Channel channel, AccountState state) {
    const auto keep = [state](std::atomic<AccountState>& kept) {
        const AccountState previous = kept.exchange(state, std::memory_order_relaxed);
        return previous == AccountState{} ? AccountState::Offline : previous;  // its first news
    };
    switch (channel) {
        case Channel::FixDropCopy:
            return keep(status_.drop_copy_state);
        case Channel::FixMarketData:
            return keep(status_.market_data_state);
        case Channel::Rest:
            return keep(status_.rest_state);
        case Channel::Push:
            return keep(status_.push_state);
        case Channel::PushMarketData:
            return keep(status_.push_market_data_state);
        case Channel::Unspecified:
        case Channel::FixTrading:
            break;
    }
    return status_.state.load(std::memory_order_relaxed);
}

bool AccountChannels::is_rest_up() const {
    return status_.rest_state.load(std::memory_order_relaxed) == AccountState::Ready;
}

// ---- who is asked

core::EnumSet<QueryKind> AccountChannels::all_queries() const {
    core::EnumSet<QueryKind> all = rules_.queries;
    if (side_.rest) all.add(rules_.rest_queries);
    return all;
}

std::optional<QueryRoute> AccountChannels::route_of(QueryKind kind) {
    const bool is_ready = status_.state.load(std::memory_order_relaxed) == AccountState::Ready;
    if (is_ready && rules_.queries.contains(kind)) {
        return QueryRoute{trading_.get(), rules_.trading, rules_.queries};
    }
    if (side_.rest && is_rest_up() && rules_.rest_queries.contains(kind)) {
        return QueryRoute{side_.rest.get(), Channel::Rest, rules_.rest_queries};
    }
    return std::nullopt;
}

std::optional<QueryRoute> AccountChannels::route(QueryKind kind) {
    auto found = route_of(kind);
    if (!found && kind == QueryKind::MassStatus) found = route_of(QueryKind::OrderStatus);
    return found;
}

dxtrade::TradingChannel* AccountChannels::for_cancels() {
    return side_.rest && takes_cancels_by_rest(status_) ? side_.rest.get() : nullptr;
}

}  // namespace broker::account
