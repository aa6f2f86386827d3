// The host's events of broker.history/1 and broker.conversion/1.
#include "abi/abi_records.hpp"
#include "abi/host_events.hpp"
#include "abi/record.hpp"
#include "broker/abi/account.h"
#include "broker/abi/query.h"

namespace broker::abi {

void HostEvents::on_cash_transfer(const core::CashTransfer& transfer) {
    auto record = begin<broker_cash_transfer_t>(BROKER_EVENT_CASH_TRANSFER);
    record.request_id = transfer.request_id;
    record.transfer_id = str(transfer.transfer_id);
    record.transaction_id = str(transfer.transaction_id);
    record.transfer_type = str(transfer.type);
    record.currency = str(transfer.currency);
    record.comment = str(transfer.comment);
    record.order_id = str(transfer.order_id);
    record.cl_ord_id = str(transfer.cl_ord_id);
    record.position_code = str(transfer.position_code);
    record.value = to_abi(transfer.value);
    record.transact_time = to_abi(transfer.transact_time);
    deliver(record.event);
}

void HostEvents::on_account_event(const core::AccountEvent& event) {
    auto record = begin<broker_account_event_t>(BROKER_EVENT_ACCOUNT_EVENT);
    record.channel = value_of(event.channel);
    record.request_id = event.request_id;
    record.event_type = str(event.type);
    record.text = str(event.text);
    record.threshold = to_abi(event.threshold);
    record.risk_level = to_abi(event.risk_level);
    record.transact_time = to_abi(event.transact_time);
    deliver(record.event);
}

void HostEvents::on_candle(const core::Candle& candle) {
    auto record = begin<broker_candle_t>(BROKER_EVENT_CANDLE);
    record.request_id = candle.request_id;
    record.symbol = str(candle.symbol);
    record.candle_type = str(candle.candle_type);
    record.open_time = to_abi(candle.time);
    record.open_px = to_abi(candle.open_px);
    record.high_px = to_abi(candle.high_px);
    record.low_px = to_abi(candle.low_px);
    record.close_px = to_abi(candle.close_px);
    record.volume = to_abi(candle.volume);
    record.is_forming = candle.is_forming ? 1 : 0;
    deliver(record.event);
}

void HostEvents::on_conversion_rate(const core::ConversionRate& rate) {
    auto record = begin<broker_conversion_rate_t>(BROKER_EVENT_CONVERSION_RATE);
    record.request_id = rate.request_id;
    record.from_currency = str(rate.from_currency);
    record.to_currency = str(rate.to_currency);
    record.rate = to_abi(rate.rate);
    deliver(record.event);
}

}  // namespace broker::abi
