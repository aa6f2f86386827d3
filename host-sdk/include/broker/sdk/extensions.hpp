// An adapter's extensions for orders and accounts as C++ classes. They set struct_size and turn
// errors into Status. Made by AdapterHandle; valid while it lives. See also order_lists.hpp,
// query_extensions.hpp and market_data.hpp.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "broker/abi/broker.h"
#include "broker/sdk/extension_call.hpp"
#include "broker/sdk/status.hpp"
#include "broker/sdk/text.hpp"

namespace broker::sdk {

// broker.order-entry/1: single orders. An ok Status means "will be sent"; the outcome arrives as
// events. [any-thread & started]
class OrderEntry {
public:
    OrderEntry(broker_adapter_t* adapter, const broker_order_entry_t* table) noexcept
        : adapter_{adapter}, table_{table} {}

    Status submit(broker_new_order_t order) const {
        return detail::call_with_record(adapter_, table_->submit, order);
    }
    Status replace(broker_replace_order_t request) const {
        return detail::call_with_record(adapter_, table_->replace, request);
    }
    Status cancel(broker_cancel_order_t request) const {
        return detail::call_with_record(adapter_, table_->cancel, request);
    }
    Status cancel_all(broker_cancel_all_t request) const {
        return detail::call_with_record(adapter_, table_->cancel_all, request);
    }

private:
    broker_adapter_t* adapter_;
    const broker_order_entry_t* table_;
};

// broker.account/1: the configured accounts and their state. [any-thread]
class Accounts {
public:
    Accounts(broker_adapter_t* adapter, const broker_account_api_t* table) noexcept
        : adapter_{adapter}, table_{table} {}

    [[nodiscard]] std::uint64_t count() const { return table_->count(adapter_); }

    // Both fill `status` if they return ok; its strings live as long as the adapter.
    Status get_status_at(std::uint64_t index, broker_account_status_t& status) const {
        status = {};
        status.struct_size = sizeof(status);
        detail::CallError error;
        return error.status(table_->get_status_at(adapter_, index, &status, error.get()));
    }
    Status get_status(std::string_view account, broker_account_status_t& status) const {
        status = {};
        status.struct_size = sizeof(status);
        detail::CallError error;
        return error.status(table_->get_status(adapter_, borrow(account), &status, error.get()));
    }

    // The answers arrive as events that carry `request_id`, which is not 0. [any-thread & started]
    Status request_snapshot(std::string_view account, std::uint64_t request_id) const {
        detail::CallError error;
        return error.status(
            table_->request_snapshot(adapter_, borrow(account), request_id, error.get()));
    }
    Status request_summary(std::string_view account, std::uint64_t request_id) const {
        detail::CallError error;
        return error.status(
            table_->request_summary(adapter_, borrow(account), request_id, error.get()));
    }

private:
    broker_adapter_t* adapter_;
    const broker_account_api_t* table_;
};

// broker.capabilities/1: what can be done with an account. [any-thread]
class Capabilities {
public:
    Capabilities(broker_adapter_t* adapter, const broker_capabilities_api_t* table) noexcept
        : adapter_{adapter}, table_{table} {}

    // Fills `capabilities` if it returns ok; they are constant until a reload changes them.
    Status get(std::string_view account, broker_capabilities_t& capabilities) const {
        capabilities = {};
        capabilities.struct_size = sizeof(capabilities);
        detail::CallError error;
        return error.status(table_->get(adapter_, borrow(account), &capabilities, error.get()));
    }

private:
    broker_adapter_t* adapter_;
    const broker_capabilities_api_t* table_;
};

// broker.cl-ord-id/1: ids for requests. [any-thread]
class ClOrdIDs {
public:
    ClOrdIDs(const broker_adapter_t* adapter, const broker_cl_ord_id_t* table) noexcept
        : adapter_{adapter}, table_{table} {}

    // Gives `cl_ord_id` a ClOrdID that nobody else makes, if it returns ok.
    Status generate(std::string_view account, std::string& cl_ord_id) const {
        std::array<char, BROKER_CL_ORD_ID_SIZE> text{};
        detail::CallError error;
        const broker_status_t code =
            table_->generate(adapter_, borrow(account), text.data(), error.get());
        text.back() = '\0';  // whatever the adapter has written
        if (code == BROKER_OK) cl_ord_id = text.data();
        return error.status(code);
    }

private:
    const broker_adapter_t* adapter_;
    const broker_cl_ord_id_t* table_;
};

}  // namespace broker::sdk
