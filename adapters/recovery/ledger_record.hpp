// What changes an order ledger, as bytes: requests of the host, what became of sending them, and
// the evidence of the venue. Applied again in order, they make the same ledger.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <variant>

#include "core/execution_report.hpp"
#include "core/order.hpp"
#include "core/result.hpp"

namespace broker::recovery {

// The message that carries a request has its number.
struct Sent {
    core::ClOrdID cl_ord_id;
    core::MsgSeqNum msg_seq_num = 0;
    bool is_written = false;  // the network has taken it whole
};

// The same of the message that carries all requests of a list.
struct ListSent {
    core::ListID list_id;
    core::MsgSeqNum msg_seq_num = 0;
    bool is_written = false;
};

// The request is not in force: nothing of it left the process, the venue refused the message or the
// list that it came in, or nothing was seen of a change.
struct Refused {
    core::ClOrdID cl_ord_id;
    core::Reason reason = core::Reason::None;
    std::string_view text;
};

// No answer to the request will come, and it may have reached the venue.
struct InDoubt {
    core::ClOrdID cl_ord_id;
    core::Reason reason = core::Reason::None;
};

// The session's numbers start again at 1.
struct SequenceReset {};

// The venue asked for the request again when its time to live was over: it was gap-filled. Changes
// nothing in the ledger; it is kept as proof.
struct StaleRequest {
    core::ClOrdID cl_ord_id;
    core::Duration age{};
};

using RecordBody =
    std::variant<core::NewOrder, core::ReplaceOrder, core::CancelOrder, core::NewOrderList,
                 core::CancelOrderList, Sent, ListSent, Refused, InDoubt, core::ExecutionReport,
                 core::OrderCancelReject, SequenceReset, StaleRequest>;

// The order that a record is about, by which old records are kept or dropped.
struct OrderTag {
    enum class Kind : std::uint8_t {
        None = 0,   // no order, or one that has no ClOrdID
        Order = 1,  // its first ClOrdID
        List = 2,   // the ListID of the list that it was sent with: those orders stay together
    };
    Kind kind = Kind::None;
    std::string_view id;
};

struct RecordHead {
    std::uint64_t number = 0;  // of the record: grows, never used twice
    OrderTag order;
};

inline constexpr std::size_t kMaxRecordBytes = 32 * 1024;

// Version 1: version (1 byte), type of the body (1), number (8), kind of tag (1), tag (1 + n), then
// the body's fields in order. Integers are little-endian; text has its length before it; what is
// optional has a byte that says whether it is there. Times of the monotonic clock are left out:
// they mean nothing to a later process.
//
// Writes into `buffer` (kMaxRecordBytes are always enough) without allocating, and returns the
// record. Of a report that would be longer, the venue's words and unknown fields are left out: they
// count for nothing in the ledger. InvalidField if it is too long even so.
// `Body` is one of RecordBody.
template <class Body>
[[nodiscard]] core::Result<std::string_view> write_record(std::span<char> buffer,
                                                          const RecordHead& head, const Body& body);

// StorageFailed, with what was wrong and what was expected, unless `record` is one that
// write_record of this version could have made. The result's text is borrowed from `record`.
[[nodiscard]] core::Result<RecordHead> read_head(std::string_view record);
struct LedgerRecord {
    RecordHead head;
    RecordBody body;
};
[[nodiscard]] core::Result<LedgerRecord> read_record(std::string_view record);

// A sequence reset: whatever it was recorded about, only the last one counts.
[[nodiscard]] bool is_sequence_reset(std::string_view record);

}  // namespace broker::recovery
