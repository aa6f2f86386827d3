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
    BROKER_REASON_SCHEDULE_CLOSED = 110,         // outside the account's schedule; the text names the next opening
    BROKER_REASON_SCHEDULE_RESET = 111,          // the schedule's sequence reset: logged out, to log on under number 1
    BROKER_REASON_OPERATOR = 112,                // a person paused, drained, resumed or reconnected it

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

    // 5xx: REST and push.
    BROKER_REASON_REST_LOGGED_ON = 500,          // the venue gave a session token
    BROKER_REASON_REST_LOGIN_REFUSED = 501,      // the venue refused user name, domain or password
    BROKER_REASON_REST_NOT_PERMITTED = 502,      // 403, or 404 everywhere: API access is not enabled
    BROKER_REASON_REST_SESSION_EXPIRED = 503,    // the session token is no longer valid; the adapter logs in again
    BROKER_REASON_HTTP_TIMEOUT = 504,            // no complete answer within the step's deadline
    BROKER_REASON_HTTP_SERVER_ERROR = 505,       // status 5xx
    BROKER_REASON_HTTP_THROTTLED = 506,          // status 429
    BROKER_REASON_HTTP_RESPONSE_MALFORMED = 507, // not HTTP, not the JSON that was expected, or cut short
    BROKER_REASON_HTTP_RESPONSE_TOO_LARGE = 508, // over the bounds of header or body
    BROKER_REASON_HTTP_UNEXPECTED_STATUS = 509,  // a status that says nothing about the request
    BROKER_REASON_CIRCUIT_OPENED = 510,          // the circuit breaker opened: requests are refused at once
    BROKER_REASON_CIRCUIT_HALF_OPEN = 511,       // one probe is under way
    BROKER_REASON_CIRCUIT_CLOSED = 512,          // the probe succeeded: requests go out again
    BROKER_REASON_PUSH_SUBSCRIBED = 513,         // the push connection delivers
    BROKER_REASON_PUSH_SILENT = 514,             // nothing was received for too long; we closed
    BROKER_REASON_PUSH_SLOW_CONSUMER = 515,      // close code 1013: we read too slowly for the venue
    BROKER_REASON_PUSH_SESSION_CLOSED = 516,     // the venue ended the push session
    BROKER_REASON_PUSH_REFUSED = 517,            // the WebSocket upgrade was refused

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
    BROKER_REASON_SYMBOL_UNKNOWN = 613,          // the profile's symbols do not have it
    BROKER_REASON_CHANNEL_NOT_CONFIGURED = 614,  // no session of the account can do it
    BROKER_REASON_TOO_MANY_REQUESTS = 615,       // as many open questions or subscriptions as may be
    BROKER_REASON_CIRCUIT_OPEN = 616,            // the circuit breaker of the venue's REST service is open
    BROKER_REASON_RATE_BUDGET_EXHAUSTED = 617,   // its turn within the venue's rate limit comes after its time to live
    BROKER_REASON_MARGIN_INSUFFICIENT = 618,     // the order needs more margin than is free
    BROKER_REASON_MARGIN_UNKNOWN = 619,          // margin is to be checked and a figure for it is missing or too old
    BROKER_REASON_PRICE_OUTSIDE_COLLAR = 620,    // the price is too far from the last quote
    BROKER_REASON_QUOTE_UNKNOWN = 621,           // a price is to be checked and no recent quote is there
    BROKER_REASON_POSITION_LIMIT_EXCEEDED = 622, // as many open positions as the limits allow
    BROKER_REASON_DAILY_LOSS_REACHED = 623,      // the guard against the daily loss limit has stopped the account
    BROKER_REASON_DRAWDOWN_REACHED = 624,        // the guard against the drawdown limit has stopped the account
    BROKER_REASON_KILL_SWITCH_ON = 625,          // the kill switch is on
    BROKER_REASON_EQUITY_UNKNOWN = 626,          // losses are guarded and the account's equity is missing or too old
    BROKER_REASON_OUTSIDE_SCHEDULE = 630,        // the account is off by its schedule; the text names the next opening

    // 7xx: rejected by the venue, on its own word about this very request.
    BROKER_REASON_REJECTED_BY_VENUE = 700,       // ExecutionReport with ExecType Rejected
    BROKER_REASON_REJECTED_BY_SESSION = 701,     // Reject (35=3) of the message
    BROKER_REASON_REJECTED_BY_APPLICATION = 702, // BusinessMessageReject (35=j) of the message
    BROKER_REASON_CANCEL_REJECTED = 703,         // OrderCancelReject (35=9)
    BROKER_REASON_LIST_REJECTED = 704,           // ListStatus (35=N) with ListOrderStatus Reject
    BROKER_REASON_REQUEST_REJECTED = 705,        // a question or subscription was refused
    BROKER_REASON_NO_EFFECT_SEEN = 706,          // asked twice about the order after the change had had
                                                 // its time, the venue showed it working as before

    // 8xx: the outcome is unknown. The request may be live at the venue; never send it again.
    BROKER_REASON_OUTCOME_TIMEOUT = 800,         // no answer within the order's deadline
    BROKER_REASON_OUTCOME_DISCONNECTED = 801,    // the session ended before the answer
    BROKER_REASON_OUTCOME_UNREADABLE = 802,      // an answer arrived that we cannot interpret
    BROKER_REASON_OUTCOME_SERVER_ERROR = 803,    // the venue failed after it got the request (HTTP 5xx)

    // 9xx: a message of the venue is not as it should be. What could be read of it counts.
    BROKER_REASON_FIELD_UNREADABLE = 900,        // a value that is not of its field's type
    BROKER_REASON_FIELD_MISSING = 901,
    BROKER_REASON_VALUE_NEGATIVE = 902,
    BROKER_REASON_QUANTITIES_DISAGREE = 903,     // LeavesQty, CumQty, OrderQty and LastQty
    BROKER_REASON_VALUE_UNKNOWN = 904,           // of an enumeration
    BROKER_REASON_TAG_UNKNOWN = 905,             // told once for each tag and message type
    BROKER_REASON_MSG_TYPE_UNKNOWN = 906,
    BROKER_REASON_EXEC_ID_REPEATED = 907,        // another execution under an ExecID seen before
    BROKER_REASON_ORDER_NOT_OURS = 908,          // a report about an order nobody here has sent; of
                                                 // drop copies, which are for that, it is not told
    BROKER_REASON_FILL_MISSING = 909,            // CumQty runs ahead of the fills received
    BROKER_REASON_POSITION_DIFFERS = 910,        // the venue's position is not the sum of the fills
    BROKER_REASON_MESSAGE_UNUSABLE = 911,        // nothing in it can be acted upon
};

BROKER_EXTERN_C_END

#endif
