#include "simulator/rest_history.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "simulator/rest_json.hpp"
#include "simulator/rest_message.hpp"
#include "simulator/rest_symbols.hpp"

namespace broker::simulator {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::milliseconds;

std::optional<std::uint64_t> whole_number(const std::string& text) {
    std::uint64_t value = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stop != end) return std::nullopt;
    return value;
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

// An empty list lets everything pass; words are compared without regard to case.
bool is_among(const std::vector<std::string>& wanted, const std::string& value) {
    return wanted.empty() || std::any_of(wanted.begin(), wanted.end(), [&](const auto& each) {
               return lower(each) == lower(value);
           });
}

std::string type_word(const Order& order) {
    switch (order.ord_type) {
        case core::OrdType::Limit:
            return "limit";
        case core::OrdType::Stop:
            return "stop";
        case core::OrdType::StopLimit:
            return "stop_limit";
        default:
            return "market";
    }
}

}  // namespace

bool HistoryQuery::Span::has(core::UtcTime time) const {
    const auto shown = floor<milliseconds>(time);
    return (!from || shown >= floor<milliseconds>(*from)) &&
           (!to || shown <= floor<milliseconds>(*to));
}

std::optional<HistoryQuery> HistoryQuery::from(const RestParameters& parameters,
                                               const RestOptions& options, core::UtcTime now,
                                               std::string& bad_parameter) {
    HistoryQuery query;
    query.options_ = &options;
    query.page_size_ = static_cast<std::size_t>(options.page_size);
    for (const auto& [name, value] : parameters)
        if (!query.read(name, value, now)) {
            bad_parameter = name;
            return std::nullopt;
        }
    return query;
}

bool HistoryQuery::read(const std::string& name, const std::string& value, core::UtcTime now) {
    const auto read_time = [&](std::optional<core::UtcTime>& into) {
        into = iso_time(value);
        return into.has_value();
    };
    const auto read_list = [&](std::vector<std::string>& into) {
        into = comma_separated(value);
        return true;
    };
    if (name == "in-status") return read_list(statuses_);
    if (name == "of-type") return read_list(types_);
    if (name == "side") return read_list(sides_);
    if (name == "for-instrument") return read_list(instruments_);
    if (name == "with-client-id") return read_list(client_ids_);
    if (name == "with-order-id") return read_list(order_ids_);
    if (name == "issued-from") return read_time(issued_.from);
    if (name == "issued-to") return read_time(issued_.to);
    if (name == "completed-from") return read_time(completed_.from);
    if (name == "completed-to") return read_time(completed_.to);
    if (name == "transaction-from") return read_time(transacted_.from);
    if (name == "transaction-to") return read_time(transacted_.to);
    if (name == "period") return read_period(value, now);
    if (name == "accounts" || name == "include-offset") return true;
    return read_size(name, value);
}

bool HistoryQuery::read_size(const std::string& name, const std::string& value) {
    const auto number = whole_number(value);
    if (!number) return false;
    const auto at_most = static_cast<std::size_t>(options_->page_size);
    if (name == "limit" || name == "page-size") {
        page_size_ = std::min(std::max<std::size_t>(*number, 1), at_most);
        return true;
    }
    if (name == "page") {
        page_ = *number;
        return page_ > 0;
    }
    if (name == "at-least-version") at_least_version_ = number;
    if (name == "at-most-version") at_most_version_ = number;
    return name == "at-least-version" || name == "at-most-version";
}

bool HistoryQuery::read_period(const std::string& value, core::UtcTime now) {
    const auto today = floor<days>(now);
    const auto monday = today - (std::chrono::weekday{today} - std::chrono::Monday);
    const auto before = [](core::UtcTime time) { return time - milliseconds{1}; };
    if (value == "today") {
        transacted_.from = today;
    } else if (value == "previous-day") {
        transacted_ = {today - days{1}, before(today)};
    } else if (value == "week") {
        transacted_.from = monday;
    } else if (value == "previous-week") {
        transacted_ = {monday - days{7}, before(monday)};
    } else {
        return false;
    }
    return true;
}

bool HistoryQuery::lets_pass(const RestOrder& shown) const {
    const Order& order = *shown.order;
    const bool is_wanted =
        client_ids_.empty() || std::any_of(client_ids_.begin(), client_ids_.end(), [&](auto& id) {
            return id == order.cl_ord_id || id == shown.first_client_id;
        });
    return is_wanted && is_among(statuses_, std::string{shown.status(*options_)}) &&
           is_among(types_, type_word(order)) && is_among(sides_, is_buy(order) ? "buy" : "sell") &&
           is_among(instruments_, shown_symbol(*options_, order.symbol)) &&
           is_among(order_ids_, std::to_string(shown.number)) && issued_.has(shown.issued) &&
           transacted_.has(shown.changed) &&
           ((!completed_.from && !completed_.to) ||
            (!order.is_working() && completed_.has(shown.changed))) &&
           (!at_least_version_ || shown.version >= *at_least_version_) &&
           (!at_most_version_ || shown.version <= *at_most_version_);
}

HistoryPage HistoryQuery::page_of(std::vector<const RestOrder*> orders) const {
    std::erase_if(orders, [this](const RestOrder* each) { return !lets_pass(*each); });
    std::stable_sort(orders.begin(), orders.end(), [](const RestOrder* a, const RestOrder* b) {
        return a->changed > b->changed;
    });
    const auto begin = std::min((page_ - 1) * page_size_, orders.size());
    const auto end = std::min(begin + page_size_, orders.size());
    HistoryPage page;
    if (end < orders.size()) page.next = orders[end]->changed;
    const auto at = [&](std::size_t index) {
        return orders.begin() + static_cast<std::ptrdiff_t>(index);
    };
    page.orders.assign(at(begin), at(end));
    return page;
}

}  // namespace broker::simulator
