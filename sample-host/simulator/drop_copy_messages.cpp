#include "simulator/drop_copy_messages.hpp"

#include <algorithm>

#include "simulator/fix_text.hpp"

namespace broker::simulator {
namespace {

void remove(FixMessage& fix, int tag) {
    fix.fields.erase(std::remove_if(fix.fields.begin(), fix.fields.end(),
                                    [tag](const FixField& field) { return field.tag == tag; }),
                     fix.fields.end());
}

void set(FixMessage& fix, int tag, const std::string& value) {
    for (auto& field : fix.fields) {
        if (field.tag != tag) continue;
        field.value = value;
        return;
    }
    fix.add(tag, value);
}

}  // namespace

bool is_copied(const FixMessage& report, bool with_corrections) {
    const std::string type = report.value(150);
    if (type == "G" || type == "H") return with_corrections;
    return type.size() == 1 && std::string{"0345CF"}.find(type) != std::string::npos;
}

FixMessage drop_copy(const FixMessage& report, CopiedClOrdID cl_ord_id, const CopyIds& ids) {
    FixMessage copy = report;
    if (cl_ord_id != CopiedClOrdID::Client) remove(copy, 41);
    if (cl_ord_id == CopiedClOrdID::Venue) set(copy, 11, report.value(37));
    if (cl_ord_id == CopiedClOrdID::Absent) remove(copy, 11);
    if (!ids.exec_id.empty()) set(copy, 17, ids.exec_id);
    if (!ids.exec_ref_id.empty()) set(copy, 19, ids.exec_ref_id);
    copy.add(797, "Y");
    copy.add(9945, ids.orig_ord_id);
    return copy;
}

FixMessage status_before_trade(const FixMessage& copy) {
    FixMessage status = copy;
    for (const int tag : {19, 31, 32}) remove(status, tag);
    set(status, 17, "0");
    set(status, 150, "I");
    return status;
}

FixMessage allocation_report(const FixMessage& copy, const Order& order,
                             const std::string& alloc_report_id, core::UtcTime now) {
    FixMessage fix{"AS", {}};
    fix.add(755, alloc_report_id);
    fix.add(71, "0");   // New
    fix.add(794, "4");  // SellsideCalculatedWithoutPreliminary
    fix.add(87, "0");   // Accepted
    fix.add(857, "0");  // the orders are not listed
    fix.add(124, "1");
    fix.add(32, copy.value(32));
    fix.add(17, copy.value(17));
    fix.add(31, copy.value(31));
    fix.add(54, copy.value(54));
    fix.add(55, copy.value(55));
    fix.add(53, copy.value(32));
    fix.add(6, copy.value(31));
    fix.add(75, date_text(now));
    fix.add(60, timestamp_text(now));
    if (!order.account.empty()) {
        fix.add(78, "1");
        fix.add(79, order.account);
        fix.add(80, copy.value(32));
        fix.add(153, copy.value(31));
    }
    fix.add(797, "Y");
    fix.add(9945, copy.value(9945));
    return fix;
}

}  // namespace broker::simulator
