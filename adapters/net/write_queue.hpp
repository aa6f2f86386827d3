// Bytes that wait for a socket, first in, first out, in one piece.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace broker::net {

// In one piece because OpenSSL wants an unfinished write repeated with at least the same bytes.
class WriteQueue {
public:
    [[nodiscard]] bool empty() const { return begin_ == bytes_.size(); }
    [[nodiscard]] std::size_t size() const { return bytes_.size() - begin_; }
    [[nodiscard]] std::string_view view() const { return std::string_view{bytes_}.substr(begin_); }

    void append(std::string_view bytes) {
        // Moving only what is shorter than the gap keeps the cost of a byte constant.
        if (begin_ > size()) {
            bytes_.erase(0, begin_);
            begin_ = 0;
        }
        bytes_.append(bytes);
    }
    void consume(std::size_t count) {
        begin_ += count;
        if (empty()) clear();
    }
    void clear() {
        bytes_.clear();
        begin_ = 0;
    }

private:
    std::string bytes_;
    std::size_t begin_ = 0;
};

}  // namespace broker::net
