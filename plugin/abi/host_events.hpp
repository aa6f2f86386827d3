// Tells the host what happens on one account.
#pragma once

#include <string>

#include "account/account_events.hpp"
#include "account/market_data_events.hpp"
#include "broker/abi/host.h"
#include "core/clock.hpp"

namespace broker::abi {

// Fills the ABI's records and calls the host. Owned by the adapter. [event-thread]
class HostEvents final : public account::HostListener {
public:
    HostEvents(const broker_host_t& host, std::string account)
        : host_{host}, account_{std::move(account)} {}

    void on_session(const account::SessionNews& news) override;
    void on_order(const account::OrderNews& news) override;
    void on_cancel_reject(const account::CancelRejectNews& news) override;
    void on_snapshot(const account::SnapshotNews& news) override;
    void on_order_list(const account::OrderListNews& news) override;

    // -- host_answers.cpp
    void on_position(const account::PositionNews& news) override;
    void on_account_summary(const core::AccountSummary& summary) override;
    void on_trade(const core::TradeReport& trade) override;
    void on_instrument(const core::Instrument& instrument) override;
    void on_trading_session_status(const core::TradingSessionStatus& status) override;
    void on_query_done(const core::QueryDone& done) override;
    void on_venue_fault(const core::VenueFault& fault) override;

    // -- host_history.cpp
    void on_cash_transfer(const core::CashTransfer& transfer) override;
    void on_account_event(const core::AccountEvent& event) override;
    void on_candle(const core::Candle& candle) override;
    void on_conversion_rate(const core::ConversionRate& rate) override;

    // -- market_data_events.cpp
    void on_quote(const core::Quote& quote) override;
    void on_market_data_entry(const core::MarketDataEntry& entry) override;
    void on_market_data_status(const core::MarketDataStatus& status) override;

private:
    template <class Record>
    [[nodiscard]] Record begin(broker_event_type_t type) {
        Record record{};
        fill_header(record.event, sizeof(Record), type);
        return record;
    }
    void fill_header(broker_event_t& header, std::size_t size, broker_event_type_t type);
    void deliver(const broker_event_t& event);

    const broker_host_t& host_;
    const std::string account_;
    std::uint64_t event_seq_num_ = 0;
    core::SystemClock clock_;
};

}  // namespace broker::abi
