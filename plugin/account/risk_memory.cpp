#include "account/risk_memory.hpp"

#include <charconv>
#include <fstream>
#include <map>
#include <string>
#include <system_error>

namespace broker::account {
namespace {

using core::Decimal;
using core::Reason;
using Lines = std::map<std::string, std::string, std::less<>>;

constexpr std::string_view kVersion = "1";

core::Error unusable(const std::filesystem::path& file, const std::string& why) {
    return core::fail(Reason::StorageFailed, file.string() + ": " + why);
}

bool read(const Lines& lines, std::string_view key, std::optional<Decimal>& target) {
    const auto found = lines.find(key);
    if (found == lines.end()) return true;
    target = Decimal::parse(found->second);
    return target.has_value();
}

bool read(const Lines& lines, std::string_view key, std::int64_t& target) {
    const auto found = lines.find(key);
    if (found == lines.end()) return false;
    const std::string& text = found->second;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), target);
    return result.ec == std::errc{} && result.ptr == text.data() + text.size();
}

bool is_reason_of_guard(std::int64_t value) {
    return value == static_cast<std::int64_t>(Reason::None) ||
           value == static_cast<std::int64_t>(Reason::DailyLossReached) ||
           value == static_cast<std::int64_t>(Reason::DrawdownReached);
}

bool read(const Lines& lines, RiskMemory& memory) {
    const auto version = lines.find("version");
    std::int64_t tripped = 0;
    std::int64_t reset = 0;
    std::int64_t killed = 0;
    core::LossGuardState& guard = memory.guard;
    const bool is_whole = version != lines.end() && version->second == kVersion &&
                          read(lines, "day", guard.day) && read(lines, "tripped", tripped) &&
                          read(lines, "reset", reset) && read(lines, "kill_switch", killed) &&
                          read(lines, "day_start_equity", guard.day_start_equity) &&
                          read(lines, "initial_equity", guard.initial_equity) &&
                          read(lines, "high_water_mark", guard.high_water_mark);
    if (!is_whole || !is_reason_of_guard(tripped)) return false;
    guard.tripped = static_cast<Reason>(tripped);
    guard.is_reset = reset != 0;
    memory.is_killed = killed != 0;
    return true;
}

void write(std::ostream& out, std::string_view key, const std::optional<Decimal>& value) {
    if (value) out << key << '=' << value->to_string() << '\n';
}

void write(std::ostream& out, const RiskMemory& memory) {
    const core::LossGuardState& guard = memory.guard;
    out << "version=" << kVersion << "\nday=" << guard.day
        << "\ntripped=" << static_cast<std::int32_t>(guard.tripped)
        << "\nreset=" << (guard.is_reset ? 1 : 0) << "\nkill_switch=" << (memory.is_killed ? 1 : 0)
        << '\n';
    write(out, "day_start_equity", guard.day_start_equity);
    write(out, "initial_equity", guard.initial_equity);
    write(out, "high_water_mark", guard.high_water_mark);
}

}  // namespace

core::Result<RiskMemory> load_risk_memory(const std::filesystem::path& file) {
    std::error_code ec;
    if (!std::filesystem::exists(file, ec)) {
        if (ec) return unusable(file, ec.message());
        return RiskMemory{};
    }
    std::ifstream in{file};
    if (!in) return unusable(file, "cannot be opened");
    Lines lines;
    for (std::string line; std::getline(in, line);) {
        const std::size_t equals = line.find('=');
        if (equals == std::string::npos) return unusable(file, "a line without '='");
        lines.emplace(line.substr(0, equals), line.substr(equals + 1));
    }
    RiskMemory memory;
    if (!read(lines, memory)) return unusable(file, "not a whole record of the account's risk");
    return memory;
}

core::Result<void> save_risk_memory(const std::filesystem::path& file, const RiskMemory& memory) {
    const std::filesystem::path fresh = file.string() + ".new";
    std::error_code ec;
    std::filesystem::create_directories(file.parent_path(), ec);
    {
        std::ofstream out{fresh, std::ios::trunc};
        write(out, memory);
        out.flush();
        if (!out) return unusable(fresh, "cannot be written");
    }
    std::filesystem::rename(fresh, file, ec);
    if (ec) return unusable(file, ec.message());
    return {};
}

}  // namespace broker::account
