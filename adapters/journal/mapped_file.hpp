// A file of fixed size, mapped into memory.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <utility>

#include "core/result.hpp"

namespace broker::journal {

// StorageFailed with "<path>: <what>".
[[nodiscard]] core::Error file_error(const std::filesystem::path& path, const std::string& what);
// The same with the text of errno.
[[nodiscard]] core::Error system_error(const std::filesystem::path& path, const std::string& step);

// Begins with a page that says what the file is; the rest is the caller's. Errors are StorageFailed
// and name the file.
class MappedFile {
public:
    static constexpr std::size_t kHeaderBytes = 4096;

    // What the first page holds and opening checks.
    struct Identity {
        std::string kind;   // at most 8 characters
        std::string owner;  // at most kMaxOwner characters
    };
    static constexpr std::size_t kMaxOwner = 1024;

    // Makes the file with `bytes` zero bytes after the header. It appears under its name whole or
    // not at all. Its disk space is reserved. Why: a full disk must be an error here and not a
    // SIGBUS at some later write.
    [[nodiscard]] static core::Result<MappedFile> create(const std::filesystem::path& path,
                                                         const Identity& identity,
                                                         std::size_t bytes);
    // The size is that of the creation.
    [[nodiscard]] static core::Result<MappedFile> open(const std::filesystem::path& path,
                                                       const Identity& identity);
    // For readers beside the owner: data() must not be written to. Any owner is accepted.
    [[nodiscard]] static core::Result<MappedFile> open_read_only(const std::filesystem::path& path,
                                                                 const std::string& kind);

    MappedFile(MappedFile&& other) noexcept
        : path_{std::move(other.path_)}, mapped_{std::exchange(other.mapped_, {})} {}
    MappedFile& operator=(MappedFile&&) = delete;
    ~MappedFile();

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] std::string owner() const;  // as the first page has it
    [[nodiscard]] std::span<char> data() const { return mapped_.subspan(kHeaderBytes); }

private:
    MappedFile(std::filesystem::path path, std::span<char> mapped)
        : path_{std::move(path)}, mapped_{mapped} {}
    enum class Access { ReadWrite, ReadOnly };
    [[nodiscard]] static core::Result<MappedFile> open_any(const std::filesystem::path& path,
                                                           Access access);
    [[nodiscard]] static core::Result<MappedFile> map(const std::filesystem::path& path, int file,
                                                      std::size_t bytes, Access access);

    std::filesystem::path path_;
    std::span<char> mapped_;
};

// Closes a descriptor at the end of its scope.
class FileDescriptor {
public:
    explicit FileDescriptor(int descriptor) : descriptor_{descriptor} {}
    FileDescriptor(FileDescriptor&& other) noexcept
        : descriptor_{std::exchange(other.descriptor_, -1)} {}
    FileDescriptor& operator=(FileDescriptor&&) = delete;
    ~FileDescriptor();
    [[nodiscard]] int get() const { return descriptor_; }

private:
    int descriptor_;
};

// Makes the directory with mode 0700 if it is missing, and locks it against other processes until
// the descriptor is closed. StorageFailed names it: "in use by another process".
[[nodiscard]] core::Result<FileDescriptor> lock_directory(const std::filesystem::path& directory);

}  // namespace broker::journal
