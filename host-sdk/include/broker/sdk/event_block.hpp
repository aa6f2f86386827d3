// Copies event records together with their strings into one block of bytes. Used by EventQueue.
#pragma once

#include <cstddef>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>

#include "broker/abi/broker.h"
#include "broker/sdk/event_strings.hpp"
#include "broker/sdk/text.hpp"

namespace broker::sdk::detail {

template <class Record>
[[nodiscard]] constexpr auto& header_of(Record& record) {
    if constexpr (std::is_same_v<std::remove_const_t<Record>, broker_event_t>) {
        return record;
    } else {
        return record.event;
    }
}

// As much of `text` as fits into `size` bytes without cutting a UTF-8 character in two.
[[nodiscard]] constexpr std::string_view cut(std::string_view text, std::size_t size) {
    if (text.size() <= size) return text;
    const auto is_continuation = [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
    };
    while (size > 0 && is_continuation(text[size])) --size;
    return text.substr(0, size);
}

// The bytes a block needs at least for `record`: all but its texts.
template <class Record>
[[nodiscard]] std::size_t least_block_size(const Record& record) {
    std::size_t size = sizeof(Record) + header_of(record).account.size;
    for (const auto id : StringsOf<Record>::kIds) size += (record.*id).size;
    return size;
}

// Copies `record` to the start of `block`, which has at least least_block_size(record) bytes and is
// aligned for the record, and its strings behind it. The copy's strings point into the block.
template <class Record>
void copy_to_block(Record record, std::span<std::byte> block) {
    std::span<std::byte> rest = block.subspan(sizeof(Record));
    const auto keep = [&rest](broker_str_t& text, std::string_view kept) {
        if (!kept.empty()) std::memcpy(rest.data(), kept.data(), kept.size());
        text = {reinterpret_cast<const char*>(rest.data()), kept.size()};
        rest = rest.subspan(kept.size());
    };
    keep(header_of(record).account, view(header_of(record).account));
    for (const auto id : StringsOf<Record>::kIds) keep(record.*id, view(record.*id));
    for (const auto text : StringsOf<Record>::kTexts) {
        keep(record.*text, cut(view(record.*text), rest.size()));
    }
    header_of(record).struct_size = sizeof(Record);
    std::memcpy(block.data(), &record, sizeof(Record));
}

}  // namespace broker::sdk::detail
