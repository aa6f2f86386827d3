#include "host/json_lines.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <boost/locale/utf.hpp>
#include <iterator>
#include <ostream>
#include <string>

#include "broker/sdk/text.hpp"

namespace broker::sample_host {
namespace {

using Utf8 = boost::locale::utf::utf_traits<char>;

bool is_utf8(std::string_view text) {
    const char* position = text.data();
    const char* const end = position + text.size();
    while (position != end) {
        const auto character = Utf8::decode(position, end);
        if (character == boost::locale::utf::illegal ||
            character == boost::locale::utf::incomplete) {
            return false;
        }
    }
    return true;
}

// Why: Boost.JSON writes bytes as they are, and FIX texts may be in any encoding. Taken for
// Latin-1, no byte is lost.
std::string utf8(std::string_view text) {
    if (is_utf8(text)) return std::string{text};
    std::string encoded;
    for (const char c : text) {
        Utf8::encode(static_cast<unsigned char>(c), std::back_inserter(encoded));
    }
    return encoded;
}

// Adds what is present.
class Object {
public:
    explicit Object(const broker_event_t& event) : Object{sdk::event_type_name(event.type)} {
        add("account", event.account);
        object_["event_seq_num"] = event.event_seq_num;
        add_time("time", event.time);
    }
    explicit Object(std::string_view type) { object_["type"] = type; }

    void add(std::string_view key, std::string_view text) {
        if (!text.empty()) object_[key] = utf8(text);
    }
    void add(std::string_view key, broker_str_t text) { add(key, sdk::view(text)); }
    void add(std::string_view key, const broker_decimal_t& value) {
        if (value.is_present != 0) object_[key] = sdk::decimal_text(value);
    }
    void add_time(std::string_view key, std::int64_t nanoseconds) {
        if (nanoseconds != 0) object_[key] = nanoseconds;
    }
    void add_flag(std::string_view key, std::int32_t flag) {
        if (flag != 0) object_[key] = true;
    }
    void add_count(std::string_view key, std::uint64_t count) { object_[key] = count; }
    void add_number(std::string_view key, std::int64_t number) { object_[key] = number; }
    void add_reason(broker_reason_t reason) {
        if (reason == BROKER_REASON_NONE) return;
        object_["reason"] = sdk::reason_name(reason);
        object_["reason_code"] = reason;
    }
    void add_stages(const broker_stage_times_t& stages) {
        Object times;
        times.add_time("signal", stages.signal);
        times.add_time("accepted", stages.accepted);
        times.add_time("journaled", stages.journaled);
        times.add_time("written", stages.written);
        times.add_time("acknowledged", stages.acknowledged);
        times.add_time("received", stages.received);
        times.add_time("delivered", stages.delivered);
        object_["stages"] = times.object_;
    }

    [[nodiscard]] const boost::json::object& get() const { return object_; }

private:
    Object() = default;

