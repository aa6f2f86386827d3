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
//       - submit_list: {account: ACC-1, id: trade, contingency: Bracket, orders: [{id: in, …},
//                       {id: stop, …}, {id: target, …}]}
//       - cancel_list: {account: ACC-1, list: trade, prefix: off}
//       - mass_status: {account: ACC-1, symbol: EURUSD, count: 1}
//       - order_status: {account: ACC-1, order: entry}
//       - positions: {account: ACC-1, id: where, symbol: EURUSD, from_fills: false}
//       - account_summary: {account: ACC-1}
//       - trades: {account: ACC-1, order: entry, from: "2026-01-05T00:00:00Z"}
//       - instruments: {account: ACC-1, symbol: EURUSD}
//       - trading_session: {account: ACC-1}
//       - order_history: {account: ACC-1, symbol: EURUSD, last_ms: 60000, max_answers: 50}
//       - cash_transfers: {account: ACC-1, from: "2026-01-05T00:00:00Z"}
//       - account_events: {account: ACC-1}
//       - candles: {account: ACC-1, symbol: EURUSD, candle_type: m, last_ms: 600000}
//       - conversion_rates: {account: ACC-1, currency: USD}
//       - subscribe: {account: ACC-1, id: eur, symbol: EURUSD, depth: 1}
//       - unsubscribe: {account: ACC-1, subscription: eur}
//       - expect_event: {account: ACC-1, type: Position, of: where, net_qty: "10000"}
//
// `id` is a label, used once in a script for each account; the ClOrdID or ListID sent is
// "<label>-<run tag>" (run_tag.hpp). `orig`, `order`, `list`, `subscription` and `of` are labels of
// earlier steps; `orig` and `order` that of the order or of any request about it. Enums are spelled
// as in FIX (broker/sdk/names.hpp), reasons as in broker/sdk/reason_names.hpp; quantities and
// prices are exact decimals, times as "2026-01-05T12:00:00Z".
//
// An order may have all that the ABI's record has, under the same keys: price, stop_px, expire_time
// (or expire_in_ms, from now on), position_effect, exec_inst (a list), locate_reqd,
// peg_offset_type, peg_offset_value, min_qty, max_floor, cash_order_qty (instead of qty),
// ex_destination, position_code, and fields, a mapping of named fields. tif is Day unless it is
// given. A replace may have qty, price, stop_px, tif, expire_time, peg_offset_value, min_qty,
// max_floor and fields; what it has not stays as it is.
//
// A question (mass_status to conversion_rates) waits until its answers are complete, 5000 ms unless
// timeout_ms is given, and fails if it does not end with `reason` (NONE) or has not `count`
// answers. Its time range is from `from` to `to`, or the last `last_ms` milliseconds.
//
// `expect` waits until all that it names holds of the order that `id` stands for (status, cum_qty)
// and of the request itself (certainty, reason), or fails after timeout_ms (5000). `expect_event`
// waits until there were `times` (1) events of the account with that type and all these values; its
// keys are those of the events in JSON (event_json.hpp). Events are looked at one by one, but those
// that arrived during earlier steps count at once: expect what lasts. wait_ready fails after 30 s;
// {accounts: […], timeout_ms: …} sets another time.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "host/script_steps.hpp"

namespace broker::sample_host {

// What is wrong with a script, in one line: "demo.yaml:12: submit.side: expected …, found …".
class ScriptError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
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
