// Sections queries, market_data and drop_copy of a profile.
#include "config/profile_sections.hpp"
#include "config/profile_values.hpp"

namespace broker::config {
namespace {

constexpr std::array<std::string_view, 2> kUpdates{"Incremental", "FullRefresh"};
constexpr std::array<std::string_view, 2> kDropCopyClOrdIDs{"Client", "Venue"};

// Those that FIX 4.4 has a message for.
constexpr core::EnumSet<core::QueryKind> kFixQueries{
    core::QueryKind::OrderStatus,         core::QueryKind::MassStatus, core::QueryKind::Positions,
    core::QueryKind::AccountSummary,      core::QueryKind::Trades,     core::QueryKind::Instruments,
    core::QueryKind::TradingSessionStatus};

// A tag, or 0: the figure is not in the report.
std::int32_t tag_or_none(const YamlValue& value) {
    return value.integer(0, 99'999) == 0 ? 0 : body_tag(value);
}

void read_account_summary(const YamlValue& value, dxtrade::QueryRules& queries) {
    YamlMap map{value};
    map.read("request", queries.account_summary_request, msg_type);
    map.read("report", queries.account_summary_report, msg_type);
    if (const auto fields = map.find("fields")) {
        dxtrade::AccountSummaryFields& tags = queries.account_summary;
        YamlMap fields_map{*fields};
        fields_map.read("balance", tags.balance, tag_or_none);
        fields_map.read("equity", tags.equity, tag_or_none);
        fields_map.read("margin", tags.margin, tag_or_none);
        fields_map.read("margin_free", tags.margin_free, tag_or_none);
        fields_map.read("open_pl", tags.open_pl, tag_or_none);
        fields_map.read("currency", tags.currency, tag_or_none);
        fields_map.finish();
    }
    map.finish();
}

}  // namespace

void read_queries(YamlMap& top, dxtrade::Profile& profile) {
    const auto section = top.find("queries");
    if (!section) return;
    YamlMap map{*section};
    if (const auto offered = map.find("offered")) {
        profile.queries.offered = enum_set<core::QueryKind>(*offered);
        if (!kFixQueries.contains(profile.queries.offered)) {
            offered->fail("expected questions of FIX alone; those of REST stand in rest.queries");
        }
    }
    if (const auto summary = map.find("account_summary")) {
        read_account_summary(*summary, profile.queries);
    }
    map.finish();
}

void read_market_data(YamlMap& top, dxtrade::Profile& profile) {
    const auto section = top.find("market_data");
    if (!section) return;
    YamlMap map{*section};
    dxtrade::MarketDataRules& rules = profile.market_data;
    map.read("offered", rules.is_offered, &YamlValue::boolean);
    map.read("updates", rules.updates, choice<dxtrade::MarketDataUpdates>(kUpdates));
    map.read("full_book", rules.has_full_book, &YamlValue::boolean);
    map.read("other_depths", rules.has_other_depths, &YamlValue::boolean);
    map.read("trades", rules.has_trades, &YamlValue::boolean);
    map.read("candles", rules.has_candles, &YamlValue::boolean);
    map.read("begins_with_snapshot", rules.begins_with_snapshot, &YamlValue::boolean);
    map.read("only_new_entries", rules.only_new_entries, &YamlValue::boolean);
    map.read("zero_size_deletes", rules.is_zero_size_a_delete, &YamlValue::boolean);
    map.read("md_stream_id", rules.md_stream_id, plain_text);
    map.read("max_symbols_per_request", rules.max_symbols_per_request, [](const YamlValue& value) {
        return static_cast<std::size_t>(value.integer(1, 1'000));
    });
    map.finish();
}

void read_drop_copy(YamlMap& top, dxtrade::Profile& profile) {
    const auto section = top.find("drop_copy");
    if (!section) return;
    YamlMap map{*section};
    map.read("offered", profile.drop_copy.is_offered, &YamlValue::boolean);
    map.read("cl_ord_id", profile.drop_copy.cl_ord_id,
             choice<dxtrade::DropCopyClOrdID>(kDropCopyClOrdIDs));
    map.finish();
}

}  // namespace broker::config
