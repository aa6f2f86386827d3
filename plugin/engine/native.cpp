#include "engine/session_engine_choice.hpp"
#include "fix/native/native_engine.hpp"

namespace broker::engine {

fix::SessionEngineFactory session_engine_factory() { return &fix::make_native_engine; }

const char* session_engine_name() { return "native"; }

}  // namespace broker::engine
