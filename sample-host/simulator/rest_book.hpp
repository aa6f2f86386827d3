// What REST shows of each order beside its present state: executions, cash transactions, versions.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/clock.hpp"
#include "core/decimal.hpp"
#include "simulator/fix_message.hpp"
#include "simulator/rest_options.hpp"
#include "simulator/venue.hpp"

namespace broker::simulator {

// ACCEPTED, WORKING, COMPLETED, CANCELED, EXPIRED, REJECTED.
[[nodiscard]] std::string_view rest_status(core::OrdStatus status);
[[nodiscard]] bool is_final_rest_status(std::string_view status);

// A number that the venue's OrderID stands for: of O<run>-<number>.
[[nodiscard]] std::int64_t rest_order_number(std::string_view order_id);

struct RestExecution {
    std::string code;
    std::string status;
    std::int64_t update_number = 0;
    std::uint64_t version = 0;
    core::Decimal filled;
    core::Decimal last;  // signed: a trade that is taken back is negative
    core::Decimal remaining;
    std::optional<core::Decimal> last_px;
    core::Decimal avg_px;
    core::UtcTime time;
    std::string reject_reason;
    std::string reject_code;
};

struct RestCash {
    std::string code;
    std::string type;  // SETTLEMENT, BUST, DEPOSIT, WITHDRAWAL ...
    core::Decimal value;
    core::UtcTime time;
    std::string trade_code;
    std::string position_code;
    std::uint64_t version = 0;
};

struct RestOrder {
    const Order* order = nullptr;
    std::string sender_comp_id;
    std::int64_t number = 0;         // orderId: stays through changes
    std::int64_t update_number = 0;  // updateOrderId: of the last change
    std::string code;                // orderCode: the venue's
    std::string first_client_id;     // the ClOrdID it came with
    std::uint64_t version = 0;
    core::UtcTime issued;
    core::UtcTime changed;
    std::vector<RestExecution> executions;
    std::vector<RestCash> cash;
    std::vector<std::pair<std::string, std::string>> metadata;
    std::string position_code;  // its own number, or that of the position it closes
    std::string contingency;    // of its group: IF-THEN, OCO; empty: it has none
    bool is_hidden = false;     // refused at once: there is no such order for REST

    [[nodiscard]] const std::string& client_id() const { return order->cl_ord_id; }
    // As the options would have it while the order waits for its entry.
    [[nodiscard]] std::string_view status(const RestOptions& options) const;
};

struct RestPosition {
    Position position;
    std::string code;  // of the order that opened it
    core::UtcTime opened;
    core::UtcTime changed;
    std::uint64_t version = 0;
};

struct RestTransfer {
    std::string code;
    std::string comment;
    RestCash cash;
};

struct RestAccountEvent {
    std::string type = "MARGIN_CALL";  // LIQUIDATION
    core::Decimal threshold{};
    core::Decimal level{};
    core::UtcTime time{};
    std::uint64_t version = 0;
};

// Follows every report of the exchange. `version` of an account grows with each change of it and
// from run to run. Owned by the simulator. [event-thread]
class RestBook {
public:
    using OnChange = std::function<void(const std::string& sender_comp_id)>;

    // `run` tells ids apart from those of earlier runs.
    RestBook(const RestOptions& options, Venue& venue, std::uint64_t run);

    void set_on_change(OnChange on_change) { on_change_ = std::move(on_change); }

    // As Venue::OnReport.
    void observe(const std::string& sender_comp_id, const Order& order, const FixMessage& report,
                 bool is_venue_event);

    [[nodiscard]] std::uint64_t version(const std::string& sender_comp_id) const;
    // By any ClOrdID that ever stood for it, or by orderCode. Null: none, or hidden.
    [[nodiscard]] RestOrder* find(const std::string& sender_comp_id, const std::string& code);
    [[nodiscard]] RestOrder* find(const Order& order);
    // In order of arrival, hidden ones left out.
    [[nodiscard]] std::vector<const RestOrder*> orders(const std::string& sender_comp_id) const;
    [[nodiscard]] std::vector<RestPosition> positions(const std::string& sender_comp_id);

    void pay(const std::string& sender_comp_id, const core::Decimal& amount,
             const std::string& comment);
    void raise(const std::string& sender_comp_id, RestAccountEvent event);
    [[nodiscard]] const std::vector<RestTransfer>& transfers(const std::string& sender_comp_id);
    [[nodiscard]] const std::vector<RestAccountEvent>& events(const std::string& sender_comp_id);

private:
    struct OpenPosition {
        std::string code;
        bool is_long = false;
        core::UtcTime opened;
        core::UtcTime changed;
        std::uint64_t version = 0;
    };
    struct Account {
        std::uint64_t version = 0;
        core::Decimal cash;
        std::vector<RestTransfer> transfers;
        std::vector<RestAccountEvent> events;
        std::map<std::pair<std::string, std::string>, OpenPosition> open;  // by symbol and code
    };

    [[nodiscard]] RestOrder& record_of(const std::string& sender_comp_id, const Order& order);
    [[nodiscard]] std::string position_code_of(const RestOrder& record) const;
    [[nodiscard]] RestExecution execution_of(const RestOrder& record, const FixMessage& report);
    void follow_cash(RestOrder& record, Account& account, const RestExecution& execution,
                     const FixMessage& report);
    void follow_position(Account& account, const RestOrder& record);
    [[nodiscard]] std::string next_code(const char* kind);
    void changed(const std::string& sender_comp_id);

    const RestOptions& options_;
    Venue& venue_;
    std::uint64_t run_;
    OnChange on_change_;
    std::uint64_t code_count_ = 0;
    std::map<std::string, Account, std::less<>> accounts_;  // by SenderCompID
    std::deque<RestOrder> records_;                         // as many as the venue has orders
    std::map<const Order*, RestOrder*> by_order_;
    std::map<std::pair<std::string, std::string>, RestOrder*> by_code_;  // SenderCompID, orderCode
};

}  // namespace broker::simulator
