// QuickFIX as an independent judge of messages: it parses and validates them with the data
// dictionary, and encodes messages of its own. No QuickFIX type in here, so that C++20 files may
// include it; the source is C++14.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace broker {
namespace test {

using FixFields = std::vector<std::pair<int, std::string>>;

// A repeating group: its count tag, its first tag, and the fields of each entry.
struct FixGroup {
    int count_tag = 0;
    int first_tag = 0;
    std::vector<FixFields> entries;
};

// What QuickFIX read: the fields of the body, and of the entries of the groups asked for.
struct Judgement {
    std::string error;  // why QuickFIX refuses the message; empty: it takes it
    FixFields fields;
    std::vector<FixGroup> groups;

    std::string get(int tag) const;  // empty if absent
};

// Puts a body as our encoder writes it (with SOH) into a whole message of `msg_type` and judges it.
// `dictionary` is the path of the data dictionary; `groups` has (count tag, first tag) pairs.
Judgement judge(const std::string& dictionary, const std::string& msg_type, const std::string& body,
                const std::vector<std::pair<int, int>>& groups = {});

// A whole message as QuickFIX writes it, fields in QuickFIX's own order.
std::string encode_by_quickfix(const std::string& msg_type, const FixFields& fields,
                               const std::vector<FixGroup>& groups = {});

}  // namespace test
}  // namespace broker
