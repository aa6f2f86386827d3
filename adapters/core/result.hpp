// Expected failures as values.
#pragma once

#include <boost/system/result.hpp>
#include <string>
#include <utility>

#include "core/reason.hpp"

namespace broker::core {

// What went wrong. The reason is stable and says what the caller may now assume; the detail is for
// people: it names the step, the ids and the peer's words, and never holds a secret.
struct Error {
    Reason reason = Reason::InternalError;
    std::string detail;
};

// Makes Result throw std::runtime_error, with the detail, when a value is taken that is not there.
[[noreturn]] void throw_exception_from_error(const Error& error,
                                             const boost::source_location& where);

template <class T>
using Result = boost::system::result<T, Error>;

[[nodiscard]] inline Error fail(Reason reason, std::string detail) {
    return Error{reason, std::move(detail)};
}

}  // namespace broker::core
