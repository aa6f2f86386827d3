// The core's enumerations and those of the ABI have the same values, so that crossing is a cast. A
// value added to one side alone does not build, or is caught by the test that compares all reasons.
#include "account/account_events.hpp"
#include "account/account_state.hpp"
#include "broker/abi/broker.h"
#include "core/log.hpp"
#include "core/order_ledger.hpp"
#include "core/query.hpp"
#include "core/quote.hpp"

namespace broker::abi {
namespace {

template <class Enum>
constexpr bool same(Enum ours, std::int32_t theirs) {
    return static_cast<std::int32_t>(ours) == theirs;
}

static_assert(same(core::Side::SellShortExempt, BROKER_SIDE_SELL_SHORT_EXEMPT));
static_assert(same(core::Side::Buy, BROKER_SIDE_BUY) && same(core::Side::Sell, BROKER_SIDE_SELL));
static_assert(same(core::OrdType::Market, BROKER_ORD_TYPE_MARKET));
static_assert(same(core::OrdType::Limit, BROKER_ORD_TYPE_LIMIT));
static_assert(same(core::OrdType::TrailingStop, BROKER_ORD_TYPE_TRAILING_STOP));
static_assert(same(core::TimeInForce::GoodTillCancel, BROKER_TIME_IN_FORCE_GOOD_TILL_CANCEL));
static_assert(same(core::TimeInForce::AtTheClose, BROKER_TIME_IN_FORCE_AT_THE_CLOSE));
static_assert(same(core::PositionEffect::Close, BROKER_POSITION_EFFECT_CLOSE));
static_assert(same(core::ExecInst::NotHeld, BROKER_EXEC_INST_NOT_HELD));
static_assert(same(core::ExecInst::ParticipateDontInitiate,
                   BROKER_EXEC_INST_PARTICIPATE_DONT_INITIATE));
static_assert(same(core::ExecInst::AllOrNone, BROKER_EXEC_INST_ALL_OR_NONE));
static_assert(same(core::ExecInst::CancelOnSystemFailure,
                   BROKER_EXEC_INST_CANCEL_ON_SYSTEM_FAILURE));
static_assert(same(core::ExecInst::PrimaryPeg, BROKER_EXEC_INST_PRIMARY_PEG));
static_assert(same(core::ExecInst::TrailingStopPeg, BROKER_EXEC_INST_TRAILING_STOP_PEG));
static_assert(same(core::ExecInst::TryToStop, BROKER_EXEC_INST_TRY_TO_STOP));
static_assert(same(core::LocateReqd::NotRequired, BROKER_LOCATE_REQD_NOT_REQUIRED));
static_assert(same(core::LocateReqd::Required, BROKER_LOCATE_REQD_REQUIRED));
static_assert(same(core::PegOffsetType::Price, BROKER_PEG_OFFSET_TYPE_PRICE));
static_assert(same(core::PegOffsetType::PriceTier, BROKER_PEG_OFFSET_TYPE_PRICE_TIER));
static_assert(same(core::Contingency::OneCancelsOther, BROKER_CONTINGENCY_ONE_CANCELS_OTHER));
static_assert(same(core::Contingency::OneTriggersOther, BROKER_CONTINGENCY_ONE_TRIGGERS_OTHER));
static_assert(same(core::Contingency::Bracket, BROKER_CONTINGENCY_BRACKET));
static_assert(same(core::ExecType::Rejected, BROKER_EXEC_TYPE_REJECTED));
static_assert(same(core::ExecType::Trade, BROKER_EXEC_TYPE_TRADE));
static_assert(same(core::ExecType::Triggered, BROKER_EXEC_TYPE_TRIGGERED));
static_assert(same(core::ExecType::CertaintyChanged, BROKER_EXEC_TYPE_CERTAINTY_CHANGED));
static_assert(same(core::OrdStatus::Filled, BROKER_ORD_STATUS_FILLED));
static_assert(same(core::OrdStatus::PendingReplace, BROKER_ORD_STATUS_PENDING_REPLACE));
static_assert(same(core::Certainty::Unknown, BROKER_CERTAINTY_UNKNOWN));
static_assert(same(core::Certainty::Rejected, BROKER_CERTAINTY_REJECTED));
static_assert(same(core::Channel::FixTrading, BROKER_CHANNEL_FIX_TRADING));
static_assert(same(core::Channel::FixMarketData, BROKER_CHANNEL_FIX_MARKET_DATA));
static_assert(same(core::Channel::FixDropCopy, BROKER_CHANNEL_FIX_DROP_COPY));
static_assert(same(core::Channel::Rest, BROKER_CHANNEL_REST));
static_assert(same(core::Channel::Push, BROKER_CHANNEL_PUSH));
static_assert(same(core::Channel::PushMarketData, BROKER_CHANNEL_PUSH_MARKET_DATA));
static_assert(same(core::ReportFault::UnreadableField, BROKER_REPORT_FAULT_UNREADABLE_FIELD));
static_assert(same(core::ReportFault::QuantitiesDisagree, BROKER_REPORT_FAULT_QUANTITIES_DISAGREE));
static_assert(same(core::ReportFault::UnknownTag, BROKER_REPORT_FAULT_UNKNOWN_TAG));
static_assert(same(core::QueryKind::OrderStatus, BROKER_QUERY_KIND_ORDER_STATUS));
static_assert(same(core::QueryKind::Positions, BROKER_QUERY_KIND_POSITIONS));
static_assert(same(core::QueryKind::AccountSummary, BROKER_QUERY_KIND_ACCOUNT_SUMMARY));
static_assert(same(core::QueryKind::Instruments, BROKER_QUERY_KIND_INSTRUMENTS));
static_assert(same(core::QueryKind::TradingSessionStatus,
                   BROKER_QUERY_KIND_TRADING_SESSION_STATUS));
static_assert(same(core::QueryKind::OrderHistory, BROKER_QUERY_KIND_ORDER_HISTORY));
static_assert(same(core::QueryKind::CashTransfers, BROKER_QUERY_KIND_CASH_TRANSFERS));
static_assert(same(core::QueryKind::AccountEvents, BROKER_QUERY_KIND_ACCOUNT_EVENTS));
static_assert(same(core::QueryKind::Candles, BROKER_QUERY_KIND_CANDLES));
static_assert(same(core::QueryKind::ConversionRates, BROKER_QUERY_KIND_CONVERSION_RATES));
static_assert(same(core::TradSesStatus::Halted, BROKER_TRAD_SES_STATUS_HALTED));
static_assert(same(core::TradSesStatus::PreOpen, BROKER_TRAD_SES_STATUS_PRE_OPEN));
static_assert(same(core::TradSesStatus::RequestRejected, BROKER_TRAD_SES_STATUS_REQUEST_REJECTED));
static_assert(same(account::AccountState::Offline, BROKER_ACCOUNT_STATE_OFFLINE));
static_assert(same(account::AccountState::Ready, BROKER_ACCOUNT_STATE_READY));
static_assert(same(account::AccountState::Suspended, BROKER_ACCOUNT_STATE_SUSPENDED));
static_assert(same(account::CircuitState::Unspecified, BROKER_CIRCUIT_STATE_UNSPECIFIED));
static_assert(same(account::CircuitState::Closed, BROKER_CIRCUIT_STATE_CLOSED));
static_assert(same(account::CircuitState::Open, BROKER_CIRCUIT_STATE_OPEN));
static_assert(same(account::CircuitState::HalfOpen, BROKER_CIRCUIT_STATE_HALF_OPEN));
static_assert(same(account::SnapshotPhase::End, BROKER_SNAPSHOT_PHASE_END));
static_assert(same(core::MDEntryType::Bid, BROKER_MD_ENTRY_TYPE_BID));
static_assert(same(core::MDEntryType::LowPrice, BROKER_MD_ENTRY_TYPE_LOW_PRICE));
static_assert(same(core::MDEntryType::EmptyBook, BROKER_MD_ENTRY_TYPE_EMPTY_BOOK));
static_assert(same(core::MDUpdateAction::Delete, BROKER_MD_UPDATE_ACTION_DELETE));
static_assert(same(core::MDStatus::Live, BROKER_MD_STATUS_LIVE));
static_assert(same(core::MDStatus::Ended, BROKER_MD_STATUS_ENDED));
static_assert(core::kTopOfBook == BROKER_MARKET_DATA_TOP_OF_BOOK);
static_assert(core::kFullBook == BROKER_MARKET_DATA_FULL_BOOK);
static_assert(same(core::Channel::FixMarketData, BROKER_CHANNEL_FIX_MARKET_DATA));
static_assert(same(core::LogLevel::Error, BROKER_LOG_LEVEL_ERROR));
static_assert(same(core::Reason::StorageFailed, BROKER_REASON_STORAGE_FAILED));
static_assert(same(core::Reason::WriteQueueFull, BROKER_REASON_WRITE_QUEUE_FULL));
static_assert(same(core::Reason::TlsClientCertificateRefused,
                   BROKER_REASON_TLS_CLIENT_CERTIFICATE_REFUSED));
static_assert(same(core::Reason::Reconciled, BROKER_REASON_RECONCILED));
static_assert(same(core::Reason::RequestPending, BROKER_REASON_REQUEST_PENDING));
static_assert(same(core::Reason::CancelRejected, BROKER_REASON_CANCEL_REJECTED));
static_assert(same(core::Reason::OutcomeUnreadable, BROKER_REASON_OUTCOME_UNREADABLE));
static_assert(same(core::Reason::OutcomeServerError, BROKER_REASON_OUTCOME_SERVER_ERROR));
static_assert(same(core::Reason::TooManyRequests, BROKER_REASON_TOO_MANY_REQUESTS));
static_assert(same(core::Reason::RestLoggedOn, BROKER_REASON_REST_LOGGED_ON));
static_assert(same(core::Reason::HttpUnexpectedStatus, BROKER_REASON_HTTP_UNEXPECTED_STATUS));
static_assert(same(core::Reason::CircuitClosed, BROKER_REASON_CIRCUIT_CLOSED));
static_assert(same(core::Reason::PushRefused, BROKER_REASON_PUSH_REFUSED));
static_assert(same(core::Reason::CircuitOpen, BROKER_REASON_CIRCUIT_OPEN));
static_assert(same(core::Reason::EquityUnknown, BROKER_REASON_EQUITY_UNKNOWN));
static_assert(same(core::Reason::ScheduleClosed, BROKER_REASON_SCHEDULE_CLOSED));
static_assert(same(core::Reason::ScheduleReset, BROKER_REASON_SCHEDULE_RESET));
static_assert(same(core::Reason::Operator, BROKER_REASON_OPERATOR));
static_assert(same(core::Reason::OutsideSchedule, BROKER_REASON_OUTSIDE_SCHEDULE));
static_assert(same(core::Reason::RequestRejected, BROKER_REASON_REQUEST_REJECTED));
static_assert(same(core::Reason::NoEffectSeen, BROKER_REASON_NO_EFFECT_SEEN));
static_assert(same(core::Reason::MessageUnusable, BROKER_REASON_MESSAGE_UNUSABLE));

}  // namespace
}  // namespace broker::abi
