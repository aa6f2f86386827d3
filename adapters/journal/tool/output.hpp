// Standard output, buffered, whose reader may go away.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace broker::journal_tool {

// The reader has closed its end (head, less): there is nobody to write for.
class NobodyReads : public std::runtime_error {
public:
    NobodyReads() : std::runtime_error{"nobody reads the output"} {}
};

class Output {
public:
    // SIGPIPE must be ignored. The descriptor stays the caller's.
    explicit Output(int descriptor) : descriptor_{descriptor} {}

    // Throw NobodyReads, or std::runtime_error with the system's words (a full disk, for instance).
    void line(std::string_view text);
    void flush();
    // Throws NobodyReads if so, though there is nothing to write.
    void check_reader() const;

private:
    static constexpr std::size_t kBufferBytes = 64 * 1024;

    int descriptor_;
    std::string buffer_;
};

}  // namespace broker::journal_tool
