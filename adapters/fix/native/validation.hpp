// What is wrong with a message that the session must answer by Reject (3): the cases 14 as far as
// the session itself needs the fields.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "fix/codec/message_view.hpp"

namespace broker::fix::native {

// SessionRejectReason (373).
enum class SessionRejectReason : std::uint8_t {
    RequiredTagMissing = 1,               // 14.b
    TagNotDefinedForThisMessageType = 2,  // 14.c
    InvalidTagNumber = 0,                 // 14.a
    TagSpecifiedWithoutAValue = 4,        // 14.d
    ValueIsIncorrect = 5,                 // 14.e
    IncorrectDataFormatForValue = 6,      // 14.f
    CompIDProblem = 9,                    // 2.k
    SendingTimeAccuracyProblem = 10,      // 2.f, 2.o
    InvalidMsgType = 11,                  // 2.q
    TagAppearsMoreThanOnce = 13,          // 14.h
    TagSpecifiedOutOfRequiredOrder = 14,  // 14.g
    RepeatingGroupFieldsOutOfOrder = 15,  // 14.j
    IncorrectNumInGroupCount = 16,        // 14.i
    Other = 99,
};

// The words of the specification for it.
[[nodiscard]] const char* reject_text(SessionRejectReason reason);

struct Fault {
    SessionRejectReason reason = SessionRejectReason::Other;
    std::int32_t ref_tag = 0;          // 0: no single tag is to blame
    bool is_unsupported_type = false;  // 2.r: a BusinessMessageReject (380=3) instead
    bool operator==(const Fault&) const = default;
};

// How a value has to look.
enum class FieldFormat : std::uint8_t { Text, Char, Number, Integer, Decimal, YesNo, Time, Date };
[[nodiscard]] bool has_format(std::string_view value, FieldFormat format);

// The fields of header and session messages that the rules of the session rest on: each once, with
// a value of its type, and there if required. Empty: nothing is wrong with them.
[[nodiscard]] std::optional<Fault> find_session_fault(const MessageView& message);

}  // namespace broker::fix::native
