#include "journal/operator_action.hpp"

#include <string>

namespace broker::journal {
namespace {

core::Result<void> add_field(std::string& payload, std::string_view name, std::string_view value) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    if (value.size() > OperatorAction::kMaxBytes) {
        return core::fail(core::Reason::InvalidField,
                          "operator action: " + std::string{name} + " has " +
                              std::to_string(value.size()) + " bytes, at most " +
                              std::to_string(OperatorAction::kMaxBytes) + " are taken");
    }
    payload.append(payload.empty() ? "" : " ").append(name).append("=\"");
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7F) {
            payload.append({'\\', 'x', kHex[byte >> 4U], kHex[byte & 0xFU]});
            continue;
        }
        if (c == '"' || c == '\\') payload += '\\';
        payload += c;
    }
    payload += '"';
    return {};
}

}  // namespace

core::Result<Position> append_operator_action(Journal& journal, core::UtcTime time,
                                              const OperatorAction& action) {
    if (action.who.empty() || action.what.empty()) {
        return core::fail(
            core::Reason::InvalidField,
            std::string{"operator action: "} + (action.who.empty() ? "who" : "what") + " is empty");
    }
    std::string payload;
    for (const auto& [name, value] :
         {std::pair{"who", action.who}, {"what", action.what}, {"text", action.text}}) {
        if (auto added = add_field(payload, name, value); !added) return added.error();
    }
    return journal.append({RecordKind::OperatorAction, 0, 0, 0, time}, payload);
}

}  // namespace broker::journal
