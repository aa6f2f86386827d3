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
        default:
            on_unknown_event(event);
            break;
    }
    return true;
}

}  // namespace broker::sdk
