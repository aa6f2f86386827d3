// The steps of a script, as script.hpp describes them. Ids in them are labels.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "broker/abi/broker.h"

namespace broker::sample_host {

struct WaitReady {
    std::vector<std::string> accounts;
    std::chrono::milliseconds timeout{30'000};
};

// What an order says; all but the first six are absent unless the script has them.
struct OrderTerms {
    std::string id;
    std::string symbol;
    broker_side_t side = BROKER_SIDE_UNSPECIFIED;
    broker_ord_type_t type = BROKER_ORD_TYPE_UNSPECIFIED;
    broker_time_in_force_t tif = BROKER_TIME_IN_FORCE_DAY;
    broker_decimal_t qty{};  // or cash_order_qty
    broker_decimal_t price{};
    broker_decimal_t stop_px{};
    broker_timestamp_t expire_time = 0;
    std::chrono::milliseconds expire_in{0};  // from when the step is made, instead of expire_time
    broker_position_effect_t position_effect = BROKER_POSITION_EFFECT_UNSPECIFIED;
    std::uint64_t exec_inst = 0;  // set of broker_exec_inst_t
    broker_locate_reqd_t locate_reqd = BROKER_LOCATE_REQD_UNSPECIFIED;
    broker_peg_offset_type_t peg_offset_type = BROKER_PEG_OFFSET_TYPE_UNSPECIFIED;
    broker_decimal_t peg_offset_value{};
    broker_decimal_t min_qty{};
    broker_decimal_t max_floor{};
    broker_decimal_t cash_order_qty{};
    std::string ex_destination;
    std::string position_code;
    std::string fields;  // named fields as the ABI has them
};

struct Submit : OrderTerms {
    std::string account;
};

struct Replace {
    std::string account;
    std::string id;
    std::string orig;
    // What is absent stays as it is.
    broker_decimal_t qty{};
    broker_decimal_t price{};
    broker_decimal_t stop_px{};
    broker_time_in_force_t tif = BROKER_TIME_IN_FORCE_UNSPECIFIED;
    broker_timestamp_t expire_time = 0;
    std::chrono::milliseconds expire_in{0};
    broker_decimal_t peg_offset_value{};
    broker_decimal_t min_qty{};
    broker_decimal_t max_floor{};
    std::string fields;
};

struct Cancel {
    std::string account;
    std::string id;
    std::string orig;
};

struct CancelAll {
    std::string account;
    std::string prefix;
    std::string symbol;  // empty: all
};

struct SubmitList {
    std::string account;
    std::string id;
    broker_contingency_t contingency = BROKER_CONTINGENCY_UNSPECIFIED;
    std::vector<OrderTerms> orders;  // two or three
};

struct CancelList {
    std::string account;
    std::string list;
    std::string prefix;
};

// A question to the venue, which is done when the answers are.
struct Query {
    broker_query_kind_t kind = BROKER_QUERY_KIND_UNSPECIFIED;
    bool is_from_fills = false;  // of positions: what the adapter knows without asking
    std::string account;
    std::string id;               // empty: nothing refers to it
    std::string symbol;           // empty: all
    std::string order;            // empty: all
    broker_timestamp_t from = 0;  // 0: open
    broker_timestamp_t to = 0;
    std::chrono::milliseconds last{0};  // until when the step is made, instead of from and to
    std::string candle_type;
    std::string currency;                // empty: the account's
    std::uint64_t max_answers = 0;       // 0: all
    std::optional<std::uint64_t> count;  // of answers; absent: any
    std::string reason = "NONE";         // that it has to end with
    std::chrono::milliseconds timeout{5'000};
};

struct Subscribe {
    std::string account;
    std::string id;
    std::string symbol;
    std::int32_t depth = BROKER_MARKET_DATA_TOP_OF_BOOK;
    bool is_snapshot_only = false;
    bool has_trades = false;
    std::string candle_type;  // empty: quotes
};

struct Unsubscribe {
    std::string account;
    std::string subscription;
};

// Absent members are not looked at. At least one is there.
struct Expect {
    std::string account;
    std::string id;
    std::optional<std::string> status;  // of the order, like all names here checked when parsed
    broker_decimal_t cum_qty{};
    std::optional<std::string> certainty;  // of the request that `id` names
    std::optional<std::string> reason;
    std::chrono::milliseconds timeout{5'000};
};

struct ExpectEvent {
    std::string account;
    std::string type;                           // as sdk::event_type_name
    std::string of;                             // a question or subscription; empty: any
    std::map<std::string, std::string> values;  // by the keys of event_json.hpp; "fields.<name>"
    std::uint64_t times = 1;                    // at least so many such events
    std::chrono::milliseconds timeout{5'000};
};

struct Snapshot {
    std::string account;
    std::chrono::milliseconds timeout{5'000};
};

struct Wait {
    std::chrono::milliseconds time{};
};

struct Step {
    std::variant<WaitReady, Submit, Replace, Cancel, CancelAll, SubmitList, CancelList, Query,
                 Subscribe, Unsubscribe, Expect, ExpectEvent, Snapshot, Wait>
        action;
    int line = 0;  // in the script, from 1
};

}  // namespace broker::sample_host
