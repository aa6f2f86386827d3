// The C++ interface through which a host receives an adapter's events.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "broker/abi/broker.h"

namespace broker::sdk {

class Accounts;

// Implemented by the host; outlives the AdapterHandle it is given to. Called on the adapter's event
// threads, one event of an account at a time; with several event threads, accounts may call
// concurrently. A record and its strings are valid during the call. Return quickly: the accounts of
// that thread wait. What an implementation throws is caught, counted and logged by AdapterHandle.
// A host with a loop of its own uses EventQueue instead.
class EventSink {
public:
    virtual ~EventSink() = default;

    virtual void on_session_event(const broker_session_event_t& event) = 0;
    virtual void on_execution_report(const broker_execution_report_t& report) = 0;
    virtual void on_order_cancel_reject(const broker_order_cancel_reject_t& reject) = 0;
    virtual void on_snapshot(const broker_snapshot_event_t& snapshot) = 0;
    virtual void on_account_summary(const broker_account_summary_t& summary) = 0;

    // Events of version 1.1. A host that was written for 1.0 need not implement them.
    virtual void on_venue_fault(const broker_venue_fault_t&) {}
    virtual void on_position(const broker_position_report_t&) {}
    virtual void on_trade(const broker_trade_report_t&) {}
    virtual void on_instrument(const broker_instrument_t&) {}
    virtual void on_trading_session(const broker_trading_session_status_t&) {}
    virtual void on_request_done(const broker_request_done_t&) {}
    virtual void on_quote(const broker_quote_t&) {}
    virtual void on_market_data_entry(const broker_market_data_entry_t&) {}
    virtual void on_market_data_status(const broker_market_data_status_t&) {}
    virtual void on_order_list_status(const broker_order_list_status_t&) {}

    // Events of version 1.2, likewise.
    virtual void on_cash_transfer(const broker_cash_transfer_t&) {}
    virtual void on_account_event(const broker_account_event_t&) {}
    virtual void on_candle(const broker_candle_t&) {}
    virtual void on_conversion_rate(const broker_conversion_rate_t&) {}

    // An event of a type newer than this build, of which the header alone can be read.
    virtual void on_unknown_event(const broker_event_t&) {}

    // The adapter is created; `accounts` (null if it has no such extension) is valid until
    // on_detach. [control-thread]
    virtual void on_attach(const Accounts*) {}

    // The adapter is about to be destroyed, and its threads with it: do not keep them waiting any
    // longer. [control-thread]
    virtual void on_detach() noexcept {}

    // Calls the function for the record that `event` begins. A record shorter than this build knows
    // (an adapter of an older minor version) is completed with zeros, i.e. absent values; of a
    // longer one the tail is ignored. Returns false, and calls nothing, if struct_size does not
    // even cover the header: the adapter is broken.
    bool dispatch(const broker_event_t& event);

private:
    template <class Record>
    void deliver(const broker_event_t& event, void (EventSink::*function)(const Record&));
};

template <class Record>
void EventSink::deliver(const broker_event_t& event, void (EventSink::*function)(const Record&)) {
    if (event.struct_size >= sizeof(Record)) {
        (this->*function)(reinterpret_cast<const Record&>(event));
        return;
    }
    Record completed{};
    std::memcpy(static_cast<void*>(&completed), &event, event.struct_size);
    completed.event.struct_size = sizeof(Record);
    (this->*function)(completed);
}

inline bool EventSink::dispatch(const broker_event_t& event) {
    if (event.struct_size < sizeof(broker_event_t)) return false;
    switch (event.type) {
        case BROKER_EVENT_SESSION:
            deliver(event, &EventSink::on_session_event);
            break;
        case BROKER_EVENT_EXECUTION_REPORT:
            deliver(event, &EventSink::on_execution_report);
            break;
        case BROKER_EVENT_ORDER_CANCEL_REJECT:
            deliver(event, &EventSink::on_order_cancel_reject);
            break;
        case BROKER_EVENT_SNAPSHOT:
            deliver(event, &EventSink::on_snapshot);
            break;
        case BROKER_EVENT_ACCOUNT_SUMMARY:
            deliver(event, &EventSink::on_account_summary);
            break;
        case BROKER_EVENT_VENUE_FAULT:
            deliver(event, &EventSink::on_venue_fault);
            break;
        case BROKER_EVENT_POSITION:
            deliver(event, &EventSink::on_position);
            break;
        case BROKER_EVENT_TRADE:
            deliver(event, &EventSink::on_trade);
            break;
        case BROKER_EVENT_INSTRUMENT:
            deliver(event, &EventSink::on_instrument);
            break;
        case BROKER_EVENT_TRADING_SESSION:
            deliver(event, &EventSink::on_trading_session);
            break;
        case BROKER_EVENT_REQUEST_DONE:
            deliver(event, &EventSink::on_request_done);
            break;
        case BROKER_EVENT_QUOTE:
            deliver(event, &EventSink::on_quote);
            break;
        case BROKER_EVENT_MARKET_DATA_ENTRY:
            deliver(event, &EventSink::on_market_data_entry);
            break;
        case BROKER_EVENT_MARKET_DATA_STATUS:
            deliver(event, &EventSink::on_market_data_status);
            break;
        case BROKER_EVENT_ORDER_LIST:
            deliver(event, &EventSink::on_order_list_status);
            break;
        case BROKER_EVENT_CASH_TRANSFER:
            deliver(event, &EventSink::on_cash_transfer);
            break;
        case BROKER_EVENT_ACCOUNT_EVENT:
            deliver(event, &EventSink::on_account_event);
            break;
        case BROKER_EVENT_CANDLE:
            deliver(event, &EventSink::on_candle);
            break;
        case BROKER_EVENT_CONVERSION_RATE:
            deliver(event, &EventSink::on_conversion_rate);
            break;
        default:
            on_unknown_event(event);
            break;
    }
    return true;
}

}  // namespace broker::sdk
