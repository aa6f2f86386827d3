// Runs the built sample-host.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

#include "support/temporary_directory.hpp"

namespace broker::sample_host::test {

struct Output {
    int exit_code = -1;  // -1: ended by a signal
    std::string out;
    std::string err;
};

// One process, whose output goes to files of its own.
class Program {
public:
    explicit Program(const std::vector<std::string>& arguments);
    ~Program();  // kills it if it still runs
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    void signal(int number) const;
    [[nodiscard]] Output wait();  // for its end

private:
    broker::test::TemporaryDirectory directory_;
    pid_t pid_ = -1;
};

[[nodiscard]] Output run_program(const std::vector<std::string>& arguments);

[[nodiscard]] std::string read_file(const std::filesystem::path& path);

}  // namespace broker::sample_host::test