    boost::json::object object_;
};

}  // namespace

void JsonLines::write_line(const boost::json::object& object) {
    out_ << boost::json::serialize(object) << '\n' << std::flush;
}

void JsonLines::write(const broker_session_event_t& event) {
    Object object{event.event};
    object.add("state", sdk::account_state_name(event.state));
    object.add("previous_state", sdk::account_state_name(event.previous_state));
    object.add_reason(event.reason);
    object.add("channel", sdk::channel_name(event.channel));
    object.add("text", event.text);
    object.add("suggested_action", event.suggested_action);
    object.add("peer", event.peer);
    object.add_number("next_attempt_ms", event.next_attempt_ms);
    write_line(object.get());
}

void JsonLines::write(const broker_execution_report_t& report) {
    Object object{report.event};
    object.add("exec_type", sdk::exec_type_name(report.exec_type));
    object.add("ord_status", sdk::ord_status_name(report.ord_status));
    object.add("certainty", sdk::certainty_name(report.certainty));
    object.add_reason(report.reason);
    object.add("side", sdk::side_name(report.side));
    object.add("ord_type", sdk::ord_type_name(report.ord_type));
    object.add("time_in_force", sdk::time_in_force_name(report.time_in_force));
    object.add_flag("is_poss_dup", report.is_poss_dup);
    object.add_flag("is_unsolicited", report.is_unsolicited);
    object.add_flag("is_snapshot", report.is_snapshot);
    object.add("cl_ord_id", report.cl_ord_id);
    object.add("orig_cl_ord_id", report.orig_cl_ord_id);
    object.add("order_id", report.order_id);
    object.add("exec_id", report.exec_id);
    object.add("exec_ref_id", report.exec_ref_id);
    object.add("symbol", report.symbol);
    object.add("raw_exec_type", report.raw_exec_type);
    object.add("raw_ord_status", report.raw_ord_status);
    object.add("text", report.text);
    object.add("order_qty", report.order_qty);
    object.add("price", report.price);
    object.add("stop_px", report.stop_px);
    object.add("last_qty", report.last_qty);
    object.add("last_px", report.last_px);
    object.add("cum_qty", report.cum_qty);
    object.add("leaves_qty", report.leaves_qty);
    object.add("avg_px", report.avg_px);
    object.add_time("transact_time", report.transact_time);
    object.add_time("sending_time", report.sending_time);
    object.add_stages(report.stages);
    write_line(object.get());
}

void JsonLines::write(const broker_order_cancel_reject_t& reject) {
    Object object{reject.event};
    object.add("ord_status", sdk::ord_status_name(reject.ord_status));
    object.add("certainty", sdk::certainty_name(reject.certainty));
    object.add_reason(reject.reason);
    object.add_flag("is_replace", reject.is_replace);
    object.add("cl_ord_id", reject.cl_ord_id);
    object.add("orig_cl_ord_id", reject.orig_cl_ord_id);
    object.add("order_id", reject.order_id);
    object.add("text", reject.text);
    object.add_time("transact_time", reject.transact_time);
    object.add_stages(reject.stages);
    write_line(object.get());
}

void JsonLines::write(const broker_snapshot_event_t& snapshot) {
    Object object{snapshot.event};
    object.add("phase", sdk::snapshot_phase_name(snapshot.phase));
    object.add("state", sdk::account_state_name(snapshot.state));
    object.add_count("request_id", snapshot.request_id);
    object.add_count("order_count", snapshot.order_count);
    object.add_count("unknown_count", snapshot.unknown_count);
    write_line(object.get());
}

void JsonLines::write(const broker_account_summary_t& summary) {
    Object object{summary.event};
    object.add_count("request_id", summary.request_id);
    object.add("currency", summary.currency);
    object.add("balance", summary.balance);
    object.add("equity", summary.equity);
    object.add("margin", summary.margin);
    object.add("margin_free", summary.margin_free);
    object.add("open_pl", summary.open_pl);
    object.add_time("as_of", summary.as_of);
    write_line(object.get());
}

void JsonLines::write_unknown(const broker_event_t& event) {
    Object object{event};
    object.add_number("type_code", event.type);
    write_line(object.get());
}

void JsonLines::write(const sdk::LostEvents& lost) {
    Object object{"EventsLost"};
    object.add_count("session_events", lost.session_events);
    object.add_count("account_summaries", lost.account_summaries);
    object.add_count("unknown_events", lost.unknown_events);
    write_line(object.get());
}

void JsonLines::write_refused(std::string_view account, std::string_view cl_ord_id,
                              const sdk::Status& status) {
    Object object{"CommandRefused"};
    object.add("account", account);
    object.add("cl_ord_id", cl_ord_id);
    object.add("status", sdk::status_name(status.code));
    object.add_reason(status.reason);
    object.add("text", status.text);
    write_line(object.get());
}

}  // namespace broker::sample_host
