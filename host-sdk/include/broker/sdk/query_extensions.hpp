// The extensions that ask the venue, as C++ classes. An ok Status means "asked": the answers arrive
// as events that carry the query's request_id, which is not 0, and broker_request_done_t ends them.
// Made by AdapterHandle; valid while it lives. [any-thread & started]
#pragma once

#include <cstdint>
#include <string_view>

#include "broker/abi/broker.h"
#include "broker/sdk/extension_call.hpp"
#include "broker/sdk/text.hpp"

namespace broker::sdk {

// A question about an account. The texts are borrowed until the question has been asked; what else
// it may name (symbol, cl_ord_id, from, to, candle_type, currency, max_answers) is zero.
[[nodiscard]] inline broker_query_t query(std::string_view account, std::uint64_t request_id) {
    broker_query_t query{};
    query.struct_size = sizeof(query);
    query.account = borrow(account);
    query.request_id = request_id;
    return query;
}

// broker.mass-status/1: what the venue knows of orders.
class MassStatus {
public:
    MassStatus(broker_adapter_t* adapter, const broker_mass_status_t* table) noexcept
        : adapter_{adapter}, table_{table} {}

    Status request(broker_query_t query) const {
        return detail::call_with_record(adapter_, table_->request, query);
    }
    Status request_order(broker_query_t query) const {
        return detail::call_with_record(adapter_, table_->request_order, query);
    }

private:
    broker_adapter_t* adapter_;
    const broker_mass_status_t* table_;
};

// broker.positions/1: what an account holds.
class Positions {
public:
    Positions(broker_adapter_t* adapter, const broker_positions_t* table) noexcept
        : adapter_{adapter}, table_{table} {}

    Status request(broker_query_t query) const {
        return detail::call_with_record(adapter_, table_->request, query);
    }
    Status request_from_fills(broker_query_t query) const {
        return detail::call_with_record(adapter_, table_->request_from_fills, query);
    }

private:
    broker_adapter_t* adapter_;
    const broker_positions_t* table_;
};

// broker.trades/1: an account's fills in the venue's books.
class Trades {
public:
    Trades(broker_adapter_t* adapter, const broker_trades_t* table) noexcept
        : adapter_{adapter}, table_{table} {}

    Status request(broker_query_t query) const {
        return detail::call_with_record(adapter_, table_->request, query);
    }

private:
    broker_adapter_t* adapter_;
    const broker_trades_t* table_;
};

// broker.reference-data/1: what can be traded, and when.
class ReferenceData {
public:
    ReferenceData(broker_adapter_t* adapter, const broker_reference_data_t* table) noexcept
        : adapter_{adapter}, table_{table} {}

    Status request_instruments(broker_query_t query) const {
        return detail::call_with_record(adapter_, table_->request_instruments, query);
    }
    Status request_trading_session_status(broker_query_t query) const {
        return detail::call_with_record(adapter_, table_->request_trading_session_status, query);
    }

private:
    broker_adapter_t* adapter_;
    const broker_reference_data_t* table_;
};

// broker.history/1: an account's past, and the market's.
class History {
public:
    History(broker_adapter_t* adapter, const broker_history_t* table) noexcept
        : adapter_{adapter}, table_{table} {}

    Status request_orders(broker_query_t query) const {
        return detail::call_with_record(adapter_, table_->request_orders, query);
    }
    Status request_cash_transfers(broker_query_t query) const {
        return detail::call_with_record(adapter_, table_->request_cash_transfers, query);
    }
    Status request_account_events(broker_query_t query) const {
        return detail::call_with_record(adapter_, table_->request_account_events, query);
    }
    Status request_candles(broker_query_t query) const {
        return detail::call_with_record(adapter_, table_->request_candles, query);
    }

private:
    broker_adapter_t* adapter_;
    const broker_history_t* table_;
};

// broker.conversion/1: what currencies are worth in one another.
class Conversion {
public:
    Conversion(broker_adapter_t* adapter, const broker_conversion_t* table) noexcept
        : adapter_{adapter}, table_{table} {}

    Status request_rates(broker_query_t query) const {
        return detail::call_with_record(adapter_, table_->request_rates, query);
    }

private:
    broker_adapter_t* adapter_;
    const broker_conversion_t* table_;
};

}  // namespace broker::sdk
