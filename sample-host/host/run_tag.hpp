// Turns the labels of a script into ClOrdIDs and back.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace broker::sample_host {

// Why a tag: a ClOrdID may be used once in an account's lifetime, a script many times. It comes
// behind the label, so that a venue's rules by ClOrdID prefix go on to match.
class RunTag {
public:
    // The start time in milliseconds, base 36: "mq3x7k1a".
    explicit RunTag(std::chrono::system_clock::time_point start = std::chrono::system_clock::now());

    [[nodiscard]] std::string cl_ord_id(std::string_view label) const;

    // The label in a ClOrdID of this run, "flatten-1" of "flatten-mq3x7k1a-1"; any other text is
    // its own label.
    [[nodiscard]] std::string label(std::string_view cl_ord_id) const;

private:
    std::string suffix_;  // "-mq3x7k1a"
};

}  // namespace broker::sample_host
