#include "journal/mapped_message_store.hpp"

#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <iterator>

#include "support/temporary_directory.hpp"

namespace broker::journal {
namespace {

using testing::HasSubstr;

constexpr std::size_t kRingBytes = 16 * 1024;
constexpr std::size_t kHeaderBytes = 4096;

class MappedMessageStoreTest : public testing::Test {
protected:
    using Store = std::unique_ptr<MappedMessageStore>;

    core::Result<Store> open(const std::string& session = "A->B", std::size_t bytes = kRingBytes) {
        return MappedMessageStore::open({directory(), session, bytes});
    }
    // Empty if the store opens.
    std::string error_of_open(const std::string& session = "A->B") {
        const auto store = open(session);
        if (store) return {};
        EXPECT_EQ(store.error().reason, core::Reason::StorageFailed);
        return store.error().detail;
    }
    static std::size_t count(const MappedMessageStore& store) {
        std::size_t result = 0;
        EXPECT_TRUE(store.read(0, UINT64_MAX, [&](auto, auto) { ++result; }));
        return result;
    }
    void fill(core::MsgSeqNum messages) {
        const Store store = open().value();
        for (core::MsgSeqNum n = 1; n <= messages; ++n) {
            ASSERT_TRUE(store->add(n, std::string{"message "}.append(std::to_string(n))));
            ASSERT_TRUE(store->set_next_sender_msg_seq_num(n + 1));
        }
    }
    [[nodiscard]] std::filesystem::path directory() const { return root_.path() / "session"; }
    [[nodiscard]] std::filesystem::path file(const char* name) const { return directory() / name; }

