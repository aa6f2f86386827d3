#include "secrets/secret_source.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>

#include "support/temporary_directory.hpp"

namespace broker::secrets {
namespace {

using core::Reason;
using testing::HasSubstr;
using testing::Not;

class SecretSource : public testing::Test {
protected:
    void write(const std::string& name, std::string_view content, mode_t mode = 0600) {
        const auto path = directory_.path() / name;
        std::ofstream{path, std::ios::binary} << content;
        ASSERT_EQ(::chmod(path.c_str(), mode), 0);
    }
    // What load_secret gives: the text, or the name of the reason.
    std::string load(std::string_view reference) {
        const auto secret = load_secret(reference, directory_.path());
        return secret ? std::string{secret->reveal()}
                      : std::string{core::reason_name(secret.error().reason)};
    }
    std::string error_of(std::string_view reference) {
        const auto secret = load_secret(reference, directory_.path());
        return secret ? "no error" : secret.error().detail;
    }

    test::TemporaryDirectory directory_;
};

constexpr const char* kUnavailable = "CREDENTIAL_UNAVAILABLE";
constexpr const char* kConfiguration = "CONFIGURATION";

TEST_F(SecretSource, ReadsAFileWithoutOneTrailingLineEnd) {
    write("plain", "hunter2");
    write("line", "hunter2\n");
    write("windows", "hunter2\r\n");
    write("two", "hunter2\n\n");
    write("inside", "a\nb\r\nc\n");
    EXPECT_EQ(load("file:plain"), "hunter2");
    EXPECT_EQ(load("file:line"), "hunter2");
    EXPECT_EQ(load("file:windows"), "hunter2");
    EXPECT_EQ(load("file:two"), "hunter2\n");
    EXPECT_EQ(load("file:inside"), "a\nb\r\nc");
}

TEST_F(SecretSource, TakesAPathRelativeToTheBaseOrAbsolute) {
    write("pw", "hunter2");
    EXPECT_EQ(load("file:pw"), "hunter2");
    EXPECT_EQ(load("file:" + (directory_.path() / "pw").string()), "hunter2");
}

TEST_F(SecretSource, ReadsAnEnvironmentVariableAsItIs) {
    ASSERT_EQ(::setenv("BROKER_TEST_SECRET", "from environment\n", 1), 0);
    EXPECT_EQ(load("env:BROKER_TEST_SECRET"), "from environment\n");
    ASSERT_EQ(::setenv("BROKER_TEST_SECRET", "", 1), 0);
    EXPECT_EQ(load("env:BROKER_TEST_SECRET"), kUnavailable);
    ::unsetenv("BROKER_TEST_SECRET");
    EXPECT_EQ(error_of("env:BROKER_TEST_SECRET"),
              "env:BROKER_TEST_SECRET: the variable is not set");
}

TEST_F(SecretSource, RefusesAPlainValueAndDoesNotRepeatIt) {
    for (const std::string_view text :
         {"hunter2", "", "vault:hunter2", "FILE:hunter2", "env:", "file:", ":hunter2"}) {
        EXPECT_EQ(load(text), kConfiguration) << text;
        EXPECT_EQ(error_of(text), "expected env:NAME or file:PATH");
    }
    EXPECT_EQ(load({"file:a\0b", 8}), kConfiguration);
}

TEST_F(SecretSource, RefusesAFileThatEveryUserCanRead) {
    write("pw", "hunter2", 0604);
    EXPECT_EQ(load("file:pw"), kUnavailable);
    EXPECT_THAT(error_of("file:pw"), HasSubstr("file:pw: readable by every user"));
    EXPECT_THAT(error_of("file:pw"), Not(HasSubstr("hunter2")));
}

TEST_F(SecretSource, AllowsTheOwnersGroupToRead) {
    write("pw", "hunter2", 0640);
    EXPECT_EQ(load("file:pw"), "hunter2");
}

TEST_F(SecretSource, ChecksTheFileThatALinkPointsTo) {
    write("open", "hunter2", 0644);
    write("closed", "hunter3", 0600);
    std::filesystem::create_symlink("open", directory_.path() / "to-open");
    std::filesystem::create_symlink("closed", directory_.path() / "to-closed");
    EXPECT_EQ(load("file:to-open"), kUnavailable);
    EXPECT_EQ(load("file:to-closed"), "hunter3");
}

TEST_F(SecretSource, RefusesWhatIsNotAUsableFile) {
    write("empty", "");
    write("only-line-end", "\n");
    std::filesystem::create_directory(directory_.path() / "folder");
    ASSERT_EQ(::mkfifo((directory_.path() / "pipe").c_str(), 0600), 0);
    for (const char* name :
         {"file:missing", "file:empty", "file:only-line-end", "file:folder", "file:pipe"}) {
        EXPECT_EQ(load(name), kUnavailable) << name;
        EXPECT_THAT(error_of(name), testing::StartsWith(name));
    }
}

TEST_F(SecretSource, ReadsUpToOneMebibyte) {
    write("limit", std::string(1024 * 1024, 'x'));
    write("above", std::string(1024 * 1024 + 1, 'x'));
    EXPECT_EQ(load("file:limit").size(), 1024U * 1024U);
    EXPECT_EQ(error_of("file:above"), "file:above: larger than 1 MiB");
}

TEST_F(SecretSource, ReadsTextWhoeverMayReadItToo) {
    write("ca.pem", "certificate\n", 0644);
    const auto text = load_text("file:ca.pem", directory_.path());
    ASSERT_TRUE(text);
    EXPECT_EQ(*text, "certificate");
    EXPECT_EQ(load_text("file:missing", directory_.path()).error().reason,
              Reason::CredentialUnavailable);
    EXPECT_EQ(load_text("certificate", directory_.path()).error().reason, Reason::Configuration);
}

}  // namespace
}  // namespace broker::secrets
