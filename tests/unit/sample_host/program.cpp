#include "program.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace broker::sample_host::test {

Program::Program(const std::vector<std::string>& arguments) {
    std::vector<std::string> words{SAMPLE_HOST};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);

    const std::string out = (directory_.path() / "out").string();
    const std::string err = (directory_.path() / "err").string();
    const int flags = O_WRONLY | O_CREAT | O_TRUNC;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, out.c_str(), flags, 0600);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, err.c_str(), flags, 0600);
    const int error = ::posix_spawn(&pid_, SAMPLE_HOST, &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) throw std::runtime_error(SAMPLE_HOST " cannot be started");
}

Program::~Program() {
    if (pid_ < 0) return;
    signal(SIGKILL);
    (void)wait();
}

void Program::signal(int number) const { ::kill(pid_, number); }

Output Program::wait() {
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_file(directory_.path() / "out"),
            read_file(directory_.path() / "err")};
}

Output run_program(const std::vector<std::string>& arguments) {
    Program program{arguments};
    return program.wait();
}

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    return std::string{std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace broker::sample_host::test
