#include "journal_tool/output.hpp"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace broker::journal_tool {

void Output::line(std::string_view text) {
    buffer_ += text;
    buffer_ += '\n';
    if (buffer_.size() >= kBufferBytes) flush();
}

void Output::flush() {
    std::string_view rest = buffer_;
    while (!rest.empty()) {
        const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0 && errno == EPIPE) throw NobodyReads{};
        if (written < 0) {
            throw std::runtime_error{"standard output: " + std::generic_category().message(errno)};
        }
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
    buffer_.clear();
}

void Output::check_reader() const {
    pollfd state{descriptor_, 0, 0};
    if (::poll(&state, 1, 0) == 1 && (state.revents & POLLERR) != 0) throw NobodyReads{};
}

}  // namespace broker::journal_tool
