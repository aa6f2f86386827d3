// Writes events as JSON, one object a line.
#pragma once

#include <boost/json/object.hpp>
#include <iosfwd>
#include <string_view>

#include "broker/abi/broker.h"
#include "broker/sdk/status.hpp"
#include "host/event_json.hpp"

namespace broker::sample_host {

// The objects are those of event_json.hpp. Each line is flushed.
class JsonLines {
public:
    explicit JsonLines(std::ostream& out) : out_{out} {}

    void write(const boost::json::object& object);
    template <class Record>
    void write(const Record& record) {
        write(to_json(record));
    }
    void write_unknown(const broker_event_t& event) { write(unknown_to_json(event)); }

    // Not an event of the adapter's: a command that it did not take ({"type": "CommandRefused"}).
    void write_refused(std::string_view account, std::string_view cl_ord_id,
                       const sdk::Status& status);

private:
    std::ostream& out_;
};

}  // namespace broker::sample_host
