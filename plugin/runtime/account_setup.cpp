#include "runtime/account_setup.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/fix_setup.hpp"
#include "runtime/rest_setup.hpp"
#include "runtime/risk_setup.hpp"
#include "runtime/secret_settings.hpp"

namespace broker::runtime {
namespace {

using config::AccountSettings;

// An account's id may hold any character: all but the plainest become %XX.
std::string folder_name(std::string_view text) {
    constexpr std::string_view kPlain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string name;
    for (const char c : text) {
        if (kPlain.find(c) != std::string_view::npos) {
            name += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            name += {'%', kHex[byte >> 4U], kHex[byte & 0xFU]};
        }
    }
    return name;
}

journal::Durability durability(config::Durability configured) {
    switch (configured) {
        case config::Durability::Async:
            return journal::Durability::Async;
        case config::Durability::Batch:
            break;
        case config::Durability::BeforeSend:
            return journal::Durability::BeforeSend;
    }
    return journal::Durability::Batch;
}

std::unique_ptr<journal::Journal> open_journal(const AccountSettings& account,
                                               const config::Settings& settings) {
    journal::JournalOptions options;
    options.directory = settings.journal_dir / folder_name(account.id);
    options.account = account.id;
    options.durability = durability(account.durability);
    return value_or_throw(account, "adapter.journal_dir",
                          journal::Journal::open(std::move(options)));
}

// A message is stored before it is handed to the network: what is in no stored message was never
// sent. Why the store need not reach far back: a request without a number is the last one that the
// earlier process took. After a loss of power the message may be missing although it was sent.
// `stores` are those of the trading session, by host; none: there is no such proof.
recovery::RecordedLedger::NeverSent never_sent_by(TradingStores stores,
                                                  const journal::Journal& journal) {
    if (stores.empty() || journal.lost_before() != 0) return {};
    return [stores = std::move(stores)](std::string_view cl_ord_id) {
        const std::string field =
            "\x01"
            "11=" +
            std::string{cl_ord_id} + '\x01';
        const auto is_proof = [&](const journal::MessageStore* store) {
            bool is_stored = false;
            const auto read = store->read(1, store->next_sender_msg_seq_num(),
                                          [&](core::MsgSeqNum, std::string_view message) {
                                              is_stored |= message.find(field) != message.npos;
                                          });
            return read.has_value() && !is_stored;
        };
        return std::all_of(stores.begin(), stores.end(), is_proof);
    };
}

account::CoordinatorSettings coordinator_settings(const AccountSettings& account,
                                                  const AccountParts& parts) {
    account::CoordinatorSettings coordinator;
    account::OrderFlowSettings& orders = coordinator.orders;
    orders.id = account.id;
    orders.limits = {account.limits.orders_per_s, account.limits.max_order_qty,
                     account.limits.order_ttl};
    orders.ledger.max_live_orders = account.limits.max_live_orders;
    orders.ledger.max_finished_orders = account.limits.max_live_orders;
    orders.answer_timeout = account.limits.answer_timeout;
    orders.can_cancel_list = account.profile.order_lists.can_cancel_list;
    const bool is_rest = account.order_entry == config::OrderEntry::Rest;
    orders.trading = is_rest ? core::Channel::Rest : core::Channel::FixTrading;
    coordinator.channels.trading = orders.trading;
    coordinator.channels.queries = is_rest ? account.rest_queries : account.fix_queries;
    coordinator.channels.rest_queries = account.rest_queries;
    coordinator.channels.cancels_by_rest =
        !is_rest && account.rest && account.profile.rest.orders.cancels_while_fix_is_down;
    if (account.cancel_on_disconnect.is_on) {
        coordinator.cancel_on_disconnect = {account.cancel_on_disconnect.after,
                                            account.limits.answer_timeout,
                                            [&ids = parts.cl_ord_ids] { return ids.next(); }};
    }
    coordinator.change_grace = account.limits.change_grace;
    coordinator.query_timeout = account.limits.query_timeout;
    coordinator.risk = risk_settings(account, parts.settings.journal_dir / folder_name(account.id),
                                     parts.cl_ord_ids);
    if (account.schedule) {
        coordinator.schedule = account::ScheduleSettings{
            schedule::SessionSchedule{account.schedule->rules}, account.schedule->logon_jitter,
            account.schedule->logout_before_close};
    }
    return coordinator;
}

account::MarketDataSettings feed_settings(const AccountSettings& account) {
    const config::MarketDataSettings& configured = account.market_data_rules;
    account::MarketDataSettings feed;
    if (account.market_data_source != config::MarketDataSource::Fix) {
        feed.channel = core::Channel::PushMarketData;
    }
    feed.rules = account.profile.market_data;
    feed.conflation = configured.conflation == config::Conflation::Symbol
                          ? account::Conflation::Symbol
                          : account::Conflation::None;
    feed.stale_after = configured.stale_after;
    feed.max_subscriptions = configured.max_subscriptions;
    feed.answer_timeout = account.limits.answer_timeout;
    return feed;
}

std::unique_ptr<account::MarketDataFeed> make_feed(
    const AccountSettings& account, const AccountParts& parts, dxtrade::ChannelListener& listener,
    const account::MarketDataFeed::MakeChannel& make_channel) {
    const auto post = [&loop = parts.loop](std::function<void()> task) {
        boost::asio::post(loop.context(), std::move(task));
    };
    return std::make_unique<account::MarketDataFeed>(
        feed_settings(account), account::MarketDataParts{parts.clock, parts.events, listener, post},
        make_channel);
}

// One account in the making: channels that need each other are made in order.
class AccountMaker {
public:
    AccountMaker(const AccountSettings& account, const AccountParts& parts, const MadeAccount& made)
        : account_{account}, parts_{parts}, made_{made}, tls_{make_tls(account)} {}

