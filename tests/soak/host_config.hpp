// The YAML that the host under test is started with: everything is quick to give up and to come
// back.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace broker::soak {

struct HostAccount {
    std::string id;
    std::string sender_comp_id;
    std::filesystem::path credentials;  // the simulator's folder
    std::uint16_t fix_port = 0;
    std::uint16_t rest_port = 0;
    bool is_rest = false;     // trades over REST, with push beside it, instead of FIX
    bool is_patient = false;  // no answer is late only because the machine is busy
};

struct HostConfig {
    std::filesystem::path directory;  // adapter.yaml is written there
    std::filesystem::path data_dir;   // profiles and dictionaries
    std::chrono::milliseconds order_ttl{};
    std::vector<HostAccount> accounts{};
};

// Throws std::exception if a file cannot be read or written.
void write_host_config(const HostConfig& config);

}  // namespace broker::soak
