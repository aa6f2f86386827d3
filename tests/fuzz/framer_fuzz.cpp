// The framer over a stream in pieces: it passes on whole, sound messages alone, bounded, and comes
// to an end.
#include <algorithm>

#include "fix/codec/framer.hpp"
#include "fuzz/fuzz_input.hpp"

namespace {

using broker::fix::Framer;

// Takes what the framer has until it wants more bytes.
void drain(Framer& framer, std::size_t input_size) {
    broker::fix::MessageView view;
    std::string text;
    for (std::size_t turns = 0;; ++turns) {
        broker::fuzz::require(turns <= input_size + 1, "each turn takes at least one byte");
        switch (framer.next(view, text)) {
            case Framer::Outcome::NeedMore:
                return;
            case Framer::Outcome::Message: {
                broker::fix::MessageView again;
                broker::fuzz::require(again.parse(view.bytes()).has_value(),
                                      "what is passed on is sound");
                break;
            }
            case Framer::Outcome::Garbled:
                break;
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::size_t piece = 1 + data[0];  // the size of the pieces that the bytes come in
    const std::string stream = broker::fuzz::text_of(data + 1, size - 1);
    Framer framer{{}};
    for (std::size_t at = 0; at < stream.size();) {
        const auto room = framer.writable();
        broker::fuzz::require(!room.empty(), "there is always room for more bytes");
        const std::size_t count = std::min({piece, room.size(), stream.size() - at});
        std::copy_n(stream.begin() + static_cast<std::ptrdiff_t>(at), count, room.begin());
        framer.commit(count);
        at += count;
        drain(framer, stream.size());
    }
    return 0;
}
