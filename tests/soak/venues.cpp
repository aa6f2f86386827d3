#include "venues.hpp"

#include <algorithm>
#include <utility>

#include "core/decimal.hpp"

namespace broker::soak {
namespace {

using simulator::Listener;
using simulator::LoggedMessage;

constexpr std::size_t kVenues = 2;

core::Decimal decimal(const std::string& text) { return core::Decimal::parse(text).value(); }

// The simulator's REST API names the order "O1-00000002" of FIX by the number 100000002.
std::string rest_number(std::string order_id) {
    std::erase_if(order_id, [](char c) { return c < '0' || c > '9'; });
    return order_id;
}

void write_messages_of(const simulator::Simulator& venue, std::ostream& to) {
    for (const LoggedMessage& logged : venue.messages().all()) {
        to << (logged.direction == LoggedMessage::Direction::FromClient ? "> " : "< ")
           << logged.sender_comp_id << (logged.is_garbled ? " GARBLED" : "");
        for (const auto& field : logged.message.fields)
            to << ' ' << field.tag << '=' << field.value;
        to << '\n';
    }
}

}  // namespace

std::string sender_comp_id(int account) { return "ACC" + std::to_string(account + 1); }

Venues::Venues(std::filesystem::path directory, bool rest)
    : directory_{std::move(directory)}, rest_{rest} {
    for (std::size_t i = 0; i < kVenues; ++i) {
        venues_.push_back(std::make_unique<simulator::Simulator>(options(i)));
        venues_.back()->start();
    }
}

void Venues::take(const Step& step) {
    switch (step.kind) {
        case Step::Kind::Quote:
            for (const auto& venue : venues_)
                (void)venue->set_quote("EURUSD", decimal(step.text), decimal(step.more));
            return;
        case Step::Kind::MessageFaults:
            faulty().set_message_faults(Listener::FixTrading, step.plan);
            return;
        case Step::Kind::SwitchFault:
            switched_.insert(step.fault);
            faulty().set_fault(Listener::FixTrading, step.fault, step.is_on);
            return;
        case Step::Kind::DropConnections:
            faulty().drop_connections(Listener::FixTrading);
            return;
        case Step::Kind::VenueRule:
            faulty().add_rule(step.rule);
            return;
        case Step::Kind::RestFault:
            faulty().add_rest_fault(step.rest_fault);
            return;
        default:
            return;
    }
}

void Venues::heal() {
    faulty().set_message_faults(Listener::FixTrading, {});
    for (const simulator::Fault fault : switched_)
        faulty().set_fault(Listener::FixTrading, fault, false);
    faulty().clear_rules();
    faulty().clear_rest_faults();
}

std::vector<VenueTruth> Venues::truths() {
    std::vector<VenueTruth> truths;
    for (const auto& venue : venues_)
        truths.push_back({venue->orders(), venue->messages().all(), {}});
    for (int i = 0; i < kAccounts; ++i)
        truths[index_of(i)].accounts[sender_comp_id(i)] = account_id(i);
    if (!rest_) return truths;
    for (simulator::Order& order : truths[index_of(kRestAccount)].orders)
        if (order.sender_comp_id == sender_comp_id(kRestAccount))
            order.order_id = rest_number(order.order_id);
    return truths;
}

void Venues::write_messages(std::ostream& to) {
    for (const auto& venue : venues_) write_messages_of(*venue, to);
}

std::filesystem::path Venues::folder(std::size_t venue) const {
    return directory_ / ("venue-" + std::to_string(venue + 1));
}

simulator::SimulatorOptions Venues::options(std::size_t venue) const {
    simulator::SimulatorOptions options;
    options.directory = folder(venue);
    options.accounts.clear();
    for (int i = 0; i < kAccounts; ++i) {
        if (index_of(i) != venue) continue;
        options.accounts.push_back({.id = account_id(i),
                                    .account = "default:" + account_id(i),
                                    .sender_comp_id = sender_comp_id(i),
                                    .username = "user-" + account_id(i),
                                    .password = "secret-" + account_id(i)});
    }
    options.quotes = {{"EURUSD", decimal("1.10000"), decimal("1.10010")}};
    return options;
}

}  // namespace broker::soak
