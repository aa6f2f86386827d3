#include "system/order_matrix.hpp"

#include <algorithm>
#include <array>
#include <sstream>
#include <stdexcept>

namespace broker::test {
namespace {

template <class Value>
struct Name {
    std::string_view name;
    std::string_view fix;
    Value value;
};

constexpr std::array kExecTypes{
    Name<broker_exec_type_t>{"New", "0", BROKER_EXEC_TYPE_NEW},
    Name<broker_exec_type_t>{"DoneForDay", "3", BROKER_EXEC_TYPE_DONE_FOR_DAY},
    Name<broker_exec_type_t>{"Canceled", "4", BROKER_EXEC_TYPE_CANCELED},
    Name<broker_exec_type_t>{"Replaced", "5", BROKER_EXEC_TYPE_REPLACED},
    Name<broker_exec_type_t>{"PendingCancel", "6", BROKER_EXEC_TYPE_PENDING_CANCEL},
    Name<broker_exec_type_t>{"Stopped", "7", BROKER_EXEC_TYPE_STOPPED},
    Name<broker_exec_type_t>{"Rejected", "8", BROKER_EXEC_TYPE_REJECTED},
    Name<broker_exec_type_t>{"Suspended", "9", BROKER_EXEC_TYPE_SUSPENDED},
    Name<broker_exec_type_t>{"PendingNew", "A", BROKER_EXEC_TYPE_PENDING_NEW},
    Name<broker_exec_type_t>{"Calculated", "B", BROKER_EXEC_TYPE_CALCULATED},
    Name<broker_exec_type_t>{"Expired", "C", BROKER_EXEC_TYPE_EXPIRED},
    Name<broker_exec_type_t>{"Restated", "D", BROKER_EXEC_TYPE_RESTATED},
    Name<broker_exec_type_t>{"PendingReplace", "E", BROKER_EXEC_TYPE_PENDING_REPLACE},
    Name<broker_exec_type_t>{"Trade", "F", BROKER_EXEC_TYPE_TRADE},
    Name<broker_exec_type_t>{"TradeCorrect", "G", BROKER_EXEC_TYPE_TRADE_CORRECT},
    Name<broker_exec_type_t>{"TradeCancel", "H", BROKER_EXEC_TYPE_TRADE_CANCEL},
    Name<broker_exec_type_t>{"OrderStatus", "I", BROKER_EXEC_TYPE_ORDER_STATUS},
};

constexpr std::array kOrdStatuses{
    Name<broker_ord_status_t>{"New", "0", BROKER_ORD_STATUS_NEW},
    Name<broker_ord_status_t>{"PartiallyFilled", "1", BROKER_ORD_STATUS_PARTIALLY_FILLED},
    Name<broker_ord_status_t>{"Filled", "2", BROKER_ORD_STATUS_FILLED},
    Name<broker_ord_status_t>{"DoneForDay", "3", BROKER_ORD_STATUS_DONE_FOR_DAY},
    Name<broker_ord_status_t>{"Canceled", "4", BROKER_ORD_STATUS_CANCELED},
    Name<broker_ord_status_t>{"Replaced", "5", BROKER_ORD_STATUS_REPLACED},
    Name<broker_ord_status_t>{"PendingCancel", "6", BROKER_ORD_STATUS_PENDING_CANCEL},
    Name<broker_ord_status_t>{"Stopped", "7", BROKER_ORD_STATUS_STOPPED},
    Name<broker_ord_status_t>{"Rejected", "8", BROKER_ORD_STATUS_REJECTED},
    Name<broker_ord_status_t>{"Suspended", "9", BROKER_ORD_STATUS_SUSPENDED},
    Name<broker_ord_status_t>{"PendingNew", "A", BROKER_ORD_STATUS_PENDING_NEW},
    Name<broker_ord_status_t>{"Calculated", "B", BROKER_ORD_STATUS_CALCULATED},
    Name<broker_ord_status_t>{"Expired", "C", BROKER_ORD_STATUS_EXPIRED},
    Name<broker_ord_status_t>{"PendingReplace", "E", BROKER_ORD_STATUS_PENDING_REPLACE},
};

constexpr std::array kCertainties{
    Name<broker_certainty_t>{"-", "", BROKER_CERTAINTY_UNSPECIFIED},
    Name<broker_certainty_t>{"Acknowledged", "", BROKER_CERTAINTY_ACKNOWLEDGED},
    Name<broker_certainty_t>{"Rejected", "", BROKER_CERTAINTY_REJECTED},
};

template <class Names>
const auto& entry(const Names& names, std::string_view name) {
    const auto found = std::find_if(names.begin(), names.end(),
                                    [&](const auto& candidate) { return candidate.name == name; });
    if (found == names.end()) throw std::runtime_error{"no such name: " + std::string{name}};
    return *found;
}

template <class Names, class Value>
std::string name_of(const Names& names, Value value) {
    const auto found = std::find_if(names.begin(), names.end(), [&](const auto& candidate) {
        return candidate.value == value;
    });
    return found == names.end() ? "?" + std::to_string(value) : std::string{found->name};
}

std::vector<std::string> words_of(const std::string& text) {
    std::istringstream in{text};
    std::vector<std::string> words;
    for (std::string word; in >> word;) words.push_back(word);
    return words;
}

// The event in the words of a row.
std::string describe(const RecordedEvent& event) {
    const std::string orig = event.orig_cl_ord_id.empty() ? "-" : event.orig_cl_ord_id;
    std::string text = event.cl_ord_id + " " + orig;
    if (event.type == BROKER_EVENT_EXECUTION_REPORT) {
        text += " " + name_of(kExecTypes, event.exec_type);
    }
    text += " " + name_of(kOrdStatuses, event.ord_status);
    // A picture of an order has no fill of its own, whatever the venue repeats in it.
    const bool is_picture = event.exec_type == BROKER_EXEC_TYPE_ORDER_STATUS;
    const std::string last_qty = is_picture ? "" : event.last_qty;
    for (const std::string& qty : {event.order_qty, event.cum_qty, event.leaves_qty, last_qty}) {
        text += " " + (qty.empty() ? "-" : qty);
    }
    return text + " | " + name_of(kCertainties, event.certainty);
}

}  // namespace

OrderMatrix::OrderMatrix() {
    rig_.account().limits = "{orders_per_s: 1000, order_ttl_ms: 600000, answer_timeout_ms: 600000}";
}

void OrderMatrix::play(std::string_view table) {
    rig_.start();
    ASSERT_TRUE(rig_.wait_ready("ACC-1")) << rig_.log();
    rig_.venue().set_manual(true);  // from here on the table alone speaks for the venue
    rig_.events().clear();
    std::istringstream rows{std::string{table}};
    for (std::string row; std::getline(rows, row);) {
        if (words_of(row).empty()) continue;
        SCOPED_TRACE(row);
        play_row(row);
        if (HasFailure()) return;
    }
}

void OrderMatrix::play_row(const std::string& row) {
    const std::size_t bar = row.find('|');
    const Words words = words_of(row.substr(0, bar));
    const Words expected = bar == std::string::npos ? Words{} : words_of(row.substr(bar + 1));
    if (words[0] == "8") return send_report(words, expected);
    if (words[0] == "9") return send_cancel_reject(words, expected);
    if (words[0] == "=") return expect_picture(words);
    ask(words);
}

void OrderMatrix::ask(const Words& words) {
    const std::string& kind = words[0];
    requests_[words[1]] = kind[0];
    const sdk::Status status =
        kind == "D"   ? rig_.submit({.id = words[1], .qty = words[2], .price = "1.1"})
        : kind == "G" ? rig_.replace("ACC-1", words[1], words[2], words[3], "1.1")
                      : rig_.cancel("ACC-1", words[1], words[2]);
    ASSERT_TRUE(status.is_ok()) << status.describe();
    const auto has_come = [&](const auto& all) {
        return std::any_of(all.begin(), all.end(), [&](const simulator::LoggedMessage& logged) {
            return logged.message.msg_type == kind && logged.message.value(11) == words[1];
        });
    };
    ASSERT_TRUE(rig_.venue().messages().wait_until(has_come, RecordingEvents::kPatience))
        << rig_.log();
}

void OrderMatrix::send_report(const Words& words, const Words& expected) {
    const auto& exec_type = entry(kExecTypes, words[3]);
    const auto& status = entry(kOrdStatuses, words[4]);
    simulator::FixMessage report{"8", {}};
    report.add(37, "O-1");
    report.add(11, words[1]);
    if (words[2] != "-") report.add(41, words[2]);
    report.add(17, "E-" + std::to_string(++last_exec_id_));
    report.add(150, std::string{exec_type.fix});
    report.add(39, std::string{status.fix});
    report.add(55, "EURUSD");
    report.add(54, "1");
    report.add(38, words[5]);
    report.add(40, "2");
    report.add(44, "1.1");
    report.add(14, words[6]);
    report.add(151, words[7]);
    report.add(32, words[8]);
    report.add(31, words[8] == "0" ? "0" : "1.1");
    report.add(6, "1.1");
    send(report, words, 9);

    RecordedEvent event;
    event.type = BROKER_EVENT_EXECUTION_REPORT;
    event.cl_ord_id = words[1];
    event.orig_cl_ord_id = words[2] == "-" ? "" : words[2];
    event.exec_type = exec_type.value;
    event.ord_status = status.value;
    event.order_qty = words[5];
    event.cum_qty = words[6];
    event.leaves_qty = words[7];
    event.last_qty = words[8];
    expect_event(event, expected);
}

void OrderMatrix::send_cancel_reject(const Words& words, const Words& expected) {
    const auto& status = entry(kOrdStatuses, words[3]);
    simulator::FixMessage reject{"9", {}};
    reject.add(37, "O-1");
    reject.add(11, words[1]);
    reject.add(41, words[2]);
    reject.add(39, std::string{status.fix});
    reject.add(434, requests_[words[1]] == 'G' ? "2" : "1");
    reject.add(102, "0");
    send(reject, words, 4);

    RecordedEvent event;
    event.type = BROKER_EVENT_ORDER_CANCEL_REJECT;
    event.cl_ord_id = words[1];
    event.orig_cl_ord_id = words[2];
    event.ord_status = status.value;
    expect_event(event, expected);
}

void OrderMatrix::send(simulator::FixMessage message, const Words& words, std::size_t first_extra) {
    for (std::size_t i = first_extra; i < words.size(); ++i) {
        const std::size_t equals = words[i].find('=');
        const int tag = std::stoi(words[i].substr(0, equals));
        const std::string value = words[i].substr(equals + 1);
        auto& fields = message.fields;
        fields.erase(std::remove_if(fields.begin(), fields.end(),
                                    [&](const simulator::FixField& f) { return f.tag == tag; }),
                     fields.end());
        if (!value.empty()) message.add(tag, value);
    }
    ASSERT_TRUE(rig_.venue().send("ACC1", message));
}

void OrderMatrix::expect_event(const RecordedEvent& sent, const Words& expected) {
    if (expected.at(0) == "silent") return expect_silence();
    const auto is_order_event = [](const RecordedEvent& candidate) {
        return candidate.type == BROKER_EVENT_EXECUTION_REPORT ||
               candidate.type == BROKER_EVENT_ORDER_CANCEL_REJECT;
    };
    ASSERT_TRUE(rig_.events().wait_for_count(is_order_event, events_ + 1)) << rig_.log();
    const auto events = order_events();
    EXPECT_EQ(events.size(), events_ + 1);
    const RecordedEvent& got = events[events_++];
    if (expected[0] == "any") return;
    RecordedEvent event = sent;
    event.certainty = entry(kCertainties, expected[0]).value;
    if (expected.size() > 1) event.ord_status = entry(kOrdStatuses, expected[1]).value;
    EXPECT_EQ(describe(got), describe(event)) << rig_.log();
}

// The event of a message that says nothing of this order comes next.
void OrderMatrix::expect_silence() {
    const std::string id = "BARRIER-" + std::to_string(++barriers_);
    send_cancel_reject({"9", id, "NOTHING", "Rejected", "37=NONE"}, {"Rejected"});
}

void OrderMatrix::expect_picture(const Words& words) {
    const sdk::Status asked = rig_.adapter().accounts()->request_snapshot("ACC-1", 7);
    ASSERT_TRUE(asked.is_ok()) << asked.describe();
    ASSERT_TRUE(rig_.events().wait_for_count(
        [](const RecordedEvent& event) { return event.type == BROKER_EVENT_SNAPSHOT; }, 2));
    const auto pictured =
        rig_.events().find([](const RecordedEvent& event) { return event.is_snapshot; });
    std::string picture = "=";
    for (const RecordedEvent& order : pictured) {
        picture += " " + order.cl_ord_id + " " + name_of(kOrdStatuses, order.ord_status) + " " +
                   order.order_qty + " " + order.cum_qty + " " + order.leaves_qty;
    }
    if (pictured.empty()) picture += " done";
    std::string expected;
    for (const std::string& word : words) expected += (expected.empty() ? "" : " ") + word;
    EXPECT_EQ(picture, expected);
}

std::vector<RecordedEvent> OrderMatrix::order_events() {
    return rig_.events().find([](const RecordedEvent& event) {
        return event.type == BROKER_EVENT_EXECUTION_REPORT ||
               event.type == BROKER_EVENT_ORDER_CANCEL_REJECT;
    });
}

}  // namespace broker::test
