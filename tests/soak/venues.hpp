// The venues of one run: what faults meet, and what nothing meets.
#pragma once

#include <filesystem>
#include <memory>
#include <ostream>
#include <set>
#include <string>
#include <vector>

#include "invariants.hpp"
#include "schedule.hpp"
#include "simulator/simulator.hpp"

namespace broker::soak {

// The account that trades over REST if one does.
inline constexpr int kRestAccount = 1;

[[nodiscard]] std::string sender_comp_id(int account);

// Simulators in this process; the first accounts share the one that faults meet, the last account
// has one of its own. Started on construction.
class Venues {
public:
    // Their credentials lie in folders of `directory`. `rest`: kRestAccount trades over REST.
    Venues(std::filesystem::path directory, bool rest);

    // Does what the step says of the venues, if it does.
    void take(const Step& step);
    // Ends all faults.
    void heal();

    [[nodiscard]] simulator::Simulator& of(int account) { return *venues_[index_of(account)]; }
    [[nodiscard]] std::filesystem::path folder_of(int account) const {
        return folder(index_of(account));
    }
    // What each venue knows.
    [[nodiscard]] std::vector<VenueTruth> truths();
    // Each FIX message as the venue's session read and wrote it.
    void write_messages(std::ostream& to);

private:
    [[nodiscard]] static std::size_t index_of(int account) {
        return account < kFaultyAccounts ? 0 : 1;
    }
    [[nodiscard]] std::filesystem::path folder(std::size_t venue) const;
    [[nodiscard]] simulator::SimulatorOptions options(std::size_t venue) const;
    [[nodiscard]] simulator::Simulator& faulty() { return *venues_.front(); }

    const std::filesystem::path directory_;
    const bool rest_;
    std::vector<std::unique_ptr<simulator::Simulator>> venues_;
    std::set<simulator::Fault> switched_;
};

}  // namespace broker::soak
