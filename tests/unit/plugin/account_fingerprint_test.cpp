#include "runtime/account_fingerprint.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "config/settings_yaml.hpp"
#include "support/temporary_directory.hpp"

namespace broker::runtime {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kAccount = R"(
  - id: ACC-1
    profile: simulator
    account: "default:ACC-1"
    tls: {trust: file:ca.pem, server_name: localhost}
    fix:
      trading: {hosts: ["127.0.0.1:9880"], sender_comp_id: ACC1, target_comp_id: DXTRADE,
                username: u, password: file:password}
    limits: {orders_per_s: 10}
)";

class AccountFingerprintTest : public testing::Test {
protected:
    AccountFingerprintTest() {
        write("ca.pem", "anchor");
        write("password", "tr0ub4dor");
    }
    void write(const std::string& name, std::string_view text) const {
        const auto file = directory_.path() / name;
        std::ofstream{file} << text;
        std::filesystem::permissions(
            file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    }
    [[nodiscard]] config::AccountSettings load(std::string account) const {
        write("adapter.yaml", "adapter: {journal_dir: var}\naccounts:" + std::move(account));
        return config::load_settings(directory_.path() / "adapter.yaml", DXTRADE_CONFIG_DIR)
            .accounts.front();
    }
    [[nodiscard]] AccountFingerprint of(std::string_view account = kAccount) const {
        return fingerprints_.of(load(std::string{account}));
    }
    [[nodiscard]] static std::string changed(std::string_view from, std::string_view to) {
        std::string text{kAccount};
        const std::size_t at = text.find(from);
        EXPECT_NE(at, std::string::npos) << from;
        return text.replace(at, from.size(), to);
    }

    test::TemporaryDirectory directory_;
    Fingerprints fingerprints_;
};

TEST_F(AccountFingerprintTest, StaysForTheSameEntryHoweverItIsWritten) {
    const AccountFingerprint first = of();
    EXPECT_EQ(of(), first);
    EXPECT_EQ(of(changed("    limits: {orders_per_s: 10}",
                         "    # a remark\n    limits:\n      orders_per_s: 10")),
              first);
    EXPECT_EQ(of(changed("sender_comp_id: ACC1, target_comp_id: DXTRADE",
                         "target_comp_id: DXTRADE, sender_comp_id: ACC1")),
              first);
}

TEST_F(AccountFingerprintTest, ChangesWithAValueOfTheEntry) {
    const AccountFingerprint first = of();
    EXPECT_NE(of(changed("orders_per_s: 10", "orders_per_s: 11")), first);
    EXPECT_NE(of(changed("9880", "9881")), first);
    EXPECT_EQ(of(changed("9880", "9881")).tls, first.tls);
}

TEST_F(AccountFingerprintTest, ChangesWithWhatAReferenceYields) {
    const AccountFingerprint first = of();
    write("password", "tr0ub4dor2");
    const AccountFingerprint second = of();
    EXPECT_NE(second, first);
    EXPECT_EQ(second.tls, first.tls);
    write("ca.pem", "another anchor");
    EXPECT_NE(of().tls, first.tls);
}

TEST_F(AccountFingerprintTest, ChangesWithTheProfileButNotWithItsRemarks) {
    const AccountFingerprint first = of();
    namespace fs = std::filesystem;
    const fs::path copy = directory_.path() / "config";
    fs::copy(DXTRADE_CONFIG_DIR, copy, fs::copy_options::recursive);
    const auto with_copy = [&] {
        return fingerprints_.of(
            config::load_settings(directory_.path() / "adapter.yaml", copy).accounts.front());
    };
    std::ofstream{copy / "profiles" / "simulator.yaml", std::ios::app} << "\n# a remark\n";
    EXPECT_EQ(with_copy(), first);
    std::stringstream text;
    text << std::ifstream{copy / "profiles" / "simulator.yaml"}.rdbuf();
    std::string profile = text.str();
    const std::string_view from = "trade: {count: 10,";
    ASSERT_NE(profile.find(from), std::string::npos);
    std::ofstream{copy / "profiles" / "simulator.yaml"}
        << profile.replace(profile.find(from), from.size(), "trade: {count: 11,");
    EXPECT_NE(with_copy(), first);
}

TEST_F(AccountFingerprintTest, SaysNothingAboutCredentialsAndNothingToOthers) {
    const AccountFingerprint first = of();
    EXPECT_THAT(first.whole, Not(HasSubstr("tr0ub4dor")));
    EXPECT_EQ(first.whole.size(), 32U);
    EXPECT_NE(Fingerprints{}.of(load(std::string{kAccount})), first);
}

TEST_F(AccountFingerprintTest, CredentialThatCannotBeReadIsNamed) {
    std::filesystem::remove(directory_.path() / "password");
    try {
        (void)of();
        FAIL() << "no error";
    } catch (const config::ConfigError& e) {
        EXPECT_THAT(e.what(), HasSubstr("account ACC-1: fix.trading.password: "));
        EXPECT_THAT(e.what(), HasSubstr("file:password"));
    }
}

}  // namespace
}  // namespace broker::runtime
