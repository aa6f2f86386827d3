#include "abi/data_dir.hpp"

#include <dlfcn.h>

namespace broker::abi {

std::filesystem::path default_data_dir() {
    Dl_info info{};
    if (::dladdr(reinterpret_cast<const void*>(&default_data_dir), &info) == 0 ||
        info.dli_fname == nullptr) {
        return "config";
    }
    return std::filesystem::absolute(info.dli_fname).parent_path() / "config";
}

}  // namespace broker::abi
