// The REST side of the venue: one request in, one answer out.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "core/clock.hpp"
#include "simulator/exchange.hpp"
#include "simulator/rest_book.hpp"
#include "simulator/rest_endpoints.hpp"
#include "simulator/rest_faults.hpp"
#include "simulator/rest_history.hpp"
#include "simulator/rest_message.hpp"
#include "simulator/rest_orders.hpp"
#include "simulator/rest_reference.hpp"
#include "simulator/rest_routes.hpp"
#include "simulator/rest_sessions.hpp"
#include "simulator/rest_views.hpp"

namespace broker::simulator {

// An answer and what is to happen to it on its way.
struct RestOutcome {
    RestResponse response;
    bool closes_before = false;  // nothing is answered and nothing was done
    bool loses_answer = false;
    bool cuts_body = false;
    bool never_answers = false;
    core::Duration delay{};
};

struct LoggedRestRequest {
    RestEndpoint endpoint;
    std::string method;
    std::string target;
    std::string body;  // of logins left out
    unsigned status;
};

// No I/O and no clock of its own. Owned by the simulator. [event-thread]
class RestApi {
public:
    static constexpr std::size_t kMaxLogged = 10'000;

    // All of them outlive it.
    RestApi(SimulatorOptions& options, Exchange& exchange, RestBook& book,
            const core::Clock& clock);
    RestApi(const RestApi&) = delete;
    RestApi& operator=(const RestApi&) = delete;

    [[nodiscard]] RestOutcome handle(RestRequest request);

    [[nodiscard]] const SimulatorOptions& options() const { return options_; }
    [[nodiscard]] RestSessions& sessions() { return sessions_; }
    [[nodiscard]] RestBook& book() { return book_; }
    [[nodiscard]] RestViews& views() { return views_; }
    [[nodiscard]] RestReference& reference() { return reference_; }
    [[nodiscard]] Venue& venue() { return exchange_.venue(); }
    [[nodiscard]] RestFaults& faults() { return faults_; }
    [[nodiscard]] RestCounters& counters() { return counters_; }
    [[nodiscard]] const std::deque<LoggedRestRequest>& log() const { return log_; }

private:
    using Faults = std::vector<RestFaultRule>;

    [[nodiscard]] RestResponse answer(const RestRequest& request, const RestRoute& route,
                                      const Faults& faults);
    [[nodiscard]] std::optional<RestResponse> check_headers(const RestRequest& request) const;
    [[nodiscard]] std::optional<RestResponse> refused_by_fault(const RestRequest& request,
                                                               const Faults& faults);
    [[nodiscard]] RestResponse too_many_requests(const core::Duration* retry_after) const;
    [[nodiscard]] RestResponse log_in(const RestRequest& request, RestEndpoint endpoint);
    [[nodiscard]] RestResponse session_answer(const RestSession& session) const;
    [[nodiscard]] RestResponse ping(RestSession& session);

    [[nodiscard]] RestResponse serve(const RestRequest& request, const RestRoute& route,
                                     RestSession& session, const Faults& faults);
    [[nodiscard]] RestResponse serve_accounts(const RestRequest& request, const RestRoute& route,
                                              const std::vector<std::string>& sessions);
    [[nodiscard]] RestResponse change_orders(const RestRequest& request, const RestRoute& route,
                                             const std::string& session, const Faults& faults);
    [[nodiscard]] std::optional<RestResponse> check_if_match(const RestRequest& request,
                                                             const std::string& session,
                                                             const Faults& faults);
    [[nodiscard]] RestResponse history(const RestRequest& request,
                                       const std::vector<std::string>& sessions);
    [[nodiscard]] RestResponse cash_transfers(const RestRequest& request,
                                              const std::vector<std::string>& sessions);
    [[nodiscard]] RestResponse account_events(const RestRequest& request,
                                              const std::vector<std::string>& sessions);
    [[nodiscard]] RestResponse eod_metrics(const RestRequest& request, const RestSession& session);
    [[nodiscard]] RestResponse users(const RestRoute& route, const RestSession& session);
    [[nodiscard]] RestResponse instruments(const RestRequest& request, const RestRoute& route,
                                           const std::string* account);
    // Sets ETag, or turns the answer into 304.
    [[nodiscard]] RestResponse tagged(const RestRequest& request,
                                      const std::vector<std::string>& sessions,
                                      RestResponse response) const;
    [[nodiscard]] std::string etag_of(const std::vector<std::string>& sessions) const;

    SimulatorOptions& options_;
    Exchange& exchange_;
    RestBook& book_;
    RestSessions sessions_;
    RestViews views_;
    RestReference reference_;
    RestOrders orders_;
    RestFaults faults_;
    RestCounters counters_;
    std::deque<LoggedRestRequest> log_;
};

}  // namespace broker::simulator