    std::unique_ptr<dxtrade::TradingChannel> trading(dxtrade::TradingChannelListener& listener) {
        if (account_.order_entry == config::OrderEntry::Rest) return rest(listener);
        return make_trading(account_, parts_, tls_, made_, trading_stores_, listener);
    }

    account::SideChannels beside(dxtrade::TradingChannelListener& listener) {
        account::SideChannels side;
        if (account_.rest && rest_ == nullptr) side.rest = rest(listener);
        if (rest_ != nullptr) {
            side.observe = observe_rest(*rest_, *host_);
            side.expect = [rest = rest_](const core::Order& order) { rest->expect(order); };
        }
        if (account_.drop_copy) {
            side.sessions.push_back(make_drop_copy(account_, parts_, tls_, made_, listener));
            side.drop_copy = side.sessions.back().get();
        }
        if (account_.push) {
            side.others.push_back(make_push(account_, parts_, tls_, *rest_, listener));
        }
        if (account_.market_data_source != config::MarketDataSource::None) {
            auto feed = make_feed(account_, parts_, listener,
                                  [this](auto& quotes) { return market_data(quotes); });
            feed_ = feed.get();
            const bool is_fix = account_.market_data_source == config::MarketDataSource::Fix;
            (is_fix ? side.sessions : side.others).push_back(std::move(feed));
        }
        return side;
    }

    [[nodiscard]] account::MarketDataFeed* feed() const { return feed_; }
    // Of the trading session, which owns them; none if orders do not go by FIX.
    [[nodiscard]] const TradingStores& trading_stores() const { return trading_stores_; }

private:
    std::unique_ptr<dxtrade::TradingChannel> rest(dxtrade::TradingChannelListener& listener) {
        MadeRest made = make_rest(account_, parts_, tls_, listener);
        rest_ = made.channel.get();
        host_ = made.host;
        return std::move(made.channel);
    }

    std::unique_ptr<dxtrade::MarketDataChannel> market_data(dxtrade::MarketDataListener& feed) {
        if (account_.market_data_source == config::MarketDataSource::Fix) {
            return make_fix_market_data(account_, parts_, tls_, feed);
        }
        if (account_.market_data_source == config::MarketDataSource::Rest) {
            return make_rest_market_data(account_, parts_, *rest_, feed);
        }
        return make_push_market_data(account_, parts_, tls_, *rest_, feed);
    }

    const AccountSettings& account_;
    const AccountParts& parts_;
    const MadeAccount& made_;
    std::shared_ptr<net::TlsContext> tls_;
    dxtrade::rest::RestChannel* rest_ = nullptr;
    dxtrade::rest::RestHost* host_ = nullptr;
    account::MarketDataFeed* feed_ = nullptr;
    TradingStores trading_stores_;
};

}  // namespace

MadeAccount make_account(const AccountSettings& account, const AccountParts& parts) {
    MadeAccount made;
    if (!parts.is_rehearsal) made.journal = SyncedJournal{open_journal(account, parts.settings)};
    if (made.journal && account.durability == config::Durability::BeforeSend) {
        made.durable_sends = DurableSends::make(*made.journal, parts.loop);
    }
    AccountMaker maker{account, parts, made};
    made.coordinator = std::make_unique<account::AccountCoordinator>(
        coordinator_settings(account, parts), parts.clock, parts.events, parts.log,
        [&maker](auto& listener) { return maker.trading(listener); },
        [&maker](auto& listener) { return maker.beside(listener); });
    made.market_data = maker.feed();
    if (parts.is_rehearsal) return made;
    const auto recovered =
        made.coordinator->recover(std::make_unique<recovery::RecordLog>(*made.journal, parts.clock),
                                  never_sent_by(maker.trading_stores(), *made.journal));
    if (!recovered) {
        throw config::ConfigError{"account " + account.id +
                                  ": adapter.journal_dir: " + recovered.error().detail};
    }
    made.journal->release_thread();
    made.journal.look_after_by(parts.journal_sync);
    return made;
}

}  // namespace broker::runtime
