// Why something did not happen. The values are those of broker/abi/reason.h, which documents each;
// plugin/abi checks at compile time that the two agree.
#pragma once

#include <cstdint>
#include <string_view>

namespace broker::core {

enum class Reason : std::int32_t {
    None = 0,

    Started = 100,
    StoppedByHost = 101,
    Configuration = 102,
    CredentialUnavailable = 103,
    InternalError = 104,
    StorageFailed = 105,
    ScheduleClosed = 110,
    ScheduleReset = 111,
    Operator = 112,

    NameNotResolved = 200,
    ConnectRefused = 201,
    ConnectTimeout = 202,
    ConnectFailed = 203,
    ConnectionClosedByPeer = 204,
    ConnectionLost = 205,
    WriteQueueFull = 206,

    TlsHandshakeTimeout = 300,
    TlsHandshakeFailed = 301,
    TlsCertificateUntrusted = 302,
    TlsCertificateExpired = 303,
    TlsCertificateNotYetValid = 304,
    TlsHostNameMismatch = 305,
    TlsVersionUnsupported = 306,
    TlsClientCertificateRefused = 307,

    LogonAccepted = 400,
    LogonTimeout = 401,
    LogonRefused = 402,
    LogoutByPeer = 403,
    HeartbeatTimeout = 404,
    MsgSeqNumTooLow = 405,
    MalformedMessage = 406,
    ProtocolViolation = 407,
    LogoutTimeout = 408,
    Reconciled = 409,

    RestLoggedOn = 500,
    RestLoginRefused = 501,
    RestNotPermitted = 502,
    RestSessionExpired = 503,
    HttpTimeout = 504,
    HttpServerError = 505,
    HttpThrottled = 506,
    HttpResponseMalformed = 507,
    HttpResponseTooLarge = 508,
    HttpUnexpectedStatus = 509,
    CircuitOpened = 510,
    CircuitHalfOpen = 511,
    CircuitClosed = 512,
    PushSubscribed = 513,
    PushSilent = 514,
    PushSlowConsumer = 515,
    PushSessionClosed = 516,
    PushRefused = 517,

    AccountNotReady = 600,
    AccountUnknown = 601,
    InvalidField = 602,
    DuplicateClOrdID = 603,
    OrderUnknown = 604,
    OrderFinal = 605,
    NotSupported = 606,
    OrderRateExceeded = 607,
    OrderQtyExceeded = 608,
    OrderTooOld = 609,
    CommandQueueFull = 610,
    OrderLimitExceeded = 611,
    RequestPending = 612,
    SymbolUnknown = 613,
    ChannelNotConfigured = 614,
    TooManyRequests = 615,
    CircuitOpen = 616,
    RateBudgetExhausted = 617,
    MarginInsufficient = 618,
    MarginUnknown = 619,
    PriceOutsideCollar = 620,
    QuoteUnknown = 621,
    PositionLimitExceeded = 622,
    DailyLossReached = 623,
    DrawdownReached = 624,
    KillSwitchOn = 625,
    EquityUnknown = 626,
    OutsideSchedule = 630,

    RejectedByVenue = 700,
    RejectedBySession = 701,
    RejectedByApplication = 702,
    CancelRejected = 703,
    ListRejected = 704,
    RequestRejected = 705,
    NoEffectSeen = 706,

    OutcomeTimeout = 800,
    OutcomeDisconnected = 801,
    OutcomeUnreadable = 802,
    OutcomeServerError = 803,

    FieldUnreadable = 900,
    FieldMissing = 901,
    ValueNegative = 902,
    QuantitiesDisagree = 903,
    ValueUnknown = 904,
    TagUnknown = 905,
    MsgTypeUnknown = 906,
    ExecIDRepeated = 907,
    OrderNotOurs = 908,
    FillMissing = 909,
    PositionDiffers = 910,
    MessageUnusable = 911,
};

// The stable name, e.g. "TLS_CERTIFICATE_EXPIRED"; "UNKNOWN_REASON" for a value outside the enum.
[[nodiscard]] std::string_view reason_name(Reason reason);

// What a person should do about it, one sentence; empty where nothing needs doing.
[[nodiscard]] std::string_view suggested_action(Reason reason);

}  // namespace broker::core
