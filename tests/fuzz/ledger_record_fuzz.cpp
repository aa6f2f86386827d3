// The reader of order records: whatever the bytes, an error or a record that is written as it was
// read, and that a ledger takes. Input as it is; corpus/ledger_record has records of each type.
#include <array>
#include <variant>

#include "core/order_ledger.hpp"
#include "fuzz/fuzz_input.hpp"
#include "recovery/ledger_record.hpp"
#include "recovery/replay.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace broker;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto read = recovery::read_record(text);
    core::OrderLedger ledger{{}};
    recovery::Replay replay{ledger, 0, core::MonotonicTime{std::chrono::seconds{1}}};
    replay.apply(text);
    fuzz::require(replay.error().has_value() == !read.has_value(), "one reader, one verdict");
    if (!read) return 0;
    static std::array<char, recovery::kMaxRecordBytes> buffer;
    std::visit(
        [&](const auto& body) {
            const auto again = recovery::write_record(buffer, read->head, body);
            fuzz::require(again.has_value(), "what was read can be written");
            fuzz::require(*again == text || text.size() > buffer.size() / 2,
                          "and is the same then");
        },
        read->body);
    return 0;
}
