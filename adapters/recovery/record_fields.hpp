// Which fields of a record are kept, in their order, once for writing and reading.
#pragma once

#include <type_traits>

#include "recovery/ledger_record.hpp"

namespace broker::recovery {

template <class Record, class Wanted>
concept Of = std::is_same_v<std::remove_const_t<Record>, Wanted>;

template <class Codec, Of<core::OrderInstructions> Record>
void visit_fields(Codec& codec, Record& record) {
    codec(record.exec_inst, record.locate_reqd, record.peg_offset_type, record.peg_offset_value,
          record.min_qty, record.max_floor, record.cash_order_qty, record.ex_destination,
          record.position_code, record.fields);
}

template <class Codec, Of<core::NewOrder> Record>
void visit_fields(Codec& codec, Record& record) {
    codec(record.cl_ord_id, record.symbol, record.side, record.ord_type, record.time_in_force,
          record.position_effect, record.order_qty, record.price, record.stop_px,
          record.expire_time);
    visit_fields(codec, record.instructions);
}

template <class Codec, Of<core::ReplaceOrder> Record>
void visit_fields(Codec& codec, Record& record) {
    codec(record.cl_ord_id, record.orig_cl_ord_id, record.time_in_force, record.order_qty,
          record.price, record.stop_px, record.expire_time, record.peg_offset_value, record.min_qty,
          record.max_floor, record.fields);
}

template <class Codec, Of<core::CancelOrder> Record>
void visit_fields(Codec& codec, Record& record) {
    codec(record.cl_ord_id, record.orig_cl_ord_id);
}

template <class Codec, Of<core::NewOrderList> Record>
void visit_fields(Codec& codec, Record& record) {
    codec(record.list_id, record.contingency, record.order_count);
    if (record.order_count > core::NewOrderList::kMaxOrders) return codec.fail("orders of a list");
    for (std::size_t i = 0; i < record.order_count; ++i) visit_fields(codec, record.orders[i]);
}

template <class Codec, Of<core::CancelOrderList> Record>
void visit_fields(Codec& codec, Record& record) {
    codec(record.list_id, record.cl_ord_id_prefix);
}

template <class Codec, Of<Sent> Record>
void visit_fields(Codec& codec, Record& record) {
    codec(record.cl_ord_id, record.msg_seq_num, record.is_written);
}

template <class Codec, Of<ListSent> Record>
void visit_fields(Codec& codec, Record& record) {
    codec(record.list_id, record.msg_seq_num, record.is_written);
}

template <class Codec, Of<Refused> Record>
void visit_fields(Codec& codec, Record& record) {
    codec(record.cl_ord_id, record.reason, record.text);
}

template <class Codec, Of<InDoubt> Record>
void visit_fields(Codec& codec, Record& record) {
    codec(record.cl_ord_id, record.reason);
}

template <class Codec, Of<core::ExecutionReport> Record>
void visit_fields(Codec& codec, Record& record) {
    codec(record.channel, record.exec_type, record.ord_status, record.side, record.ord_type,
          record.time_in_force, record.is_poss_dup, record.cl_ord_id, record.orig_cl_ord_id,
          record.order_id, record.exec_id, record.exec_ref_id, record.symbol, record.raw_exec_type,
          record.raw_ord_status, record.text, record.account, record.list_id,
          record.secondary_order_id, record.orig_order_id, record.ex_destination,
          record.position_code, record.restatement_reason, record.ord_rej_reason, record.fields,
          record.position_effect, record.faults, record.fault_tag, record.order_qty,
          record.cash_order_qty, record.price, record.stop_px, record.last_qty, record.last_px,
          record.cum_qty, record.leaves_qty, record.avg_px, record.expire_time,
          record.transact_time, record.sending_time);
}

template <class Codec, Of<core::OrderCancelReject> Record>
void visit_fields(Codec& codec, Record& record) {
    codec(record.ord_status, record.is_replace, record.is_order_unknown, record.cl_ord_id,
          record.orig_cl_ord_id, record.order_id, record.text, record.cxl_rej_reason, record.fields,
          record.transact_time);
}

template <class Codec, Of<SequenceReset> Record>
void visit_fields(Codec& /*codec*/, Record& /*record*/) {}

template <class Codec, Of<StaleRequest> Record>
void visit_fields(Codec& codec, Record& record) {
    codec(record.cl_ord_id, record.age);
}

}  // namespace broker::recovery
