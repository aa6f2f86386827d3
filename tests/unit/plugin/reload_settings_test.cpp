// What a configuration may change while the adapter runs, and accounts that are left out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "config/settings_yaml.hpp"
#include "support/temporary_directory.hpp"

namespace broker::config {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

std::string account(const std::string& id, const std::string& extra = {}) {
    return "  - id: " + id + "\n    profile: simulator\n    account: \"default:" + id +
           "\"\n    tls: {trust: file:ca.pem}\n    fix: {trading: {hosts: [\"127.0.0.1:9880\"], "
           "sender_comp_id: " +
           id + ", target_comp_id: DXTRADE}}\n" + extra;
}

class ReloadSettings : public testing::Test {
protected:
    Settings load(const std::string& adapter, const std::string& accounts,
                  const Settings* running = nullptr) {
        const auto file = directory_.path() / "adapter.yaml";
        std::ofstream{file} << "adapter: {journal_dir: var" << adapter << "}\naccounts:\n"
                            << accounts;
        return load_settings(file, DXTRADE_CONFIG_DIR, running);
    }
    std::string error_of(const std::string& adapter, const std::string& accounts,
                         const Settings* running = nullptr) {
        try {
            (void)load(adapter, accounts, running);
        } catch (const ConfigError& e) {
            return e.what();
        }
        return "no error";
    }

    test::TemporaryDirectory directory_;
};

TEST_F(ReloadSettings, AccountsAndWhatHappensToBadOnesMayChange) {
    const Settings running = load("", account("A"));
    const Settings now = load(", on_bad_account: skip", account("B") + account("C"), &running);
    EXPECT_EQ(now.accounts.size(), 2U);
    EXPECT_EQ(now.on_bad_account, OnBadAccount::Skip);
}

TEST_F(ReloadSettings, WhatTheAdapterIsMadeOfCannotChange) {
    const Settings running = load(", event_loop: {threads: 2}", account("A"));
    EXPECT_THAT(error_of(", event_loop: {threads: 3}", account("A"), &running),
                EndsWith("adapter.yaml:1: adapter.event_loop.threads: event_loop.threads cannot "
                         "change while the adapter runs: expected 2, found 3"));
    EXPECT_THAT(error_of("", account("A"), &running),
                HasSubstr("event_loop.threads cannot change while the adapter runs: expected 2, "
                          "found 1"));
    EXPECT_THAT(error_of(", event_loop: {threads: 2, mode: spin}", account("A"), &running),
                HasSubstr("event_loop.mode cannot change"));
    EXPECT_THAT(error_of("x, event_loop: {threads: 2}", account("A"), &running),
                HasSubstr("journal_dir cannot change while the adapter runs: expected " +
                          (directory_.path() / "var").string() + ", found " +
                          (directory_.path() / "varx").string()));
    EXPECT_THAT(error_of(", data_dir: /nowhere, event_loop: {threads: 2}", account("A"), &running),
                HasSubstr("data_dir cannot change"));
    EXPECT_THAT(error_of(", connect_budget: {host_per_s: 3}, event_loop: {threads: 2}",
                         account("A"), &running),
                HasSubstr("connect_budget.host_per_s cannot change"));
    EXPECT_EQ(error_of("/../var, event_loop: {threads: 2}", account("A"), &running), "no error")
        << "the same folder, spelled in another way";
}

TEST_F(ReloadSettings, OneBadAccountFailsAllUnlessItIsToBeLeftOut) {
    const std::string bad = account("B", "    limitz: {}\n");
    EXPECT_THAT(error_of("", account("A") + bad), HasSubstr("accounts[1]: unknown key \"limitz\""));
    const Settings settings = load(", on_bad_account: skip", account("A") + bad + account("C"));
    ASSERT_EQ(settings.accounts.size(), 2U);
    EXPECT_EQ(settings.accounts[1].id, "C");
    ASSERT_EQ(settings.bad_accounts.size(), 1U);
    EXPECT_EQ(settings.bad_accounts[0].id, "B");
    EXPECT_THAT(settings.bad_accounts[0].why, HasSubstr("accounts[1]: unknown key \"limitz\""));
}

TEST_F(ReloadSettings, SecondAccountOfAnIdIsLeftOutAndTheFirstStays) {
    const Settings settings = load(", on_bad_account: skip", account("A") + account("A"));
    EXPECT_EQ(settings.accounts.size(), 1U);
    ASSERT_EQ(settings.bad_accounts.size(), 1U);
    EXPECT_THAT(settings.bad_accounts[0].why, HasSubstr("id \"A\" stands twice"));
}

TEST_F(ReloadSettings, FileWithoutAGoodAccountIsAnErrorEvenThen) {
    EXPECT_THAT(error_of(", on_bad_account: skip", account("A", "    limitz: {}\n")),
                HasSubstr("unknown key \"limitz\""));
    EXPECT_THAT(error_of(", on_bad_account: stop", account("A")),
                HasSubstr("adapter.on_bad_account: expected one of fail, skip, found \"stop\""));
}

}  // namespace
}  // namespace broker::config
