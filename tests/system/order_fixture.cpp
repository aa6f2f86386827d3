#include "system/order_fixture.hpp"

#include <algorithm>
#include <sstream>
#include <utility>
#include <vector>

#include "broker/sdk/text.hpp"

namespace broker::test {
namespace {

using simulator::LoggedMessage;

bool is_request(const LoggedMessage& logged) {
    return logged.direction == LoggedMessage::Direction::FromClient;
}

bool names(const LoggedMessage& logged, std::string_view msg_type, std::string_view id) {
    const int tag = msg_type == "E" || msg_type == "K" ? 66 : 11;
    return is_request(logged) && logged.message.msg_type == msg_type &&
           logged.message.value(tag) == id;
}

// Of the entries of the Parties group, which stays behind its count.
bool is_of_party(int tag) { return tag == 447 || tag == 448 || tag == 452; }

// Why in the order of tags: which one stands where is the session engine's. Lists are as they came,
// since the order of their fields says whose they are.
std::string body_of(const simulator::FixMessage& message) {
    constexpr int kLeftOut[] = {34, 35, 49, 52, 56, 60};
    std::vector<std::pair<int, std::string>> parts;
    for (const auto& [tag, value] : message.fields) {
        if (std::find(std::begin(kLeftOut), std::end(kLeftOut), tag) != std::end(kLeftOut))
            continue;
        const std::string part = std::to_string(tag) + "=" + value;
        if (is_of_party(tag) && !parts.empty())
            parts.back().second += "|" + part;
        else
            parts.emplace_back(tag, part);
    }
    if (message.msg_type != "E")
        std::stable_sort(parts.begin(), parts.end(),
                         [](const auto& x, const auto& y) { return x.first < y.first; });
    std::string text;
    for (const auto& [tag, part] : parts) text += (text.empty() ? "" : "|") + part;
    return text;
}

std::vector<std::string> parts_of(const std::string& fields) {
    std::vector<std::string> parts;
    std::istringstream text{fields};
    for (std::string part; std::getline(text, part, '|');) parts.push_back(part);
    return parts;
}

}  // namespace

std::string in_tag_order(const std::string& fields) {
    std::vector<std::string> parts = parts_of(fields);
    std::stable_sort(parts.begin(), parts.end(), [](const std::string& a, const std::string& b) {
        return std::stoi(a) < std::stoi(b);
    });
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : "|") + part;
    return text;
}

std::string order_body(const std::string& id, const std::string& fields) {
    return in_tag_order("11=" + id + "|1=default:ACC-1|55=EURUSD|528=P|" + fields);
}

bool has_fields(const std::string& body, const std::string& fields) {
    const std::vector<std::string> there = parts_of(body);
    const std::vector<std::string> wanted = parts_of(fields);
    return std::all_of(wanted.begin(), wanted.end(), [&](const std::string& part) {
        return std::find(there.begin(), there.end(), part) != there.end();
    });
}

broker_decimal_t decimal(std::string_view text) { return sdk::decimal_from_text(text).value(); }

broker_new_order_t order_of(std::string_view id, broker_ord_type_t type) {
    broker_new_order_t order{};
    order.side = BROKER_SIDE_BUY;
    order.ord_type = type;
    order.time_in_force = BROKER_TIME_IN_FORCE_DAY;
    order.account = sdk::borrow("ACC-1");
    order.cl_ord_id = sdk::borrow(id);
    order.symbol = sdk::borrow("EURUSD");
    order.order_qty = decimal("1000");
    return order;
}

broker_new_order_t market_order(std::string_view id) {
    return order_of(id, BROKER_ORD_TYPE_MARKET);
}

broker_new_order_t limit_order(std::string_view id, std::string_view price) {
    broker_new_order_t order = order_of(id, BROKER_ORD_TYPE_LIMIT);
    order.price = decimal(price);
    return order;
}

