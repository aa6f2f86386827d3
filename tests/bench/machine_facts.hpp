// What a reader must know of the machine to judge the figures.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace broker::bench {

// (name, value) in the order to print them: processor, kernel, compiler, libraries, load, date.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> machine_facts();

}  // namespace broker::bench
