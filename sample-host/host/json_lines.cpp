#include "host/json_lines.hpp"

#include <boost/json/serialize.hpp>
#include <ostream>

#include "broker/sdk/text.hpp"

namespace broker::sample_host {

void JsonLines::write(const boost::json::object& object) {
    out_ << boost::json::serialize(object) << '\n' << std::flush;
}

void JsonLines::write_refused(std::string_view account, std::string_view cl_ord_id,
                              const sdk::Status& status) {
    JsonObject object{"CommandRefused"};
    object.add("account", account);
    object.add("cl_ord_id", cl_ord_id);
    object.add("status", sdk::status_name(status.code));
    object.add_reason(status.reason);
    object.add("text", status.text);
    write(object.get());
}

}  // namespace broker::sample_host
