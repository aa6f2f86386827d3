// Orders of one account as whole records, and what the venue received of them.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "broker/sdk/fields.hpp"
#include "system/trading_rig.hpp"

namespace broker::test {

// Throws std::bad_optional_access if it is none.
[[nodiscard]] broker_decimal_t decimal(std::string_view text);

// Orders to buy 1000 EURUSD, good for the day. Records borrow the texts given.
[[nodiscard]] broker_new_order_t order_of(std::string_view id, broker_ord_type_t type);
[[nodiscard]] broker_new_order_t market_order(std::string_view id);
[[nodiscard]] broker_new_order_t limit_order(std::string_view id, std::string_view price);
[[nodiscard]] broker_new_order_t stop_order(std::string_view id, std::string_view stop_px);
[[nodiscard]] broker_replace_order_t replace_of(std::string_view id, std::string_view orig);
[[nodiscard]] broker_cancel_order_t cancel_of(std::string_view id, std::string_view orig);

// Fields "11=A|1=X", in the order of their tags.
[[nodiscard]] std::string in_tag_order(const std::string& fields);
// The body of a NewOrderSingle (D) of EURUSD with these further fields: what the profile and the
// account add is there.
[[nodiscard]] std::string order_body(const std::string& id, const std::string& fields);
// Whether each of the fields stands in the body.
[[nodiscard]] bool has_fields(const std::string& body, const std::string& fields);

MATCHER_P(HasFields, fields, "has the fields " + std::string{fields}) {
    return has_fields(arg, fields);
}

// One account, ACC-1, whose quote of EURUSD is 1.10000 to 1.10002.
class OrderFixture : public testing::Test {
protected:
    // `adjust` may change the venue.
    explicit OrderFixture(const TradingRig::AdjustVenue& adjust = {}) : rig_{{"ACC-1"}, adjust} {}

    void start();
    // Another venue, before start().
    [[nodiscard]] TradingRig& rig() { return rig_; }
    [[nodiscard]] simulator::Simulator& venue() { return rig_.venue(); }

    sdk::Status submit(const broker_new_order_t& order);
    sdk::Status replace(const broker_replace_order_t& request);
    sdk::Status cancel(const broker_cancel_order_t& request);
    // Submits and waits until the venue has accepted the order.
    void place(const broker_new_order_t& order);

    void quote(std::string_view bid, std::string_view ask);

    // The first report about the request with this status; a default one after a while.
    [[nodiscard]] RecordedEvent wait_status(const std::string& id, broker_ord_status_t status);
    [[nodiscard]] RecordedEvent wait_exec(const std::string& id, broker_exec_type_t type);

    // The message with this MsgType and ClOrdID (or ListID) that the venue has received, as
    // "11=A|55=EURUSD|…": its body without TransactTime (60), in the order of tags, groups
    // behind their counts. Waits for it; empty after a while.
    [[nodiscard]] std::string sent(std::string_view msg_type, std::string_view id);
    // How many messages about orders and lists have reached the venue.
    [[nodiscard]] std::size_t requests_at_venue();

private:
    TradingRig rig_;
};

}  // namespace broker::test
