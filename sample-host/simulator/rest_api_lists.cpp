// What can be read over REST.
#include <algorithm>
#include <charconv>

#include "simulator/rest_api.hpp"

namespace broker::simulator {
namespace {

// The span of time and the slice of a list that a request asks for.
struct ListQuery {
    std::optional<core::UtcTime> from;
    std::optional<core::UtcTime> to;
    std::size_t start = 0;
    std::size_t limit = 0;
    std::string bad_parameter;

    ListQuery(const RestRequest& request, const RestOptions& options)
        : limit{static_cast<std::size_t>(options.page_size)} {
        const bool is_older = options.from_time_parameters;
        read_time(request, is_older ? "from-time" : "time-from", from);
        read_time(request, is_older ? "to-time" : "time-to", to);
        for (const char* other :
             {is_older ? "time-from" : "from-time", is_older ? "time-to" : "to-time"})
            if (request.query.contains(other)) bad_parameter = other;
        read_number(request, "start-from", start);
        std::size_t wanted = limit;
        read_number(request, "limit", wanted);
        limit = std::min(limit, wanted);
    }

    [[nodiscard]] bool has(core::UtcTime time) const {
        return (!from || time >= *from) && (!to || time <= *to);
    }

private:
    void read_time(const RestRequest& request, const char* name,
                   std::optional<core::UtcTime>& into) {
        const auto text = request.parameter(name);
        if (text.empty()) return;
        into = iso_time(text);
        if (!into) bad_parameter = name;
    }
    void read_number(const RestRequest& request, const char* name, std::size_t& into) {
        const auto text = request.parameter(name);
        if (text.empty()) return;
        const char* const end = text.data() + text.size();
        const auto [stop, error] = std::from_chars(text.data(), end, into);
        if (error != std::errc{} || stop != end) bad_parameter = name;
    }
};

RestResponse bad_parameter(const std::string& name) {
    return error_response(400, rest_error::kBadParameter, "<" + name + ">");
}

}  // namespace

RestResponse RestApi::serve_accounts(const RestRequest& request, const RestRoute& route,
                                     const std::vector<std::string>& sessions) {
    if (route.endpoint == RestEndpoint::History) return history(request, sessions);
    if (route.endpoint == RestEndpoint::Transfers) return cash_transfers(request, sessions);
    if (route.endpoint == RestEndpoint::Events) return account_events(request, sessions);
    auto json = views_.writer();
    const auto each = [&](const char* name, const auto& write) {
        json.begin_object().key(name).begin_array();
        for (const auto& session : sessions) write(session);
        json.end_array().end_object();
    };
    switch (route.endpoint) {
        case RestEndpoint::Portfolio:
            each("portfolios",
                 [&](const auto& session) { views_.portfolio(json, session, false); });
            break;
        case RestEndpoint::Positions:
            each("positions", [&](const auto& session) {
                for (const auto& held : book_.positions(session))
                    views_.position(json, session, held);
            });
            break;
        case RestEndpoint::Orders:
            each("orders", [&](const auto& session) {
                for (const auto* order : views_.open_orders(session))
                    views_.order(json, *order, true);
            });
            break;
        default:  // Metrics, which have no ETag
            each("metrics", [&](const auto& session) {
                views_.metrics(json, session, request.parameter("include-positions") == "true");
            });
            return {.status = 200, .body = json.str()};
    }
    return tagged(request, sessions, {.status = 200, .body = json.str()});
}

RestResponse RestApi::history(const RestRequest& request,
                              const std::vector<std::string>& sessions) {
    RestParameters parameters = request.query;
    if (request.method == "POST" && !request.body.empty()) {
        const auto body = json_from(request.body);
        if (!body || body->kind != JsonValue::Kind::Object) return bad_parameter("body");
        for (const auto& [name, value] : body->members) {
            std::string text = value.scalar;
            for (const auto& item : value.items) text += (text.empty() ? "" : ",") + item.scalar;
            parameters.emplace(name, text);
        }
    }
    std::string bad;
    const auto query = HistoryQuery::from(parameters, options_.rest, exchange_.venue().utc(), bad);
    if (!query) return bad_parameter(bad);
    std::vector<const RestOrder*> orders;
    for (const auto& session : sessions)
        for (const auto* order : book_.orders(session)) orders.push_back(order);
    const auto page = query->page_of(std::move(orders));
    auto json = views_.writer();
    json.begin_object().key("orders").begin_array();
    for (const auto* order : page.orders) views_.order(json, *order, false);
    json.end_array();
    if (page.next) json.time("nextPageTransactionTime", *page.next);
    json.end_object();
    return {.status = 200, .body = json.str()};
}

RestResponse RestApi::cash_transfers(const RestRequest& request,
                                     const std::vector<std::string>& sessions) {
    const ListQuery query{request, options_.rest};
    if (!query.bad_parameter.empty()) return bad_parameter(query.bad_parameter);
    auto json = views_.writer();
    std::size_t index = 0;
    json.begin_object().key("cashTransfers").begin_array();
    for (const auto& session : sessions)
        for (const auto& transfer : book_.transfers(session)) {
            if (!query.has(transfer.cash.time)) continue;
            const bool is_shown = index >= query.start && index - query.start < query.limit;
            ++index;
            if (is_shown) views_.transfer(json, session, transfer);
        }
    json.end_array().end_object();
    return tagged(request, sessions, {.status = 200, .body = json.str()});
}

RestResponse RestApi::account_events(const RestRequest& request,
                                     const std::vector<std::string>& sessions) {
    const ListQuery query{request, options_.rest};
    if (!query.bad_parameter.empty()) return bad_parameter(query.bad_parameter);
    const auto types = comma_separated(request.parameter("of-type"));
    auto json = views_.writer();
    std::size_t index = 0;
    json.begin_object().key("accountEvents").begin_array();
    for (const auto& session : sessions)
        for (const auto& event : book_.events(session)) {
            const bool is_of_type =
                types.empty() || std::find(types.begin(), types.end(), event.type) != types.end();
            if (!query.has(event.time) || !is_of_type) continue;
            const bool is_shown = index >= query.start && index - query.start < query.limit;
            ++index;
            if (is_shown) views_.event(json, session, event);
        }
    json.end_array().end_object();
    return tagged(request, sessions, {.status = 200, .body = json.str()});
}

RestResponse RestApi::eod_metrics(const RestRequest& request, const RestSession& session) {
    if (!iso_time(request.path.back())) return bad_parameter("date");
    std::vector<std::string> names = comma_separated(request.parameter("accounts"));
    if (request.method == "POST")
        if (const auto body = json_from(request.body))
            if (const JsonValue* accounts = body->find("accounts"))
                for (const auto& each : accounts->items) names.push_back(each.scalar);
    if (names.empty()) return bad_parameter("accounts");
    auto json = views_.writer();
    json.begin_object().key("eodMetrics").begin_array();
    std::vector<std::string> not_found;
    for (const auto& name : names) {
        if (const auto account = sessions_.account_of(session.username, name))
            views_.eod_metrics(json, *account);
        else
            not_found.push_back(name);
    }
    json.end_array().key("notFound").begin_array();
    for (const auto& name : not_found) json.value(name);
    json.end_array().end_object();
    return {.status = 200, .body = json.str()};
}

RestResponse RestApi::users(const RestRoute& route, const RestSession& session) {
    const std::string full = session.username + "@" + options_.rest.domain;
    const bool is_own = route.item.empty() || route.item == full || route.item == "self" ||
                        route.item == session.username;
    if (!is_own) return error_response(404, rest_error::kNotFound, "not found or no permission");
    auto json = views_.writer();
    json.begin_object().key("userDetails").begin_array();
    views_.user(json, session.username);
    json.end_array().end_object();
    return {.status = 200, .body = json.str()};
}

RestResponse RestApi::instruments(const RestRequest& request, const RestRoute& route,
                                  const std::string* account) {
    const ListQuery query{request, options_.rest};
    const auto& path = request.path;
    const bool is_type = path[path.size() - 2] == "type";
    const bool is_query = path.back() == "query" && !is_type;
    const auto symbols = is_type    ? reference_.symbols_of_type(route.item)
                         : is_query ? reference_.symbols_of_query(request)
                                    : reference_.symbol_named(route.item);
    const bool is_details = account != nullptr && !options_.rest.details_as_instruments;
    auto json = views_.writer();
    json.begin_object().key(is_details ? "instrumentDetails" : "instruments").begin_array();
    for (std::size_t i = query.start; i < symbols.size() && i - query.start < query.limit; ++i) {
        if (account != nullptr)
            reference_.details(json, views_.account_name(*account), symbols[i]);
        else
            reference_.instrument(json, symbols[i]);
    }
    json.end_array().end_object();
    return {.status = 200, .body = json.str()};
}

}  // namespace broker::simulator
