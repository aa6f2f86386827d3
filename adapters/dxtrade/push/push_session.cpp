#include "dxtrade/push/push_session.hpp"

#include <algorithm>
#include <utility>

#include "dxtrade/rest/account_reports.hpp"

namespace broker::dxtrade::push {
namespace {

using core::Reason;

constexpr core::Channel kChannel = core::Channel::Push;
constexpr std::string_view kThrottled = "429";
constexpr std::array kTopics{AccountTopic::Portfolios, AccountTopic::Metrics, AccountTopic::Events,
                             AccountTopic::CashTransfers};

std::string_view topic_name(AccountTopic topic) {
    switch (topic) {
        case AccountTopic::Portfolios:
            return "AccountPortfolios";
        case AccountTopic::Metrics:
            return "AccountMetrics";
        case AccountTopic::Events:
            return "AccountEvents";
        case AccountTopic::CashTransfers:
            return "CashTransfers";
    }
    return {};
}

}  // namespace

PushSession::PushSession(PushSessionSettings settings, PushParts parts, PortfolioTracker& tracker,
                         TradingChannelListener& listener, PushSessionHooks hooks)
    : settings_{std::move(settings)},
      symbols_{settings_.symbols},
      tracker_{tracker},
      listener_{listener},
      hooks_{std::move(hooks)},
      throttled_{settings_.connection.backoff, settings_.connection.seed + 1},
      connection_{kChannel, settings_.connection, std::move(parts), *this, listener} {
    const PushRules& rules = settings_.connection.rules;
    of(AccountTopic::Portfolios).is_wanted = true;
    of(AccountTopic::Metrics).is_wanted = rules.has_metrics;
    of(AccountTopic::Events).is_wanted = rules.has_account_events;
    of(AccountTopic::CashTransfers).is_wanted = rules.has_cash_transfers;
}

PushSession::Subscription& PushSession::of(AccountTopic topic) {
    return subscriptions_[static_cast<std::size_t>(topic)];
}

std::optional<AccountTopic> PushSession::topic_of(std::string_view request_id) const {
    for (const AccountTopic topic : kTopics) {
        const Subscription& subscription = subscriptions_[static_cast<std::size_t>(topic)];
        if (!request_id.empty() && subscription.request_id == request_id) return topic;
    }
    return std::nullopt;
}

void PushSession::start() { connection_.start(); }

void PushSession::stop(std::string_view text, std::function<void()> done) {
    connection_.stop(text, std::move(done));
}

void PushSession::on_tick() {
    connection_.on_tick();
    if (!connection_.is_open()) return;
    const core::MonotonicTime now = connection_.clock().monotonic();
    for (const AccountTopic topic : kTopics) {
        const Subscription& subscription = of(topic);
        if (subscription.retry_at && now >= *subscription.retry_at) subscribe(topic);
    }
    const bool is_wanted = is_live_ || tracker_.is_awaiting_snapshot();
    if (is_wanted && now >= snapshot_due_) {
        // Why not live meanwhile: until a snapshot has come, polling goes on and asks again.
        if (has_missed_) tracker_.await_snapshot();
        update_live();
        request_snapshot();
    }
    update_live();
}

// ---- the connection

void PushSession::on_open() {
    tracker_.await_snapshot();
    request_snapshot();
    for (const AccountTopic topic : kTopics) {
        if (of(topic).is_wanted) subscribe(topic);
    }
}

void PushSession::on_lost() {
    for (Subscription& subscription : subscriptions_) {
        subscription.is_confirmed = false;
        subscription.request_id.clear();
        subscription.retry_at.reset();
    }
    update_live();
}

void PushSession::subscribe(AccountTopic topic) {
    Subscription& subscription = of(topic);
    subscription.retry_at.reset();
    subscription.request_id = connection_.next_request_id();
    if (topic == AccountTopic::Portfolios) connection_.await_confirmation();
    const Envelope envelope = connection_.envelope(subscription.request_id);
    const auto sent =
        connection_.send(subscribe_accounts(envelope, topic, {&settings_.account, 1}));
    if (!sent) subscription.request_id.clear();  // the connection ends by that
}

void PushSession::request_snapshot() {
    const core::Duration wait = is_live_ ? settings_.audit_interval : settings_.snapshot_timeout;
    snapshot_asked_ = connection_.clock().monotonic();
    snapshot_due_ = snapshot_asked_ + wait;
    has_missed_ = false;
    hooks_.request_snapshot();
}

void PushSession::update_live() {
    const bool is_live = of(AccountTopic::Portfolios).is_confirmed &&
                         of(AccountTopic::Metrics).is_confirmed && !tracker_.is_awaiting_snapshot();
    if (is_live == std::exchange(is_live_, is_live)) return;
    if (is_live && !has_missed_) {
        snapshot_due_ = connection_.clock().monotonic() + settings_.audit_interval;
    }
    hooks_.on_live(is_live);
}

void PushSession::confirm(AccountTopic topic) {
    Subscription& subscription = of(topic);
    subscription.is_confirmed = true;
    subscription.is_refusal_told = false;
    throttled_.session_ended(settings_.connection.backoff.healthy_after);
    if (topic == AccountTopic::Portfolios) connection_.on_confirmed();
}

// ---- messages

void PushSession::on_push_message(const PushMessage& message, core::MonotonicTime received) {
    switch (message.type) {
        case PushMessageType::AccountPortfolios:
            on_portfolios(message, received);
            break;
        case PushMessageType::AccountMetrics:
            on_metrics(message, received);
            break;
        case PushMessageType::AccountEvents:
            on_account_events(message, received);
            break;
        case PushMessageType::CashTransfers:
            on_transfers(message, received);
            break;
        case PushMessageType::Reject:
            on_reject(message);
            break;
        case PushMessageType::SubscriptionClosed:
            if (const auto topic = topic_of(message.in_reply_to)) {
                put_off(*topic, throttled_.next());
            }
            break;
        default:
            connection_.tell_fault(Reason::MessageUnusable, message.name,
                                   "a message that nobody has subscribed to; it is ignored");
    }
    update_live();
}

void PushSession::on_portfolios(const PushMessage& message, core::MonotonicTime received) {
    confirm(AccountTopic::Portfolios);
    for (const rest::Portfolio& portfolio : message.portfolios) {
        const PortfolioNews news = tracker_.on_portfolio(portfolio, kChannel, received);
        if (news != PortfolioNews::OtherAccount) continue;
        connection_.tell_fault(Reason::MessageUnusable, message.name,
                               "a portfolio of another account: " + portfolio.account);
    }
}

void PushSession::on_metrics(const PushMessage& message, core::MonotonicTime received) {
    confirm(AccountTopic::Metrics);
    for (const rest::AccountMetrics& metrics : message.metrics) {
        tracker_.on_metrics(metrics, kChannel, received);
    }
}

void PushSession::on_account_events(const PushMessage& message, core::MonotonicTime received) {
    confirm(AccountTopic::Events);
    const rest::ReportContext context{kChannel, received, 0, symbols_};
    for (const rest::RestAccountEvent& event : message.account_events) {
        if (!event.account.empty() && event.account != settings_.account) continue;
        listener_.on_account_event(rest::account_event(event, context));
    }
}

void PushSession::on_transfers(const PushMessage& message, core::MonotonicTime received) {
    confirm(AccountTopic::CashTransfers);
    const rest::ReportContext context{kChannel, received, 0, symbols_};
    for (const rest::RestCashTransfer& transfer : message.cash_transfers) {
        if (!transfer.account.empty() && transfer.account != settings_.account) continue;
        rest::cash_transfers(transfer, context, [this](const core::CashTransfer& booking) {
            if (is_new_transfer(booking)) listener_.on_cash_transfer(booking);
        });
    }
}

// Why not at once: a venue may send nothing but such messages.
void PushSession::on_unreadable() {
    has_missed_ = true;
    snapshot_due_ = std::min(snapshot_due_, snapshot_asked_ + settings_.least_interval);
}

// One without ids cannot be told from another.
bool PushSession::is_new_transfer(const core::CashTransfer& transfer) {
    if (transfer.transfer_id.empty() && transfer.transaction_id.empty()) return true;
    std::string id{transfer.transfer_id};
    id.append("\n").append(transfer.transaction_id);
    if (!transfers_.insert(id).second) return false;
    transfer_order_.push_back(std::move(id));
    if (transfer_order_.size() > settings_.max_transfers) {
        transfers_.erase(transfer_order_.front());
        transfer_order_.pop_front();
    }
    return true;
}

void PushSession::on_reject(const PushMessage& message) {
    const std::string text =
        "errorCode=" + message.reject.error_code + " \"" + message.reject.description + "\"";
    const auto topic = topic_of(message.in_reply_to);
    if (!topic) {
        return connection_.tell_fault(Reason::MessageUnusable, message.name,
                                      "a reject of nothing that is asked for: " + text);
    }
    const bool is_throttled = message.reject.error_code == kThrottled;
    put_off(*topic, is_throttled ? throttled_.next() : settings_.refused_retry);
    if (std::exchange(of(*topic).is_refusal_told, true)) return;
    listener_.on_condition(
        kChannel, is_throttled ? Reason::HttpThrottled : Reason::PushRefused,
        "subscription to " + std::string{topic_name(*topic)} + " refused: " + text,
        settings_.connection.peer);
}

// It is not there, and is asked for again after the wait.
void PushSession::put_off(AccountTopic topic, core::Duration wait) {
    Subscription& subscription = of(topic);
    subscription.is_confirmed = false;
    subscription.request_id.clear();
    subscription.retry_at = connection_.clock().monotonic() + wait;
    if (topic == AccountTopic::Portfolios) connection_.suspend_confirmation();
}

}  // namespace broker::dxtrade::push
