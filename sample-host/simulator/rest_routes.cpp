#include "simulator/rest_routes.hpp"

#include <vector>

namespace broker::simulator {
namespace {

using Path = std::vector<std::string>;

// The endpoint if the method is the one that it takes.
RestRoute at(const RestRequest& request, std::string_view method, RestEndpoint endpoint) {
    RestRoute route;
    route.is_known_path = true;
    if (request.method == method) route.endpoint = endpoint;
    return route;
}

RestRoute list_route(const RestRequest& request, const std::string& name) {
    if (name == "portfolio") return at(request, "GET", RestEndpoint::Portfolio);
    if (name == "positions") return at(request, "GET", RestEndpoint::Positions);
    if (name == "orders") return at(request, "GET", RestEndpoint::Orders);
    if (name == "metrics") return at(request, "GET", RestEndpoint::Metrics);
    if (name == "events") return at(request, "GET", RestEndpoint::Events);
    if (name == "transfers") return at(request, "GET", RestEndpoint::Transfers);
    return {};
}

RestRoute history_route(const RestRequest& request) {
    return at(request, request.method == "POST" ? "POST" : "GET", RestEndpoint::History);
}

// Behind /accounts without an account in the path.
RestRoute accounts_route(const RestRequest& request, const Path& path) {
    RestRoute route;
    if (path.size() == 2) route = list_route(request, path[1]);
    if (path.size() == 3 && path[1] == "orders" && path[2] == "history")
        route = history_route(request);
    if (path.size() == 3 && path[1] == "eodmetrics") {
        route = at(request, request.method == "POST" ? "POST" : "GET", RestEndpoint::EodMetrics);
        route.item = path[2];
    }
    route.accounts = request.parameter("accounts");
    return route;
}

RestRoute orders_route(const RestRequest& request, const Path& path) {
    if (path.size() == 3) {
        if (request.method == "POST") return at(request, "POST", RestEndpoint::PlaceOrder);
        if (request.method == "PUT") return at(request, "PUT", RestEndpoint::ReplaceOrder);
        return at(request, "GET", RestEndpoint::Orders);
    }
    if (path.size() != 4) return {};
    if (path[3] == "history") return history_route(request);
    if (path[3] == "group") return at(request, "DELETE", RestEndpoint::CancelGroup);
    auto route = at(request, "DELETE", RestEndpoint::CancelOrder);
    route.item = path[3];
    return route;
}

RestRoute instruments_route(const RestRequest& request, const Path& path, std::size_t from,
                            RestEndpoint endpoint) {
    const auto size = path.size() - from;
    const bool is_known =
        (size == 1 && path[from] != "type") || (size == 2 && path[from] == "type");
    if (!is_known) return {};
    auto route = at(request, "GET", endpoint);
    route.item = path.back();
    return route;
}

// Behind /accounts/{a}
RestRoute account_route(const RestRequest& request, const RestOptions& options, const Path& path) {
    RestRoute route;
    if (path[2] == "orders") {
        route = orders_route(request, path);
    } else if (path[2] == "instruments" && path.size() > 3) {
        route = instruments_route(request, path, 3, RestEndpoint::InstrumentDetails);
    } else if (path.size() == 3 && path[2] == "close" && options.may_close_all) {
        route = at(request, "POST", RestEndpoint::ClosePositions);
    } else if (path.size() == 3) {
        route = list_route(request, path[2]);
    }
    route.accounts = path[1];
    return route;
}

bool is_without_account(const Path& path) {
    static const Path kNames{"portfolio", "positions", "orders",    "metrics",
                             "events",    "transfers", "eodmetrics"};
    for (const auto& name : kNames)
        if (path[1] == name) return true;
    return false;
}

}  // namespace

RestRoute route_of(const RestRequest& request, const RestOptions& options) {
    const Path& path = request.path;
    const auto& first = path.front();
    if (path.size() == 1) {
        if (first == "login") return at(request, "POST", RestEndpoint::Login);
        if (first == "loginByToken") return at(request, "POST", RestEndpoint::LoginByToken);
        if (first == "ping") return at(request, "POST", RestEndpoint::Ping);
        if (first == "logout") return at(request, "POST", RestEndpoint::Logout);
        if (first == "marketdata") return at(request, "POST", RestEndpoint::MarketData);
        if (first == "conversionRates") return at(request, "GET", RestEndpoint::ConversionRates);
        if (first == "users") return at(request, "GET", RestEndpoint::Users);
        return {};
    }
    if (first == "users" && path.size() == 2) {
        auto route = at(request, "GET", RestEndpoint::Users);
        route.item = path[1];
        return route;
    }
    if (first == "instruments")
        return instruments_route(request, path, 1, RestEndpoint::Instruments);
    if (first != "accounts") return {};
    if (is_without_account(path)) return accounts_route(request, path);
    return path.size() > 2 ? account_route(request, options, path) : RestRoute{};
}

RateBucket bucket_of(const RestRequest& request, RestEndpoint endpoint) {
    switch (endpoint) {
        case RestEndpoint::Login:
        case RestEndpoint::LoginByToken:
            return RateBucket::Login;
        case RestEndpoint::PlaceOrder:
        case RestEndpoint::ReplaceOrder:
        case RestEndpoint::CancelOrder:
        case RestEndpoint::CancelGroup:
        case RestEndpoint::ClosePositions:
            return RateBucket::Trade;
        case RestEndpoint::EodMetrics:
            return RateBucket::Bulk;
        case RestEndpoint::History:
            return request.method == "POST" ? RateBucket::Bulk : RateBucket::Read;
        case RestEndpoint::Instruments:
        case RestEndpoint::InstrumentDetails: {
            const auto& path = request.path;
            const bool is_list = path.back() == "query" || path[path.size() - 2] == "type";
            return is_list ? RateBucket::Bulk : RateBucket::Read;
        }
        default:
            return RateBucket::Read;
    }
}

}  // namespace broker::simulator
