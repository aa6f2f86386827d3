// Questions of the ABI as core records, checked field by field.
#pragma once

#include "broker/abi/query.h"
#include "core/query.hpp"
#include "core/result.hpp"

namespace broker::abi {

// Which of the query's fields beside account and request_id a kind of question reads; the others
// must be zero. Errors: InvalidField, with the name of the field and what was expected.
[[nodiscard]] core::Result<core::Query> to_core(const broker_query_t& query, core::QueryKind kind);

}  // namespace broker::abi
