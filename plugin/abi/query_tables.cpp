// The extensions that ask the venue: broker.mass-status/1, broker.positions/1, broker.trades/1,
// broker.reference-data/1, broker.history/1 and broker.conversion/1; request_summary of
// broker.account/1 as well.
#include "abi/query_tables.hpp"

#include "abi/capabilities.hpp"
#include "abi/command_entry.hpp"
#include "abi/query_records.hpp"
#include "account/account_commands.hpp"
#include "broker/abi/ext/conversion.h"
#include "broker/abi/ext/history.h"
#include "broker/abi/ext/mass_status.h"
#include "broker/abi/ext/positions.h"
#include "broker/abi/ext/reference_data.h"
#include "broker/abi/ext/trades.h"
#include "dxtrade/order_rules.hpp"
#include "dxtrade/refusal.hpp"

namespace broker::abi {
namespace {

using core::QueryKind;
using core::Result;

// OrderStatusRequests one by one stand in for the mass request that a venue does not have.
Result<void> check_answerable(const core::Query& query, const config::AccountSettings& settings) {
    const core::EnumSet<QueryKind> offered = offered_queries(settings);
    core::Query asked = query;
    if (query.kind == QueryKind::MassStatus && !offered.contains(query.kind)) {
        asked.kind = QueryKind::OrderStatus;
    }
    auto answerable = dxtrade::check(asked, settings.profile);
    if (settings.profile.queries.offered.contains(asked.kind)) return answerable;
    if (!offered.contains(asked.kind)) {
        return core::fail(core::Reason::ChannelNotConfigured, answerable.error().detail);
    }
    // A channel beside the trading one answers: its profile's symbols are the same.
    if (query.symbol.empty()) return {};
    return dxtrade::check_symbol(query.symbol.view(), settings.profile);
}

template <QueryKind Kind>
broker_status_t BROKER_CALL ask(broker_adapter_t* adapter, const broker_query_t* query,
                                broker_error_t* error) {
    return take(
        adapter, query, error,
        [](const broker_query_t& record, core::MonotonicTime) { return to_core(record, Kind); },
        check_answerable,
        [](runtime::Adapter& runtime, const runtime::Account& account, const core::Query& command) {
            return runtime.post(account, command);
        });
}

broker_status_t BROKER_CALL request_from_fills(broker_adapter_t* adapter,
                                               const broker_query_t* record,
                                               broker_error_t* error) {
    return guard(error, [&]() -> broker_status_t {
        const auto known = read_command(record, kReleasedSize<broker_query_t>);
        if (!known) return refuse(error, known.error());
        return with_account(
            adapter, view(known->account), error, [&](const runtime::Account& found) {
                const auto query = to_core(*known, QueryKind::Positions);
                if (!query) return refuse(error, query.error());
                return status_from(
                    adapter->runtime->post(
                        found, account::PositionsFromFills{query->request_id, query->symbol}),
                    error);
            });
    });
}

}  // namespace

broker_status_t ask_account_summary(broker_adapter_t* adapter, broker_str_t account,
                                    std::uint64_t request_id, broker_error_t* error) {
    broker_query_t query{};
    query.struct_size = sizeof(query);
    query.account = account;
    query.request_id = request_id;
    return ask<QueryKind::AccountSummary>(adapter, &query, error);
}

const void* mass_status_table() {
    static const broker_mass_status_t table{&ask<QueryKind::MassStatus>,
                                            &ask<QueryKind::OrderStatus>};
    return &table;
}

const void* positions_table() {
    static const broker_positions_t table{&ask<QueryKind::Positions>, &request_from_fills};
    return &table;
}

const void* trades_table() {
    static const broker_trades_t table{&ask<QueryKind::Trades>};
    return &table;
}

const void* reference_data_table() {
    static const broker_reference_data_t table{&ask<QueryKind::Instruments>,
                                               &ask<QueryKind::TradingSessionStatus>};
    return &table;
}

const void* history_table() {
    static const broker_history_t table{&ask<QueryKind::OrderHistory>,
                                        &ask<QueryKind::CashTransfers>,
                                        &ask<QueryKind::AccountEvents>, &ask<QueryKind::Candles>};
    return &table;
}

const void* conversion_table() {
    static const broker_conversion_t table{&ask<QueryKind::ConversionRates>};
    return &table;
}

}  // namespace broker::abi
