#include "simulator/session_options_yaml.hpp"

namespace broker::simulator {
namespace {

void read(const Entry& entry, const char* name, std::string& into) {
    entry.at(name, [&](const Entry& below) { into = below.text(); });
}

void read(const Entry& entry, const char* name, bool& into) {
    entry.at(name, [&](const Entry& below) { into = below.boolean(); });
}

template <class Value>
void read(const Entry& entry, const char* name, Value& into,
          std::initializer_list<std::pair<std::string_view, Value>> names) {
    entry.at(name, [&](const Entry& below) { into = below.one_of<Value>(names); });
}

}  // namespace

MarketDataOptions market_data_options_from(const Entry& entry) {
    constexpr int kMaxLevels = 1000;
    entry.allow({"target_comp_id", "updates", "entry_action", "depth_levels", "stream_id",
                 "requires_stream_id", "sends_tot_num_reports", "sends_net_change"});
    MarketDataOptions options;
    read(entry, "target_comp_id", options.target_comp_id);
    read(entry, "updates", options.updates,
         {{"full_then_incremental", MarketDataUpdates::FullThenIncremental},
          {"full", MarketDataUpdates::Full},
          {"incremental", MarketDataUpdates::Incremental}});
    read(entry, "entry_action", options.entry_action,
         {{"new_only", EntryAction::NewOnly}, {"standard", EntryAction::Standard}});
    entry.at("depth_levels",
             [&](const Entry& levels) { options.depth_levels = levels.integer(1, kMaxLevels); });
    read(entry, "stream_id", options.stream_id);
    read(entry, "requires_stream_id", options.requires_stream_id);
    read(entry, "sends_tot_num_reports", options.sends_tot_num_reports);
    read(entry, "sends_net_change", options.sends_net_change);
    return options;
}

DropCopyOptions drop_copy_options_from(const Entry& entry) {
    entry.allow({"target_comp_id", "cl_ord_id", "exec_ids", "refusal", "sends_corrections",
                 "sends_status_before_trades", "sends_allocations", "delay_ms"});
    DropCopyOptions options;
    read(entry, "target_comp_id", options.target_comp_id);
    read(entry, "cl_ord_id", options.cl_ord_id,
         {{"client", CopiedClOrdID::Client},
          {"venue", CopiedClOrdID::Venue},
          {"absent", CopiedClOrdID::Absent}});
    read(entry, "exec_ids", options.exec_ids,
         {{"same", CopiedExecID::Same}, {"own", CopiedExecID::Own}});
    read(entry, "refusal", options.refusal,
         {{"unsupported", DropCopyRefusal::UnsupportedMessageType},
          {"not_authorized", DropCopyRefusal::NotAuthorized}});
    read(entry, "sends_corrections", options.sends_corrections);
    read(entry, "sends_status_before_trades", options.sends_status_before_trades);
    read(entry, "sends_allocations", options.sends_allocations);
    entry.at("delay_ms", [&](const Entry& delay) { options.delay = delay.milliseconds(); });
    return options;
}

}  // namespace broker::simulator
