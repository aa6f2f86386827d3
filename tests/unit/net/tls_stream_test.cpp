#include "net/tls_stream.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/post.hpp>
#include <future>
#include <numeric>

#include "unit/net/run_coroutine.hpp"
#include "unit/net/test_pki.hpp"
#include "unit/net/tls_test_server.hpp"

namespace broker::net {
namespace {

using namespace std::chrono_literals;
using core::Reason;
using core::Result;
using testing::HasSubstr;
using Serve = test::TlsTestServer::Serve;

constexpr std::size_t kMaxQueue = 256 * 1024;

class TlsStreamTest : public testing::Test {
protected:
    // A connection over which the server runs `serve` once the handshake is done.
    void open(Serve serve, int receive_buffer = 0) {
        server_.emplace(
            test::TlsServerOptions{.identity = pki_.server(), .receive_buffer = receive_buffer},
            [serve = std::move(serve)](test::TlsPeer& peer) {
                if (peer.handshake()) serve(peer);
            });
        stream_.emplace(context_, pki_.context(), kMaxQueue);
        ASSERT_TRUE(
            test::run_coroutine(context_, stream_->connect("127.0.0.1", server_->port(), 8s)));
        ASSERT_TRUE(test::run_coroutine(context_, stream_->handshake("localhost", 8s)));
    }
    Result<std::size_t> read(std::span<char> buffer) {
        return test::run_coroutine(context_, stream_->read(buffer));
    }
    // Reads until `size` bytes are there, at most `portion` at a time.
    std::string read_exactly(std::size_t size, std::size_t portion) {
        std::string bytes;
        std::vector<char> buffer(portion);
        while (bytes.size() < size) {
            const auto count = read(buffer);
            if (!count) break;
            bytes.append(buffer.data(), *count);
        }
        return bytes;
    }
    static std::string pattern(std::size_t size) {
        std::string bytes(size, '\0');
        for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>('!' + i * 7 % 90);
        return bytes;
    }

