// Orders and sessions.
#include "broker/sdk/text.hpp"
#include "host/event_json.hpp"

namespace broker::sample_host {

template <>
std::span<const JsonField<broker_session_event_t>> json_fields() {
    using R = broker_session_event_t;
    static constexpr JsonField<R> kFields[]{
        {"state", name(&R::state, sdk::account_state_name)},
        {"previous_state", name(&R::previous_state, sdk::account_state_name)},
        reason(&R::reason),
        {"channel", name(&R::channel, sdk::channel_name)},
        {"text", &R::text},
        {"suggested_action", &R::suggested_action},
        {"peer", &R::peer},
        {"next_attempt_ms", number(&R::next_attempt_ms)},
    };
    return kFields;
}

template <>
std::span<const JsonField<broker_execution_report_t>> json_fields() {
    using R = broker_execution_report_t;
    static constexpr JsonField<R> kFields[]{
        {"exec_type", name(&R::exec_type, sdk::exec_type_name)},
        {"ord_status", name(&R::ord_status, sdk::ord_status_name)},
        {"certainty", name(&R::certainty, sdk::certainty_name)},
        reason(&R::reason),
        {"side", name(&R::side, sdk::side_name)},
        {"ord_type", name(&R::ord_type, sdk::ord_type_name)},
        {"time_in_force", name(&R::time_in_force, sdk::time_in_force_name)},
        {"is_poss_dup", flag(&R::is_poss_dup)},
        {"is_unsolicited", flag(&R::is_unsolicited)},
        {"is_snapshot", flag(&R::is_snapshot)},
        {"is_possible_repeat", flag(&R::is_possible_repeat)},
        {"cl_ord_id", &R::cl_ord_id},
        {"orig_cl_ord_id", &R::orig_cl_ord_id},
        {"order_id", &R::order_id},
        {"exec_id", &R::exec_id},
        {"exec_ref_id", &R::exec_ref_id},
        {"symbol", &R::symbol},
        {"raw_exec_type", &R::raw_exec_type},
        {"raw_ord_status", &R::raw_ord_status},
        {"text", &R::text},
        {"order_qty", &R::order_qty},
        {"price", &R::price},
        {"stop_px", &R::stop_px},
        {"last_qty", &R::last_qty},
        {"last_px", &R::last_px},
        {"cum_qty", &R::cum_qty},
        {"leaves_qty", &R::leaves_qty},
        {"avg_px", &R::avg_px},
        {"transact_time", time(&R::transact_time)},
        {"sending_time", time(&R::sending_time)},
        {"stages", &R::stages},
        {"channel", name(&R::channel, sdk::channel_name)},
        {"position_effect", name(&R::position_effect, sdk::position_effect_name)},
        {"request_id", count_unless_zero(&R::request_id)},
        {"faults", names(&R::faults, sdk::report_faults_text)},
        {"cash_order_qty", &R::cash_order_qty},
        {"expire_time", time(&R::expire_time)},
        {"list_id", &R::list_id},
        {"secondary_order_id", &R::secondary_order_id},
        {"orig_order_id", &R::orig_order_id},
        {"ex_destination", &R::ex_destination},
        {"position_code", &R::position_code},
        {"restatement_reason", &R::restatement_reason},
        {"ord_rej_reason", &R::ord_rej_reason},
        named_fields(&R::fields),
    };
    return kFields;
}

template <>
std::span<const JsonField<broker_order_cancel_reject_t>> json_fields() {
    using R = broker_order_cancel_reject_t;
    static constexpr JsonField<R> kFields[]{
        {"ord_status", name(&R::ord_status, sdk::ord_status_name)},
        {"certainty", name(&R::certainty, sdk::certainty_name)},
        reason(&R::reason),
        {"is_replace", flag(&R::is_replace)},
        {"is_possible_repeat", flag(&R::is_possible_repeat)},
        {"cl_ord_id", &R::cl_ord_id},
        {"orig_cl_ord_id", &R::orig_cl_ord_id},
        {"order_id", &R::order_id},
        {"text", &R::text},
        {"transact_time", time(&R::transact_time)},
        {"stages", &R::stages},
        {"cxl_rej_reason", &R::cxl_rej_reason},
        named_fields(&R::fields),
    };
    return kFields;
}

template <>
std::span<const JsonField<broker_snapshot_event_t>> json_fields() {
    using R = broker_snapshot_event_t;
    static constexpr JsonField<R> kFields[]{
        {"phase", name(&R::phase, sdk::snapshot_phase_name)},
        {"state", name(&R::state, sdk::account_state_name)},
        {"request_id", count(&R::request_id)},
        {"order_count", count(&R::order_count)},
        {"unknown_count", count(&R::unknown_count)},
    };
    return kFields;
}

template <>
std::span<const JsonField<broker_order_list_status_t>> json_fields() {
    using R = broker_order_list_status_t;
    static constexpr JsonField<R> kFields[]{
        {"status", name(&R::status, sdk::list_order_status_name)},
        reason(&R::reason),
        {"list_id", &R::list_id},
        {"raw_status", &R::raw_status},
        {"text", &R::text},
    };
    return kFields;
}

}  // namespace broker::sample_host
