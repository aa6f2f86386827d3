// JSON text as a document, within bounds.
#pragma once

#include <cstddef>
#include <string_view>

#include "core/result.hpp"
#include "dxtrade/json/json_value.hpp"

namespace broker::dxtrade::json {

// What a peer can make us hold. The text itself is bounded by who receives it.
struct ReadLimits {
    std::size_t max_depth = 64;
    std::size_t max_bytes = 32U << 20U;  // of the text
    std::size_t max_values = 1'000'000;  // 28 bytes each
};

// HttpResponseMalformed with the offset of what is wrong; none of the text is in the error. Of
// members with one name the last counts. [any-thread]
[[nodiscard]] core::Result<Document> document_from_json(std::string_view text,
                                                        const ReadLimits& limits = {});

}  // namespace broker::dxtrade::json
