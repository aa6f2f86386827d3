#include "engine/session_engine_choice.hpp"
#include "fix/quickfix/quickfix_engine.hpp"

namespace broker::engine {

fix::SessionEngineFactory session_engine_factory() { return &fix::make_quickfix_engine; }

const char* session_engine_name() { return "quickfix"; }

}  // namespace broker::engine
