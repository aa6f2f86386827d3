// Extension broker.operator/1: what a person may do with an account while the adapter runs. The
// kill switch is in broker.risk/1.
#ifndef BROKER_ABI_EXT_OPERATOR_H
#define BROKER_ABI_EXT_OPERATOR_H

#include "broker/abi/adapter.h"
#include "broker/abi/session_event.h"

BROKER_EXTERN_C_BEGIN

#define BROKER_EXT_OPERATOR "broker.operator/1"

enum { BROKER_OPERATOR_WHY_MAX = 160 };  // bytes of broker_operator_command_t::why

typedef struct broker_operator_command {
    uint32_t struct_size;  // sizeof(broker_operator_command_t) in the sender's build
    int32_t must_be_zero;
    broker_str_t account;  // the host's account id, as configured
    uint64_t request_id;   // of the host's choice, not 0; the answer carries it
    broker_str_t why;      // who wants it and why, for log and events: 1 to
                           // BROKER_OPERATOR_WHY_MAX bytes of printable ASCII without '"'
} broker_operator_command_t;

// A command about one FIX session.
typedef struct broker_session_command {
    uint32_t struct_size;
    broker_channel_t channel;  // FIX_TRADING or FIX_DROP_COPY
    broker_str_t account;      // account, request_id and why: as in broker_operator_command_t
    uint64_t request_id;
    broker_str_t why;
    uint64_t next_sender_msg_seq_num;  // of set_sequence_numbers; 0: stays as it is
    uint64_t next_target_msg_seq_num;
    broker_str_t host;  // of fail_over: host:port as configured; empty: the next in turn
} broker_session_command_t;

// The MsgSeqNums (34) of the next messages of a FIX session, as of some 50 ms ago.
typedef struct broker_sequence_numbers {
    uint32_t struct_size;
    int32_t reserved;
    uint64_t next_sender_msg_seq_num;  // of what we send
    uint64_t next_target_msg_seq_num;  // of what we expect
} broker_sequence_numbers_t;

// What holds an account back by an operator's word, filled by the adapter for the caller, who sets
// struct_size. The holds end with the process.
typedef struct broker_operator_status {
    uint32_t struct_size;
    int32_t is_paused;    // 1: the trading session is logged out, or about to be, and stays so
    int32_t is_draining;  // 1: new orders and replaces are refused, cancels go out
} broker_operator_status_t;

// What the accounts are to be from here on.
typedef struct broker_reload_command {
    uint32_t struct_size;  // sizeof(broker_reload_command_t) in the sender's build
    int32_t must_be_zero;
    broker_str_t config_path;  // as in broker_create_params_t: the same file, or another one
    broker_str_t why;          // as in broker_operator_command_t
} broker_reload_command_t;

// What became of it, in numbers of accounts. Filled by the adapter for the caller, who sets
// struct_size.
typedef struct broker_reload_result {
    uint32_t struct_size;
    int32_t is_applied;  // 1: the new configuration is in force; 0: nothing has changed
    uint64_t added;
    uint64_t removed;
    uint64_t changed;
    uint64_t unchanged;  // not touched in any way
    uint64_t left_out;   // their configuration is wrong, and adapter.on_bad_account is skip
    uint64_t down;       // were to be changed, have stopped, and could not be made anew
} broker_reload_result_t;

