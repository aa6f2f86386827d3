// Why something did not happen: stable codes for refusals, rejects and disconnects. Codes are never
// reused or renumbered; new ones may appear in a minor version, so treat an unknown code as its
// hundred's group. Every event that carries a code also carries a text for people and, where there
// is one, the peer's own words.
#ifndef BROKER_ABI_REASON_H
#define BROKER_ABI_REASON_H

#include "broker/abi/types.h"

BROKER_EXTERN_C_BEGIN

typedef int32_t broker_reason_t;
enum {
    BROKER_REASON_NONE = 0,

    // 1xx: asked for by the host, the operator or the configuration.
    BROKER_REASON_STARTED = 100,
    BROKER_REASON_STOPPED_BY_HOST = 101,
    BROKER_REASON_CONFIGURATION = 102,
    BROKER_REASON_CREDENTIAL_UNAVAILABLE = 103,  // a secret source did not yield the credential
    BROKER_REASON_INTERNAL_ERROR = 104,          // a bug on our side; the text names the place
    BROKER_REASON_STORAGE_FAILED = 105,          // the message store refused a write

    // 2xx: name resolution and TCP.
    BROKER_REASON_NAME_NOT_RESOLVED = 200,
    BROKER_REASON_CONNECT_REFUSED = 201,
    BROKER_REASON_CONNECT_TIMEOUT = 202,
    BROKER_REASON_CONNECT_FAILED = 203,
    BROKER_REASON_CONNECTION_CLOSED_BY_PEER = 204,  // orderly end of stream without Logout
    BROKER_REASON_CONNECTION_LOST = 205,            // reset or another socket error
    BROKER_REASON_WRITE_QUEUE_FULL = 206,           // the peer stopped reading; we closed

    // 3xx: TLS. The peer was not authenticated, or refused us; no FIX byte was exchanged.
    BROKER_REASON_TLS_HANDSHAKE_TIMEOUT = 300,
    BROKER_REASON_TLS_HANDSHAKE_FAILED = 301,
    BROKER_REASON_TLS_CERTIFICATE_UNTRUSTED = 302,
    BROKER_REASON_TLS_CERTIFICATE_EXPIRED = 303,
    BROKER_REASON_TLS_CERTIFICATE_NOT_YET_VALID = 304,
    BROKER_REASON_TLS_HOST_NAME_MISMATCH = 305,
    BROKER_REASON_TLS_VERSION_UNSUPPORTED = 306,
    BROKER_REASON_TLS_CLIENT_CERTIFICATE_REFUSED = 307,

    // 4xx: the FIX session.
    BROKER_REASON_LOGON_ACCEPTED = 400,
    BROKER_REASON_LOGON_TIMEOUT = 401,
    BROKER_REASON_LOGON_REFUSED = 402,           // Logout or disconnect in answer to our Logon
    BROKER_REASON_LOGOUT_BY_PEER = 403,
    BROKER_REASON_HEARTBEAT_TIMEOUT = 404,       // no answer to our TestRequest
    BROKER_REASON_MSG_SEQ_NUM_TOO_LOW = 405,     // an operator must agree numbers with the venue
    BROKER_REASON_MALFORMED_MESSAGE = 406,       // bytes that are not FIX 4.4, or over the bounds
    BROKER_REASON_PROTOCOL_VIOLATION = 407,      // well-formed, but not allowed by the session rules
    BROKER_REASON_LOGOUT_TIMEOUT = 408,          // our Logout was not answered in time
    BROKER_REASON_RECONCILED = 409,              // open orders were checked; the account is Ready

    // 6xx: orders refused before anything was sent. The order does not exist at the venue.
    BROKER_REASON_ACCOUNT_NOT_READY = 600,
    BROKER_REASON_ACCOUNT_UNKNOWN = 601,
    BROKER_REASON_INVALID_FIELD = 602,           // the text names the field and what was expected
    BROKER_REASON_DUPLICATE_CL_ORD_ID = 603,
    BROKER_REASON_ORDER_UNKNOWN = 604,           // no such order in our ledger
    BROKER_REASON_ORDER_FINAL = 605,             // cancel or replace of an order that is done
    BROKER_REASON_NOT_SUPPORTED = 606,           // outside the account's capabilities
    BROKER_REASON_ORDER_RATE_EXCEEDED = 607,
    BROKER_REASON_ORDER_QTY_EXCEEDED = 608,
    BROKER_REASON_ORDER_TOO_OLD = 609,           // older than its time to live when its turn came
    BROKER_REASON_COMMAND_QUEUE_FULL = 610,
    BROKER_REASON_ORDER_LIMIT_EXCEEDED = 611,    // as many live orders as the ledger may hold
    BROKER_REASON_REQUEST_PENDING = 612,         // a cancel or replace of this order is under way

    // 7xx: rejected by the venue, on its own word about this very request.
    BROKER_REASON_REJECTED_BY_VENUE = 700,       // ExecutionReport with ExecType Rejected
    BROKER_REASON_REJECTED_BY_SESSION = 701,     // Reject (35=3) of the message
    BROKER_REASON_REJECTED_BY_APPLICATION = 702, // BusinessMessageReject (35=j) of the message
    BROKER_REASON_CANCEL_REJECTED = 703,         // OrderCancelReject (35=9)

    // 8xx: the outcome is unknown. The request may be live at the venue; never send it again.
    BROKER_REASON_OUTCOME_TIMEOUT = 800,         // no answer within the order's deadline
    BROKER_REASON_OUTCOME_DISCONNECTED = 801,    // the session ended before the answer
    BROKER_REASON_OUTCOME_UNREADABLE = 802,      // an answer arrived that we cannot interpret
};

BROKER_EXTERN_C_END

#endif
