#include "dxtrade/fix/resend_rules.hpp"

#include <algorithm>
#include <array>

#include "dxtrade/fix/tags.hpp"

namespace broker::dxtrade::fix {

ResendRule resend_rule(std::string_view msg_type, const QueryRules& queries) {
    constexpr std::array<std::string_view, 5> kOrders{"D", "F", "G", "E", "K"};
    constexpr std::array<std::string_view, 7> kQuestions{"H", "AF", "AN", "AD", "x", "c", "g"};
    const auto has = [&](const auto& types) {
        return std::find(types.begin(), types.end(), msg_type) != types.end();
    };
    if (has(kOrders)) return ResendRule::WhileNew;
    if (has(kQuestions) || msg_type == queries.account_summary_request) return ResendRule::Always;
    return ResendRule::Never;
}

core::Duration age_of(const broker::fix::MessageView& message, core::UtcAges& ages) {
    const auto transact_time = message.find_utc_timestamp(tag::kTransactTime);
    return transact_time ? ages.age(*transact_time) : core::Duration::max();
}

}  // namespace broker::dxtrade::fix
