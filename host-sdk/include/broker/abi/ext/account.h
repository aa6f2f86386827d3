// Extension broker.account/1: the accounts of an adapter and their state.
#ifndef BROKER_ABI_EXT_ACCOUNT_H
#define BROKER_ABI_EXT_ACCOUNT_H

#include "broker/abi/account.h"
#include "broker/abi/adapter.h"

BROKER_EXTERN_C_BEGIN

#define BROKER_EXT_ACCOUNT "broker.account/1"

typedef struct broker_account_api {
    // How many accounts are configured. A reload of the configuration (broker.operator/1) may change
    // it, and which index an account has.
    // [any-thread]
    uint64_t(BROKER_CALL* count)(const broker_adapter_t* adapter);

    // Reads the account at `index`, 0 to count - 1, in the order of the configuration.
    // [any-thread]
    broker_status_t(BROKER_CALL* get_status_at)(const broker_adapter_t* adapter, uint64_t index,
                                                broker_account_status_t* status,
                                                broker_error_t* error);

    // Reads the account with the host's id `account`.
    // [any-thread]
    broker_status_t(BROKER_CALL* get_status)(const broker_adapter_t* adapter, broker_str_t account,
                                             broker_account_status_t* status,
                                             broker_error_t* error);

    // Asks for a picture of the account's live orders: snapshot begin, one report an order, snapshot
    // end, each with `request_id` (not 0) in the brackets. It shows what the adapter knows; it asks
    // the venue nothing.
    // [any-thread & started]
    broker_status_t(BROKER_CALL* request_snapshot)(broker_adapter_t* adapter, broker_str_t account,
                                                   uint64_t request_id, broker_error_t* error);

    // Asks the venue for balances and margin; the answer is a broker_account_summary_t.
    // BROKER_NOT_SUPPORTED where no channel of the account offers them (see
    // broker_capabilities_t.can_request_account_summary).
    // [any-thread & started]
    broker_status_t(BROKER_CALL* request_summary)(broker_adapter_t* adapter, broker_str_t account,
                                                  uint64_t request_id, broker_error_t* error);
} broker_account_api_t;

BROKER_EXTERN_C_END

#endif
