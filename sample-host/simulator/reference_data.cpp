#include "simulator/reference_data.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "simulator/fix_requests.hpp"

namespace broker::simulator {
namespace {

// SecurityListRequestType (559), SecurityRequestType (321).
constexpr const char* kOneSymbol = "0";
constexpr const char* kAllSecurities = "4";
constexpr const char* kIdentityAndSpecifications = "0";

std::string step_of(int quantity_scale) {
    return core::Decimal::from(1, quantity_scale).value().to_string();
}

}  // namespace

void ReferenceData::add_instrument(FixMessage& fix, const std::string& symbol) {
    const std::string step = step_of(venue_.market().instrument(symbol)->quantity_scale);
    fix.add(55, symbol);
    fix.add(107, symbol);
    fix.add(15, symbol.size() == 6 ? symbol.substr(3) : "USD");  // what it is quoted in
    fix.add(561, step);
    fix.add(562, step);
}

void ReferenceData::tell_securities(const std::string& session, const FixMessage& fix) {
    if (auto error = first_missing(fix, {320, 559}))
        return venue_.answer(session, nullptr, business_message_reject(fix, *error));
    const std::string type = fix.value(559);
    auto symbols = venue_.market().symbols();
    if (type == kOneSymbol)
        std::erase_if(symbols, [&](const std::string& each) { return each != fix.value(55); });
    const bool is_served = type == kOneSymbol || type == kAllSecurities;
    if (!is_served) symbols.clear();
    const auto page = static_cast<std::size_t>(venue_.options().securities_per_page);
    std::size_t next = 0;
    do {
        const std::size_t end = std::min(next + page, symbols.size());
        FixMessage list{"y", {{320, fix.value(320)}, {322, venue_.next_report_id()}}};
        list.add(560, !is_served ? "1" : symbols.empty() ? "2" : "0");
        list.add(393, std::to_string(symbols.size()));
        list.add(893, end == symbols.size() ? "Y" : "N");
        if (end > next) list.add(146, std::to_string(end - next));
        for (; next < end; ++next) add_instrument(list, symbols[next]);
        venue_.answer(session, nullptr, std::move(list));
    } while (next < symbols.size());
}

void ReferenceData::tell_security(const std::string& session, const FixMessage& fix) {
    if (auto error = first_missing(fix, {320, 321}))
        return venue_.answer(session, nullptr, business_message_reject(fix, *error));
    FixMessage definition{"d", {{320, fix.value(320)}, {322, venue_.next_report_id()}}};
    const std::string symbol = fix.value(55);
    if (fix.value(321) != kIdentityAndSpecifications) {
        definition.add(323, "5");
        definition.add(58, "SecurityRequestType " + fix.value(321) + " is not served");
    } else if (venue_.market().instrument(symbol) == nullptr) {
        definition.add(323, "6");
        definition.add(58, "unknown Symbol " + symbol);
    } else {
        definition.add(323, "1");
        add_instrument(definition, symbol);
    }
    venue_.answer(session, nullptr, std::move(definition));
}

void ReferenceData::tell_trading_session(const std::string& session, const FixMessage& fix) {
    if (auto error = first_missing(fix, {335, 263}))
        return venue_.answer(session, nullptr, business_message_reject(fix, *error));
    const std::string& id = venue_.options().trading_session_id;
    const std::string symbol = fix.value(625);
    const bool is_known = (fix.find(336) == nullptr || fix.value(336) == id) &&
                          (symbol.empty() || venue_.market().instrument(symbol) != nullptr);
    if (is_known)
        return venue_.answer(session, nullptr,
                             trading_session_status(venue_, symbol, fix.value(335)));
    FixMessage refusal{"h", {{335, fix.value(335)}, {336, id}, {340, "6"}, {567, "1"}}};
    venue_.answer(session, nullptr, std::move(refusal));
}

FixMessage trading_session_status(Venue& venue, const std::string& symbol,
                                  const std::string& trad_ses_req_id) {
    const auto symbols = venue.market().symbols();
    const bool is_open =
        symbol.empty() ? std::any_of(symbols.begin(), symbols.end(),
                                     [&](const std::string& each) { return venue.is_open(each); })
                       : venue.is_open(symbol);
    FixMessage status{"h", {}};
    if (!trad_ses_req_id.empty()) status.add(335, trad_ses_req_id);
    status.add(336, venue.options().trading_session_id);
    if (!symbol.empty()) status.add(625, symbol);
    if (trad_ses_req_id.empty()) status.add(325, "Y");
    status.add(340, is_open ? "2" : "3");
    return status;
}

}  // namespace broker::simulator
