// What the REST and the push API answer, as plain values with text of their own. Names are those of
// the venue's fields (reference sections 8 to 11); where a FIX term means the same, the type is
// core's. What the venue left out, or what could not be read, is absent: an empty text, a null
// optional, an Unspecified enumerator. A raw text stands beside each enumerator.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/clock.hpp"
#include "core/decimal.hpp"
#include "core/execution_report.hpp"
#include "core/order.hpp"

namespace broker::dxtrade::rest {

using Version = std::optional<std::uint64_t>;  // of the account: larger is newer

// ---- orders

// Order and execution status. Completed is wholly filled; there is no PartiallyFilled: a Working
// order may have fills.
enum class RestOrderStatus {
    Unspecified = 0,
    Accepted = 1,
    Working = 2,
    Completed = 3,
    Canceled = 4,
    Expired = 5,
    Rejected = 6,
};

struct RestLeg {
    std::string instrument;
    std::string raw_position_effect;
    core::PositionEffect position_effect = core::PositionEffect::Unspecified;
    std::string position_code;
    core::Side side = core::Side::Unspecified;
    std::optional<core::Decimal> price;     // the limit or the stop price, by the order's type
    std::optional<core::Decimal> quantity;  // absent for protection of a position
    std::optional<core::Decimal> filled_quantity;
    std::optional<core::Decimal> remaining_quantity;
    std::optional<core::Decimal> average_price;
};

// Sources disagree on the direction of PARENT and CHILD: tell parents by their position effect.
struct RestLink {
    std::string link_type;
    std::string linked_order;
    std::string linked_client_order_id;
};

// One change of an order's state; a fill has a last_quantity that is not zero.
struct RestExecution {
    std::string execution_code;
    std::string order_code;
    std::string update_order_id;
    std::string client_order_id;
    std::string action_code;
    std::string instrument;
    std::string raw_status;
    RestOrderStatus status = RestOrderStatus::Unspecified;
    std::optional<bool> is_final;
    Version version;
    std::optional<core::Decimal> filled_quantity;
    std::optional<core::Decimal> last_quantity;  // signed
    std::optional<core::Decimal> remaining_quantity;
    std::optional<core::Decimal> last_price;
    std::optional<core::Decimal> average_price;
    std::string reject_reason;
    std::string reject_code;
    std::optional<core::UtcTime> transaction_time;
    core::EnumSet<core::ReportFault> faults;
};

struct RestCashTransaction {
    std::string account;
    std::string transaction_code;
    std::string order_code;
    std::string trade_code;
    std::string client_order_id;
    std::string type;
    std::string currency;
    std::string position_code;
    std::optional<core::Decimal> value;  // signed
    Version version;
    std::optional<core::UtcTime> transaction_time;
};

struct RestOrder {
    std::string account;
    Version version;
    std::string order_id;         // of the whole chain of changes: stays
    std::string order_code;       // the venue's, opaque
    std::string client_order_id;  // the orderCode of the request: the order's first ClOrdID
    std::string action_code;
    std::string raw_type;
    core::OrdType type = core::OrdType::Unspecified;
    std::string instrument;
    std::string raw_status;
    RestOrderStatus status = RestOrderStatus::Unspecified;
    std::optional<bool> is_final;
    core::Side side = core::Side::Unspecified;  // of the order, or of its first leg
    std::string raw_side;
    core::TimeInForce tif = core::TimeInForce::Unspecified;
    std::string raw_tif;
    std::optional<core::UtcTime> expire_date;
    std::optional<core::Decimal> limit_price;  // at order level, where the venue has it there
    std::optional<core::Decimal> stop_price;   // at order level, where the venue has it there
    std::optional<core::Decimal> price_offset;
    std::string price_link;
    std::vector<RestLeg> legs;  // one on CFD accounts
    std::vector<RestLink> links;
    std::vector<RestExecution> executions;  // oldest first
    std::vector<RestCashTransaction> cash_transactions;
    std::optional<core::UtcTime> issue_time;
    std::optional<core::UtcTime> transaction_time;
    std::string external_order_id;
    std::string metadata;  // as named fields (core/named_fields.hpp)
    core::EnumSet<core::ReportFault> faults;
};

struct OrderPage {
    std::vector<RestOrder> orders;
    std::string next_page_transaction_time;  // as the venue wrote it; empty: the last page
    bool has_all_orders = true;  // false: an entry could not be read; absence means nothing
};

// The answer to a request about an order. It acknowledges, and says nothing of the order's state.
struct OrderResponse {
    std::string order_id;         // empty: the venue named none
    std::string update_order_id;  // of this change
};

// ---- the account

// quantity: as the venue sends it, which may be signed or not; see signed_quantity.
struct RestPosition {
    std::string account;
    Version version;
    std::string position_code;
    std::string symbol;
    std::optional<core::Decimal> quantity;
    std::optional<core::Decimal> quantity_notional;
    core::Side side = core::Side::Unspecified;
    std::optional<core::UtcTime> open_time;
    std::optional<core::Decimal> open_price;
    std::optional<core::UtcTime> last_update_time;
    std::optional<core::Decimal> margin_rate;
    std::optional<core::Decimal> take_profit_price;
    std::optional<core::Decimal> stop_loss_price;
};

struct RestBalance {
    std::string account;
    Version version;
    std::optional<core::Decimal> value;
    std::string currency;
};

// Everything of one account at one version; never a part of it.
struct Portfolio {
    std::string account;
    Version version;
    std::vector<RestBalance> balances;
    std::vector<RestPosition> positions;
    std::vector<RestOrder> orders;  // those that are not final
    // False: the list is not there or not readable to its end, so that absence from it means
    // nothing.
    bool has_all_positions = false;
    bool has_all_orders = false;
};

struct PositionMetrics {
    Version version;
    std::string position_code;
    std::string symbol;
    std::optional<core::Decimal> quantity;  // signed
    std::optional<core::Decimal> quantity_notional;
    std::optional<core::Decimal> open_pl;  // floating, in the account's currency
    std::optional<core::Decimal> conv_rate;
    std::optional<core::Decimal> margin;
    std::optional<core::Decimal> margin_rate;
    std::optional<core::Decimal> open_price;  // in the account's currency
    std::optional<core::Decimal> current_price;
};

struct AccountMetrics {
    std::string account;
    Version version;
    std::optional<core::Decimal> equity;
    std::optional<core::Decimal> balance;
    std::optional<core::Decimal> available_balance;
    std::optional<core::Decimal> available_funds;
    std::optional<core::Decimal> allocated_funds;
    std::optional<core::Decimal> credit;
    std::optional<core::Decimal> margin;  // XT: the initial margin
    std::optional<core::Decimal> maintenance_margin;
    std::optional<core::Decimal> margin_free;
    std::optional<core::Decimal> open_pl;
    std::optional<core::Decimal> total_pl;
    std::optional<std::uint64_t> open_positions_count;
    std::optional<std::uint64_t> open_orders_count;
    std::vector<PositionMetrics> positions;
};

struct RestCashTransfer {
    std::string account;
    Version version;
    std::string transfer_code;
    std::string comment;
    std::optional<core::UtcTime> transaction_time;
    std::vector<RestCashTransaction> cash_transactions;
};

struct RestAccountEvent {
    std::string account;
    std::string event_type;
    std::string reason;  // XT
    std::optional<core::Decimal> risk_level_threshold;
    std::optional<core::Decimal> actual_risk_level;
    std::optional<core::UtcTime> time;
};

struct AccountDetails {
    std::string account;
    std::string owner;
    Version version;
    std::string base_currency;
    std::string account_status;
    std::string pricing_stream;
    std::optional<bool> is_position_based;  // hedging
};

struct UserDetails {
    std::string login;
    std::string domain;
    std::string username;
    std::string full_name;
    Version version;
    std::vector<AccountDetails> accounts;
};

// ---- instruments

struct RestInstrument {
    std::string type;  // CURRENCY: a plain currency, not tradable
    std::string symbol;
    Version version;
    std::string description;
    std::optional<core::Decimal> price_increment;
    std::optional<core::Decimal> pip_size;
    std::string currency;
    std::string first_currency;
    std::optional<core::Decimal> lot_size;
    std::optional<core::Decimal> multiplier;
    std::optional<core::Decimal> quantity_increment;
    std::string underlying;
    std::string product;
    std::string asset_class;
    std::string maturity_date;
    std::string last_trade_date;
    std::string settlement_type;
    std::string currency_type;
    std::string trading_hours;  // "Sunday, 21:05:00Z SESSION_OPEN;Friday, 20:55:00Z SESSION_CLOSE"
};

struct MarginTier {
    std::optional<core::Decimal> end_volume;  // absent: open-ended
    std::optional<core::Decimal> rate;
};

// An instrument's terms for one account.
struct InstrumentDetails {
    std::string account;
    std::string type;
    std::string symbol;
    Version version;
    std::string trading_status;
    std::optional<core::Decimal> min_order_size;
    std::string min_limit_type;  // LOTS, NOTIONAL_CURRENCY; empty: units
    std::optional<core::Decimal> max_order_size;
    std::string max_limit_type;
    std::optional<core::Decimal> min_order_size_increment;
    std::string increment_limit_type;
    std::string margin_rate_type;                      // FLAT, TIERED, TRADER_SELECTED
    std::vector<MarginTier> margin_tiers;              // of FLAT one
    std::optional<core::Decimal> default_margin_rate;  // of TRADER_SELECTED
};

// ---- market data

struct RestQuote {
    std::string symbol;
    std::optional<core::Decimal> bid;
    std::optional<core::Decimal> ask;
    std::optional<core::UtcTime> time;
};

struct RestCandle {
    std::string symbol;
    std::string candle_type;
    std::optional<core::Decimal> open;
    std::optional<core::Decimal> high;
    std::optional<core::Decimal> low;
    std::optional<core::Decimal> close;
    std::optional<core::Decimal> volume;
    std::optional<core::UtcTime> time;  // when the bar opens
};

struct MarketDataEvents {
    std::vector<RestQuote> quotes;
    std::vector<RestCandle> candles;
};

struct RestConversionRate {
    std::string from_currency;
    std::string to_currency;
    std::optional<core::Decimal> conv_rate;
};

// ---- the session, errors

struct SessionToken {
    std::string token;                      // a secret; empty: the answer had none
    std::optional<core::Duration> timeout;  // of inactivity
};

struct RestError {
    unsigned status = 0;      // of HTTP
    std::string error_code;   // empty: the body had none
    std::string description;  // in the venue's words, at most 200 bytes of them
    bool is_html = false;
};

}  // namespace broker::dxtrade::rest
