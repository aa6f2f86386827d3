#include "fix/host_engines.hpp"

#include <utility>

namespace broker::fix {
HostEngines::HostEngines(const std::vector<HostPort>& hosts, Parts parts, const core::Clock& clock,
                         SessionListener& listener)
    : policy_{parts.policy} {
    // With one host there is nothing to keep apart; its store is the same whatever the policy.
    if (hosts.size() < 2) policy_ = SequencePolicy::Shared;
    const std::size_t count = policy_ == SequencePolicy::Separate ? hosts.size() : 1;
    for (std::size_t i = 0; i < count; ++i) {
        const bool is_own = policy_ == SequencePolicy::Separate;
        auto store = parts.open_store(is_own ? hosts[i].text() : std::string{});
        journal::MessageStore* kept = store.get();
        engines_.push_back(
            {parts.make_engine(parts.session.clone(), std::move(store), clock, listener), kept});
    }
}

HostEngines::Change HostEngines::select(std::size_t host) {
    const bool is_other = selected_ != host;
    const bool is_first = !selected_;
    selected_ = host;
    if (policy_ == SequencePolicy::Separate && is_other) {
        index_ = host;
        engines_[host].first_of_stay = engines_[host].store->next_sender_msg_seq_num();
        return is_first ? Change::None : Change::OtherNumbers;
    }
    if (policy_ == SequencePolicy::Reset && logged_on_at_ != host) {
        // Why forgotten until it is logged on: an attempt that fails half-way leaves numbers that
        // no host knows.
        logged_on_at_.reset();
        current().reset_numbers_on_next_logon();
    }
    return Change::None;
}

SequenceNumbers HostEngines::numbers(std::size_t host) const {
    const journal::MessageStore& store = *engines_[engine_of(host)].store;
    return {store.next_sender_msg_seq_num(), store.next_target_msg_seq_num()};
}

core::Result<void> HostEngines::set_numbers(std::size_t host, SequenceNumbers numbers) {
    journal::MessageStore& store = *engines_[engine_of(host)].store;
    if (auto set = store.set_next_sender_msg_seq_num(numbers.next_sender); !set) return set;
    return store.set_next_target_msg_seq_num(numbers.next_target);
}

}  // namespace broker::fix
