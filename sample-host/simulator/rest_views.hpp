// Accounts and orders as JSON, for REST and push alike.
#pragma once

#include <string>
#include <vector>

#include "simulator/rest_book.hpp"
#include "simulator/rest_json.hpp"
#include "simulator/simulator_options.hpp"
#include "simulator/venue.hpp"

namespace broker::simulator {

// Every function writes one JSON object into the writer. [event-thread]
class RestViews {
public:
    RestViews(const SimulatorOptions& options, Venue& venue, RestBook& book)
        : options_{options}, venue_{venue}, book_{book} {}

    [[nodiscard]] JsonWriter writer() const { return JsonWriter{style_of(options_.rest)}; }
    [[nodiscard]] const RestOptions& rest() const { return options_.rest; }

    // `is_in_open_list`: with links, as only lists of open orders have them.
    void order(JsonWriter& json, const RestOrder& order, bool is_in_open_list);
    void portfolio(JsonWriter& json, const std::string& session, bool has_owner);
    void position(JsonWriter& json, const std::string& session, const RestPosition& position);
    void metrics(JsonWriter& json, const std::string& session, bool has_positions);
    void eod_metrics(JsonWriter& json, const std::string& session);
    void transfer(JsonWriter& json, const std::string& session, const RestTransfer& transfer);
    void event(JsonWriter& json, const std::string& session, const RestAccountEvent& event);
    void user(JsonWriter& json, const std::string& username);

    [[nodiscard]] std::vector<const RestOrder*> open_orders(const std::string& session) const;
    // Account (1) of the session.
    [[nodiscard]] const std::string& account_name(const std::string& session);

private:
    void legs(JsonWriter& json, const RestOrder& order);
    void links(JsonWriter& json, const RestOrder& order);
    void executions(JsonWriter& json, const RestOrder& order);
    void cash(JsonWriter& json, const std::string& session, const RestCash& cash,
              const RestOrder* order);
    void protection_prices(JsonWriter& json, const std::string& session,
                           const RestPosition& position);
    void balances(JsonWriter& json, const std::string& session);
    void position_metrics(JsonWriter& json, const RestPosition& position);

    const SimulatorOptions& options_;
    Venue& venue_;
    RestBook& book_;
};

}  // namespace broker::simulator
