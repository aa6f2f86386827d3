// The gate of an account whose messages go out only when they are on the disk.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "fix/durable_gate.hpp"
#include "journal/journal.hpp"
#include "net/io_thread.hpp"

namespace broker::runtime {

// The journal thread posts to the account's event thread, which tells the sessions. Made before a
// JournalSync has the journal; outlives it there.
class DurableSends final : public fix::DurableGate {
public:
    [[nodiscard]] static std::shared_ptr<DurableSends> make(journal::Journal& journal,
                                                            net::EventLoop& loop);

    [[nodiscard]] journal::Position recorded() const override { return journal_.end(); }
    [[nodiscard]] journal::Position durable() const override { return journal_.durable(); }
    [[nodiscard]] std::string failure() const override;
    void add_listener(std::function<void()> listener) override;  // [event-thread]

private:
    explicit DurableSends(journal::Journal& journal) : journal_{journal} {}
    void tell();

    const journal::Journal& journal_;
    std::vector<std::function<void()>> listeners_;
};

}  // namespace broker::runtime
