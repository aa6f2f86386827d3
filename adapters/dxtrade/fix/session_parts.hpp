// What every FIX session of an account is made with beside its own settings.
#pragma once

#include <memory>
#include <utility>

#include "core/clock.hpp"
#include "fix/host_engines.hpp"
#include "fix/session_engine.hpp"
#include "net/io_thread.hpp"
#include "net/tls_context.hpp"

namespace broker::dxtrade::fix {

struct SessionParts {
    net::EventLoop& loop;
    const core::Clock& clock;
    std::shared_ptr<net::TlsContext> tls;
    broker::fix::SequencePolicy sequence_policy;
    broker::fix::StoreFactory open_store;  // called while the session is made, and not later
    broker::fix::SessionEngineFactory make_engine;
};

[[nodiscard]] inline broker::fix::HostEngines::Parts engine_parts(
    broker::fix::SessionSettings session, SessionParts& parts) {
    return {parts.sequence_policy, std::move(session), std::move(parts.open_store),
            parts.make_engine};
}

}  // namespace broker::dxtrade::fix
