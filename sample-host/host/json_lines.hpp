// Writes events as JSON, one object a line.
#pragma once

#include <boost/json/object.hpp>
#include <iosfwd>
#include <string_view>

#include "broker/abi/broker.h"
#include "broker/sdk/lost_events.hpp"
#include "broker/sdk/status.hpp"

namespace broker::sample_host {

// Every object has `type` and, except for EventsLost, `account`; events of the adapter also have
// `event_seq_num` and `time`. Keys are those of the ABI records. Enums and reasons are names,
// decimals strings with all their digits, times whole nanoseconds; what is absent is left out. Each
// line is flushed. Text that is not UTF-8 is taken for Latin-1.
class JsonLines {
public:
    explicit JsonLines(std::ostream& out) : out_{out} {}

    void write(const broker_session_event_t& event);
    void write(const broker_execution_report_t& report);
    void write(const broker_order_cancel_reject_t& reject);
    void write(const broker_snapshot_event_t& snapshot);
    void write(const broker_account_summary_t& summary);
    void write_unknown(const broker_event_t& event);
    void write(const sdk::LostEvents& lost);
    // Not an event of the adapter's: a command that it did not take ({"type": "CommandRefused"}).
    void write_refused(std::string_view account, std::string_view cl_ord_id,
                       const sdk::Status& status);

private:
    void write_line(const boost::json::object& object);

    std::ostream& out_;
};

}  // namespace broker::sample_host
