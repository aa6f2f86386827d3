// The push side of the venue: who is subscribed to what, and what they are told when it changes.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/clock.hpp"
#include "simulator/rest_api.hpp"
#include "simulator/rest_endpoints.hpp"

namespace broker::simulator {

// One WebSocket. [event-thread]
class PushClient {
public:
    virtual ~PushClient() = default;
    // Never fails: a client that is gone takes nothing.
    virtual void send(const std::string& message) = 0;
    virtual void close(unsigned code) = 0;  // after what was sent; on_closed() follows later
    virtual void cut() = 0;
    [[nodiscard]] virtual std::size_t queued() const = 0;
};

// No I/O and no clock of its own. Owned by the simulator. [event-thread]
class PushHub {
public:
    PushHub(RestApi& api, const core::Clock& clock) : api_{api}, clock_{clock} {}

    // Called when next_due() may have come nearer.
    void set_on_new_deadline(std::function<void()> call) { on_new_deadline_ = std::move(call); }

    // `endpoint` is Push or PushMarketData.
    void on_opened(PushClient& client, RestEndpoint endpoint);
    void on_message(PushClient& client, const std::string& text);
    void on_closed(PushClient& client);

    // The account has changed; who watches it is told at the next flush().
    void account_changed(const std::string& sender_comp_id) { changed_.insert(sender_comp_id); }
    void flush();
    void market_moved();
    // Pings, metrics, sessions that have ended.
    void run_due();
    [[nodiscard]] std::optional<core::MonotonicTime> next_due() const;

    // The intervals of the options count from now.
    void reschedule();

    // SessionClosed to everybody, and the end of each connection.
    void end_sessions();
    // Ends each connection with this code, without a word.
    void close_all(unsigned code);
    void forget_all() { clients_.clear(); }
    [[nodiscard]] std::size_t client_count(RestEndpoint endpoint) const;

private:
    struct CandleTerms {
        std::string type;
        core::UtcTime from;
    };
    struct Subscription {
        std::string topic;                  // AccountPortfolios, MarketData ...
        std::vector<std::string> accounts;  // SenderCompIDs
        bool has_positions = false;
        std::vector<std::string> symbols;
        bool has_quotes = false;
        std::vector<CandleTerms> candles;
        std::map<std::string, std::size_t> told;    // of transfers and events, by account
        std::map<std::string, std::string> quotes;  // what was told last, by symbol
    };
    struct Client {
        RestEndpoint endpoint = RestEndpoint::Push;
        std::string token;
        std::map<std::string, Subscription> subscriptions;  // by requestId
        core::MonotonicTime next_ping;
        core::MonotonicTime next_metrics;
        int unanswered = 0;
        bool is_silent = false;
        bool is_closing = false;
        std::optional<std::string> held;  // comes after the next message
    };
    struct Message {
        std::string type;
        std::string request_id;
        std::string reference;
        const JsonValue* payload = nullptr;
    };

    void subscribe(PushClient& to, Client& client, const Message& message);
    [[nodiscard]] bool read_accounts(const JsonValue& payload, const std::string& username,
                                     Subscription& into) const;
    [[nodiscard]] bool read_symbols(const JsonValue& payload, const char* key,
                                    Subscription& into) const;
    [[nodiscard]] std::string read_events(const JsonValue& payload, Subscription& into) const;
    void unsubscribe(PushClient& to, Client& client, const Message& message);
    void tell_first(PushClient& to, Client& client, const std::string& id, Subscription& about);
    void tell_account(PushClient& to, Client& client, const std::string& id, Subscription& about,
                      const std::string& account);
    void tell_instruments(PushClient& to, Client& client, const std::string& id,
                          const Subscription& about);
    void tell_metrics(PushClient& to, Client& client);
    void tell_market(PushClient& to, Client& client, const std::string& id, Subscription& about,
                     bool is_first);
    void reject(PushClient& to, Client& client, const std::string& id, int code,
                const std::string& text);
    void post(PushClient& to, Client& client, const std::string& type, const std::string& id,
              const std::string& payload);
    void deliver(PushClient& to, Client& client, const std::string& text);
    void end(PushClient& to, Client& client);
    void reschedule(Client& client) const;
    void run_due(PushClient& to, Client& client, core::MonotonicTime now);

    RestApi& api_;
    const core::Clock& clock_;
    std::function<void()> on_new_deadline_;
    std::map<PushClient*, Client> clients_;
    std::set<std::string> changed_;
};

}  // namespace broker::simulator
