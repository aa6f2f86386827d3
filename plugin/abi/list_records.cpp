#include "abi/list_records.hpp"

#include <array>
#include <string>

#include "abi/abi_records.hpp"
#include "abi/field_reader.hpp"
#include "abi/record.hpp"
#include "abi/released_sizes.hpp"

namespace broker::abi {
namespace {

using core::Result;

// Orders of each contingency.
std::uint32_t member_count(core::Contingency contingency) {
    return contingency == core::Contingency::Bracket ? 3 : 2;
}

Result<core::NewOrder> read_member(const broker_new_order_t* record, broker_str_t account,
                                   core::MonotonicTime now) {
    auto known = read_command(record, kReleasedSize<broker_new_order_t>);
    if (!known) return known.error();
    if (view(known->account) != view(account)) return invalid("account", "that of the list");
    known->signal_time = 0;  // the list's counts
    return to_core(*known, now);
}

void read_members(const broker_order_list_t& list, core::NewOrderList& target,
                  core::MonotonicTime now, FieldReader& read) {
    constexpr std::array<std::string_view, core::NewOrderList::kMaxOrders> kNames{"first", "second",
                                                                                  "third"};
    const std::array<const broker_new_order_t*, core::NewOrderList::kMaxOrders> records{
        list.first, list.second, list.third};
    for (std::size_t i = 0; i < records.size(); ++i) {
        const std::string name{kNames[i]};
        const bool is_wanted = i < target.order_count;
        read.require((records[i] != nullptr) == is_wanted, name,
                     is_wanted ? "an order" : "null: the contingency has fewer orders");
        if (records[i] == nullptr || !is_wanted) continue;
        auto member = read_member(records[i], list.account, now);
        if (!member) {
            read.check(core::fail(member.error().reason, name + "." + member.error().detail));
            continue;
        }
        for (std::size_t other = 0; other < i; ++other) {
            read.require(member->cl_ord_id != target.orders[other].cl_ord_id, name + ".cl_ord_id",
                         "another id than those of the other orders");
        }
        target.orders[i] = *member;
    }
}

}  // namespace

Result<core::NewOrderList> to_core(const broker_order_list_t& list, core::MonotonicTime now) {
    core::NewOrderList result;
    FieldReader read;
    core::StageTimes stages;
    read(result.list_id, read_id<core::ListID>("list_id", list.list_id));
    read(result.contingency,
         read_enumerator("contingency", list.contingency, 1, core::Contingency::Bracket));
    read(stages, read_stages(list.signal_time, now));
    if (result.contingency == core::Contingency::Unspecified) return read.finish(result);
    result.order_count = member_count(result.contingency);
    read_members(list, result, now, read);
    for (std::uint32_t i = 0; i < result.order_count; ++i) result.orders[i].stages = stages;
    return read.finish(result);
}

Result<core::CancelOrderList> to_core(const broker_cancel_order_list_t& request,
                                      core::MonotonicTime now) {
    core::CancelOrderList result;
    FieldReader read;
    read.require_zero(request.must_be_zero);
    read(result.list_id, read_id<core::ListID>("list_id", request.list_id));
    read(result.cl_ord_id_prefix,
         read_id<core::FixedString<48>>("cl_ord_id_prefix", request.cl_ord_id_prefix));
    read(result.stages, read_stages(request.signal_time, now));
    return read.finish(result);
}

}  // namespace broker::abi
