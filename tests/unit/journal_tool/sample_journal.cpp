#include "journal_tool/sample_journal.hpp"

#include <chrono>
#include <stdexcept>

#include "support/fix_message.hpp"

namespace broker::test {
namespace {

using journal::RecordKind;

core::Decimal decimal(std::string_view text) { return core::Decimal::parse(text).value(); }

core::NewOrder order(std::string_view id) {
    core::NewOrder order;
    order.cl_ord_id = core::ClOrdID::from(id).value();
    order.symbol = core::Symbol::from("EURUSD").value();
    order.side = core::Side::Buy;
    order.ord_type = core::OrdType::Limit;
    order.time_in_force = core::TimeInForce::GoodTillCancel;
    order.order_qty = decimal("10000");
    order.price = decimal("1.0850");
    return order;
}

core::ExecutionReport fill() {
    core::ExecutionReport report;
    report.exec_type = core::ExecType::Trade;
    report.ord_status = core::OrdStatus::Filled;
    report.cl_ord_id = "A-1";
    report.order_id = "O-77";
    report.exec_id = "E-5";
    report.last_qty = decimal("10000");
    report.last_px = decimal("1.0849");
    report.cum_qty = decimal("10000");
    report.leaves_qty = decimal("0");
    return report;
}

}  // namespace

SampleJournal::SampleJournal(const std::filesystem::path& directory, const std::string& account,
                             std::size_t segment_bytes)
    : time_{std::chrono::sys_days{std::chrono::year{2026} / 11 / 27} + std::chrono::hours{10}} {
    auto journal = journal::Journal::open({directory, account, segment_bytes, 1024});
    if (!journal) throw std::runtime_error{journal.error().detail};
    journal_ = std::move(*journal);
    stream_ = journal_->header().stream(kStream).value();
}

journal::Position SampleJournal::append(journal::RecordHeader header, std::string_view payload) {
    header.time = time_;
    time_ += std::chrono::seconds{1};
    return journal_->append(header, payload).value();
}

journal::Position SampleJournal::fix(RecordKind kind, core::MsgSeqNum number,
                                     std::string_view body) {
    // The number goes behind the type, as in a message.
    const std::size_t type_end = body.find('|') + 1;
    std::string text{body.substr(0, type_end)};
    text += "34=" + std::to_string(number) + '|' + std::string{body.substr(type_end)};
    return append({kind, stream_, epoch_, number, {}}, fix_message(text));
}

void SampleJournal::reset() {
    ++epoch_;
    append({RecordKind::SequenceReset, stream_, epoch_, 0, {}}, {});
}

void SampleJournal::write_day() {
    const auto id = [](std::string_view text) { return core::ClOrdID::from(text).value(); };
    fix(RecordKind::FixSessionOut, 1,
        "35=A|98=0|108=30|553=me|554=" + std::string{kPassword} + '|');
    in(1, "35=A|98=0|108=30|");
    ledger(RecordKind::OrderIntent, order("A-1"));
    out(2, "35=D|11=A-1|55=EURUSD|54=1|38=10000|40=2|44=1.0850|59=1|");
    ledger(RecordKind::OrderEvidence, recovery::Sent{id("A-1"), 2, true});
    in(2, "35=8|37=O-77|11=A-1|17=E-5|150=F|39=2|54=1|58=filled at once|");
    ledger(RecordKind::OrderEvidence, fill());
    ledger(RecordKind::OrderIntent, order("A-10"));
    out(3, "35=D|11=A-10|55=EURUSD|54=1|38=10000|40=2|44=1.0850|59=1|");
    ledger(RecordKind::OrderEvidence, recovery::Sent{id("A-10"), 3, false});
    in(3, "35=2|7=3|16=0|");
    ledger(RecordKind::OrderEvidence,
           recovery::StaleRequest{id("A-10"), std::chrono::milliseconds{6100}});
    fix(RecordKind::FixRepeat, 3, "35=4|43=Y|123=Y|36=4|");
    reset();
    out(1, "35=0|");
    append({RecordKind::OperatorAction, 0, 0, 0, {}}, "who=alice what=pause text=\"lunch\"");
}

}  // namespace broker::test
