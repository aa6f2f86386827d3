#include "recovery/record_log.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <system_error>
#include <utility>

namespace broker::recovery {
namespace {

using core::Result;
using journal::FileDescriptor;
using journal::MappedFile;

Result<FileDescriptor> lock(const std::filesystem::path& directory) {
    const std::filesystem::path path = directory / "lock";
    FileDescriptor file{::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)};
    if (file.get() < 0) return journal::system_error(path, "open");
    if (::flock(file.get(), LOCK_EX | LOCK_NB) == 0) return file;
    if (errno == EWOULDBLOCK) return journal::file_error(path, "in use by another process");
    return journal::system_error(path, "lock");
}

Result<void> make_directory(const std::filesystem::path& directory) {
    std::error_code error;
    std::filesystem::create_directories(directory, error);
    if (!error) {
        std::filesystem::permissions(directory, std::filesystem::perms::owner_all, error);
    }
    if (error) return journal::file_error(directory, "create: " + error.message());
    return {};
}

}  // namespace

Result<std::unique_ptr<RecordLog>> RecordLog::open(RecordLogOptions options) {
    const std::filesystem::path directory = options.files.directory;
    if (auto made = make_directory(directory); !made) return made.error();
    auto locked = lock(directory);
    if (!locked) return locked.error();
    const MappedFile::Identity identity{"ORDERMRK", options.files.owner};
    std::error_code ignored;
    auto mark = std::filesystem::exists(directory / "mark", ignored)
                    ? MappedFile::open(directory / "mark", identity)
                    : MappedFile::create(directory / "mark", identity, sizeof(Mark));
    if (!mark) return mark.error();
    std::unique_ptr<RecordLog> log{
        new RecordLog{std::move(options), std::move(*locked), std::move(*mark)}};
    if (auto opened = log->chain_->open(); !opened) return opened.error();
    log->remove_other_generations();
    return log;
}

RecordLog::RecordLog(RecordLogOptions options, FileDescriptor lock, MappedFile mark)
    : options_{std::move(options)},
      lock_{std::move(lock)},
      mark_{std::move(mark)},
      compact_at_bytes_{options_.compact_after_bytes} {
    chain_.emplace(options_.files, *field(offsetof(Mark, generation)));
}

RecordLog::~RecordLog() = default;

std::uint64_t* RecordLog::field(std::size_t offset) const {
    return reinterpret_cast<std::uint64_t*>(mark_.data().data() + offset);
}

// What an unfinished sorting out has left, or a finished one could not remove.
void RecordLog::remove_other_generations() const {
    const std::string ours = "records-" + std::to_string(chain_->generation()) + "-";
    std::error_code ignored;
    for (const auto& entry :
         std::filesystem::directory_iterator{options_.files.directory, ignored}) {
        const std::string name = entry.path().filename();
        if (name.starts_with("records-") && !name.starts_with(ours)) {
            std::filesystem::remove(entry.path(), ignored);
        }
    }
}

Result<void> RecordLog::append(std::string_view record, Use use) {
    return chain_->append(record, use == Use::Order ? SegmentChain::kReserveBytes : 0);
}

void RecordLog::read(const Visit& visit) const {
    SegmentChain::Place at;
    while (chain_->read(at, SIZE_MAX, visit)) {
    }
}

std::uint64_t RecordLog::heard() const { return *field(offsetof(Mark, heard)); }

void RecordLog::set_heard(std::uint64_t number) {
    std::atomic_ref<std::uint64_t>{*field(offsetof(Mark, heard))}.store(number,
                                                                        std::memory_order_release);
}

void RecordLog::on_tick(const IsKept& is_kept) {
    chain_->prepare();
    if (!next_) {
        if (chain_->bytes() < compact_at_bytes_) return;
        next_.emplace(options_.files, chain_->generation() + 1);
        copied_ = {};
    }
    compact(is_kept);
}

// What cannot be written now, on a full disk, is tried again when the log has grown further.
void RecordLog::compact(const IsKept& is_kept) {
    Result<void> written = next_->open_later();
    if (written && !next_->is_open()) return;
    bool has_more = true;
    if (written) {
        next_->prepare();
        has_more = chain_->read(copied_, kRecordsPerStep, [&](std::string_view record) {
            if (written && is_kept(record)) written = next_->append(record, 0);
        });
    }
    if (!written) {
        next_->remove();
        next_.reset();
        compact_at_bytes_ = chain_->bytes() + options_.compact_after_bytes;
        return;
    }
    if (has_more) return;
    std::atomic_ref<std::uint64_t>{*field(offsetof(Mark, generation))}.store(
        next_->generation(), std::memory_order_release);
    std::swap(*chain_, *next_);
    next_->remove();
    next_.reset();
    compact_at_bytes_ = std::max(options_.compact_after_bytes, 2 * chain_->bytes());
}

}  // namespace broker::recovery
