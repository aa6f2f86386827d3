// A FIX data dictionary in QuickFIX's XML format: which fields a message may and must have.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "fix/native/validation.hpp"
#include "fix/session_engine.hpp"

namespace broker::fix::native {

struct DictionaryField {
    FieldFormat format = FieldFormat::Text;
    bool has_many_values = false;  // MULTIPLEVALUESTRING: values with spaces between them
    std::set<std::string, std::less<>> values;  // empty: any
};

// A repeating group, or the top level of header, body or trailer.
struct DictionaryBlock {
    std::vector<std::int32_t> order;  // a group's first one begins each entry
    std::set<std::int32_t> tags;      // the same; counts of groups included
    std::set<std::int32_t> required;
    std::map<std::int32_t, DictionaryBlock> groups;  // by the tag of their count
};

struct Dictionary {
    std::map<std::int32_t, DictionaryField> fields;
    DictionaryBlock header;
    DictionaryBlock trailer;
    std::map<std::string, DictionaryBlock, std::less<>> messages;  // by MsgType
};

// Throws std::runtime_error, naming the file and what is wrong in it.
[[nodiscard]] Dictionary load_dictionary(const std::string& path);

// Adds what the venue has beyond the standard. Throws std::runtime_error for a MsgType that the
// dictionary does not have.
void apply(const DictionaryOverlay& overlay, Dictionary& dictionary);

}  // namespace broker::fix::native
