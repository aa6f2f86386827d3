// What becomes of a message of ours that the venue asks for again. Pure.
#pragma once

#include <string_view>

#include "core/clock.hpp"
#include "core/utc_ages.hpp"
#include "dxtrade/profile.hpp"
#include "fix/codec/message_view.hpp"

namespace broker::dxtrade::fix {

enum class ResendRule {
    Always,    // a question does no harm at any age, and somebody waits for its answer
    WhileNew,  // an order, or a change of one
    Never,
};

[[nodiscard]] ResendRule resend_rule(std::string_view msg_type, const QueryRules& queries);

// How old the message is at most, by its TransactTime (60). Without a readable one the age is not
// known, and the message counts as older than any limit.
[[nodiscard]] core::Duration age_of(const broker::fix::MessageView& message, core::UtcAges& ages);

}  // namespace broker::dxtrade::fix
