#include "journal_tool/record_text.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "journal_tool/fix_text.hpp"
#include "journal_tool/ledger_text.hpp"
#include "journal_tool/record_names.hpp"
#include "journal_tool/shown_text.hpp"

namespace broker::journal_tool {
namespace {

using journal::Record;
using journal::RecordKind;

std::string ledger_line(std::string_view payload) {
    const LedgerText ledger = ledger_text(payload);
    std::string line = ledger.type + ": " + printable(ledger.text);
    if (!ledger.fields.empty()) line += ';';
    for (const auto& [name, value] : ledger.fields) {
        line += ' ' + printable(name) + '=' + one_word(value);
    }
    return line;
}

// What a record says that is neither a message nor the ledger's.
std::string other_line(const Record& record) {
    if (record.header.kind == RecordKind::SequenceReset) {
        return "SequenceReset: both numbers start again at 1";
    }
    if (record.header.kind == RecordKind::SequenceSet) {
        return "SequenceSet: the next number was set; side=" + one_word(record.payload);
    }
    return printable(record.payload);
}

// Of a message that came out of its turn.
std::string uncounted_number(std::string_view payload) {
    const core::MsgSeqNum number = FixText{payload}.msg_seq_num();
    return number == 0 ? "" : " MsgSeqNum=" + std::to_string(number) + "(NOT_COUNTED)";
}

std::string content(const Record& record, const FixNames& names, bool is_raw) {
    if (is_ledger(record.header.kind)) return ledger_line(record.payload);
    if (!is_fix(record.header.kind)) return other_line(record);
    const FixText message{record.payload};
    return is_raw ? message.raw() : message.line(names);
}

void add_content(boost::json::object& object, const Record& record, const FixNames& names,
                 bool is_raw) {
    if (is_fix(record.header.kind)) {
        const FixText message{record.payload};
        message.add_to(object, names);
        if (is_raw) object["raw"] = utf8(message.raw());
    } else if (is_ledger(record.header.kind)) {
        const LedgerText ledger = ledger_text(record.payload);
        object["record"] = ledger.type;
        object["text"] = utf8(ledger.text);
        boost::json::array fields;
        for (const auto& [name, value] : ledger.fields) {
            fields.push_back({{"name", utf8(name)}, {"value", utf8(value)}});
        }
        object["fields"] = std::move(fields);
    } else {
        object["text"] = utf8(record.payload);
    }
}

std::string json_line(const Record& record, std::string_view account, std::string_view stream,
                      const FixNames& names, bool is_raw) {
    const journal::RecordHeader& header = record.header;
    boost::json::object object;
    object["time"] = iso_text(header.time);
    object["time_ns"] = header.time.time_since_epoch().count();
    object["account"] = utf8(account);
    object["stream"] = utf8(stream);
    object["kind"] = kind_name(header.kind);
    if (is_fix_out(header.kind)) object["direction"] = "out";
    if (header.kind == RecordKind::FixIn) object["direction"] = "in";
    object["epoch"] = header.epoch;
    object["msg_seq_num"] = header.msg_seq_num;
    object["position"] = record.position;
    add_content(object, record, names, is_raw);
    return boost::json::serialize(object);
}

}  // namespace

std::string record_text(const Record& record, std::string_view account, std::string_view stream,
                        const FixNames& names, const RecordTextOptions& options) {
    if (options.is_json) return json_line(record, account, stream, names, options.is_raw);
    const journal::RecordHeader& header = record.header;
    std::string line = iso_text(header.time) + ' ';
    if (options.has_account) line += one_word(account) + ' ';
    line += one_word(stream) + ' ' + kind_word(header.kind);
    if (header.stream != 0) line += " epoch=" + std::to_string(header.epoch);
    if (header.msg_seq_num != 0) line += " MsgSeqNum=" + std::to_string(header.msg_seq_num);
    if (header.msg_seq_num == 0 && is_fix(header.kind)) line += uncounted_number(record.payload);
    return line + ' ' + content(record, names, options.is_raw);
}

}  // namespace broker::journal_tool
