#include "dxtrade/rest/enum_words.hpp"

#include <array>

namespace broker::dxtrade::rest {
namespace {

template <class Enum>
struct Word {
    Enum value;
    std::string_view word;
};

constexpr std::array kSides{Word<core::Side>{core::Side::Buy, "BUY"},
                            Word<core::Side>{core::Side::Sell, "SELL"}};
constexpr std::array kOrdTypes{Word<core::OrdType>{core::OrdType::Market, "MARKET"},
                               Word<core::OrdType>{core::OrdType::Limit, "LIMIT"},
                               Word<core::OrdType>{core::OrdType::Stop, "STOP"},
                               Word<core::OrdType>{core::OrdType::StopLimit, "STOP_LIMIT"},
                               Word<core::OrdType>{core::OrdType::TrailingStop, "TRAILING_STOP"}};
constexpr std::array kTimesInForce{
    Word<core::TimeInForce>{core::TimeInForce::GoodTillCancel, "GTC"},
    Word<core::TimeInForce>{core::TimeInForce::Day, "DAY"},
    Word<core::TimeInForce>{core::TimeInForce::GoodTillDate, "GTD"},
    Word<core::TimeInForce>{core::TimeInForce::ImmediateOrCancel, "IOC"},
    Word<core::TimeInForce>{core::TimeInForce::FillOrKill, "FOK"}};
constexpr std::array kPositionEffects{
    Word<core::PositionEffect>{core::PositionEffect::Open, "OPEN"},
    Word<core::PositionEffect>{core::PositionEffect::Close, "CLOSE"}};
constexpr std::array kStatuses{Word<RestOrderStatus>{RestOrderStatus::Accepted, "ACCEPTED"},
                               Word<RestOrderStatus>{RestOrderStatus::Working, "WORKING"},
                               Word<RestOrderStatus>{RestOrderStatus::Completed, "COMPLETED"},
                               Word<RestOrderStatus>{RestOrderStatus::Canceled, "CANCELED"},
                               Word<RestOrderStatus>{RestOrderStatus::Expired, "EXPIRED"},
                               Word<RestOrderStatus>{RestOrderStatus::Rejected, "REJECTED"}};

template <class Words>
auto from_word(const Words& words, std::string_view word) {
    for (const auto& entry : words) {
        if (entry.word == word) return entry.value;
    }
    return decltype(words.front().value){};
}

template <class Words, class Enum>
std::string_view to_word(const Words& words, Enum value) {
    for (const auto& entry : words) {
        if (entry.value == value) return entry.word;
    }
    return {};
}

}  // namespace

core::Side side_from_word(std::string_view word) { return from_word(kSides, word); }
core::OrdType ord_type_from_word(std::string_view word) { return from_word(kOrdTypes, word); }
core::TimeInForce time_in_force_from_word(std::string_view word) {
    return from_word(kTimesInForce, word);
}
core::PositionEffect position_effect_from_word(std::string_view word) {
    return from_word(kPositionEffects, word);
}
RestOrderStatus order_status_from_word(std::string_view word) { return from_word(kStatuses, word); }

std::string_view word_of(core::Side side) { return to_word(kSides, side); }
std::string_view word_of(core::OrdType type) { return to_word(kOrdTypes, type); }
std::string_view word_of(core::TimeInForce tif) { return to_word(kTimesInForce, tif); }
std::string_view word_of(core::PositionEffect effect) { return to_word(kPositionEffects, effect); }

}  // namespace broker::dxtrade::rest
