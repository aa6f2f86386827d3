// One FIX message as a list of fields: what passes between the files that see QuickFIX, which are
// C++14, and all others. The fields of a repeating group follow their count.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace broker {
namespace simulator {

struct FixField {
    int tag;
    std::string value;
};

struct FixMessage {
    std::string msg_type;
    std::vector<FixField> fields;  // header and body, without BeginString, BodyLength and CheckSum

    // The first field with this tag; null if there is none.
    const std::string* find(int tag) const {
        for (const FixField& field : fields)
            if (field.tag == tag) return &field.value;
        return nullptr;
    }
    // Empty if there is none: FIX knows no empty values.
    std::string value(int tag) const {
        const std::string* found = find(tag);
        return found != nullptr ? *found : std::string{};
    }
    void add(int tag, std::string value) { fields.push_back(FixField{tag, std::move(value)}); }
};

}  // namespace simulator
}  // namespace broker
