#include "simulator/rest_api.hpp"

#include <algorithm>
#include <utility>

namespace broker::simulator {
namespace {

const RestFaultRule* find(const std::vector<RestFaultRule>& faults, RestFault fault) {
    const auto found = std::find_if(faults.begin(), faults.end(),
                                    [&](const auto& each) { return each.fault == fault; });
    return found == faults.end() ? nullptr : &*found;
}

bool is_login(RestEndpoint endpoint) {
    return endpoint == RestEndpoint::Login || endpoint == RestEndpoint::LoginByToken;
}

RestResponse not_found() {
    return error_response(404, rest_error::kNotFound, "not found or no permission");
}

RestResponse unauthorised() {
    return error_response(401, rest_error::kUnauthorised, "authorization required");
}

RestOutcome outcome_of(RestResponse response, const std::vector<RestFaultRule>& faults) {
    RestOutcome outcome{std::move(response)};
    auto& answer = outcome.response;
    if (find(faults, RestFault::ErrorAfter) != nullptr)
        answer = error_response(500, 0, "internal error");
    if (find(faults, RestFault::WrongJson) != nullptr) answer.body = "{\"orders\":[{\"account\":";
    if (find(faults, RestFault::EmptyBody) != nullptr) answer.body.clear();
    outcome.loses_answer = find(faults, RestFault::LoseAnswer) != nullptr;
    outcome.cuts_body = find(faults, RestFault::CutBody) != nullptr;
    outcome.never_answers = find(faults, RestFault::NeverAnswer) != nullptr;
    if (const auto* slow = find(faults, RestFault::Slow)) outcome.delay = slow->delay;
    return outcome;
}

}  // namespace

RestApi::RestApi(SimulatorOptions& options, Exchange& exchange, RestBook& book,
                 const core::Clock& clock)
    : options_{options},
      exchange_{exchange},
      book_{book},
      sessions_{options_, clock},
      views_{options_, exchange.venue(), book},
      reference_{options_.rest, exchange.venue()},
      orders_{options_.rest, exchange, book} {
    for (const auto& rule : options.rest_rules) faults_.add(rule);
}

RestOutcome RestApi::handle(RestRequest request) {
    exchange_.run_due();
    RestRoute route;
    if (read_target(request)) route = route_of(request, options_.rest);
    ++counters_.requests[static_cast<std::size_t>(route.endpoint)];
    const auto faults = faults_.take(route.endpoint);
    RestOutcome outcome;
    if (find(faults, RestFault::CloseBefore) != nullptr)
        outcome.closes_before = true;
    else if (auto refused = refused_by_fault(request, faults))
        outcome.response = std::move(*refused);
    else
        outcome = outcome_of(answer(request, route, faults), faults);
    if (outcome.response.status == 409) ++counters_.conflicts;
    if (log_.size() >= kMaxLogged) log_.pop_front();
    log_.push_back({route.endpoint, request.method, request.target,
                    is_login(route.endpoint) ? std::string{} : request.body,
                    outcome.response.status});
    return outcome;
}

RestResponse RestApi::too_many_requests(const core::Duration* retry_after) const {
    auto response = error_response(429, 429, "too many requests");
    if (retry_after != nullptr) {
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(*retry_after).count();
        response.headers.emplace_back("Retry-After", std::to_string(seconds));
    }
    return response;
}

std::optional<RestResponse> RestApi::refused_by_fault(const RestRequest& request,
                                                      const Faults& faults) {
    if (const auto* fault = find(faults, RestFault::TooManyRequests))
        return too_many_requests(&fault->delay);
    if (find(faults, RestFault::TooManyRequestsBare) != nullptr) return too_many_requests(nullptr);
    if (find(faults, RestFault::UnavailableBefore) != nullptr)
        return error_response(503, 0, "maintenance");
    if (find(faults, RestFault::HtmlError) != nullptr) return html_response(502, "Bad Gateway");
    if (find(faults, RestFault::LoginRefused) != nullptr) {
        ++counters_.refused_logins;
        return error_response(401, rest_error::kLoginFailed, "login failed");
    }
    if (find(faults, RestFault::ExpiredToken) != nullptr) {
        if (const RestSession* session = sessions_.authorised(request))
            sessions_.end(std::string{session->token});
        return unauthorised();
    }
    return std::nullopt;
}

std::optional<RestResponse> RestApi::check_headers(const RestRequest& request) const {
    if (options_.rest.requires_user_agent && request.header("user-agent").empty())
        return html_response(403, "Forbidden");
    const std::string accept = request.header("accept");
    const bool accepts_json = accept.empty() || accept.find("*/*") != std::string::npos ||
                              accept.find("application/*") != std::string::npos ||
                              accept.find("json") != std::string::npos;
    if (!accepts_json) return error_response(406, 0, "not acceptable");
    const std::string type = request.header("content-type");
    if (!request.body.empty() && !type.empty() && type.find("json") == std::string::npos)
        return error_response(415, 0, "unsupported media type");
    return std::nullopt;
}

RestResponse RestApi::answer(const RestRequest& request, const RestRoute& route,
                             const Faults& faults) {
    if (!route.is_known_path) return html_response(404, "Not Found");
    if (auto refused = check_headers(request)) return *refused;
    if (route.endpoint == RestEndpoint::Unknown)
        return error_response(405, 0, "method not allowed");
    if (is_login(route.endpoint)) return log_in(request, route.endpoint);
    RestSession* session = sessions_.authorised(request);
    if (session == nullptr) return unauthorised();
    const auto bucket = bucket_of(request, route.endpoint);
    if (!sessions_.admit(*session, bucket)) {
        ++counters_.rate_limited;
        const auto& limits = options_.rest.rate_limits;
        const core::Duration second = std::chrono::seconds{1};
        return too_many_requests(limits.sends_retry_after ? &second : nullptr);
    }
    return serve(request, route, *session, faults);
}

RestResponse RestApi::log_in(const RestRequest& request, RestEndpoint endpoint) {
    if (!sessions_.admit_login()) {
        ++counters_.rate_limited;
        const core::Duration second = std::chrono::seconds{1};
        return too_many_requests(options_.rest.rate_limits.sends_retry_after ? &second : nullptr);
    }
    const auto body = json_from(request.body);
    if (!body) return error_response(500, rest_error::kEmptyLogin, "cannot read the login");
    const bool is_by_token = endpoint == RestEndpoint::LoginByToken;
    const auto user = body->scalar_of("username");
    const auto domain = body->scalar_of("domain");
    const RestSession* session =
        is_by_token ? sessions_.log_in_by_token(user, domain, body->scalar_of("token"))
                    : sessions_.log_in(user, domain, body->scalar_of("password"));
    if (session == nullptr) {
        ++counters_.refused_logins;
        return error_response(401, rest_error::kLoginFailed, "login failed");
    }
    ++counters_.logins;
    return session_answer(*session);
}

RestResponse RestApi::session_answer(const RestSession& session) const {
    JsonWriter json{JsonStyle{}};
    json.begin_object().text("sessionToken", session.token);
    json.key("timeout").raw(sessions_.timeout_text()).end_object();
    return {.status = 200, .body = json.str()};
}

RestResponse RestApi::ping(RestSession& session) {
    if (options_.rest.ping_answers_empty) return {.status = 200, .body = "{}"};
    if (options_.rest.ping_gives_new_token) sessions_.renew(session);
    return session_answer(session);
}

RestResponse RestApi::serve(const RestRequest& request, const RestRoute& route,
                            RestSession& session, const Faults& faults) {
    switch (route.endpoint) {
        case RestEndpoint::Ping:
            return ping(session);
        case RestEndpoint::Logout:
            sessions_.end(std::string{session.token});
            return {.status = 200, .body = {}};
        case RestEndpoint::Users:
            return users(route, session);
        case RestEndpoint::Instruments:
            return instruments(request, route, nullptr);
        case RestEndpoint::MarketData:
            return reference_.market_data(request.body);
        case RestEndpoint::ConversionRates:
            if (request.parameter("toCurrency").empty())
                return error_response(400, rest_error::kBadParameter, "<toCurrency>");
            return {.status = 200,
                    .body = reference_.conversion_rates(request.parameter("toCurrency"),
                                                        request.parameter("fromCurrency"))};
        case RestEndpoint::EodMetrics:
            return eod_metrics(request, session);
        default:
            break;
    }
    std::vector<std::string> accounts;
    for (const auto& name : comma_separated(route.accounts)) {
        const auto account = sessions_.account_of(session.username, name);
        if (!account) return not_found();
        accounts.push_back(*account);
    }
    if (accounts.empty()) return error_response(400, rest_error::kBadParameter, "<accounts>");
    if (route.endpoint == RestEndpoint::InstrumentDetails)
        return instruments(request, route, &accounts.front());
    if (bucket_of(request, route.endpoint) == RateBucket::Trade)
        return change_orders(request, route, accounts.front(), faults);
    return serve_accounts(request, route, accounts);
}

RestResponse RestApi::change_orders(const RestRequest& request, const RestRoute& route,
                                    const std::string& session, const Faults& faults) {
    switch (route.endpoint) {
        case RestEndpoint::PlaceOrder:
            return orders_.place(session, request.body);
        case RestEndpoint::ClosePositions:
            return orders_.close_positions(session, request.body);
        default:
            break;
    }
    if (auto refused = check_if_match(request, session, faults)) return *refused;
    if (route.endpoint == RestEndpoint::CancelOrder) return orders_.cancel(session, route.item);
    if (route.endpoint == RestEndpoint::CancelGroup)
        return orders_.cancel_group(session, comma_separated(request.parameter("order-codes")));
    auto response = orders_.replace(session, request.body);
    if (response.status == 200) response.headers.emplace_back("ETag", etag_of({session}));
    return response;
}

std::optional<RestResponse> RestApi::check_if_match(const RestRequest& request,
                                                    const std::string& session,
                                                    const Faults& faults) {
    const std::string given = request.header("if-match");
    if (given.empty()) {
        if (!options_.rest.requires_if_match) return std::nullopt;
        return error_response(403, rest_error::kIfMatchMissing, "If-Match is required");
    }
    const bool is_stale = find(faults, RestFault::StaleETag) != nullptr;
    if (!is_stale && given == etag_of({session})) return std::nullopt;
    return RestResponse{.status = 412, .body = {}};
}

std::string RestApi::etag_of(const std::vector<std::string>& sessions) const {
    std::string tag = "\"";
    for (const auto& session : sessions)
        tag += (tag.size() > 1 ? "-" : "") + std::to_string(book_.version(session));
    return tag + '"';
}

RestResponse RestApi::tagged(const RestRequest& request, const std::vector<std::string>& sessions,
                             RestResponse response) const {
    if (response.status != 200) return response;
    const auto tag = etag_of(sessions);
    if (request.header("if-none-match") == tag) response = {.status = 304, .body = {}};
    response.headers.emplace_back("ETag", tag);
    return response;
}

}  // namespace broker::simulator