    test::TestPki pki_;
    boost::asio::io_context context_;
    std::optional<test::TlsTestServer> server_;
    std::optional<TlsStream> stream_;
};

TEST_F(TlsStreamTest, ReadsWhatThePeerWritesEvenOneByteAtATime) {
    const std::string sent = pattern(5'000);
    open([&](test::TlsPeer& peer) {
        for (std::size_t i = 0; i < 100; ++i) (void)peer.write(sent.substr(i, 1));
        (void)peer.write(sent.substr(100));
        peer.read_to_end();
    });
    EXPECT_EQ(read_exactly(sent.size(), 1), sent);
}

TEST_F(TlsStreamTest, ReadsLargeBursts) {
    const std::string sent = pattern(4'000'000);
    open([&](test::TlsPeer& peer) {
        (void)peer.write(sent);
        peer.read_to_end();
    });
    EXPECT_EQ(read_exactly(sent.size(), 64 * 1024), sent);
}

TEST_F(TlsStreamTest, APeerThatNeverPausesDoesNotStarveTheLoop) {
    const std::string sent = pattern(4'000'000);
    open([&](test::TlsPeer& peer) {
        (void)peer.write(sent);
        peer.read_to_end();
    });
    bool has_run = false;
    std::size_t read_before = 0;
    const auto read_all = [&]() -> boost::asio::awaitable<Result<std::size_t>> {
        boost::asio::post(context_, [&] { has_run = true; });
        std::vector<char> buffer(16);
        std::size_t total = 0;
        while (total < sent.size()) {
            const auto count = co_await stream_->read(buffer);
            if (!count) co_return count.error();
            total += *count;
            if (!has_run) read_before = total;
        }
        co_return total;
    };
    EXPECT_EQ(test::run_coroutine(context_, read_all()).value(), sent.size());
    EXPECT_TRUE(has_run);
    EXPECT_LE(read_before, 16U * 17U);
}

TEST_F(TlsStreamTest, WritesAtOnceWhatTheSocketTakes) {
    std::promise<std::string> received;
    open([&](test::TlsPeer& peer) { received.set_value(peer.read_exactly(5)); });
    EXPECT_EQ(stream_->write("hello").value(), TlsStream::Written::Whole);
    EXPECT_EQ(stream_->queued(), 0U);
    EXPECT_EQ(received.get_future().get(), "hello");  // without a turn of the loop
    server_.reset();                                  // before what its script refers to
}

TEST_F(TlsStreamTest, SendsABurstAsOneRecordWhenItIsUncorked) {
    std::promise<std::string> received;
    open([&](test::TlsPeer& peer) { received.set_value(peer.read_some()); });
    stream_->cork();
    EXPECT_EQ(stream_->write("one, ").value(), TlsStream::Written::Queued);
    EXPECT_EQ(stream_->write("two, ").value(), TlsStream::Written::Queued);
    EXPECT_EQ(stream_->write("three").value(), TlsStream::Written::Queued);
    EXPECT_EQ(stream_->queued(), 15U);
    EXPECT_EQ(stream_->uncork().value(), TlsStream::Written::Whole);
    EXPECT_EQ(stream_->queued(), 0U);
    EXPECT_EQ(received.get_future().get(), "one, two, three");
    server_.reset();  // before what its script refers to
}

TEST_F(TlsStreamTest, HoldsBackLessThanARecordOfABurst) {
    constexpr std::size_t kRecord = 16 * 1024;
    const std::string bytes = pattern(1'000);
    std::string expected;
    std::promise<bool> is_intact;
    for (int i = 0; i < 100; ++i) expected += bytes;
    open([&](test::TlsPeer& peer) {
        is_intact.set_value(peer.read_exactly(expected.size()) == expected);
    });
    stream_->cork();
    for (int i = 0; i < 100; ++i) {
        ASSERT_TRUE(stream_->write(bytes));
        EXPECT_LT(stream_->queued(), kRecord);
    }
    EXPECT_EQ(stream_->uncork().value(), TlsStream::Written::Whole);
    EXPECT_TRUE(is_intact.get_future().get());
    server_.reset();  // before what its script refers to
}

TEST_F(TlsStreamTest, UncorkingABurstThatIsEmptyDoesNothing) {
    open([](test::TlsPeer& peer) { peer.read_to_end(); });
    stream_->cork();
    EXPECT_EQ(stream_->uncork().value(), TlsStream::Written::Whole);
}

TEST_F(TlsStreamTest, EndsABurstThatThePeerDoesNotReadWithAnError) {
    std::promise<void> is_over;
    open([over = is_over.get_future().share()](test::TlsPeer&) { over.wait_for(10s); }, 16 * 1024);
    const std::string bytes = pattern(10'000);
    stream_->cork();
    Result<TlsStream::Written> written = TlsStream::Written::Whole;
    for (int i = 0; i < 10'000 && written; ++i) written = stream_->write(bytes);
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().reason, Reason::WriteQueueFull);
    const auto uncorked = stream_->uncork();
    ASSERT_FALSE(uncorked);
    EXPECT_EQ(uncorked.error().reason, Reason::WriteQueueFull);
    is_over.set_value();
}

TEST_F(TlsStreamTest, RefusesToUncorkAClosedConnection) {
    open([](test::TlsPeer& peer) { peer.read_to_end(); });
    stream_->cork();
    ASSERT_TRUE(stream_->write("never sent"));
    stream_->close();
    EXPECT_FALSE(stream_->uncork());
}

TEST_F(TlsStreamTest, DeliversBurstsThatTheSocketDoesNotTakeInOrder) {
    const std::string sent = pattern(700);
    constexpr std::size_t kBursts = 400;  // 20 MB: more than both socket buffers hold
    constexpr std::size_t kInBurst = 72;
    std::promise<void> may_read;
    std::promise<bool> is_intact;
    open(
        [&, may = may_read.get_future().share()](test::TlsPeer& peer) {
            may.wait_for(10s);
            std::string expected;
            for (std::size_t i = 0; i < kBursts * kInBurst; ++i) expected += sent;
            is_intact.set_value(peer.read_exactly(expected.size()) == expected);
            (void)peer.write("done");
        },
        16 * 1024);
    bool is_reading = false;
    for (std::size_t i = 0; i < kBursts; ++i) {
        while (stream_->queued() + kInBurst * sent.size() > kMaxQueue) {
            if (!std::exchange(is_reading, true)) may_read.set_value();
            context_.restart();
            ASSERT_GT(context_.run_one_for(10s), 0U);
        }
        stream_->cork();
        for (std::size_t k = 0; k < kInBurst; ++k) ASSERT_TRUE(stream_->write(sent));
        ASSERT_TRUE(stream_->uncork());
    }
    EXPECT_TRUE(is_reading) << "the socket took everything: nothing was tested";
    std::array<char, 4> answer{};
    ASSERT_TRUE(read(answer));
    EXPECT_TRUE(is_intact.get_future().get());
    server_.reset();  // before what its script refers to
}

TEST_F(TlsStreamTest, QueuesWhatTheSocketDoesNotTakeAndDeliversItInOrder) {
    const std::string sent = pattern(40'000);
    constexpr std::size_t kWrites = 500;  // 20 MB: more than both socket buffers hold
    std::promise<void> may_read;
    std::promise<bool> is_intact;
    open(
        [&, may = may_read.get_future().share()](test::TlsPeer& peer) {
            may.wait_for(10s);
            std::string expected;
            for (std::size_t i = 0; i < kWrites; ++i) expected += sent;
            is_intact.set_value(peer.read_exactly(expected.size()) == expected);
            (void)peer.write("done");
        },
        16 * 1024);
    bool is_reading = false;
    for (std::size_t i = 0; i < kWrites; ++i) {
        // A well-behaved writer waits for room.
        while (stream_->queued() + sent.size() > kMaxQueue) {
            if (!std::exchange(is_reading, true)) may_read.set_value();
            context_.restart();
            ASSERT_GT(context_.run_one_for(10s), 0U);
        }
        const auto written = stream_->write(sent);
        ASSERT_TRUE(written) << written.error().detail;
    }
    EXPECT_TRUE(is_reading) << "the socket took everything: nothing was tested";
    std::array<char, 4> answer{};
    ASSERT_TRUE(read(answer));
    EXPECT_TRUE(is_intact.get_future().get());
    server_.reset();  // before what its script refers to
    EXPECT_EQ(stream_->queued(), 0U);
}

TEST_F(TlsStreamTest, GivesUpOnAPeerThatDoesNotReadWithinTheBound) {
    std::promise<void> is_over;
    open([over = is_over.get_future().share()](test::TlsPeer&) { over.wait_for(10s); }, 16 * 1024);
    const std::string bytes = pattern(8'000);
    Result<TlsStream::Written> written = TlsStream::Written::Whole;
    std::size_t most_queued = 0;
    for (int i = 0; i < 100'000 && written; ++i) {
        written = stream_->write(bytes);
        most_queued = std::max(most_queued, stream_->queued());
    }
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().reason, Reason::WriteQueueFull);
    EXPECT_THAT(written.error().detail, HasSubstr("the peer does not read"));
    EXPECT_LE(most_queued, kMaxQueue);
    EXPECT_EQ(stream_->write("x").error().reason, Reason::WriteQueueFull);
    std::array<char, 16> buffer{};
    EXPECT_EQ(read(buffer).error().reason, Reason::WriteQueueFull);
    is_over.set_value();
}

TEST_F(TlsStreamTest, ReportsThatThePeerClosedInGoodOrder) {
    open([](test::TlsPeer& peer) { peer.close_notify(); });
    std::array<char, 16> buffer{};
    const auto count = read(buffer);
    ASSERT_FALSE(count);
    EXPECT_EQ(count.error().reason, Reason::ConnectionClosedByPeer);
}

TEST_F(TlsStreamTest, ReportsThatThePeerClosedWithoutCloseNotify) {
    open([](test::TlsPeer&) {});
    std::array<char, 16> buffer{};
    const auto count = read(buffer);
    ASSERT_FALSE(count);
    EXPECT_EQ(count.error().reason, Reason::ConnectionClosedByPeer);
    EXPECT_THAT(count.error().detail, HasSubstr("close_notify"));
}

TEST_F(TlsStreamTest, ReportsAReset) {
    open([](test::TlsPeer& peer) { peer.reset(); });
    std::array<char, 16> buffer{};
    const auto count = read(buffer);
    ASSERT_FALSE(count);
    EXPECT_EQ(count.error().reason, Reason::ConnectionLost);
    EXPECT_THAT(count.error().detail, HasSubstr("Connection reset by peer"));
}

TEST_F(TlsStreamTest, WritingToAGonePeerIsAnErrorAndNoSignal) {
    open([](test::TlsPeer& peer) { peer.reset(); });
    Result<TlsStream::Written> written = TlsStream::Written::Whole;
    // SIGPIPE has its default action here: a signal would end the test.
    for (int i = 0; i < 1'000'000 && written; ++i) written = stream_->write("are you there?");
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().reason, Reason::ConnectionLost);
    EXPECT_THAT(written.error().detail, HasSubstr("TLS write"));
}

TEST_F(TlsStreamTest, ReportsBytesThatAreNoTlsRecord) {
    open([](test::TlsPeer& peer) {
        (void)peer.write_plain("this is no record");
        (void)peer.read_plain();
    });
    std::array<char, 16> buffer{};
    const auto count = read(buffer);
    ASSERT_FALSE(count);
    EXPECT_EQ(count.error().reason, Reason::ConnectionLost);
    EXPECT_THAT(count.error().detail, HasSubstr("wrong version number"));
}

TEST_F(TlsStreamTest, CloseEndsAPendingReadAndTellsThePeer) {
    std::promise<std::string> last;
    open([&](test::TlsPeer& peer) { last.set_value(peer.read_some()); });
    boost::asio::post(context_, [&] { stream_->close(); });
    std::array<char, 16> buffer{};
    const auto count = read(buffer);
    ASSERT_FALSE(count);
    EXPECT_THAT(count.error().detail, HasSubstr("closed on this side"));
    EXPECT_EQ(last.get_future().get(), "");
    server_.reset();  // before what its script refers to
    EXPECT_FALSE(stream_->write("too late"));
}

TEST_F(TlsStreamTest, MayBeDestroyedWhileItReads) {
    open([](test::TlsPeer& peer) { peer.read_to_end(); });
    boost::asio::post(context_, [&] { stream_.reset(); });
    std::array<char, 16> buffer{};
    EXPECT_FALSE(read(buffer));
}

TEST_F(TlsStreamTest, MayBeDestroyedWhileItsQueueIsFlushed) {
    std::promise<void> is_over;
    open([over = is_over.get_future().share()](test::TlsPeer&) { over.wait_for(10s); }, 16 * 1024);
    const std::string bytes = pattern(100'000);
    while (stream_->write(bytes).value() == TlsStream::Written::Whole) {
    }
    stream_.reset();
    context_.restart();
    context_.run_for(10s);
    EXPECT_TRUE(context_.stopped()) << "something still waits for the connection";
    is_over.set_value();
}

TEST_F(TlsStreamTest, LeavesNothingBehindWhenTheLoopNeverRunsAgain) {
    open([](test::TlsPeer& peer) { peer.read_to_end(); });
    // The pending read is destroyed unrun with the context.
    std::array<char, 16> buffer{};
    boost::asio::co_spawn(context_, stream_->read(buffer),
                          [](std::exception_ptr, const Result<std::size_t>&) { FAIL(); });
    context_.restart();
    context_.poll();
    SUCCEED();
}

}  // namespace
}  // namespace broker::net