broker_new_order_t stop_order(std::string_view id, std::string_view stop_px) {
    broker_new_order_t order = order_of(id, BROKER_ORD_TYPE_STOP);
    order.stop_px = decimal(stop_px);
    return order;
}

broker_replace_order_t replace_of(std::string_view id, std::string_view orig) {
    broker_replace_order_t request{};
    request.account = sdk::borrow("ACC-1");
    request.cl_ord_id = sdk::borrow(id);
    request.orig_cl_ord_id = sdk::borrow(orig);
    return request;
}

broker_cancel_order_t cancel_of(std::string_view id, std::string_view orig) {
    broker_cancel_order_t request{};
    request.account = sdk::borrow("ACC-1");
    request.cl_ord_id = sdk::borrow(id);
    request.orig_cl_ord_id = sdk::borrow(orig);
    return request;
}

void OrderFixture::start() {
    rig_.start();
    ASSERT_TRUE(rig_.wait_ready("ACC-1")) << rig_.log();
}

sdk::Status OrderFixture::submit(const broker_new_order_t& order) {
    return rig_.adapter().order_entry()->submit(order);
}

sdk::Status OrderFixture::replace(const broker_replace_order_t& request) {
    return rig_.adapter().order_entry()->replace(request);
}

sdk::Status OrderFixture::cancel(const broker_cancel_order_t& request) {
    return rig_.adapter().order_entry()->cancel(request);
}

void OrderFixture::place(const broker_new_order_t& order) {
    const sdk::Status status = submit(order);
    ASSERT_TRUE(status.is_ok()) << status.describe();
    const std::string id{sdk::view(order.cl_ord_id)};
    ASSERT_TRUE(rig_.events().wait_for(order_status(id, BROKER_ORD_STATUS_NEW))) << id << "\n"
                                                                                 << rig_.log();
}

void OrderFixture::quote(std::string_view bid, std::string_view ask) {
    ASSERT_TRUE(
        venue().set_quote("EURUSD", *core::Decimal::parse(bid), *core::Decimal::parse(ask)));
}

RecordedEvent OrderFixture::wait_status(const std::string& id, broker_ord_status_t status) {
    if (!rig_.events().wait_for(order_status(id, status))) {
        ADD_FAILURE() << id << " did not get status " << status << "\n" << rig_.log();
        return {};
    }
    return rig_.events().find(order_status(id, status)).front();
}

RecordedEvent OrderFixture::wait_exec(const std::string& id, broker_exec_type_t type) {
    const auto matches = [&](const RecordedEvent& event) {
        return event.type == BROKER_EVENT_EXECUTION_REPORT && !event.is_snapshot &&
               event.cl_ord_id == id && event.exec_type == type;
    };
    if (!rig_.events().wait_for(matches)) {
        ADD_FAILURE() << id << " did not get ExecType " << type << "\n" << rig_.log();
        return {};
    }
    return rig_.events().find(matches).front();
}

std::string OrderFixture::sent(std::string_view msg_type, std::string_view id) {
    std::string body;
    const auto is_there = [&](const auto& messages) {
        const auto found = std::find_if(messages.begin(), messages.end(), [&](const auto& logged) {
            return names(logged, msg_type, id);
        });
        if (found == messages.end()) return false;
        body = body_of(found->message);
        return true;
    };
    if (!venue().messages().wait_until(is_there, RecordingEvents::kPatience))
        ADD_FAILURE() << "the venue has received no " << msg_type << " " << id << "\n"
                      << rig_.log();
    return body;
}

std::size_t OrderFixture::requests_at_venue() {
    constexpr std::string_view kTypes = "DEFGK";
    const auto messages = venue().messages().all();
    return static_cast<std::size_t>(
        std::count_if(messages.begin(), messages.end(), [&](const LoggedMessage& logged) {
            return is_request(logged) && logged.message.msg_type.size() == 1 &&
                   kTypes.find(logged.message.msg_type) != std::string_view::npos;
        }));
}

}  // namespace broker::test
