// Cuts a byte stream into FIX messages. It guards the engines: nothing reaches them that it has not
// bounded and checked.
#pragma once

#include <cstddef>
#include <optional>
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
// The buffer begins small, grows to twice the largest message at most, and is then reused.
// Work is linear in the bytes received, in whatever portions and however garbled they come.
// [event-thread]
class Framer {
public:
    enum class Outcome {
        NeedMore,  // no whole message yet
        Message,   // `view` has one
        Garbled,   // bytes are passed over, `text` says why; the session goes on after them, as the
                   // standard has it for a garbled message
    };

    explicit Framer(FramerLimits limits);

    // Room for the next bytes, never empty. Valid until the next call. Call next() until NeedMore
    // first: a buffer full of unread messages is a bug of the caller (std::logic_error).
    [[nodiscard]] std::span<char> writable();
    void commit(std::size_t size);

    // The next message. `view` points into the framer's buffer: valid until the next call of
    // writable(), next() or reset(). After Garbled the framer looks for the next SOH and 8=FIX;
    // what it drops on the way is counted, but makes no second Garbled.
    [[nodiscard]] Outcome next(MessageView& view, std::string& text);

    [[nodiscard]] std::size_t garbled_bytes() const { return garbled_bytes_; }  // since reset
    void reset();  // for a new connection

private:
    struct Envelope;
    [[nodiscard]] std::string_view unread() const;
    void resynchronise();
    [[nodiscard]] bool finds_end(std::string_view message, std::size_t body);
    void take(std::size_t size);
    void pass_over(std::size_t size);

    FramerLimits limits_;
    std::vector<char> buffer_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::size_t garbled_bytes_ = 0;
    bool is_resynchronising_ = false;

    // How far finds_end() has looked into the message at begin_, counted from there.
    std::size_t field_ = 0;  // the first field whose end it has not seen
    std::size_t scan_ = 0;  // where it looks for that end; behind the bytes received while it waits
                            // for a data field
};

}  // namespace broker::fix
