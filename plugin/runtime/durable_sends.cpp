#include "runtime/durable_sends.hpp"

#include <boost/asio/post.hpp>
#include <utility>

namespace broker::runtime {

// Why weak: the account may go while a call is on its way.
std::shared_ptr<DurableSends> DurableSends::make(journal::Journal& journal, net::EventLoop& loop) {
    const std::shared_ptr<DurableSends> made{new DurableSends{journal}};
    journal.on_durable([weak = std::weak_ptr{made}, &loop] {
        boost::asio::post(loop.context(), [weak] {
            if (const auto sends = weak.lock()) sends->tell();
        });
    });
    return made;
}

std::string DurableSends::failure() const {
    const journal::JournalHealth health = journal_.health();
    return health.is_failed ? "the journal has failed: " + health.text : std::string{};
}

void DurableSends::add_listener(std::function<void()> listener) {
    listeners_.push_back(std::move(listener));
}

void DurableSends::tell() {
    for (const auto& listener : listeners_) listener();
}

}  // namespace broker::runtime
