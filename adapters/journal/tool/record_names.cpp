#include "journal_tool/record_names.hpp"

#include <array>

namespace broker::journal_tool {
namespace {

using journal::RecordKind;

struct KindName {
    RecordKind kind;
    std::string_view name;
    std::string_view word;
};

constexpr std::array kKinds{
    KindName{RecordKind::FixOut, "FixOut", "out"},
    KindName{RecordKind::FixIn, "FixIn", "in"},
    KindName{RecordKind::SequenceReset, "SequenceReset", "reset"},
    KindName{RecordKind::SequenceSet, "SequenceSet", "set"},
    KindName{RecordKind::OrderIntent, "OrderIntent", "intent"},
    KindName{RecordKind::OrderEvidence, "OrderEvidence", "evidence"},
    KindName{RecordKind::OperatorAction, "OperatorAction", "operator"},
    KindName{RecordKind::SessionNote, "SessionNote", "note"},
    KindName{RecordKind::RestOut, "RestOut", "rest-out"},
    KindName{RecordKind::RestIn, "RestIn", "rest-in"},
    KindName{RecordKind::LedgerCarried, "LedgerCarried", "carried"},
    KindName{RecordKind::FixSessionOut, "FixSessionOut", "out"},
    KindName{RecordKind::FixRepeat, "FixRepeat", "out"},
};

const KindName* find(RecordKind kind) {
    for (const KindName& known : kKinds) {
        if (known.kind == kind) return &known;
    }
    return nullptr;
}

std::string number_of(RecordKind kind) {
    return std::to_string(static_cast<unsigned>(static_cast<std::uint8_t>(kind)));
}

}  // namespace

std::string kind_name(RecordKind kind) {
    const KindName* const known = find(kind);
    return known != nullptr ? std::string{known->name} : number_of(kind);
}

std::string kind_word(RecordKind kind) {
    const KindName* const known = find(kind);
    return known != nullptr ? std::string{known->word} : "kind-" + number_of(kind);
}

std::optional<RecordKind> kind_of(std::string_view name) {
    for (const KindName& known : kKinds) {
        if (known.name == name) return known.kind;
    }
    return std::nullopt;
}

std::string all_kind_names() {
    std::string names;
    for (const KindName& known : kKinds) {
        if (!names.empty()) names += ", ";
        names += known.name;
    }
    return names;
}

bool is_fix_out(RecordKind kind) {
    return kind == RecordKind::FixOut || kind == RecordKind::FixSessionOut ||
           kind == RecordKind::FixRepeat;
}

bool is_fix(RecordKind kind) { return is_fix_out(kind) || kind == RecordKind::FixIn; }

bool is_ledger(RecordKind kind) {
    return kind == RecordKind::OrderIntent || kind == RecordKind::OrderEvidence ||
           kind == RecordKind::LedgerCarried;
}

}  // namespace broker::journal_tool
