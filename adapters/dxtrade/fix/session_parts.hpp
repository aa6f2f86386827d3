// What every FIX session of an account is made with beside its own settings.
#pragma once

#include <memory>

#include "core/clock.hpp"
#include "fix/session_engine.hpp"
#include "journal/message_store.hpp"
#include "net/io_thread.hpp"
#include "net/tls_context.hpp"

namespace broker::dxtrade::fix {

struct SessionParts {
    net::EventLoop& loop;
    const core::Clock& clock;
    std::shared_ptr<net::TlsContext> tls;
    std::unique_ptr<journal::MessageStore> store;
    broker::fix::SessionEngineFactory make_engine;
};

}  // namespace broker::dxtrade::fix
