#include "abi/exception_barrier.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace broker::abi {
namespace {

// The longest prefix of at most `size` bytes that does not end inside a UTF-8 character.
std::size_t whole_characters(std::string_view text, std::size_t size) {
    if (text.size() <= size) return text.size();
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) --size;
    return size;
}

}  // namespace

broker_status_t write_error(broker_error_t* error, broker_status_t status, core::Reason reason,
                            std::string_view text) noexcept {
    // The text stands last: a record shorter than its head has no room for anything.
    constexpr std::size_t kHead = offsetof(broker_error_t, text);
    if (error == nullptr || error->struct_size <= kHead) return status;
    const std::size_t room =
        std::min<std::size_t>(error->struct_size - kHead, BROKER_ERROR_TEXT_SIZE) - 1;
    const std::size_t size = whole_characters(text, room);
    error->status = status;
    error->reason = static_cast<broker_reason_t>(reason);
    error->text_size = static_cast<std::uint32_t>(size);
    std::memcpy(error->text, text.data(), size);
    error->text[size] = '\0';
    return status;
}

}  // namespace broker::abi