// An ok status of a command means "will be done". Each is answered by one broker_request_done_t
// with the request_id, kind UNSPECIFIED and count 0; reason NONE: it is done, or was already so.
// Live orders stay as they are at the venue; no command cancels or sends any. Each is logged with
// `why`.
typedef struct broker_operator {
    // Logs the trading session out and keeps it out: DRAINING, then SUSPENDED, with reason
    // OPERATOR. Answered once it is logged out. The sessions beside it stay up: fills that
    // they tell of are events, and cancels go over REST where the profile has it. Orders are
    // refused with ACCOUNT_NOT_READY. BROKER_NOT_SUPPORTED where orders go over REST, which has no
    // session to log out: use drain. [any-thread & started]
    broker_status_t(BROKER_CALL* pause)(broker_adapter_t* adapter,
                                        const broker_operator_command_t* command,
                                        broker_error_t* error);

    // New orders, lists and replaces are refused with ACCOUNT_NOT_READY; cancels and questions go
    // out, and the account stays connected. Orders that the adapter makes to flatten positions
    // pass. [any-thread & started]
    broker_status_t(BROKER_CALL* drain)(broker_adapter_t* adapter,
                                        const broker_operator_command_t* command,
                                        broker_error_t* error);

    // Ends pause and drain. After a pause the session logs on, and the account is READY once its
    // orders are reconciled, as after every logon. [any-thread & started]
    broker_status_t(BROKER_CALL* resume)(broker_adapter_t* adapter,
                                         const broker_operator_command_t* command,
                                         broker_error_t* error);

    // Logs the trading session out and connects at once, without waiting for the next attempt;
    // also where no attempt is planned (MSG_SEQ_NUM_TOO_LOW). Answered when it connects. Answered
    // with ACCOUNT_NOT_READY while paused. BROKER_NOT_SUPPORTED where orders go over REST.
    // [any-thread & started]
    broker_status_t(BROKER_CALL* reconnect)(broker_adapter_t* adapter,
                                            const broker_operator_command_t* command,
                                            broker_error_t* error);

    // [any-thread]
    broker_status_t(BROKER_CALL* read)(const broker_adapter_t* adapter, broker_str_t account,
                                       broker_operator_status_t* status, broker_error_t* error);

    // -- one FIX session. BROKER_NOT_SUPPORTED where the account has no such session.

    // Where hosts have numbers of their own: those of the host that is connected, or next.
    // [any-thread]
    broker_status_t(BROKER_CALL* read_sequence_numbers)(const broker_adapter_t* adapter,
                                                        broker_str_t account,
                                                        broker_channel_t channel,
                                                        broker_sequence_numbers_t* numbers,
                                                        broker_error_t* error);

    // Logs the session out, sets the numbers, and logs it on again unless the account is paused or
    // outside its schedule; the way on after MSG_SEQ_NUM_TOO_LOW. The log has the numbers before
    // and after. Requests without an answer are UNKNOWN until the reconciliation. The other side
    // has to be set alike: agree with the venue first. Answered with ACCOUNT_NOT_READY while
    // another command's logout is under way, and with STORAGE_FAILED if the store took it not.
    // [any-thread & started]
    broker_status_t(BROKER_CALL* set_sequence_numbers)(broker_adapter_t* adapter,
                                                       const broker_session_command_t* command,
                                                       broker_error_t* error);

    // The same; the next Logon begins both numbers at 1, with ResetSeqNumFlag (141) = Y.
    // [any-thread & started]
    broker_status_t(BROKER_CALL* reset_sequence_numbers)(broker_adapter_t* adapter,
                                                         const broker_session_command_t* command,
                                                         broker_error_t* error);

    // Logs out, goes to the host and makes it the primary while the process lives, without
    // backoff. Answered at once, with INVALID_FIELD if the session has no such host; the session
    // events tell the rest. While paused it decides where the session begins.
    // [any-thread & started]
    broker_status_t(BROKER_CALL* fail_over)(broker_adapter_t* adapter,
                                            const broker_session_command_t* command,
                                            broker_error_t* error);

    // -- all accounts

    // Reads the configuration anew, adds accounts that are new in it, removes those that are not in
    // it any more, and makes those anew whose entry, profile or credentials have changed: DRAINING,
    // STOPPED with reason CONFIGURATION, then as after a start, with their orders and sequence
    // numbers, and with what an operator held. Other accounts are not touched. Of `adapter:` only
    // on_bad_account may change.
    //
    // Everything is read and checked first. BROKER_CONFIGURATION_ERROR with is_applied 0: nothing
    // has changed; `error` names file, line and key, or the credential. With is_applied 1: the
    // configuration is in force and the accounts in `down` are STOPPED; `error` says which and why.
    // Waits for the accounts that log out, bounded like stop; does not wait for those that connect.
    // Subscriptions and open questions of a changed account end. `result` may be null.
    // [control-thread & started]
    broker_status_t(BROKER_CALL* reload)(broker_adapter_t* adapter,
                                         const broker_reload_command_t* command,
                                         broker_reload_result_t* result, broker_error_t* error);
} broker_operator_t;

BROKER_EXTERN_C_END

#endif
