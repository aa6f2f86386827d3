#include "journal_tool/journal_stats.hpp"

#include <algorithm>
#include <boost/json/array.hpp>

#include "journal_tool/fix_text.hpp"
#include "journal_tool/record_names.hpp"
#include "journal_tool/shown_text.hpp"

namespace broker::journal_tool {

void JournalStats::add(const journal::Record& record) {
    const journal::RecordHeader& header = record.header;
    ++records_;
    bytes_ += record.next - record.position;
    first_ = std::min(first_.value_or(header.time), header.time);
    last_ = std::max(last_.value_or(header.time), header.time);
    Stream& stream = streams_[header.stream];
    ++stream.records[header.kind];
    // Of the account's own records the epoch is another number.
    if (header.stream == 0) return;
    if (stream.first_epoch == 0) stream.first_epoch = header.epoch;
    if (header.epoch != stream.last_epoch) {
        stream.out.lowest = stream.out.highest = 0;
        stream.in.lowest = stream.in.highest = 0;
    }
    stream.last_epoch = header.epoch;
    if (is_fix(header.kind)) add_message(stream, record);
}

void JournalStats::add_message(Stream& stream, const journal::Record& record) {
    Numbers& numbers = is_fix_out(record.header.kind) ? stream.out : stream.in;
    const core::MsgSeqNum number = record.header.msg_seq_num;
    if (FixText{record.payload}.is_poss_dup()) ++numbers.poss_dups;
    if (number == 0) {
        ++numbers.uncounted;
        return;
    }
    if (numbers.highest != 0 && number <= numbers.highest) ++numbers.repeated;
    numbers.lowest = numbers.lowest == 0 ? number : std::min(numbers.lowest, number);
    numbers.highest = std::max(numbers.highest, number);
}

std::string JournalStats::numbers_text(std::string_view direction, const Numbers& numbers) {
    std::string text = "  " + std::string{direction} + ": ";
    text += numbers.highest == 0 ? std::string{"no numbers"}
                                 : "MsgSeqNum " + std::to_string(numbers.lowest) + " to " +
                                       std::to_string(numbers.highest) + " in the last epoch";
    return text + ", repeated " + std::to_string(numbers.repeated) + ", PossDupFlag=Y " +
           std::to_string(numbers.poss_dups) + ", out of turn " + std::to_string(numbers.uncounted);
}

std::vector<std::string> JournalStats::lines(AccountJournal& journal) const {
    std::vector<std::string> lines;
    const journal::JournalReader& reader = journal.reader();
    lines.push_back("account " + one_word(journal.account()) + ": " + std::to_string(records_) +
                    " records, " + std::to_string(bytes_) + " bytes, " +
                    std::to_string(reader.segments().size()) + " segments of " +
                    std::to_string(reader.segment_bytes()) + " bytes");
    if (first_) lines.push_back("  from " + iso_text(*first_) + " to " + iso_text(*last_));
    for (const auto& [number, stream] : streams_) {
        std::string line = "stream " + one_word(journal.stream_name(number)) + ':';
        for (const auto& [kind, count] : stream.records) {
            line += ' ' + kind_name(kind) + '=' + std::to_string(count);
        }
        lines.push_back(line);
        if (number == 0) continue;
        lines.push_back("  epochs: " + std::to_string(stream.first_epoch) + " to " +
                        std::to_string(stream.last_epoch));
        lines.push_back(numbers_text("out", stream.out));
        lines.push_back(numbers_text("in", stream.in));
    }
    return lines;
}

boost::json::object JournalStats::numbers_json(const Numbers& numbers) {
    return {{"lowest_msg_seq_num", numbers.lowest},
            {"highest_msg_seq_num", numbers.highest},
            {"repeated", numbers.repeated},
            {"poss_dups", numbers.poss_dups},
            {"out_of_turn", numbers.uncounted}};
}

boost::json::object JournalStats::json(AccountJournal& journal) const {
    boost::json::object object{{"account", utf8(journal.account())},
                               {"records", records_},
                               {"bytes", bytes_},
                               {"segments", journal.reader().segments().size()},
                               {"segment_bytes", journal.reader().segment_bytes()}};
    if (first_) object["first_time"] = iso_text(*first_);
    if (last_) object["last_time"] = iso_text(*last_);
    boost::json::array streams;
    for (const auto& [number, stream] : streams_) {
        boost::json::object entry{{"stream", utf8(journal.stream_name(number))}};
        boost::json::object records;
        for (const auto& [kind, count] : stream.records) records[kind_name(kind)] = count;
        entry["records"] = std::move(records);
        if (number != 0) {
            entry["first_epoch"] = stream.first_epoch;
            entry["last_epoch"] = stream.last_epoch;
            entry["out"] = numbers_json(stream.out);
            entry["in"] = numbers_json(stream.in);
        }
        streams.push_back(std::move(entry));
    }
    object["streams"] = std::move(streams);
    return object;
}

}  // namespace broker::journal_tool
