// The session engines of a session's hosts, and whose sequence numbers each Logon continues.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "fix/connect_plan.hpp"
#include "fix/session_engine.hpp"

namespace broker::fix {

// What the hosts of one session have to do with each other's sequence numbers.
enum class SequencePolicy {
    Shared,    // the venue has one session behind all its hosts: numbers go on wherever it logs on
    Separate,  // each host has a session, and numbers, of its own
    Reset,     // the first Logon at a host after another one, or after the process has started,
               // begins both numbers at 1 (ResetSeqNumFlag)
};

// Of the next messages.
struct SequenceNumbers {
    core::MsgSeqNum next_sender = 1;
    core::MsgSeqNum next_target = 1;
};

// Opens the store of numbers and sent messages. `host` is the text of the host that they belong to;
// empty: they belong to all.
using StoreFactory = std::function<std::unique_ptr<journal::MessageStore>(std::string_view host)>;

// Separate numbers need an engine and a store for each host; else there is one of both. Numbers of
// one host never reach another, and what was sent through one is not sent again after the session
// has been at another: the venue has been asked about it by then. Owned by a session's transport.
// [event-thread]
class HostEngines {
public:
    struct Parts {
        SequencePolicy policy = SequencePolicy::Shared;
        SessionSettings session;
        StoreFactory open_store;
        SessionEngineFactory make_engine = nullptr;
    };

    // Throws what the factories throw.
    HostEngines(const std::vector<HostPort>& hosts, Parts parts, const core::Clock& clock,
                SessionListener& listener);

    [[nodiscard]] SessionEngine& current() { return *engines_[index_].engine; }

    enum class Change {
        None,
        OtherNumbers,  // those that were counted so far belong to another host
    };
    // The host is connected and its Logon is next.
    Change select(std::size_t host);
    // That Logon was accepted.
    void logged_on() { logged_on_at_ = selected_; }

    // Of the session at that host.
    [[nodiscard]] SequenceNumbers numbers(std::size_t host) const;
    // Between connections alone.
    [[nodiscard]] core::Result<void> set_numbers(std::size_t host, SequenceNumbers numbers);
    void reset_on_next_logon(std::size_t host) {
        engines_[engine_of(host)].engine->reset_numbers_on_next_logon();
    }

    // False: the message went out before the session was at another host.
    [[nodiscard]] bool may_resend(core::MsgSeqNum number) const {
        return number >= engines_[index_].first_of_stay;
    }

private:
    struct HostEngine {
        std::unique_ptr<SessionEngine> engine;
        journal::MessageStore* store;       // the engine's
        core::MsgSeqNum first_of_stay = 0;  // lower numbers are of an earlier stay at the host
    };

    [[nodiscard]] std::size_t engine_of(std::size_t host) const {
        return policy_ == SequencePolicy::Separate ? host : 0;
    }

    SequencePolicy policy_;
    std::vector<HostEngine> engines_;
    std::size_t index_ = 0;
    std::optional<std::size_t> selected_;
    std::optional<std::size_t> logged_on_at_;  // the host that knows the numbers; Reset
};

}  // namespace broker::fix
