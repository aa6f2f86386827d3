#include "simulator/market_data_messages.hpp"

#include "simulator/fix_text.hpp"
#include "simulator/fixed.hpp"

namespace broker::simulator {
namespace {

constexpr Wide kOne = 100'000'000;  // of to_fixed()

core::Decimal six_places(Wide value) {
    return core::Decimal::from(static_cast<std::int64_t>(rounded_quotient(value, 100)), 6).value();
}

void add_if_given(FixMessage& fix, int tag, const std::string& value) {
    if (!value.empty()) fix.add(tag, value);
}

void add_if_given(FixMessage& fix, int tag, const std::optional<core::Decimal>& value) {
    if (value) fix.add(tag, value->to_string());
}

void add_net_change(FixMessage& fix, const std::optional<NetChange>& change) {
    if (!change) return;
    fix.add(451, change->change.to_string());
    fix.add(6409, change->percent.to_string());
}

void add_values(FixMessage& fix, const MarketDataEntry& entry) {
    add_if_given(fix, 270, entry.px);
    add_if_given(fix, 271, entry.size);
    const std::string time = timestamp_text(entry.time);  // YYYYMMDD-HH:MM:SS.sss
    fix.add(272, time.substr(0, 8));
    fix.add(273, time.substr(9));
}

}  // namespace

std::optional<NetChange> net_change(const core::Decimal& prev_close, const core::Decimal& price) {
    const auto before = to_fixed(prev_close);
    const auto now = to_fixed(price);
    if (!before || !now || *before == 0) return std::nullopt;
    const Wide change = *now - *before;
    return NetChange{six_places(change),
                     six_places(rounded_quotient(change * 100 * kOne, *before))};
}

FixMessage market_data_snapshot(const MarketDataHeading& heading,
                                const MarketDataEntries& entries) {
    FixMessage fix{"W", {}};
    add_if_given(fix, 262, heading.md_req_id);
    if (heading.tot_num_reports) fix.add(911, std::to_string(*heading.tot_num_reports));
    add_if_given(fix, 1500, heading.stream_id);
    add_if_given(fix, 6408, heading.candle_type);
    fix.add(55, heading.symbol);
    add_net_change(fix, heading.net_change);
    fix.add(268, std::to_string(entries.size()));
    for (const auto& entry : entries) {
        fix.add(269, std::string(1, entry.type));
        fix.add(278, entry.id);
        add_values(fix, entry);
    }
    return fix;
}

FixMessage market_data_increment(const MarketDataHeading& heading,
                                 const std::vector<MarketDataChange>& changes) {
    FixMessage fix{"X", {}};
    add_if_given(fix, 262, heading.md_req_id);
    fix.add(268, std::to_string(changes.size()));
    for (const auto& [action, entry] : changes) {
        fix.add(279, std::string(1, action));
        fix.add(269, std::string(1, entry.type));
        fix.add(278, entry.id);
        add_if_given(fix, 1500, heading.stream_id);
        add_if_given(fix, 6408, heading.candle_type);
        fix.add(55, heading.symbol);
        add_values(fix, entry);
        add_net_change(fix, heading.net_change);
    }
    return fix;
}

FixMessage market_data_request_reject(const std::string& md_req_id,
                                      const MarketDataRefusal& refusal) {
    FixMessage fix{"Y", {}};
    fix.add(262, md_req_id);
    add_if_given(fix, 281, refusal.reason);
    add_if_given(fix, 58, refusal.text);
    return fix;
}

}  // namespace broker::simulator
