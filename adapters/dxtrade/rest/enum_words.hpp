// The venue's words for core's enumerators.
#pragma once

#include <string_view>

#include "core/order.hpp"
#include "dxtrade/rest/records.hpp"

namespace broker::dxtrade::rest {

// Unspecified for a word that is none of the venue's; words are in capitals.
[[nodiscard]] core::Side side_from_word(std::string_view word);
[[nodiscard]] core::OrdType ord_type_from_word(std::string_view word);
[[nodiscard]] core::TimeInForce time_in_force_from_word(std::string_view word);
[[nodiscard]] core::PositionEffect position_effect_from_word(std::string_view word);
[[nodiscard]] RestOrderStatus order_status_from_word(std::string_view word);

// Empty for what the venue has no word for.
[[nodiscard]] std::string_view word_of(core::Side side);
[[nodiscard]] std::string_view word_of(core::OrdType type);
[[nodiscard]] std::string_view word_of(core::TimeInForce tif);
[[nodiscard]] std::string_view word_of(core::PositionEffect effect);

}  // namespace broker::dxtrade::rest
