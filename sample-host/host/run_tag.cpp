#include "host/run_tag.hpp"

#include <array>
#include <charconv>
#include <cstdint>

namespace broker::sample_host {

RunTag::RunTag(std::chrono::system_clock::time_point start) {
    const std::int64_t ms =
        std::chrono::duration_cast<std::chrono::milliseconds>(start.time_since_epoch()).count();
    std::array<char, 16> digits;
    const char* const end = std::to_chars(digits.data(), digits.data() + digits.size(), ms, 36).ptr;
    suffix_ = "-";
    suffix_.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
}

std::string RunTag::cl_ord_id(std::string_view label) const {
    return std::string{label}.append(suffix_);
}

std::string RunTag::label(std::string_view cl_ord_id) const {
    std::string label{cl_ord_id};
    const std::size_t tag = label.rfind(suffix_);
    if (tag != std::string::npos) label.erase(tag, suffix_.size());
    return label;
}

}  // namespace broker::sample_host
