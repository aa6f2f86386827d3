// Whole answers of the venue, from tests/payloads. The test's target says where that is.
#pragma once

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>

namespace broker::test {

[[nodiscard]] inline std::string payload(std::string_view name) {
    std::ifstream file{std::string{PAYLOADS_PATH} + '/' + std::string{name}, std::ios::binary};
    if (!file) throw std::runtime_error{"no payload " + std::string{name}};
    return {std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace broker::test