    static void overwrite(const std::filesystem::path& path, std::size_t offset,
                          std::string_view bytes) {
        std::fstream stream{path, std::ios::in | std::ios::out | std::ios::binary};
        stream.seekp(static_cast<std::streamoff>(offset));
        stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        ASSERT_TRUE(stream.good());
    }
    test::TemporaryDirectory root_;
};

TEST_F(MappedMessageStoreTest, RemembersWhenItsNumbersBeganAtOne) {
    const core::UtcTime when{std::chrono::hours{500'000}};
    {
        const Store store = open().value();
        EXPECT_FALSE(store->last_reset());
        ASSERT_TRUE(store->reset());
        ASSERT_TRUE(store->set_last_reset(when));
        ASSERT_TRUE(store->add(1, "one"));
    }
    EXPECT_EQ(open().value()->last_reset(), when);
}

TEST_F(MappedMessageStoreTest, FindsEverythingAgainWhenItIsReopened) {
    {
        const Store store = open().value();
        ASSERT_TRUE(store->add(41, "forty-one"));
        ASSERT_TRUE(store->set_next_sender_msg_seq_num(42));
        ASSERT_TRUE(store->set_next_target_msg_seq_num(17));
    }
    const Store store = open().value();
    EXPECT_EQ(store->next_sender_msg_seq_num(), 42U);
    EXPECT_EQ(store->next_target_msg_seq_num(), 17U);
    std::string message;
    ASSERT_TRUE(store->read(41, 41, [&](auto, std::string_view text) { message = text; }));
    EXPECT_EQ(message, "forty-one");
}

TEST_F(MappedMessageStoreTest, IsForItsOwnerAlone) {
    fill(1);
    EXPECT_EQ(std::filesystem::status(directory()).permissions(),
              std::filesystem::perms::owner_all);
    for (const char* name : {"sequence", "messages"}) {
        EXPECT_EQ(std::filesystem::status(file(name)).permissions(),
                  std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    }
}

TEST_F(MappedMessageStoreTest, ReservesItsDiskSpaceWhenItIsMade) {
    fill(1);
    struct stat status {};
    ASSERT_EQ(::stat(file("messages").c_str(), &status), 0);
    EXPECT_EQ(static_cast<std::size_t>(status.st_size), kHeaderBytes + kRingBytes);
    EXPECT_GE(static_cast<std::size_t>(status.st_blocks) * 512, kHeaderBytes + kRingBytes);
}

TEST_F(MappedMessageStoreTest, KeepsTheSizeItWasMadeWith) {
    fill(1);
    const auto store = open("A->B", 1024 * 1024);
    ASSERT_TRUE(store);
    EXPECT_EQ(std::filesystem::file_size(file("messages")), kHeaderBytes + kRingBytes);
    EXPECT_EQ(count(**store), 1U);
}

TEST_F(MappedMessageStoreTest, WithoutRoomOnTheDiskOpeningFailsAndLeavesNothingBehind) {
    const ::pid_t child = ::fork();
    if (child == 0) {
        std::signal(SIGXFSZ, SIG_IGN);
        const struct rlimit limit { 8192, 8192 };
        ::setrlimit(RLIMIT_FSIZE, &limit);
        const auto store = open();
        const bool is_right = !store && store.error().reason == core::Reason::StorageFailed &&
                              store.error().detail.find("messages: reserve") != std::string::npos;
        ::_exit(is_right && std::filesystem::is_empty(directory()) ? 0 : 1);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
}

TEST_F(MappedMessageStoreTest, RefusesADirectoryThatIsInUse) {
    const Store first = open().value();
    EXPECT_EQ(error_of_open(), directory().string() + ": in use by another process");
}

TEST_F(MappedMessageStoreTest, RefusesTheFilesOfAnotherSession) {
    fill(1);
    EXPECT_EQ(error_of_open("A->C"),
              file("messages").string() + ": belongs to session \"A->B\", expected \"A->C\"");
}

TEST_F(MappedMessageStoreTest, RefusesAFileOfAnotherKind) {
    fill(1);
    overwrite(file("messages"), 0, "NOTOURS!");
    EXPECT_EQ(error_of_open(), file("messages").string() + ": not a file of this kind");
}

TEST_F(MappedMessageStoreTest, RefusesADamagedFirstPage) {
    fill(1);
    overwrite(file("sequence"), 100, "\x55");
    EXPECT_EQ(error_of_open(), file("sequence").string() + ": its first page is damaged");
}

TEST_F(MappedMessageStoreTest, RefusesAFileThatWasCutOff) {
    fill(1);
    std::filesystem::resize_file(file("messages"), kHeaderBytes + 8192);
    EXPECT_THAT(error_of_open(), HasSubstr("messages: 12288 bytes long, expected 20480"));
    std::filesystem::resize_file(file("messages"), 10);
    EXPECT_THAT(error_of_open(), HasSubstr("messages: not a file of this kind"));
}

TEST_F(MappedMessageStoreTest, RefusesToGoOnWithoutOneOfItsFiles) {
    fill(3);
    std::filesystem::rename(file("messages"), file("moved"));
    EXPECT_EQ(error_of_open(), file("messages").string() + ": missing");
    std::filesystem::rename(file("moved"), file("messages"));
    std::filesystem::remove(file("sequence"));
    EXPECT_EQ(error_of_open(), file("sequence").string() + ": missing");
}

TEST_F(MappedMessageStoreTest, RefusesDamageAmongItsMessages) {
    fill(3);
    overwrite(file("messages"), kHeaderBytes + 30, "\x55");
    EXPECT_EQ(error_of_open(), file("messages").string() + ": the record at position 0 is damaged");
}

TEST_F(MappedMessageStoreTest, DropsALastMessageTornByALossOfPower) {
    fill(3);
    overwrite(file("messages"), kHeaderBytes + 2 * 40 + 26, "\x55");
    const auto store = open();
    ASSERT_TRUE(store);
    EXPECT_EQ(count(**store), 2U);
    EXPECT_EQ((*store)->next_sender_msg_seq_num(), 4U);
}

TEST_F(MappedMessageStoreTest, GoesBackToTheOlderCopyOfTheNumbersIfTheNewerIsTorn) {
    {
        const Store store = open().value();                  // opening writes generation 1
        ASSERT_TRUE(store->set_next_sender_msg_seq_num(7));  // generation 2
        ASSERT_TRUE(store->set_next_sender_msg_seq_num(8));  // generation 3
    }
    overwrite(file("sequence"), kHeaderBytes + 1024 + 8, "\x55");
    EXPECT_EQ(open().value()->next_sender_msg_seq_num(), 7U);
    overwrite(file("sequence"), kHeaderBytes + 8, "\x55");
    overwrite(file("sequence"), kHeaderBytes + 1024 + 8, "\x66");
    EXPECT_THAT(error_of_open(), HasSubstr("sequence: both copies of the sequence numbers are"));
}

TEST_F(MappedMessageStoreTest, GoesOnAfterAnInterruptedCreation) {
    fill(0);
    std::filesystem::remove(file("sequence"));  // made last
    std::ofstream{file("sequence.new")} << "unfinished";
    EXPECT_EQ(error_of_open(), "");
    EXPECT_EQ(open().value()->next_sender_msg_seq_num(), 1U);
}

TEST_F(MappedMessageStoreTest, SaysWhyADirectoryCannotBeMade) {
    std::ofstream{root_.path() / "session"} << "a file";
    EXPECT_THAT(error_of_open(), HasSubstr("session: open: Not a directory"));
}

TEST_F(MappedMessageStoreTest, ReadsARangeInTheMiddleOfManyMessages) {
    const Store store = open("A->B", 16 * 1024 * 1024).value();
    const std::string message(150, 'x');
    for (core::MsgSeqNum n = 1; n <= 80'000; ++n) ASSERT_TRUE(store->add(n, message));
    // A scan from the start would visit 40,000 records a time: 20,000 reads would take minutes.
    std::size_t visited = 0;
    for (int round = 0; round < 20'000; ++round) {
        ASSERT_TRUE(store->read(40'000, 40'004, [&](auto, auto) { ++visited; }));
    }
    EXPECT_EQ(visited, 100'000U);
}

}  // namespace
}  // namespace broker::journal
