// All extensions of one adapter that this SDK knows.
#pragma once

#include <optional>
#include <string>

#include "broker/abi/broker.h"
#include "broker/sdk/extensions.hpp"
#include "broker/sdk/market_data.hpp"
#include "broker/sdk/operator.hpp"
#include "broker/sdk/order_lists.hpp"
#include "broker/sdk/plugin_library.hpp"
#include "broker/sdk/query_extensions.hpp"
#include "broker/sdk/risk.hpp"
#include "broker/sdk/text.hpp"

namespace broker::sdk {

// Null where the adapter has no such extension. Owned by AdapterHandle; valid while it lives.
// [any-thread]
class AdapterExtensions {
public:
    // Throws PluginError if the adapter offers an extension with a null slot.
    AdapterExtensions(const PluginLibrary& library, broker_adapter_t* adapter);

    [[nodiscard]] const OrderEntry* order_entry() const noexcept { return pointer(order_entry_); }
    [[nodiscard]] const OrderLists* order_lists() const noexcept { return pointer(order_lists_); }
    [[nodiscard]] const Accounts* accounts() const noexcept { return pointer(accounts_); }
    [[nodiscard]] const Capabilities* capabilities() const noexcept {
        return pointer(capabilities_);
    }
    [[nodiscard]] const ClOrdIDs* cl_ord_ids() const noexcept { return pointer(cl_ord_ids_); }
    [[nodiscard]] const MassStatus* mass_status() const noexcept { return pointer(mass_status_); }
    [[nodiscard]] const Positions* positions() const noexcept { return pointer(positions_); }
    [[nodiscard]] const Trades* trades() const noexcept { return pointer(trades_); }
    [[nodiscard]] const ReferenceData* reference_data() const noexcept {
        return pointer(reference_data_);
    }
    [[nodiscard]] const History* history() const noexcept { return pointer(history_); }
    [[nodiscard]] const Conversion* conversion() const noexcept { return pointer(conversion_); }
    [[nodiscard]] const Risk* risk() const noexcept { return pointer(risk_); }
    [[nodiscard]] const Operator* operator_desk() const noexcept { return pointer(operator_); }
    [[nodiscard]] const MarketData* market_data() const noexcept { return pointer(market_data_); }

private:
    template <class Extension>
    static const Extension* pointer(const std::optional<Extension>& extension) noexcept {
        return extension ? &*extension : nullptr;
    }

    template <class Table, class Extension, class... Slots>
    void find(std::optional<Extension>& extension, const char* id, Slots... slots);
    void find_orders();
    void find_queries();

    const PluginLibrary& library_;
    broker_adapter_t* const adapter_;
    std::optional<OrderEntry> order_entry_;
    std::optional<OrderLists> order_lists_;
    std::optional<Accounts> accounts_;
    std::optional<Capabilities> capabilities_;
    std::optional<ClOrdIDs> cl_ord_ids_;
    std::optional<MassStatus> mass_status_;
    std::optional<Positions> positions_;
    std::optional<Trades> trades_;
    std::optional<ReferenceData> reference_data_;
    std::optional<History> history_;
    std::optional<Conversion> conversion_;
    std::optional<Risk> risk_;
    std::optional<Operator> operator_;
    std::optional<MarketData> market_data_;
};

inline AdapterExtensions::AdapterExtensions(const PluginLibrary& library, broker_adapter_t* adapter)
    : library_{library}, adapter_{adapter} {
    find_orders();
    find_queries();
    find<broker_risk_t>(risk_, BROKER_EXT_RISK, &broker_risk_t::set_kill_switch,
                        &broker_risk_t::flatten, &broker_risk_t::reset_guard, &broker_risk_t::read);
    find<broker_operator_t>(operator_, BROKER_EXT_OPERATOR, &broker_operator_t::pause,
                            &broker_operator_t::drain, &broker_operator_t::resume,
                            &broker_operator_t::reconnect, &broker_operator_t::read);
    find<broker_market_data_t>(market_data_, BROKER_EXT_MARKET_DATA,
                               &broker_market_data_t::subscribe,
                               &broker_market_data_t::unsubscribe);
}

// An extension with a null slot is a broken adapter.
template <class Table, class Extension, class... Slots>
void AdapterExtensions::find(std::optional<Extension>& extension, const char* id, Slots... slots) {
    const auto* const table =
        static_cast<const Table*>(library_.api().get_extension(adapter_, borrow(id)));
    if (table == nullptr) return;
    if (!((table->*slots != nullptr) && ...)) {
        throw PluginError{"adapter " + std::string{library_.name()} + ": extension " + id +
                          " has null slots"};
    }
    extension.emplace(adapter_, table);
}

inline void AdapterExtensions::find_orders() {
    find<broker_order_entry_t>(order_entry_, BROKER_EXT_ORDER_ENTRY, &broker_order_entry_t::submit,
                               &broker_order_entry_t::replace, &broker_order_entry_t::cancel,
                               &broker_order_entry_t::cancel_all);
    find<broker_order_lists_t>(order_lists_, BROKER_EXT_ORDER_LIST, &broker_order_lists_t::submit,
                               &broker_order_lists_t::cancel);
    find<broker_account_api_t>(
        accounts_, BROKER_EXT_ACCOUNT, &broker_account_api_t::count,
        &broker_account_api_t::get_status_at, &broker_account_api_t::get_status,
        &broker_account_api_t::request_snapshot, &broker_account_api_t::request_summary);
    find<broker_capabilities_api_t>(capabilities_, BROKER_EXT_CAPABILITIES,
                                    &broker_capabilities_api_t::get);
    find<broker_cl_ord_id_t>(cl_ord_ids_, BROKER_EXT_CL_ORD_ID, &broker_cl_ord_id_t::generate);
}

inline void AdapterExtensions::find_queries() {
    find<broker_mass_status_t>(mass_status_, BROKER_EXT_MASS_STATUS, &broker_mass_status_t::request,
                               &broker_mass_status_t::request_order);
    find<broker_positions_t>(positions_, BROKER_EXT_POSITIONS, &broker_positions_t::request,
                             &broker_positions_t::request_from_fills);
    find<broker_trades_t>(trades_, BROKER_EXT_TRADES, &broker_trades_t::request);
    find<broker_reference_data_t>(reference_data_, BROKER_EXT_REFERENCE_DATA,
                                  &broker_reference_data_t::request_instruments,
                                  &broker_reference_data_t::request_trading_session_status);
    find<broker_history_t>(history_, BROKER_EXT_HISTORY, &broker_history_t::request_orders,
                           &broker_history_t::request_cash_transfers,
                           &broker_history_t::request_account_events,
                           &broker_history_t::request_candles);
    find<broker_conversion_t>(conversion_, BROKER_EXT_CONVERSION,
                              &broker_conversion_t::request_rates);
}

}  // namespace broker::sdk
