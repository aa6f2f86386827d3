#include "simulator/behaviour.hpp"

#include <algorithm>
#include <array>

namespace broker::simulator {
namespace {

constexpr std::array<std::string_view, kActionCount> kNames = {
    "reject_new",    "fill_in_parts",        "leave_working",
    "refuse_cancel", "refuse_replace",       "cancel_unsolicited",
    "delay_answers", "lose_acknowledgement", "lose_reports",
    "expire",        "done_for_day",         "suspend",
    "restate",       "replace_unsolicited",  "correct_trade",
    "cancel_trade"};

bool has_field(const std::vector<FixField>& fields, int tag, const std::string& value) {
    return std::any_of(fields.begin(), fields.end(), [&](const FixField& field) {
        return field.tag == tag && field.value == value;
    });
}

}  // namespace

std::string_view action_name(Action action) { return kNames[static_cast<std::size_t>(action)]; }

std::optional<Action> action_from_name(std::string_view name) {
    const auto* const found = std::find(kNames.begin(), kNames.end(), name);
    if (found == kNames.end()) return std::nullopt;
    return static_cast<Action>(found - kNames.begin());
}

bool matches(const Rule& rule, const RuleSubject& subject) {
    if (!rule.sender_comp_id.empty() && rule.sender_comp_id != subject.sender_comp_id) return false;
    if (!rule.symbol.empty() && rule.symbol != subject.symbol) return false;
    if (!subject.cl_ord_id.starts_with(rule.cl_ord_id_prefix) &&
        !subject.working_cl_ord_id.starts_with(rule.cl_ord_id_prefix))
        return false;
    return rule.tag == 0 ||
           (subject.fields != nullptr && has_field(*subject.fields, rule.tag, rule.value));
}

void Behaviour::add(Rule rule) { rules_.push_back({std::move(rule)}); }

std::optional<Rule> Behaviour::take(Action action, const RuleSubject& subject) {
    for (auto& [rule, used] : rules_) {
        const bool is_used_up = rule.times != 0 && used >= rule.times;
        if (rule.action != action || is_used_up || !matches(rule, subject)) continue;
        if (rule.times != 0) ++used;
        return rule;
    }
    return std::nullopt;
}

}  // namespace broker::simulator
