// The checks of broker-adapter-check: is a shared library an adapter that a host can work with?
#pragma once

#include <filesystem>
#include <ostream>

namespace broker::tool {

struct CheckRequest {
    std::filesystem::path library;
    // Empty: the extensions are not checked, since only an adapter with a configuration has them.
    std::filesystem::path config;
};

// Loads the library and writes one line a finding, "ok", "FAIL" or "note" first. Creates an adapter
// if there is a configuration, but does not start it: nothing connects. Returns whether no finding
// is a failure.
bool check_adapter(const CheckRequest& request, std::ostream& report);

}  // namespace broker::tool
