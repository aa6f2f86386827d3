#include "core/result.hpp"

#include <boost/assert/source_location.hpp>
#include <stdexcept>

namespace broker::core {

void throw_exception_from_error(const Error& error, const boost::source_location& where) {
    std::string text{reason_name(error.reason)};
    text.append(": ").append(error.detail).append(" (").append(where.to_string()).append(")");
    throw std::runtime_error(text);
}

}  // namespace broker::core
