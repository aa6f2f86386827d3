// A trading script: what the sample host does, one step after the other.
//
//     steps:
//       - wait_ready: [ACC-1, ACC-2]
//       - submit: {account: ACC-1, id: entry, symbol: EURUSD, side: Buy, type: Limit,
//                  tif: GoodTillCancel, qty: "10000", price: "1.09000"}
//       - expect: {account: ACC-1, id: entry, status: New, certainty: Acknowledged}
//       - replace: {account: ACC-1, id: entry-2, orig: entry, price: "1.08900"}
//       - cancel: {account: ACC-1, id: stop-it, orig: entry-2}
//       - expect: {account: ACC-1, id: stop-it, status: Canceled, cum_qty: "0", timeout_ms: 2000}
//       - cancel_all: {account: ACC-1, prefix: flatten, symbol: EURUSD}
//       - snapshot: {account: ACC-1}
//       - wait_ms: 100
//
// `id` is a label, used once in a script for each account; the ClOrdID sent is "<label>-<run tag>"
// (run_tag.hpp). `orig` is the label of the order or of any earlier request about it. Enums are
// spelled as in FIX (broker/sdk/names.hpp), reasons as in broker/sdk/reason_names.hpp; quantities
// and prices are exact decimals. Keys with a default: submit.tif (Day), submit.price and
// submit.stop_px (absent), replace.qty and replace.price (as they are), cancel_all.symbol (all).
//
// `expect` waits until all that it names holds of the order that `id` stands for (status, cum_qty)
// and of the request itself (certainty, reason), or fails after timeout_ms (5000). Events are
// looked at one by one, but those that arrived during earlier steps count at once: expect what
// lasts. wait_ready fails after 30 s; {accounts: […], timeout_ms: …} sets another time.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "broker/abi/broker.h"

namespace broker::sample_host {

// What is wrong with a script, in one line: "demo.yaml:12: submit.side: expected …, found …".
class ScriptError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// The steps. Ids in them are labels.

struct WaitReady {
    std::vector<std::string> accounts;
    std::chrono::milliseconds timeout{30'000};
};

struct Submit {
    std::string account;
    std::string id;
    std::string symbol;
    broker_side_t side = BROKER_SIDE_UNSPECIFIED;
    broker_ord_type_t type = BROKER_ORD_TYPE_UNSPECIFIED;
    broker_time_in_force_t tif = BROKER_TIME_IN_FORCE_DAY;
    broker_decimal_t qty{};
    broker_decimal_t price{};
    broker_decimal_t stop_px{};
};

struct Replace {
    std::string account;
    std::string id;
    std::string orig;
    broker_decimal_t qty{};    // absent: unchanged
    broker_decimal_t price{};  // absent: unchanged
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

struct Snapshot {
    std::string account;
    std::chrono::milliseconds timeout{5'000};
};

struct Wait {
    std::chrono::milliseconds time{};
};

struct Step {
    std::variant<WaitReady, Submit, Replace, Cancel, CancelAll, Expect, Snapshot, Wait> action;
    int line = 0;  // in the script, from 1
};

struct Script {
    std::string name;  // of the file
    std::vector<Step> steps;
};

// Both throw ScriptError. `name` stands for the file in errors.
[[nodiscard]] Script script_from_yaml(const std::string& text, std::string name);
[[nodiscard]] Script load_script(const std::filesystem::path& file);

// The accounts a step is about.
[[nodiscard]] std::vector<std::string> accounts_of(const Step& step);

}  // namespace broker::sample_host
