// Messages that go out only when their records are on the disk.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "journal/journal.hpp"

namespace broker::fix {

// Says how far an account's journal is durable. Outlives the sessions that have it.
class DurableGate {
public:
    virtual ~DurableGate() = default;
    virtual journal::Position recorded() const = 0;  // all that was appended until now
    virtual journal::Position durable() const = 0;   // never goes back
    // Why nothing becomes durable any more; empty while all is well.
    virtual std::string failure() const = 0;
    // Called on the event thread after durable() has grown or the journal has failed.
    virtual void add_listener(std::function<void()> listener) = 0;
};

// What waits for the disk, in order. It allocates only while it grows to the most that ever waited,
// and wipes what has gone out: a Logon has the password.
// Owned by a session's transport. [event-thread]
class HeldSends {
public:
    // Null: nothing waits.
    explicit HeldSends(std::shared_ptr<DurableGate> gate) : gate_{std::move(gate)} {}

    // Takes the message if it has to wait, or others before it do. Its record is in the journal.
    bool hold(std::string_view message);
    // Hands what need not wait any more to `write`, until that returns false.
    void release(const std::function<bool(std::string_view)>& write);
    void clear();

    [[nodiscard]] std::size_t bytes() const { return bytes_.size() - begin_; }
    [[nodiscard]] bool empty() const { return messages_.size() == next_; }

private:
    struct Message {
        std::size_t size = 0;
        journal::Position record_end = 0;  // to be durable up to here
    };
    std::shared_ptr<DurableGate> gate_;
    std::string bytes_;
    std::size_t begin_ = 0;
    std::vector<Message> messages_;
    std::size_t next_ = 0;
};

}  // namespace broker::fix
