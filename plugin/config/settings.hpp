// The configuration, checked and complete. config/README.md documents every key.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/decimal.hpp"
#include "dxtrade/profile.hpp"
#include "schedule/session_schedule.hpp"

namespace broker::config {

enum class EventLoopMode { Block, Spin };

struct EventLoopSettings {
    EventLoopMode mode = EventLoopMode::Block;
    std::uint32_t threads = 1;
};

// Connection attempts of FIX sessions in a second; 0: any number.
struct ConnectBudgetSettings {
    std::uint32_t account_per_s = 10;  // over all sessions of an account
    std::uint32_t host_per_s = 20;     // over all accounts, to one host and port
};

// References to credentials, as the secret sources read them; never the credentials themselves.
struct TlsSettings {
    std::string trust;
    std::string certificate;
    std::string key;
    std::string key_password;
    std::string server_name;
};

struct HostPort {
    std::string host;
    std::string port;
};

struct ReconnectSettings {
    std::chrono::milliseconds initial{500};
    std::chrono::milliseconds maximum{30'000};
    std::chrono::milliseconds healthy_after{60'000};
};

enum class Failover { Sticky, PreferPrimary };

// Whose sequence numbers a session goes on with at another host.
enum class SequencePolicy { Shared, Separate, Reset };

struct FixSessionSettings {
    std::vector<HostPort> hosts;  // the first is the primary
    Failover failover = Failover::Sticky;
    std::chrono::milliseconds return_after{60'000};  // of PreferPrimary
    SequencePolicy sequence_policy = SequencePolicy::Shared;
    std::string sender_comp_id;
    std::string target_comp_id;
    std::string sender_sub_id;
    std::string target_sub_id;
    std::string username;  // plain, or a reference; empty: not sent
    std::string password;  // a reference; empty: not sent
    std::chrono::seconds heartbeat{30};
    bool reset_on_logon = false;
    std::chrono::milliseconds connect_timeout{5'000};
    std::chrono::milliseconds handshake_timeout{5'000};
    std::chrono::milliseconds logon_timeout{10'000};
    std::chrono::milliseconds logout_timeout{2'000};
    ReconnectSettings reconnect;
};

enum class OrderEntry { Fix, Rest };

// When what the journal has is on the disk, see journal::Durability.
enum class Durability { Async, Batch, BeforeSend };

// How REST proves who asks: by a session token from a login, or by a signature on each request.
enum class RestAuthentication { Password, Token, Hmac };

struct RestSettings {
    std::string base_url;  // https://host[:port]/path
    RestAuthentication authentication = RestAuthentication::Password;
    std::string username;  // plain, or a reference
    std::string domain = "default";
    std::string password;           // a reference
    std::string login_token;        // a reference: of loginByToken
    std::string public_token;       // plain, or a reference: of HMAC
    std::string private_token;      // a reference: of HMAC
    std::uint32_t connections = 4;  // at most, shared by all accounts of the same host
    std::chrono::milliseconds connect_timeout{5'000};
    std::chrono::milliseconds handshake_timeout{5'000};
    std::chrono::milliseconds request_timeout{10'000};  // from writing to the whole answer
    std::uint32_t max_response_bytes = 16U << 20U;
    std::chrono::milliseconds poll_interval{5'000};  // of portfolio and metrics without push
    std::chrono::milliseconds cancel_ttl{60'000};    // a cancel waits so long for its turn
    // What the venue does not show so long after a request was written, it never got.
    std::chrono::milliseconds absence_grace{5'000};
    ReconnectSettings reconnect;
};

struct PushSettings {
    std::string url;  // wss://host[:port]/path
    std::chrono::milliseconds connect_timeout{5'000};
    std::chrono::milliseconds handshake_timeout{5'000};
    std::uint32_t max_message_bytes = 16U << 20U;
    std::chrono::milliseconds audit_interval{60'000};  // of push against REST
    ReconnectSettings reconnect;
};

struct MarginSettings {
    core::Decimal safety_factor = core::Decimal::from(1, 0).value();
    std::optional<core::Decimal> default_rate;  // of instruments without one
    std::string currency;                       // the account's, where the venue does not say
    std::chrono::milliseconds max_age{10'000};
};

struct PriceCollarSettings {
    core::Decimal percent;
    std::chrono::milliseconds max_age{10'000};
};

struct GuardSettings {
    std::optional<core::Decimal> daily_loss;
    std::optional<core::Decimal> daily_loss_percent;
    std::optional<core::Decimal> max_drawdown;
    std::optional<core::Decimal> max_drawdown_percent;
    bool is_trailing = false;
    std::optional<core::Decimal> initial_equity;
    std::chrono::minutes day_starts_at{0};  // after midnight UTC
    bool flattens = false;
    std::chrono::milliseconds poll{1'000};
    std::chrono::milliseconds max_age{10'000};
};

struct LimitSettings {
    std::uint32_t orders_per_s = 0;  // 0: unlimited
    std::chrono::milliseconds order_ttl{5'000};
    std::chrono::milliseconds answer_timeout{5'000};  // then the outcome is unknown
    std::chrono::milliseconds change_grace{10'000};   // then the venue is asked, twice
    std::optional<core::Decimal> max_order_qty;
    std::uint32_t max_live_orders = 10'000;
    std::chrono::milliseconds query_timeout{10'000};  // then its answers may be incomplete
    std::optional<MarginSettings> margin;
    std::optional<std::uint32_t> max_open_positions;
    std::optional<PriceCollarSettings> price_collar;
    std::optional<GuardSettings> guard;
};

// What happens to updates of the market that the host is too slow for.
enum class Conflation {
    Symbol,  // the newest of each symbol replaces the one before
    None,    // each is kept while there is room
};

struct MarketDataSettings {
    Conflation conflation = Conflation::Symbol;
    std::chrono::milliseconds stale_after{0};  // without an update; 0: never
    std::uint32_t max_subscriptions = 1'000;
    std::chrono::milliseconds poll_interval{1'000};  // of quotes over REST
};

// Which of the account's connections brings its quotes.
enum class MarketDataSource { None, Fix, Push, Rest };

// What is done about live orders when the FIX session that they went by is lost.
struct CancelOnDisconnectSettings {
    bool is_on = false;                      // then they are canceled over REST
    std::chrono::milliseconds after{5'000};  // unless the session is back by then
};

// When the account's FIX sessions are up.
struct ScheduleSettings {
    schedule::ScheduleRules rules;
    std::chrono::milliseconds logon_jitter{5'000};
    std::chrono::milliseconds logout_before_close{5'000};
};

// What an account's settings were read from, in a form that comments, spacing and the order of keys
// do not change. References to credentials stand in it, credentials do not.
struct AccountSource {
    std::string entry;
    std::shared_ptr<const std::string> profile;  // shared by the accounts that name it
};

struct AccountSettings {
    std::string id;       // the host's name
    std::string account;  // DXtrade's name
    // What the host may ask for, with the account's own constants: see account_profile.hpp.
    dxtrade::Profile profile;
    core::EnumSet<core::QueryKind> fix_queries;   // what can be asked over fix.trading
    core::EnumSet<core::QueryKind> rest_queries;  // what can be asked over rest
    OrderEntry order_entry = OrderEntry::Fix;
    Durability durability = Durability::Batch;
    CancelOnDisconnectSettings cancel_on_disconnect;
    TlsSettings tls;
    std::optional<FixSessionSettings> trading;      // there if orders go by FIX
    std::optional<FixSessionSettings> market_data;  // only if the profile offers it
    std::optional<FixSessionSettings> drop_copy;    // only if the profile offers it
    std::optional<RestSettings> rest;  // only if the profile offers it; there if orders go by REST
    std::optional<PushSettings> push;  // only beside rest
    MarketDataSource market_data_source = MarketDataSource::None;
    MarketDataSettings market_data_rules;
    LimitSettings limits;
    std::optional<ScheduleSettings> schedule;  // only if orders go by FIX
    std::filesystem::path base;  // folder of the file that has the entry: relative paths start here
    AccountSource source;
};

// An account whose configuration is wrong.
struct BadAccount {
    std::string id;   // empty: not even that could be read
    std::string why;  // for people; names file, line and key, or the credential
};

// What happens to the others then.
enum class OnBadAccount {
    Fail,  // nothing starts
    Skip,  // they start without it
};

struct Settings {
    std::filesystem::path journal_dir;
    std::filesystem::path data_dir;  // profiles/ and fix/ of this version
    EventLoopSettings event_loop;
    ConnectBudgetSettings connect_budget;
    OnBadAccount on_bad_account = OnBadAccount::Fail;
    std::vector<AccountSettings> accounts;  // at least one
    std::vector<BadAccount> bad_accounts;   // only with OnBadAccount::Skip
};

}  // namespace broker::config
