#include "bench/machine_facts.hpp"

#include <openssl/crypto.h>
#include <sys/utsname.h>

#include <array>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <thread>

namespace broker::bench {
namespace {

// The value of the first line that begins with `key`, in files of "key : value" and "key=value".
std::string value_in(const char* path, const std::string& key) {
    std::ifstream file{path};
    for (std::string line; std::getline(file, line);) {
        if (line.compare(0, key.size(), key) != 0) continue;
        const std::size_t separator = line.find_first_of(":=");
        if (separator == std::string::npos) continue;
        const std::size_t begin = line.find_first_not_of(" \t\"", separator + 1);
        const std::size_t end = line.find_last_not_of(" \t\"");
        if (begin != std::string::npos) return line.substr(begin, end - begin + 1);
    }
    return "unknown";
}

std::string kernel() {
    utsname names{};
    if (::uname(&names) != 0) return "unknown";
    return std::string{names.sysname} + " " + names.release + " " + names.machine;
}

std::string load_average() {
    std::array<double, 1> load{};
    if (::getloadavg(load.data(), 1) != 1) return "unknown";
    const std::string text = std::to_string(load[0]);
    return text.substr(0, text.find('.') + 2);
}

std::string date() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text.data();
}

}  // namespace

std::vector<std::pair<std::string, std::string>> machine_facts() {
    return {{"date", date()},
            {"processor", value_in("/proc/cpuinfo", "model name")},
            {"cores", std::to_string(std::thread::hardware_concurrency())},
            {"system", value_in("/etc/os-release", "PRETTY_NAME")},
            {"kernel", kernel()},
            {"load_average", load_average()},
            {"compiler", DXTRADE_BENCH_COMPILER},
            {"openssl", OpenSSL_version(OPENSSL_VERSION)},
            {"quickfix", DXTRADE_BENCH_QUICKFIX}};
}

}  // namespace broker::bench
