#include "journal_tool/sequence_check.hpp"

#include "journal_tool/fix_text.hpp"
#include "journal_tool/record_names.hpp"

namespace broker::journal_tool {
namespace {

using journal::RecordKind;

std::string numbers(core::MsgSeqNum first, core::MsgSeqNum last) {
    if (first == last) return "MsgSeqNum " + std::to_string(first) + " is";
    return "MsgSeqNum " + std::to_string(first) + " to " + std::to_string(last) + " are";
}

}  // namespace

std::string SequenceCheck::check_epoch(Stream& stream, const journal::Record& record) const {
    const std::uint64_t epoch = record.header.epoch;
    const bool is_reset = record.header.kind == RecordKind::SequenceReset;
    const bool is_first = stream.epoch == 0;
    const std::uint64_t before = stream.epoch;
    stream.epoch = epoch;
    if (is_reset) {
        stream.next_out = 1;
        stream.next_in = 1;
        if (!is_first && epoch <= before) {
            return "a reset to epoch " + std::to_string(epoch) + " in epoch " +
                   std::to_string(before);
        }
        return {};
    }
    if (is_first || epoch == before) return {};
    stream.next_out.reset();
    stream.next_in.reset();
    return "epoch " + std::to_string(epoch) + " follows epoch " + std::to_string(before) +
           " without a SequenceReset";
}

std::string SequenceCheck::check_message(std::optional<core::MsgSeqNum>& next,
                                         const journal::Record& record) {
    const core::MsgSeqNum number = record.header.msg_seq_num;
    if (number == 0) return {};  // it does not count
    const FixText message{record.payload};
    const core::MsgSeqNum own = message.msg_seq_num();
    if (own != 0 && own != number) {
        return "MsgSeqNum " + std::to_string(own) + " in the message, " + std::to_string(number) +
               " in its record";
    }
    const core::MsgSeqNum expected = next.value_or(number);
    if (number < expected) {
        if (message.is_poss_dup()) return {};
        return "MsgSeqNum " + std::to_string(number) + " for a second time, expected " +
               std::to_string(expected);
    }
    next = number + 1;
    if (number > expected) return numbers(expected, number - 1) + " missing";
    return {};
}

std::string SequenceCheck::check(const journal::Record& record) {
    const journal::RecordHeader& header = record.header;
    const bool is_set = header.kind == RecordKind::SequenceSet;
    if (!is_fix(header.kind) && !is_set && header.kind != RecordKind::SequenceReset) return {};
    Stream& stream = streams_[header.stream];
    if (auto wrong = check_epoch(stream, record); !wrong.empty()) return wrong;
    if (is_set) {
        (record.payload == "sender" ? stream.next_out : stream.next_in) = header.msg_seq_num;
        return {};
    }
    if (!is_fix(header.kind)) return {};
    return check_message(is_fix_out(header.kind) ? stream.next_out : stream.next_in, record);
}

void SequenceCheck::forget_numbers() {
    for (auto& [number, stream] : streams_) {
        stream.next_out.reset();
        stream.next_in.reset();
    }
}

}  // namespace broker::journal_tool
