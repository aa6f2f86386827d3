#include "journal/mapped_file.hpp"

#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "support/temporary_directory.hpp"

namespace broker::journal {
namespace {

using testing::HasSubstr;

constexpr std::size_t kBytes = 16 * 1024;

class MappedFileTest : public testing::Test {
protected:
    [[nodiscard]] std::filesystem::path path() const { return root_.path() / "file"; }
    void create() const { ASSERT_TRUE(MappedFile::create(path(), {"testfile", "A1"}, kBytes)); }
    [[nodiscard]] std::string error_of_open(const std::string& owner = "A1") const {
        const auto file = MappedFile::open(path(), {"testfile", owner});
        if (file) return {};
        EXPECT_EQ(file.error().reason, core::Reason::StorageFailed);
        return file.error().detail;
    }
    void overwrite(std::streamoff offset, const std::string& bytes) const {
        std::fstream stream{path(), std::ios::in | std::ios::out | std::ios::binary};
        stream.seekp(offset);
        stream << bytes;
    }

    test::TemporaryDirectory root_;
};

TEST_F(MappedFileTest, IsForItsOwnerAloneAndHasItsDiskSpaceReserved) {
    create();
    struct stat status {};
    ASSERT_EQ(::stat(path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    EXPECT_EQ(static_cast<std::size_t>(status.st_size), MappedFile::kHeaderBytes + kBytes);
    EXPECT_GE(static_cast<std::size_t>(status.st_blocks) * 512, MappedFile::kHeaderBytes + kBytes);
}

TEST_F(MappedFileTest, WithoutRoomOnTheDiskNothingIsLeftBehind) {
    const ::pid_t child = ::fork();
    if (child == 0) {
        std::signal(SIGXFSZ, SIG_IGN);
        const struct rlimit limit { 8192, 8192 };
        ::setrlimit(RLIMIT_FSIZE, &limit);
        const auto file = MappedFile::create(path(), {"testfile", "A1"}, kBytes);
        const bool is_right = !file && file.error().reason == core::Reason::StorageFailed &&
                              file.error().detail.find("file: reserve") != std::string::npos;
        ::_exit(is_right && std::filesystem::is_empty(root_.path()) ? 0 : 1);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
}

TEST_F(MappedFileTest, RefusesWhatIsNotItsOwnAndSaysWhy) {
    create();
    EXPECT_EQ(error_of_open(), "");
    EXPECT_EQ(error_of_open("B2"),
              path().string() + ": belongs to session \"A1\", expected \"B2\"");
    overwrite(100, "\x55");
    EXPECT_EQ(error_of_open(), path().string() + ": its first page is damaged");
    overwrite(0, "NOTOURS!");
    EXPECT_EQ(error_of_open(), path().string() + ": not a file of this kind");
}

TEST_F(MappedFileTest, RefusesAFileThatWasCutOff) {
    create();
    std::filesystem::resize_file(path(), 8192);
    EXPECT_THAT(error_of_open(), HasSubstr("file: 8192 bytes long, expected 20480"));
    std::filesystem::resize_file(path(), 10);
    EXPECT_THAT(error_of_open(), HasSubstr("file: not a file of this kind"));
}

TEST_F(MappedFileTest, AReaderOpensItWhoseverItIsAndCannotBeMistakenInTheKind) {
    create();
    const auto file = MappedFile::open_read_only(path(), "testfile");
    ASSERT_TRUE(file) << file.error().detail;
    EXPECT_EQ(file->owner(), "A1");
    EXPECT_EQ(file->data().size(), kBytes);
    EXPECT_THAT(MappedFile::open_read_only(path(), "another").error().detail,
                HasSubstr("not a file of this kind"));
}

TEST_F(MappedFileTest, SaysWhyADirectoryCannotBeLocked) {
    std::ofstream{path()} << "a file";
    EXPECT_THAT(lock_directory(path()).error().detail, HasSubstr("file: open: Not a directory"));
}

}  // namespace
}  // namespace broker::journal
