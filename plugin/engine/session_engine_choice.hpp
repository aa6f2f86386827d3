// Which session engine a module of the plugin has.
#pragma once

#include "fix/session_engine.hpp"

namespace broker::engine {

// Defined by the one library of this folder that a module links: broker_engine_native in
// dxtrade_adapter.so, broker_engine_quickfix in dxtrade_adapter_quickfix.so. [any-thread]
[[nodiscard]] fix::SessionEngineFactory session_engine_factory();

// "native" or "quickfix", for the log.
[[nodiscard]] const char* session_engine_name();

}  // namespace broker::engine
