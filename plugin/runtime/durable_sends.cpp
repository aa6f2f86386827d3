#include "runtime/durable_sends.hpp"

#include <boost/asio/post.hpp>
#include <utility>

namespace broker::runtime {

DurableSends::DurableSends(journal::Journal& journal, net::EventLoop& loop) : journal_{journal} {
    journal.on_durable([this, &loop] { boost::asio::post(loop.context(), [this] { tell(); }); });
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
