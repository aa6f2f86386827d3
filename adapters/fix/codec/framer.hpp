// Cuts a byte stream into FIX messages. It guards the engines: nothing reaches them that it has not
// bounded and checked.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fix/codec/message_view.hpp"

namespace broker::fix {

struct FramerLimits {
    std::size_t max_message_size = 256 * 1024;  // header and trailer included
};

// Owned by a session's transport. Bytes in by writable() and commit(), messages out by next().
// [event-thread]
class Framer {
public:
    enum class Outcome {
        NeedMore,  // no whole message yet
        Message,   // `view` has one
        Garbled,   // some bytes were passed over, `text` says why; the session goes on after them,
                   // as the standard has it for a garbled message
    };

    explicit Framer(FramerLimits limits);

    // Room for the next bytes, never empty. Valid until the next call.
    [[nodiscard]] std::span<char> writable();
    void commit(std::size_t size);

    // The next message. `view` points into the framer's buffer: valid until the next call of
    // writable() or next().
    [[nodiscard]] Outcome next(MessageView& view, std::string& text);

    [[nodiscard]] std::size_t garbled_bytes() const { return garbled_bytes_; }  // since reset
    void reset();  // for a new connection

private:
    FramerLimits limits_;
    std::vector<char> buffer_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::size_t garbled_bytes_ = 0;
};

}  // namespace broker::fix
