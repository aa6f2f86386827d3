// Loads an adapter's shared library and checks that it can be used.
#pragma once

#include <algorithm>
#include <boost/dll/shared_library.hpp>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "broker/abi/broker.h"
#include "broker/sdk/status.hpp"
#include "broker/sdk/text.hpp"

namespace broker::sdk {

// An adapter that cannot be loaded or created. what() is one line that names the file and the
// cause.
class PluginError : public std::runtime_error {
public:
    explicit PluginError(std::string text) : std::runtime_error{one_line(std::move(text))} {}

private:
    // An adapter's or the loader's words may span lines.
    static std::string one_line(std::string text) {
        std::replace(text.begin(), text.end(), '\n', ' ');
        return text;
    }
};

// A loaded library with a checked lifecycle table. Every AdapterHandle shares it, so that the code
// stays mapped while an adapter lives; the last owner unloads it. Immutable. [any-thread]
class PluginLibrary {
public:
    // Loads `path` with all symbols resolved at once and none made visible to other libraries.
    // Throws PluginError. Loading runs the library's initialisers: load only what you trust.
    [[nodiscard]] static std::shared_ptr<const PluginLibrary> load(
        const std::filesystem::path& path);

    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
    [[nodiscard]] const broker_adapter_api_t& api() const noexcept { return *api_; }
    [[nodiscard]] std::string_view name() const noexcept { return view(api_->name); }
    [[nodiscard]] std::string_view version() const noexcept { return view(api_->version); }

private:
    explicit PluginLibrary(const std::filesystem::path& path);

    void open();
    void find_api();
    void check_api() const;
    [[noreturn]] void fail(const std::string& cause) const;

    std::filesystem::path path_;
    boost::dll::shared_library library_;
    const broker_adapter_api_t* api_ = nullptr;
};

inline std::shared_ptr<const PluginLibrary> PluginLibrary::load(const std::filesystem::path& path) {
    return std::shared_ptr<const PluginLibrary>{new PluginLibrary{path}};
}

inline PluginLibrary::PluginLibrary(const std::filesystem::path& path) : path_{path} {
    open();
    find_api();
    check_api();
}

inline void PluginLibrary::fail(const std::string& cause) const {
    throw PluginError{"adapter library " + path_.string() + ": " + cause};
}

inline void PluginLibrary::open() {
    std::error_code error;
    if (!std::filesystem::exists(path_, error)) fail("no such file");
    if (!std::filesystem::is_regular_file(path_, error)) fail("not a file");
    // A relative path is one of the current folder; dlopen alone would search the system's folders.
    path_ = std::filesystem::absolute(path_);
    library_.load(path_, boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local,
                  error);
    if (!error && library_.is_loaded()) return;

#if defined(__unix__) || defined(__APPLE__)
    // The loader's words say which library, symbol or header is wrong; the error code does not.
    const char* const words = ::dlerror();
    const std::string cause = words != nullptr ? words : error.message();
#else
    const std::string cause = error.message();
#endif
    fail("not a shared library that can be loaded here (" + cause + ")");
}

inline void PluginLibrary::find_api() {
    if (!library_.has(BROKER_ADAPTER_ENTRY_SYMBOL)) {
        fail("no symbol " BROKER_ADAPTER_ENTRY_SYMBOL ": it is not a broker adapter");
    }
    using Entry = const broker_adapter_api_t*(std::uint32_t, std::uint32_t, broker_error_t*);
    const auto& entry = library_.get<Entry>(BROKER_ADAPTER_ENTRY_SYMBOL);
    detail::CallError error;
    api_ = entry(BROKER_ABI_MAJOR, BROKER_ABI_MINOR, error.get());
    if (api_ == nullptr) {
        fail("the adapter refuses this host's ABI " + std::to_string(BROKER_ABI_MAJOR) + "." +
             std::to_string(BROKER_ABI_MINOR) + ": " +
             error.status(BROKER_ABI_MISMATCH).describe());
    }
}

inline void PluginLibrary::check_api() const {
    // First, because in another major version the rest of the table means something else.
    if (api_->abi_major != BROKER_ABI_MAJOR) {
        fail("wrong ABI major version " + std::to_string(api_->abi_major) + "; this host speaks " +
             std::to_string(BROKER_ABI_MAJOR));
    }
    std::string null_slots;
    const auto check = [&null_slots](bool is_present, const char* slot) {
        if (!is_present) null_slots.append(null_slots.empty() ? "" : ", ").append(slot);
    };
    check(api_->create != nullptr, "create");
    check(api_->start != nullptr, "start");
    check(api_->stop != nullptr, "stop");
    check(api_->destroy != nullptr, "destroy");
    check(api_->get_extension != nullptr, "get_extension");
    if (!null_slots.empty()) fail("null slots in the lifecycle table: " + null_slots);
}

}  // namespace broker::sdk
