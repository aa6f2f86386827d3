// What varies from broker to broker, as data. Read from config/profiles/<name>.yaml by
// plugin/config/profile_yaml; config/README.md documents every key.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/enum_set.hpp"
#include "core/order.hpp"
#include "core/query.hpp"
#include "dxtrade/rest_rules.hpp"

namespace broker::dxtrade {

// A message of FIX 4.4 as a profile names it: its MsgType (35), e.g. "D".
using MsgTypes = std::vector<std::string>;

// ---- fields by name

enum class FieldType { String, Char, Int, Decimal, Boolean, UtcTimestamp, UtcDate };

// A field that the profile gives a name: a custom tag (5000-5999 and others), a regulatory one, or
// any tag of FIX 4.4 that the adapter has no record field for.
struct NamedField {
    std::string name;
    std::int32_t tag = 0;
    FieldType type = FieldType::String;
    MsgTypes messages;                // those we send it in, and those we deliver it from
    std::vector<std::string> values;  // what is allowed; empty: anything of the type
    std::string value;                // goes where the host gives none; empty: nothing goes
    bool is_required = false;         // an order without it is refused
};

// One entry of the Parties group (453) on the messages we send.
struct Party {
    std::string name;       // the host's word for it among the named fields; empty: a constant
    std::string id;         // PartyID (448), where the host gives none; empty: not sent then
    char source = 'D';      // PartyIDSource (447)
    std::int32_t role = 0;  // PartyRole (452)
    MsgTypes messages;
    bool is_required = false;  // an order without it is refused
};

// ---- orders

enum class FieldRule { Optional, Required, Forbidden };

// PositionEffect (77). Equities [P v0.9]: mandatory for Sell, and for a Buy that covers.
enum class PositionEffectRule { Optional, Required, Forbidden, RequiredToSell };

// What GoodTillDate goes by: one of the two, in UTC [P v0.11].
enum class ExpiryField { ExpireDate, ExpireTime, DateIfMidnight };

enum class TimestampPrecision { Seconds, Milliseconds, Microseconds };

// Which id OrigClOrdID (41) names while earlier replaces are unanswered.
enum class OrigClOrdIDRule { InForce, LastSent };

// What a replace may change.
enum class ReplaceField : std::int32_t {
    OrderQty = 1,
    Price = 2,
    StopPx = 3,
    TimeInForce = 4,
    ExpireTime = 5,
    PegOffsetValue = 6,
    MinQty = 7,
    MaxFloor = 8,
};

// How Account (1) is made of the configured name, e.g. "default:ACC-1".
enum class AccountFormat { AsConfigured, WithoutClearing };

// Trailing stops are not a value of OrdType (40) in FIX 4.4.
struct TrailingStopEncoding {
    std::string ord_type = "P";     // OrdType (40): Pegged
    std::string exec_inst = "a";    // ExecInst (18): trailing stop peg
    std::int32_t offset_tag = 211;  // PegOffsetValue
    bool sends_offset_type = true;  // PegOffsetType (836)
};

// How NewOrderList (E) says what its orders are to each other.
enum class ContingencyEncoding {
    None,          // lists are not configured: they are refused
    Tag,           // a field of the list or of each order, see below
    ListExecInst,  // ListExecInst (69), free text
    ClOrdLinkID,   // by ClOrdLinkID (583): see config/README.md
};

struct OrderListRules {
    ContingencyEncoding encoding = ContingencyEncoding::None;
    core::EnumSet<core::Contingency> contingencies;
    std::int32_t tag = 0;                             // of encoding Tag
    bool is_tag_in_orders = false;                    // in each order of the group instead of once
    std::map<core::Contingency, std::string> values;  // of encodings Tag and ListExecInst
    std::string bid_type = "3";                       // BidType (394): no bidding process
    bool can_cancel_list = false;  // ListCancelRequest (K); else each member by itself
};

struct OrderRules {
    core::EnumSet<core::Side> sides;
    core::EnumSet<core::OrdType> ord_types;
    core::EnumSet<core::TimeInForce> times_in_force;
    // Narrower than the product of the two above; a type that is not here takes them all.
    std::map<core::OrdType, core::EnumSet<core::TimeInForce>> times_in_force_by_ord_type;
    core::EnumSet<core::ExecInst> exec_insts;
    FieldRule min_qty = FieldRule::Forbidden;
    FieldRule max_floor = FieldRule::Forbidden;
    FieldRule cash_order_qty = FieldRule::Forbidden;
    FieldRule ex_destination = FieldRule::Forbidden;
    std::vector<std::string> ex_destinations;      // the routes there are; empty: any
    std::string default_ex_destination;            // of orders that have none; empty: not sent
    FieldRule locate_reqd = FieldRule::Forbidden;  // of sell short orders
    PositionEffectRule position_effect = PositionEffectRule::Optional;
    // 0: a position cannot be named; negative: it can, but by no tag of FIX.
    std::int32_t position_code_tag = 0;
    ExpiryField expiry = ExpiryField::ExpireTime;
    TrailingStopEncoding trailing_stop;
    std::string handl_inst;  // HandlInst (21); empty: not sent
    std::string currency;    // Currency (15); empty: not sent
};

struct ReplaceRules {
    bool is_offered = false;  // OrderCancelReplaceRequest (G)
    core::EnumSet<ReplaceField> fields{ReplaceField::OrderQty,   ReplaceField::Price,
                                       ReplaceField::StopPx,     ReplaceField::TimeInForce,
                                       ReplaceField::ExpireTime, ReplaceField::PegOffsetValue,
                                       ReplaceField::MinQty,     ReplaceField::MaxFloor};
    OrigClOrdIDRule orig_cl_ord_id = OrigClOrdIDRule::InForce;
    bool sends_order_id = true;  // OrderID (37) on F and G, once known
};

struct ClOrdIDRules {
    std::size_t max_size = 32;  // bytes, at most 64
    std::string alphabet;       // the characters allowed; empty: printable ASCII without space
};

// Tags that a broker demands or refuses beyond the rules above, by MsgType.
using TagsByMessage = std::map<std::string, std::vector<std::int32_t>, std::less<>>;

// ---- symbols

struct SymbolMapping {
    std::string symbol;                          // Symbol (55) at the venue
    std::string sfx;                             // SymbolSfx (65); empty: none
    std::map<std::int32_t, std::string> fields;  // further instrument fields, e.g. 48, 22, 167
};

struct SymbolRules {
    std::map<std::string, SymbolMapping, std::less<>> map;  // by the host's name
    // Separates symbol and suffix in the host's names of instruments that the map does not have
    // (BRK.B: Symbol BRK, SymbolSfx B); empty: names go as they are.
    std::string sfx_separator;
    bool is_map_complete = false;  // an order in a symbol that the map does not have is refused
};

// ---- questions

// Which field of the account's report has which figure; 0: none.
struct AccountSummaryFields {
    std::int32_t balance = 901;  // CashOutstanding
    std::int32_t equity = 900;   // TotalNetValue
    std::int32_t margin = 0;
    std::int32_t margin_free = 899;  // MarginExcess
    std::int32_t open_pl = 0;
    std::int32_t currency = 15;
};

struct QueryRules {
    core::EnumSet<core::QueryKind> offered;
    // MsgTypes: FIX 4.4 has no message of its own for it.
    std::string account_summary_request = "BB";  // CollateralInquiry
    std::string account_summary_report = "BA";   // CollateralReport
    AccountSummaryFields account_summary;
};

// ---- the other sessions

enum class MarketDataUpdates { Incremental, FullRefresh };

struct MarketDataRules {
    bool is_offered = false;
    MarketDataUpdates updates = MarketDataUpdates::Incremental;  // MDUpdateType (265)
    bool has_full_book = true;                                   // MarketDepth (264) 0
    bool has_other_depths = false;  // MarketDepth above 1: so many levels
    bool has_trades = false;        // MDEntryType (269) 2
    bool has_candles = false;       // by CandleType (6408)
    // A snapshot (W) comes before the first increment (X), and an X before it means nothing. If
    // false, the first X may be all there is for a beginning.
    bool begins_with_snapshot = true;
    // Only action New occurs and stands for "this is the entry now", by (symbol, type, MDEntryID).
    bool only_new_entries = false;
    bool is_zero_size_a_delete = false;  // MDEntrySize (271) 0 takes a level of a book away
    std::string md_stream_id;            // MDStreamID (1500); empty: not sent
    std::size_t max_symbols_per_request = 1;
};

// Whose id ClOrdID (11) of a drop copy is [U].
enum class DropCopyClOrdID { Client, Venue };

struct DropCopyRules {
    bool is_offered = false;
    DropCopyClOrdID cl_ord_id = DropCopyClOrdID::Client;
};

// ---- the profile

// What a profile does not offer is refused before sending, naming the key.
struct Profile {
    std::string name;
    // The rules below are those of orders over REST: refusals name the keys of the section rest.
    bool orders_go_by_rest = false;
    OrderRules orders;
    ReplaceRules replaces;
    OrderListRules order_lists;
    ClOrdIDRules cl_ord_ids;
    SymbolRules symbols;
    std::vector<NamedField> fields;
    std::vector<Party> parties;
    TagsByMessage required_tags;
    TagsByMessage forbidden_tags;
    bool sends_account = true;  // Account (1) on every request
    AccountFormat account_format = AccountFormat::AsConfigured;
    TimestampPrecision timestamps = TimestampPrecision::Milliseconds;
    QueryRules queries;
    MarketDataRules market_data;
    DropCopyRules drop_copy;
    RestRules rest;
    PushRules push;
};

}  // namespace broker::dxtrade
