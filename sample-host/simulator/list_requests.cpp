#include "simulator/list_requests.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "simulator/fix_text.hpp"
#include "simulator/order_codes.hpp"
#include "simulator/own_tags.hpp"

namespace broker::simulator {
namespace {

// Fields of the list that may follow its last member.
constexpr std::array kListTags = {66,  68,  69,  352, 353, 390, 391, 394,
                                  414, 415, 433, 480, 481, 513, 893, 1385};

bool is_of_list(int tag) {
    return std::find(kListTags.begin(), kListTags.end(), tag) != kListTags.end();
}

// Each member as if it were a NewOrderSingle.
std::vector<FixMessage> members_of(const FixMessage& fix) {
    std::vector<FixMessage> members;
    auto field = std::find_if(fix.fields.begin(), fix.fields.end(),
                              [](const FixField& each) { return each.tag == 73; });
    if (field == fix.fields.end()) return members;
    for (++field; field != fix.fields.end() && !is_of_list(field->tag); ++field) {
        if (field->tag == 11) members.push_back({"D", {}});
        if (!members.empty()) members.back().fields.push_back(*field);
    }
    return members;
}

std::optional<Contingency> contingency_of(const std::string& value, const ListOptions& options) {
    if (value == options.oco) return Contingency::OneCancelsOther;
    if (value == options.oto) return Contingency::OneTriggersOther;
    if (value == options.bracket) return Contingency::Bracket;
    return std::nullopt;
}

// Brings the entry order to the front.
std::optional<Contingency> contingency_by_link(std::vector<FixMessage>& members) {
    const auto link_of = [](const FixMessage& member) { return member.value(583); };
    const auto is_entry = [&](const FixMessage& member) {
        return std::any_of(members.begin(), members.end(), [&](const FixMessage& other) {
            return link_of(other) == member.value(11);
        });
    };
    const auto entry = std::find_if(members.begin(), members.end(), is_entry);
    if (entry == members.end()) {
        const std::string link = link_of(members.front());
        const bool are_linked =
            !link.empty() && std::all_of(members.begin(), members.end(), [&](const auto& member) {
                return link_of(member) == link;
            });
        if (!are_linked) return std::nullopt;
        return Contingency::OneCancelsOther;
    }
    std::rotate(members.begin(), entry, entry + 1);
    const bool are_all_children = std::all_of(
        members.begin() + 1, members.end(),
        [&](const FixMessage& member) { return link_of(member) == members.front().value(11); });
    if (!are_all_children) return std::nullopt;
    return members.size() == 2 ? Contingency::OneTriggersOther : Contingency::Bracket;
}

std::optional<Contingency> read_contingency(const FixMessage& fix, const ListOptions& options,
                                            std::vector<FixMessage>& members) {
    if (const auto* own = fix.find(own_tag::kContingency))
        return contingency_of(
            *own, {.oco = own_tag::kOco, .oto = own_tag::kOto, .bracket = own_tag::kBracket});
    switch (options.encoding) {
        case ListEncoding::Tag:
            return contingency_of(fix.value(options.tag), options);
        case ListEncoding::ListExecInst:
            return contingency_of(fix.value(69), options);
        case ListEncoding::ClOrdLinkID:
            return contingency_by_link(members);
        case ListEncoding::None:
            break;
    }
    return std::nullopt;
}

}  // namespace

std::variant<ListRequest, RequestError> list_request_from_fix(const FixMessage& fix,
                                                              const ListOptions& options) {
    if (auto error = first_missing(fix, {66, 68, 73})) return *error;
    ListRequest request;
    request.list_id = fix.value(66);
    request.members = members_of(fix);
    const auto count = request.members.size();
    if (count < 2 || count > 3) return RequestError{0, "a list has two or three orders"};
    if (fix.value(68) != std::to_string(count))
        return RequestError{0, "TotNoOrders is not the number of orders"};
    const auto contingency = read_contingency(fix, options, request.members);
    if (!contingency) return RequestError{0, "the list's contingency is unknown"};
    request.contingency = *contingency;
    for (const auto& member : request.members) {
        auto order = order_request_from_fix(member);
        if (auto* error = std::get_if<RequestError>(&order)) return *error;
        request.orders.push_back(std::get<OrderRequest>(std::move(order)));
    }
    return request;
}

FixMessage list_status(const std::string& list_id, int list_status_type, int list_order_status,
                       const std::vector<const Order*>& orders, core::UtcTime now,
                       const std::string& text) {
    FixMessage fix{"N", {}};
    const std::string count = std::to_string(orders.size());
    fix.add(66, list_id);
    fix.add(429, std::to_string(list_status_type));
    fix.add(82, "1");
    fix.add(431, std::to_string(list_order_status));
    fix.add(83, "1");
    if (!text.empty()) fix.add(444, text);
    fix.add(60, timestamp_text(now));
    fix.add(68, count);
    fix.add(73, count);
    for (const Order* order : orders) {
        const auto canceled = order->is_working() ? core::Decimal{} : order->open_qty();
        fix.add(11, order->cl_ord_id);
        fix.add(14, order->cum_qty.to_string());
        fix.add(39, code_of(order->ord_status));
        fix.add(151, order->leaves_qty().to_string());
        fix.add(84, canceled.to_string());
        fix.add(6, order->avg_px().to_string());
    }
    return fix;
}

}  // namespace broker::simulator
