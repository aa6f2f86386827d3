#include "journal/mapped_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "journal/crc32.hpp"

namespace broker::journal {
namespace {

using core::Result;

constexpr std::uint32_t kFormatVersion = 1;

struct Header {
    std::array<char, 8> kind{};
    std::uint32_t version = kFormatVersion;
    std::uint32_t owner_size = 0;
    std::uint64_t file_bytes = 0;
    std::array<char, MappedFile::kMaxOwner> owner{};
    std::uint32_t crc = 0;  // of all before
    std::uint32_t must_be_zero = 0;

    [[nodiscard]] std::uint32_t expected_crc() const {
        return crc32({reinterpret_cast<const char*>(this), offsetof(Header, crc)});
    }
};
static_assert(sizeof(Header) == 1056 && sizeof(Header) <= MappedFile::kHeaderBytes);

Header header_of(const MappedFile::Identity& identity, std::size_t file_bytes) {
    Header header;
    identity.kind.copy(header.kind.data(), header.kind.size());
    identity.owner.copy(header.owner.data(), header.owner.size());
    header.owner_size = static_cast<std::uint32_t>(identity.owner.size());
    header.file_bytes = file_bytes;
    header.crc = header.expected_crc();
    return header;
}

Header header_in(std::span<const char> file) {
    Header header;
    std::memcpy(&header, file.data(), sizeof header);
    return header;
}

Result<void> check(const std::filesystem::path& path, const Header& found, const Header& expected,
                   const std::string& owner) {
    if (found.kind != expected.kind) return file_error(path, "not a file of this kind");
    if (found.version != expected.version) {
        return file_error(path, "format version " + std::to_string(found.version) + ", expected " +
                                    std::to_string(expected.version));
    }
    if (found.crc != found.expected_crc()) return file_error(path, "its first page is damaged");
    if (found.owner != expected.owner || found.owner_size != expected.owner_size) {
        const std::string other{found.owner.data(),
                                std::min<std::size_t>(found.owner_size, found.owner.size())};
        return file_error(path, "belongs to session \"" + other + "\", expected \"" + owner + '"');
    }
    if (found.file_bytes != expected.file_bytes) {
        return file_error(path, std::to_string(expected.file_bytes) + " bytes long, expected " +
                                    std::to_string(found.file_bytes));
    }
    return {};
}

}  // namespace

core::Error file_error(const std::filesystem::path& path, const std::string& what) {
    return core::fail(core::Reason::StorageFailed, path.string() + ": " + what);
}

core::Error system_error(const std::filesystem::path& path, const std::string& step) {
    return file_error(path, step + ": " + std::generic_category().message(errno));
}

Result<FileDescriptor> lock_directory(const std::filesystem::path& directory) {
    std::error_code error;
    if (directory.has_parent_path()) {
        std::filesystem::create_directories(directory.parent_path(), error);
        if (error) return file_error(directory.parent_path(), "create: " + error.message());
    }
    if (::mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST) {
        return system_error(directory, "create");
    }
    FileDescriptor lock{::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (lock.get() < 0) return system_error(directory, "open");
    if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK) return file_error(directory, "in use by another process");
        return system_error(directory, "lock");
    }
    return lock;
}

FileDescriptor::~FileDescriptor() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<MappedFile> MappedFile::create(const std::filesystem::path& path, const Identity& identity,
                                      std::size_t bytes) {
    if (identity.owner.size() > kMaxOwner) {
        return file_error(path, "the session's name is longer than 1024 bytes");
    }
    std::filesystem::path unfinished = path;
    unfinished += ".new";
    const FileDescriptor file{
        ::open(unfinished.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600)};
    if (file.get() < 0) return system_error(unfinished, "create");
    const std::size_t file_bytes = kHeaderBytes + bytes;
    if (const int error = ::posix_fallocate(file.get(), 0, static_cast<off_t>(file_bytes))) {
        errno = error;
        core::Error result = system_error(path, "reserve " + std::to_string(file_bytes) + " bytes");
        ::unlink(unfinished.c_str());
        return result;
    }
    const Header header = header_of(identity, file_bytes);
    if (::pwrite(file.get(), &header, sizeof header, 0) != sizeof header ||
        ::fsync(file.get()) != 0) {
        return system_error(unfinished, "write");
    }
    if (::rename(unfinished.c_str(), path.c_str()) != 0) return system_error(path, "rename");
    return map(path, file.get(), file_bytes, Access::ReadWrite);
}

Result<MappedFile> MappedFile::open_any(const std::filesystem::path& path, Access access) {
    const int mode = access == Access::ReadOnly ? O_RDONLY : O_RDWR;
    const FileDescriptor file{::open(path.c_str(), mode | O_CLOEXEC | O_NOFOLLOW)};
    if (file.get() < 0) return system_error(path, "open");
    struct stat status {};
    if (::fstat(file.get(), &status) != 0) return system_error(path, "stat");
    const auto file_bytes = static_cast<std::size_t>(status.st_size);
    if (!S_ISREG(status.st_mode) || file_bytes <= kHeaderBytes) {
        return file_error(path, "not a file of this kind");
    }
    return map(path, file.get(), file_bytes, access);
}

Result<MappedFile> MappedFile::open(const std::filesystem::path& path, const Identity& identity) {
    auto mapped = open_any(path, Access::ReadWrite);
    if (!mapped) return mapped;
    const Header expected = header_of(identity, mapped->mapped_.size());
    const Header found = header_in(mapped->mapped_);
    if (auto good = check(path, found, expected, identity.owner); !good) return good.error();
    return mapped;
}

Result<MappedFile> MappedFile::open_read_only(const std::filesystem::path& path,
                                              const std::string& kind) {
    auto mapped = open_any(path, Access::ReadOnly);
    if (!mapped) return mapped;
    const std::string owner = mapped->owner();
    const Header expected = header_of({kind, owner}, mapped->mapped_.size());
    if (auto good = check(path, header_in(mapped->mapped_), expected, owner); !good) {
        return good.error();
    }
    return mapped;
}

std::string MappedFile::owner() const {
    const Header header = header_in(mapped_);
    return {header.owner.data(), std::min<std::size_t>(header.owner_size, header.owner.size())};
}

Result<MappedFile> MappedFile::map(const std::filesystem::path& path, int file, std::size_t bytes,
                                   Access access) {
    const int protection = access == Access::ReadOnly ? PROT_READ : PROT_READ | PROT_WRITE;
    void* memory = ::mmap(nullptr, bytes, protection, MAP_SHARED, file, 0);
    if (memory == MAP_FAILED) return system_error(path, "map");
    return MappedFile{path, {static_cast<char*>(memory), bytes}};
}

MappedFile::~MappedFile() {
    if (!mapped_.empty()) ::munmap(mapped_.data(), mapped_.size());
}

}  // namespace broker::journal
