#include "core/reason.hpp"

#include <algorithm>
#include <array>

namespace broker::core {
namespace {

struct Entry {
    Reason reason;
    std::string_view name;
    std::string_view action;
};

constexpr std::array kEntries{
    Entry{Reason::None, "NONE", ""},

    Entry{Reason::Started, "STARTED", ""},
    Entry{Reason::StoppedByHost, "STOPPED_BY_HOST", ""},
    Entry{Reason::Configuration, "CONFIGURATION",
          "Correct the configuration key that the text names and start again."},
    Entry{Reason::CredentialUnavailable, "CREDENTIAL_UNAVAILABLE",
          "Make sure that the named secret source exists, is not empty and is readable by this "
          "process alone."},
    Entry{Reason::InternalError, "INTERNAL_ERROR",
          "Check the account's orders at the venue, then report the text to the adapter's "
          "maintainers."},
    Entry{Reason::StorageFailed, "STORAGE_FAILED",
          "Check free space, permissions and health of the disk that holds the file named in the "
          "text."},
    Entry{Reason::ScheduleClosed, "SCHEDULE_CLOSED", ""},
    Entry{Reason::ScheduleReset, "SCHEDULE_RESET", ""},
    Entry{Reason::Operator, "OPERATOR", ""},

    Entry{Reason::NameNotResolved, "NAME_NOT_RESOLVED",
          "Check the spelling of the host in the configuration and this machine's name servers."},
    Entry{Reason::ConnectRefused, "CONNECT_REFUSED",
          "Check host and port with the venue, and whether its gateway is up at this hour."},
    Entry{Reason::ConnectTimeout, "CONNECT_TIMEOUT",
          "Check the route and firewalls, and whether the venue has allowed this machine's "
          "address."},
    Entry{Reason::ConnectFailed, "CONNECT_FAILED",
          "Check this machine's network; the text holds the system's error."},
    Entry{Reason::ConnectionClosedByPeer, "CONNECTION_CLOSED_BY_PEER",
          "If it repeats, ask the venue why it closes the connection without a Logout."},
    Entry{Reason::ConnectionLost, "CONNECTION_LOST",
          "If it repeats, check the network path to the venue."},
    Entry{Reason::WriteQueueFull, "WRITE_QUEUE_FULL",
          "The venue stopped reading: ask it about its gateway, and check the network path."},

    Entry{Reason::TlsHandshakeTimeout, "TLS_HANDSHAKE_TIMEOUT",
          "Check that the port speaks TLS and that no middlebox holds the connection."},
    Entry{Reason::TlsHandshakeFailed, "TLS_HANDSHAKE_FAILED",
          "Compare the TLS settings with the venue's; the text holds the library's error."},
    Entry{Reason::TlsCertificateUntrusted, "TLS_CERTIFICATE_UNTRUSTED",
          "Configure the certificate authority that signed the venue's certificate, after "
          "confirming it with the venue."},
    Entry{Reason::TlsCertificateExpired, "TLS_CERTIFICATE_EXPIRED",
          "Check this machine's date; if it is right, tell the venue that its certificate has "
          "expired."},
    Entry{Reason::TlsCertificateNotYetValid, "TLS_CERTIFICATE_NOT_YET_VALID",
          "Check this machine's date; if it is right, tell the venue that its certificate is not "
          "valid yet."},
    Entry{Reason::TlsHostNameMismatch, "TLS_HOST_NAME_MISMATCH",
          "Set tls.server_name to the name that the venue's certificate is issued for, after "
          "confirming it with the venue."},
    Entry{Reason::TlsVersionUnsupported, "TLS_VERSION_UNSUPPORTED",
          "Ask the venue to offer TLS 1.2 or newer."},
    Entry{Reason::TlsClientCertificateRefused, "TLS_CLIENT_CERTIFICATE_REFUSED",
          "Check that the configured client certificate is the one the venue registered and has "
          "not expired."},

    Entry{Reason::LogonAccepted, "LOGON_ACCEPTED", ""},
    Entry{Reason::LogonTimeout, "LOGON_TIMEOUT",
          "Check the CompIDs with the venue: many gateways ignore a Logon that they do not know."},
    Entry{Reason::LogonRefused, "LOGON_REFUSED",
          "Check CompIDs, user name, password and session hours against the venue's words in the "
          "text."},
    Entry{Reason::LogoutByPeer, "LOGOUT_BY_PEER",
          "If it is outside the end of the session, ask the venue for the cause."},
    Entry{Reason::HeartbeatTimeout, "HEARTBEAT_TIMEOUT",
          "If it repeats, check the network path and the agreed heartbeat interval."},
    Entry{Reason::MsgSeqNumTooLow, "MSG_SEQ_NUM_TOO_LOW",
          "Agree sequence numbers with the venue before the session connects again; messages may "
          "be lost."},
    Entry{Reason::MalformedMessage, "MALFORMED_MESSAGE",
          "Check that the port speaks FIX 4.4, then send the text to the venue."},
    Entry{Reason::ProtocolViolation, "PROTOCOL_VIOLATION",
          "Send the text to the venue; if it repeats, compare the profile with the venue's "
          "specification."},
    Entry{Reason::LogoutTimeout, "LOGOUT_TIMEOUT", ""},
    Entry{Reason::Reconciled, "RECONCILED", ""},

    Entry{Reason::RestLoggedOn, "REST_LOGGED_ON", ""},
    Entry{Reason::RestLoginRefused, "REST_LOGIN_REFUSED",
          "Check user name, domain and password with the venue; the account stays offline until "
          "they are right."},
    Entry{Reason::RestNotPermitted, "REST_NOT_PERMITTED",
          "Ask the venue whether API access is enabled for this user and this machine's address."},
    Entry{Reason::RestSessionExpired, "REST_SESSION_EXPIRED", ""},
    Entry{Reason::HttpTimeout, "HTTP_TIMEOUT",
          "If it repeats, ask the venue about its REST service, and check the network path."},
    Entry{Reason::HttpServerError, "HTTP_SERVER_ERROR",
          "If it repeats, ask the venue about its REST service; the text holds its words."},
    Entry{Reason::HttpThrottled, "HTTP_THROTTLED",
          "Lower the rates in the profile to what the venue allows."},
    Entry{Reason::HttpResponseMalformed, "HTTP_RESPONSE_MALFORMED",
          "Check base_url: something other than the venue's API may be answering."},
    Entry{Reason::HttpResponseTooLarge, "HTTP_RESPONSE_TOO_LARGE",
          "Ask for less at a time, or raise the bound in the configuration."},
    Entry{Reason::HttpUnexpectedStatus, "HTTP_UNEXPECTED_STATUS",
          "Check base_url and the profile; the text holds the venue's words."},
    Entry{Reason::CircuitOpened, "CIRCUIT_OPENED",
          "The venue's REST service fails; orders over it are refused until a probe succeeds. "
          "Watch open orders elsewhere."},
    Entry{Reason::CircuitHalfOpen, "CIRCUIT_HALF_OPEN", ""},
    Entry{Reason::CircuitClosed, "CIRCUIT_CLOSED", ""},
    Entry{Reason::PushSubscribed, "PUSH_SUBSCRIBED", ""},
    Entry{Reason::PushSilent, "PUSH_SILENT",
          "If it repeats, ask the venue about its push service, and check the network path."},
    Entry{Reason::PushSlowConsumer, "PUSH_SLOW_CONSUMER",
          "Lower the number of subscriptions, or give the adapter more event threads."},
    Entry{Reason::PushSessionClosed, "PUSH_SESSION_CLOSED", ""},
    Entry{Reason::PushRefused, "PUSH_REFUSED", "Check push.url with the venue."},

    Entry{Reason::AccountNotReady, "ACCOUNT_NOT_READY",
          "Submit again when the account is ready; nothing was sent or kept for later."},
    Entry{Reason::AccountUnknown, "ACCOUNT_UNKNOWN",
          "Use the id of an account that the configuration names."},
    Entry{Reason::InvalidField, "INVALID_FIELD",
          "Correct the field that the text names; nothing was sent."},
    Entry{Reason::DuplicateClOrdID, "DUPLICATE_CL_ORD_ID",
          "Use a ClOrdID that the account has never used; nothing was sent."},
    Entry{Reason::OrderUnknown, "ORDER_UNKNOWN",
          "Check the order's id; nothing was sent. If the order is live at the venue, change it "
          "there."},
    Entry{Reason::OrderFinal, "ORDER_FINAL", ""},
    Entry{Reason::NotSupported, "NOT_SUPPORTED",
          "Use what the account's capabilities list; nothing was sent."},
    Entry{Reason::OrderRateExceeded, "ORDER_RATE_EXCEEDED",
          "Slow the strategy down, or raise limits.orders_per_s if the venue allows it."},
    Entry{Reason::OrderQtyExceeded, "ORDER_QTY_EXCEEDED",
          "Reduce the quantity, or raise limits.max_order_qty if it is meant."},
    Entry{Reason::OrderTooOld, "ORDER_TOO_OLD",
          "Decide anew on current prices; if it repeats, find what delays orders before they are "
          "sent."},
    Entry{Reason::CommandQueueFull, "COMMAND_QUEUE_FULL",
          "Slow the strategy down; nothing was sent."},
    Entry{Reason::OrderLimitExceeded, "ORDER_LIMIT_EXCEEDED",
          "Cancel orders that are not needed, or spread them over more accounts."},
    Entry{Reason::RequestPending, "REQUEST_PENDING",
          "Wait for the outcome of the request under way, then submit again."},
    Entry{Reason::SymbolUnknown, "SYMBOL_UNKNOWN",
          "Add the symbol to the profile's symbols; nothing was sent."},
    Entry{Reason::ChannelNotConfigured, "CHANNEL_NOT_CONFIGURED",
          "Configure the session that the text names; nothing was sent."},
    Entry{Reason::TooManyRequests, "TOO_MANY_REQUESTS",
          "Wait for answers, or end subscriptions that are not needed; nothing was sent."},
    Entry{Reason::CircuitOpen, "CIRCUIT_OPEN",
          "Wait for CIRCUIT_CLOSED; the venue's REST service fails."},
    Entry{Reason::RateBudgetExhausted, "RATE_BUDGET_EXHAUSTED",
          "Send fewer requests a second, or agree on higher limits with the venue."},
    Entry{Reason::MarginInsufficient, "MARGIN_INSUFFICIENT", "Free margin or reduce the order."},
    Entry{Reason::MarginUnknown, "MARGIN_UNKNOWN",
          "Check that a channel of the account delivers instruments and metrics."},
    Entry{Reason::PriceOutsideCollar, "PRICE_OUTSIDE_COLLAR",
          "Check the price; if it is meant, widen limits.price_collar_percent."},
    Entry{Reason::QuoteUnknown, "QUOTE_UNKNOWN",
          "Subscribe to the symbol's quotes, or give the account a market data channel."},
    Entry{Reason::PositionLimitExceeded, "POSITION_LIMIT_EXCEEDED", "Close a position first."},
    Entry{Reason::DailyLossReached, "DAILY_LOSS_REACHED",
          "No new orders until the trading day ends; closing orders go out."},
    Entry{Reason::DrawdownReached, "DRAWDOWN_REACHED",
          "No new orders until a person resets the guard; closing orders go out."},
    Entry{Reason::KillSwitchOn, "KILL_SWITCH_ON", "A person must switch it off."},
    Entry{Reason::EquityUnknown, "EQUITY_UNKNOWN",
          "Check that a channel of the account delivers metrics."},
    Entry{Reason::OutsideSchedule, "OUTSIDE_SCHEDULE",
          "Wait for the opening that the text names, or correct the account's schedule."},

    Entry{Reason::RejectedByVenue, "REJECTED_BY_VENUE",
          "Act on the venue's words in the text; the request is not in force."},
    Entry{Reason::RejectedBySession, "REJECTED_BY_SESSION",
          "Compare the profile with the venue's specification for the field that the text names."},
    Entry{Reason::RejectedByApplication, "REJECTED_BY_APPLICATION",
          "Check with the venue whether the account may use this kind of request."},
    Entry{Reason::CancelRejected, "CANCEL_REJECTED",
          "Look at the order's status: it may be filled or done already."},
    Entry{Reason::ListRejected, "LIST_REJECTED",
          "Act on the venue's words in the text; no order of the list is in force."},
    Entry{
        Reason::RequestRejected, "REQUEST_REJECTED",
        "Act on the venue's words in the text; if the venue does not answer such requests, say so "
        "in the profile."},
    Entry{Reason::NoEffectSeen, "NO_EFFECT_SEEN",
          "The order works on; send a new change under a new ClOrdID if it is still wanted."},

    Entry{Reason::OutcomeTimeout, "OUTCOME_TIMEOUT",
          "Do not send it again; check the order at the venue if reconciliation does not settle "
          "it."},
    Entry{Reason::OutcomeDisconnected, "OUTCOME_DISCONNECTED",
          "Do not send it again; it is settled after the next logon, else check the order at the "
          "venue."},
    Entry{Reason::OutcomeUnreadable, "OUTCOME_UNREADABLE",
          "Do not send it again; check the order at the venue and report the raw message."},
    Entry{Reason::OutcomeServerError, "OUTCOME_SERVER_ERROR",
          "The adapter asks the venue what became of the request; check the order at the venue if "
          "it stays in doubt."},

    Entry{Reason::FieldUnreadable, "FIELD_UNREADABLE",
          "Send the text to the venue; check the order's quantities there."},
    Entry{Reason::FieldMissing, "FIELD_MISSING",
          "Send the text to the venue; check the order there."},
    Entry{Reason::ValueNegative, "VALUE_NEGATIVE",
          "Send the text to the venue; check the order's quantities there."},
    Entry{Reason::QuantitiesDisagree, "QUANTITIES_DISAGREE",
          "Check the order's quantities at the venue; a report may be missing."},
    Entry{
        Reason::ValueUnknown, "VALUE_UNKNOWN",
        "Send the text to the adapter's maintainers, with the venue's specification of the value."},
    Entry{Reason::TagUnknown, "TAG_UNKNOWN", "Name the tag in the profile's fields if it matters."},
    Entry{Reason::MsgTypeUnknown, "MSG_TYPE_UNKNOWN",
          "Send the text to the adapter's maintainers, with the venue's specification of the "
          "message."},
    Entry{Reason::ExecIDRepeated, "EXEC_ID_REPEATED",
          "Compare the account's fills with the venue's: two executions came under one ExecID."},
    Entry{Reason::OrderNotOurs, "ORDER_NOT_OURS",
          "Find out who trades on the account beside this adapter."},
    Entry{Reason::FillMissing, "FILL_MISSING", "Compare the account's fills with the venue's."},
    Entry{Reason::PositionDiffers, "POSITION_DIFFERS",
          "Compare the account's fills with the venue's: one is missing here, or somebody else "
          "trades "
          "on the account."},
    Entry{Reason::MessageUnusable, "MESSAGE_UNUSABLE", "Send the text to the venue."},
};

constexpr bool is_sorted_without_duplicates() {
    for (std::size_t i = 1; i < kEntries.size(); ++i) {
        if (kEntries[i - 1].reason >= kEntries[i].reason) return false;
    }
    return true;
}
static_assert(is_sorted_without_duplicates(), "find() searches by halving");

const Entry* find(Reason reason) {
    const auto* entry = std::lower_bound(
        kEntries.begin(), kEntries.end(), reason,
        [](const Entry& candidate, Reason wanted) { return candidate.reason < wanted; });
    return entry != kEntries.end() && entry->reason == reason ? entry : nullptr;
}

}  // namespace

std::string_view reason_name(Reason reason) {
    const Entry* entry = find(reason);
    return entry != nullptr ? entry->name : "UNKNOWN_REASON";
}

std::string_view suggested_action(Reason reason) {
    const Entry* entry = find(reason);
    return entry != nullptr ? entry->action : std::string_view{};
}

}  // namespace broker::core
