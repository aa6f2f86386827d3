// What the benchmark's venue says, without I/O: bytes in, bytes out.
#pragma once

#include <cstddef>
#include <string_view>

namespace broker::bench {

// What orders go by.
enum class Transport { Fix, Rest };

// One connection of the venue.
class VenueAnswers {
public:
    enum class Kind { Incomplete, Session, Order, Unexpected };
    struct Step {
        Kind kind = Kind::Incomplete;
        std::size_t size = 0;    // of the message that was answered
        std::string_view reply;  // valid until the next call; empty: none is due
    };

    virtual ~VenueAnswers() = default;

    // Answers the message at the front of `bytes`. Order: with the answer that the order gets.
    // Unexpected: something that a session without faults does not bring.
    [[nodiscard]] virtual Step answer(std::string_view bytes) = 0;
};

}  // namespace broker::bench
