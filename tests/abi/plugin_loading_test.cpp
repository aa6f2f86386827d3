// What a host sees of libraries that are no adapters, or bad ones.
#include <dlfcn.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "broker/sdk/adapter_handle.hpp"

namespace broker::sdk {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class IgnoringSink final : public EventSink {
public:
    void on_session_event(const broker_session_event_t&) override {}
    void on_execution_report(const broker_execution_report_t&) override {}
    void on_order_cancel_reject(const broker_order_cancel_reject_t&) override {}
    void on_snapshot(const broker_snapshot_event_t&) override {}
    void on_account_summary(const broker_account_summary_t&) override {}
};

std::filesystem::path plugin(const std::string& name) {
    return std::filesystem::path{BAD_PLUGINS_DIR} / (name + ".so");
}

// The text of the PluginError that loading `path` and creating an adapter ends with, else empty.
std::string error_of(const std::filesystem::path& path) {
    IgnoringSink sink;
    try {
        const AdapterHandle adapter{PluginLibrary::load(path), sink, {}};
    } catch (const PluginError& error) {
        return error.what();
    }
    return {};
}

bool is_mapped(const std::filesystem::path& path) {
    void* const handle = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NOLOAD);
    if (handle != nullptr) ::dlclose(handle);
    return handle != nullptr;
}

TEST(PluginLoading, SaysThatTheFileIsMissing) {
    EXPECT_THAT(error_of("/no/such/folder/adapter.so"),
                AllOf(HasSubstr("/no/such/folder/adapter.so"), HasSubstr("no such file")));
}

TEST(PluginLoading, SaysThatAFolderIsNotAFile) {
    EXPECT_THAT(error_of(BAD_PLUGINS_DIR), HasSubstr("not a file"));
}

TEST(PluginLoading, SaysThatAFileIsNotASharedLibrary) {
    const std::filesystem::path path =
        std::filesystem::path{::testing::TempDir()} / "not_a_library.so";
    std::ofstream{path} << "accounts: []\nthis is text, long enough to hold a header of a library\n"
                        << std::string(200, 'x');
    EXPECT_THAT(error_of(path), AllOf(HasSubstr("not_a_library.so"),
                                      HasSubstr("not a shared library"), Not(HasSubstr("\n"))));
    std::filesystem::remove(path);
}

TEST(PluginLoading, SaysThatALibraryHasNoEntrySymbol) {
    EXPECT_THAT(error_of(plugin("no_entry_symbol")),
                AllOf(HasSubstr("broker_adapter_entry"), HasSubstr("not a broker adapter")));
}

TEST(PluginLoading, RefusesAnotherMajorVersionBeforeItReadsTheSlots) {
    EXPECT_THAT(error_of(plugin("wrong_abi_major")),
                AllOf(HasSubstr("wrong ABI major version 2; this host speaks 1"),
                      Not(HasSubstr("null slots"))));
}

TEST(PluginLoading, PassesOnTheWordsOfAnAdapterThatRefusesTheHost) {
    EXPECT_THAT(error_of(plugin("refuses_host")),
                AllOf(HasSubstr("AbiMismatch"), HasSubstr("this adapter needs ABI 2")));
}

TEST(PluginLoading, NamesTheNullSlotsOfTheLifecycleTable) {
    EXPECT_THAT(error_of(plugin("null_slot")), HasSubstr("null slots in the lifecycle table: "
                                                         "stop, get_extension"));
}

TEST(PluginLoading, NamesTheExtensionThatHasNullSlots) {
    EXPECT_THAT(error_of(plugin("null_extension_slot")),
                HasSubstr("extension broker.order-entry/1 has null slots"));
}

TEST(PluginLoading, TellsInOneLineWhyAnAdapterCannotBeCreated) {
    EXPECT_THAT(error_of(plugin("create_fails")),
                AllOf(HasSubstr("create-fails"), HasSubstr("ConfigurationError CONFIGURATION"),
                      HasSubstr("accounts.yaml:7: accounts[0].profile: no such profile"),
                      Not(HasSubstr("\n"))));
}

TEST(PluginLoading, GivesNullForExtensionsThatAnAdapterDoesNotHave) {
    IgnoringSink sink;
    const AdapterHandle adapter{PluginLibrary::load(plugin("missing_extension")), sink, {}};
    EXPECT_EQ(adapter.order_entry(), nullptr);
    EXPECT_EQ(adapter.accounts(), nullptr);
    EXPECT_EQ(adapter.capabilities(), nullptr);
    EXPECT_EQ(adapter.find_extension("broker.positions/1"), nullptr);
    EXPECT_EQ(adapter.library().name(), "missing-extension");
    EXPECT_EQ(adapter.library().version(), "0.0.1");
}

TEST(PluginLoading, ReturnsTheAdaptersWordsWhenALifecycleCallFails) {
    IgnoringSink sink;
    AdapterHandle adapter{PluginLibrary::load(plugin("missing_extension")), sink, {}};
    EXPECT_TRUE(adapter.start().is_ok());
    const Status again = adapter.start();
    EXPECT_EQ(again.code, BROKER_INVALID_STATE);
    EXPECT_EQ(again.describe(), "InvalidState: started already");
    EXPECT_TRUE(adapter.stop().is_ok());
}

TEST(PluginLoading, KeepsTheLibraryMappedAsLongAsAnAdapterLives) {
    const std::filesystem::path path = plugin("missing_extension");
    ASSERT_FALSE(is_mapped(path));
    IgnoringSink sink;
    {
        auto library = PluginLibrary::load(path);
        AdapterHandle adapter{library, sink, {}};
        library.reset();
        EXPECT_TRUE(is_mapped(path));
        EXPECT_TRUE(adapter.start().is_ok());
    }
    EXPECT_FALSE(is_mapped(path));
}

TEST(PluginLoading, FindsARelativePathInTheCurrentFolder) {
    const auto old_folder = std::filesystem::current_path();
    std::filesystem::current_path(BAD_PLUGINS_DIR);
    EXPECT_EQ(PluginLibrary::load("missing_extension.so")->name(), "missing-extension");
    std::filesystem::current_path(old_folder);
}

}  // namespace
}  // namespace broker::sdk
