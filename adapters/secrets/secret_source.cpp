#include "secrets/secret_source.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <memory>
#include <system_error>
#include <utility>

namespace broker::secrets {
namespace {

using core::Reason;
using core::Result;

constexpr std::size_t kMaxBytes = 1024 * 1024;

enum class Permissions { NotForOthers, Any };

// What was read, in one place that is wiped before it is freed.
class WipedBuffer {
public:
    explicit WipedBuffer(std::size_t capacity)
        : data_{std::make_unique<char[]>(capacity)}, capacity_{capacity} {}
    WipedBuffer(WipedBuffer&& other) noexcept
        : data_{std::move(other.data_)},
          capacity_{std::exchange(other.capacity_, 0)},
          size_{std::exchange(other.size_, 0)} {}
    WipedBuffer& operator=(WipedBuffer&&) = delete;
    ~WipedBuffer() { core::wipe(data_.get(), capacity_); }

    [[nodiscard]] char* free_begin() { return data_.get() + size_; }
    [[nodiscard]] std::size_t free_bytes() const { return capacity_ - size_; }
    void grow(std::size_t bytes) { size_ += bytes; }

    [[nodiscard]] std::string_view text() const { return {data_.get(), size_}; }

    void drop_line_end() {
        if (!text().ends_with('\n')) return;
        --size_;
        if (text().ends_with('\r')) --size_;
    }

private:
    std::unique_ptr<char[]> data_;
    std::size_t capacity_;
    std::size_t size_ = 0;
};

class FileDescriptor {
public:
    explicit FileDescriptor(int descriptor) : descriptor_{descriptor} {}
    FileDescriptor(const FileDescriptor&) = delete;
    FileDescriptor& operator=(const FileDescriptor&) = delete;
    ~FileDescriptor() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    [[nodiscard]] int get() const { return descriptor_; }

private:
    int descriptor_;
};

core::Error unavailable(std::string_view reference, std::string_view why) {
    return core::fail(Reason::CredentialUnavailable,
                      std::string{reference}.append(": ").append(why));
}

core::Error system_error(std::string_view reference, std::string_view step) {
    const std::string cause = std::generic_category().message(errno);
    return unavailable(reference, std::string{step}.append(": ").append(cause));
}

// Empty if the file may be used.
std::string_view objection(const struct stat& status, Permissions permissions) {
    if (!S_ISREG(status.st_mode)) return "not a regular file";
    if (permissions == Permissions::NotForOthers && (status.st_mode & S_IROTH) != 0) {
        return "readable by every user of this machine; take that permission away (chmod o-r)";
    }
    if (static_cast<std::size_t>(status.st_size) > kMaxBytes) return "larger than 1 MiB";
    return {};
}

Result<WipedBuffer> read_file(std::string_view reference, const std::filesystem::path& path,
                              Permissions permissions) {
    // Why O_NONBLOCK: opening a named pipe would wait for its writer.
    const FileDescriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    if (file.get() < 0) return system_error(reference, "open");
    // The checks are about the opened file, so that a change of the path cannot get around them.
    struct stat status {};
    if (::fstat(file.get(), &status) != 0) return system_error(reference, "stat");
    if (const auto why = objection(status, permissions); !why.empty()) {
        return unavailable(reference, why);
    }
    WipedBuffer content{static_cast<std::size_t>(status.st_size)};
    while (content.free_bytes() > 0) {
        const ssize_t got = ::read(file.get(), content.free_begin(), content.free_bytes());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return system_error(reference, "read");
        if (got == 0) break;  // truncated meanwhile
        content.grow(static_cast<std::size_t>(got));
    }
    content.drop_line_end();
    return content;
}

Result<WipedBuffer> read_variable(std::string_view reference, const std::string& name) {
    const char* value = std::getenv(name.c_str());
    if (value == nullptr) return unavailable(reference, "the variable is not set");
    const std::string_view text{value};
    if (text.size() > kMaxBytes) return unavailable(reference, "larger than 1 MiB");
    WipedBuffer content{text.size()};
    text.copy(content.free_begin(), text.size());
    content.grow(text.size());
    return content;
}

Result<WipedBuffer> read(std::string_view reference, const std::filesystem::path& base,
                         Permissions permissions) {
    const std::size_t colon = reference.find(':');
    const std::string_view scheme = reference.substr(0, colon);
    const std::string rest{colon == reference.npos ? "" : reference.substr(colon + 1)};
    const bool is_known = scheme == "env" || scheme == "file";
    if (!is_known || rest.empty() || rest.find('\0') != rest.npos) {
        // The text given is left out: it may be a password written in the wrong place.
        return core::fail(Reason::Configuration, "expected env:NAME or file:PATH");
    }
    auto content = scheme == "env" ? read_variable(reference, rest)
                                   : read_file(reference, base / rest, permissions);
    if (content && content->text().empty()) return unavailable(reference, "empty");
    return content;
}

}  // namespace

Result<core::Secret> load_secret(std::string_view reference, const std::filesystem::path& base) {
    const auto content = read(reference, base, Permissions::NotForOthers);
    if (!content) return content.error();
    return core::Secret{content->text()};
}

Result<std::string> load_text(std::string_view reference, const std::filesystem::path& base) {
    const auto content = read(reference, base, Permissions::Any);
    if (!content) return content.error();
    return std::string{content->text()};
}

}  // namespace broker::secrets
