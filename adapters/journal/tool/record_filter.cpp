#include "journal_tool/record_filter.hpp"

#include "journal_tool/fix_text.hpp"
#include "journal_tool/record_names.hpp"

namespace broker::journal_tool {

bool RecordFilter::takes(const journal::Record& record, std::string_view stream_name,
                         const FixNames& names) const {
    const journal::RecordHeader& header = record.header;
    if (kind && header.kind != *kind) return false;
    if (from && header.time < *from) return false;
    if (to && header.time > *to) return false;
    if (epoch && header.epoch != *epoch) return false;
    if (numbers) {
        // A message that came out of its turn is recorded without a number.
        const bool is_uncounted = header.msg_seq_num == 0 && is_fix(header.kind);
        const core::MsgSeqNum number =
            is_uncounted ? FixText{record.payload}.msg_seq_num() : header.msg_seq_num;
        if (number < numbers->first || number > numbers->last) return false;
    }
    if (stream && *stream != stream_name && *stream != std::to_string(header.stream)) return false;
    if (msg_type) {
        if (!is_fix(header.kind)) return false;
        const FixText message{record.payload};
        return message.msg_type() == *msg_type ||
               (!message.msg_type().empty() && message.msg_type() == names.msg_type_of(*msg_type));
    }
    return true;
}

}  // namespace broker::journal_tool
