// MessageView beside QuickFIX's parser: the same fields, or a difference of a class that
// docs/fix-session.md lists and justifies.
#include <algorithm>
#include <array>

#include "fix/codec/message_view.hpp"
#include "fuzz/fuzz_input.hpp"
#include "fuzz/quickfix_parser.hpp"

namespace {

using broker::fix::MessageView;
using broker::fuzz::QuickfixOpinion;
using broker::fuzz::require;

// The rules that QuickFIX does not have: where MessageView refuses by one of them, QuickFIX may
// accept.
constexpr std::array<std::string_view, 10> kStricter{
    "a tag has at most 9 digits",
    "a tag begins with 1 to 9",
    "a field begins with its tag",
    "a data field follows its length field",
    "the length of a data field is a number",
    "a data field is as long as its length field says",
    "8, 9 and 35 have a value",
    "8, 9 and 35 come once",
    "CheckSum has three digits",
    "the number of fields is bounded",
};

bool is_stricter_rule(std::string_view detail) {
    return std::any_of(kStricter.begin(), kStricter.end(),
                       [&](std::string_view rule) { return detail.ends_with(rule); });
}

// A data field may take in the CheckSum, which then does not come last for who follows the length.
bool is_data_field(const std::pair<int, std::string>& field) {
    return broker::fix::length_tag_of_data_field(field.first) != 0;
}

bool is_listed(std::string_view detail, const QuickfixOpinion& quickfix) {
    if (detail.ends_with("10 comes last"))
        return std::any_of(quickfix.fields.begin(), quickfix.fields.end(), is_data_field);
    return is_stricter_rule(detail);
}

// QuickFIX without a dictionary ends every field at SOH.
bool has_data_with_soh(const MessageView& view) {
    return std::any_of(view.fields().begin(), view.fields().end(), [](const auto& field) {
        return field.value.find('\x01') != std::string_view::npos;
    });
}

void compare_fields(const MessageView& view, const QuickfixOpinion& quickfix) {
    std::vector<std::pair<int, std::string>> ours;
    for (const auto& field : view.fields()) ours.emplace_back(field.tag, std::string{field.value});
    std::sort(ours.begin(), ours.end());
    require(ours == quickfix.fields, "both see the same fields");
}

void compare(const std::string& message) {
    MessageView view;
    const auto parsed = view.parse(message);
    const QuickfixOpinion quickfix = broker::fuzz::ask_quickfix(message);
    if (parsed && quickfix.is_accepted) {
        if (!has_data_with_soh(view)) compare_fields(view, quickfix);
    } else if (parsed) {
        if (!has_data_with_soh(view))
            std::fprintf(stderr, "QuickFIX: %s\n", quickfix.why_not.c_str());
        require(has_data_with_soh(view), "QuickFIX refuses nothing that is sound");
    } else if (quickfix.is_accepted) {
        const std::string& detail = parsed.error().detail;
        const bool may_differ = is_listed(detail, quickfix);
        if (!may_differ) std::fprintf(stderr, "refused: %s\n", detail.c_str());
        require(may_differ, "what QuickFIX accepts is refused by a listed rule alone");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    compare(broker::fuzz::text_of(data, size));
    compare(broker::fuzz::message_of(data, size));
    return 0;
}
