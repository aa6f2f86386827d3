// Stock QuickFIX: its SSLSocketInitiator, used as its manual shows. The one file that sees QuickFIX
// is the source, which is C++14; this header has std types alone.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "bench/client.hpp"

namespace broker {
namespace bench {

struct QuickFixOptions {
    std::uint16_t port = 0;
    std::string data_dictionary;
    std::string store_directory;  // empty: MemoryStore; else FileStore
    // True: a thread of ours calls Initiator::poll(0) without pause. False: Initiator::start, whose
    // thread waits in select.
    bool is_spinning = false;
    // Ends the connection from the other side: QuickFIX's thread notices a stop only when its
    // select returns, which takes up to a second by itself.
    std::function<void()> hang_up;
};

class QuickFixClient final : public Client {
public:
    QuickFixClient(QuickFixOptions options, AnswerListener& listener);
    ~QuickFixClient() override;

    void start() override;
    void submit(std::uint64_t order_number) override;
    bool writes_in_submit() const override { return true; }
    void stop() override;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace bench
}  // namespace broker
