// Accounts and what they offer.
#include "unit/sdk/answering_adapter.hpp"

namespace answering {
namespace {

std::uint64_t count_accounts(const broker_adapter_t*) { return 1; }
broker_status_t get_status_at(const broker_adapter_t*, std::uint64_t,
                              broker_account_status_t* status, broker_error_t*) {
    status->account = borrow(kAccount);
    status->state = BROKER_ACCOUNT_STATE_READY;
    return BROKER_OK;
}
broker_status_t get_status(const broker_adapter_t* adapter, broker_str_t,
                           broker_account_status_t* status, broker_error_t* error) {
    return get_status_at(adapter, 0, status, error);
}
broker_status_t request_snapshot(broker_adapter_t* adapter, broker_str_t, std::uint64_t request_id,
                                 broker_error_t*) {
    auto snapshot = begin<broker_snapshot_event_t>(BROKER_EVENT_SNAPSHOT);
    snapshot.phase = BROKER_SNAPSHOT_PHASE_END;
    snapshot.request_id = request_id;
    send(adapter, snapshot);
    return BROKER_OK;
}
broker_status_t request_summary(broker_adapter_t* adapter, broker_str_t, std::uint64_t request_id,
                                broker_error_t*) {
    auto summary = begin<broker_account_summary_t>(BROKER_EVENT_ACCOUNT_SUMMARY);
    summary.request_id = request_id;
    summary.currency = borrow("USD");
    summary.balance = decimal(10'000'000, 2);
    send(adapter, summary);
    return BROKER_OK;
}
broker_status_t get_capabilities(const broker_adapter_t*, broker_str_t,
                                 broker_capabilities_t* capabilities, broker_error_t*) {
    capabilities->has_market_data = 1;
    return BROKER_OK;
}

}  // namespace

const void* find_accounts(std::string_view id) {
    static constexpr broker_account_api_t accounts{count_accounts, get_status_at, get_status,
                                                   request_snapshot, request_summary};
    static constexpr broker_capabilities_api_t capabilities{get_capabilities};
    if (id == BROKER_EXT_ACCOUNT) return &accounts;
    if (id == BROKER_EXT_CAPABILITIES) return &capabilities;
    return nullptr;
}

}  // namespace answering
