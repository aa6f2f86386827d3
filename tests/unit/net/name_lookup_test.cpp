#include "net/name_lookup.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/post.hpp>

#include "unit/net/dns_stub.hpp"
#include "unit/net/run_coroutine.hpp"

namespace broker::net {
namespace {

using namespace std::chrono_literals;
using core::Reason;
using test::DnsStub;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;
using SteadyClock = std::chrono::steady_clock;

class NameLookupTest : public testing::Test {
protected:
    core::Result<NameLookup::Addresses> find(const DnsStub& dns, const std::string& host,
                                             core::Duration timeout = 5s) {
        NameLookup lookup{context_, dns.server()};
        return test::run_coroutine(context_, lookup.find(host, timeout));
    }
    static std::vector<std::string> texts(const NameLookup::Addresses& addresses) {
        std::vector<std::string> texts;
        for (const auto& address : addresses) texts.push_back(address.to_string());
        return texts;
    }

    boost::asio::io_context context_;
};

TEST_F(NameLookupTest, FindsTheAddressesOfBothFamilies) {
    const DnsStub dns{{{"venue.example", {"192.0.2.1", "2001:db8::1"}}}};
    const auto found = find(dns, "venue.example");
    ASSERT_TRUE(found) << found.error().detail;
    EXPECT_THAT(texts(*found), UnorderedElementsAre("192.0.2.1", "2001:db8::1"));
}

TEST_F(NameLookupTest, TheFamiliesTakeTurns) {
    const DnsStub dns{
        {{"venue.example", {"192.0.2.1", "192.0.2.2", "192.0.2.3", "2001:db8::1", "2001:db8::2"}}}};
    const auto found = find(dns, "venue.example");
    ASSERT_TRUE(found) << found.error().detail;
    ASSERT_EQ(found->size(), 5U);
    EXPECT_NE((*found)[0].is_v4(), (*found)[1].is_v4());
    EXPECT_NE((*found)[2].is_v4(), (*found)[3].is_v4());
}

TEST_F(NameLookupTest, OneFamilyIsEnoughWhenTheServerIsSilentAboutTheOther) {
    for (const int silent : {4, 6}) {
        const DnsStub dns{{{"venue.example", {"192.0.2.1", "2001:db8::1"}}}, silent};
        const auto begun = SteadyClock::now();
        const auto found = find(dns, "venue.example", 9s);
        ASSERT_TRUE(found) << found.error().detail;
        EXPECT_THAT(texts(*found), ElementsAre(silent == 4 ? "2001:db8::1" : "192.0.2.1"));
        EXPECT_LT(SteadyClock::now() - begun, 5s) << "it must not wait for the silent one";
    }
}

TEST_F(NameLookupTest, AServerThatNeverAnswersCostsTheDeadlineAndNoMore) {
    const DnsStub dns{{}};
    const auto begun = SteadyClock::now();
    const auto found = find(dns, "venue.example", 300ms);
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().reason, Reason::NameNotResolved);
    EXPECT_THAT(found.error().detail, HasSubstr("venue.example: no answer in time"));
    EXPECT_GE(SteadyClock::now() - begun, 300ms);
    EXPECT_LT(SteadyClock::now() - begun, 5s);
    EXPECT_GT(dns.questions(), 2) << "a question that was lost is asked again";
}

TEST_F(NameLookupTest, AnotherServerIsAskedWhenTheFirstIsSilent) {
    const DnsStub silent{{}};
    const DnsStub dns{{{"venue.example", {"192.0.2.1"}}}};
    NameLookup lookup{context_, silent.server() + "," + dns.server()};
    const auto found = test::run_coroutine(context_, lookup.find("venue.example", 2s));
    ASSERT_TRUE(found) << found.error().detail;
    EXPECT_THAT(texts(*found), ElementsAre("192.0.2.1"));
}

TEST_F(NameLookupTest, OneThatHangsDoesNotHoldUpAnother) {
    const DnsStub hangs{{}};
    const DnsStub dns{{{"venue.example", {"192.0.2.1"}}}};
    std::vector<std::unique_ptr<NameLookup>> hanging;
    int ended = 0;
    for (int i = 0; i < 100; ++i) {
        hanging.push_back(std::make_unique<NameLookup>(context_, hangs.server()));
        asio::co_spawn(
            context_,
            [&, i]() -> asio::awaitable<void> {
                (void)co_await hanging[static_cast<std::size_t>(i)]->find("hangs.example", 1h);
                ++ended;
            },
            rethrow_failure);
    }
    const auto found = find(dns, "venue.example");
    ASSERT_TRUE(found) << found.error().detail;
    EXPECT_EQ(ended, 0);
    for (const auto& lookup : hanging) lookup->cancel();
    context_.restart();
    context_.run_for(5s);
    EXPECT_EQ(ended, 100);
}

TEST_F(NameLookupTest, SaysThatANameDoesNotExist) {
    const DnsStub dns{{{"gone.example", {}}}};
    const auto found = find(dns, "gone.example");
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().reason, Reason::NameNotResolved);
    EXPECT_THAT(found.error().detail, HasSubstr("resolve gone.example: "));
    EXPECT_THAT(found.error().detail, testing::Not(HasSubstr("in time")));
}

TEST_F(NameLookupTest, KnowsTheNamesOfTheHostsFile) {
    const DnsStub dns{{}};
    const auto found = find(dns, "localhost");
    ASSERT_TRUE(found) << found.error().detail;
    EXPECT_TRUE(found->front().is_loopback());
}

TEST_F(NameLookupTest, CancelEndsAPendingLookUpAtOnce) {
    const DnsStub dns{{}};
    NameLookup lookup{context_, dns.server()};
    boost::asio::post(context_, [&] { lookup.cancel(); });
    const auto begun = SteadyClock::now();
    const auto found = test::run_coroutine(context_, lookup.find("venue.example", 9s));
    ASSERT_FALSE(found);
    EXPECT_THAT(found.error().detail, HasSubstr("closed on this side"));
    EXPECT_LT(SteadyClock::now() - begun, 5s);
}

}  // namespace
}  // namespace broker::net
