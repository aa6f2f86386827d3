// Names of FIX fields, their values and messages, from a data dictionary in QuickFIX's XML format.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

namespace broker::journal_tool {

// Without a dictionary nothing has a name. What has none is empty.
class FixNames {
public:
    FixNames() = default;
    // Throws std::runtime_error, naming the file and what is wrong in it.
    [[nodiscard]] static FixNames load(const std::filesystem::path& path);

    [[nodiscard]] std::string_view field(std::int32_t tag) const;
    // What the value of an enumerated field means; of a field with several values, of each.
    [[nodiscard]] std::string meaning(std::int32_t tag, std::string_view value) const;
    [[nodiscard]] std::string_view message(std::string_view msg_type) const;
    // The MsgType of a message's name; empty if there is none.
    [[nodiscard]] std::string_view msg_type_of(std::string_view name) const;

private:
    struct Field {
        std::string name;
        bool has_many_values = false;
        std::map<std::string, std::string, std::less<>> values;
    };
    std::unordered_map<std::int32_t, Field> fields_;
    std::map<std::string, std::string, std::less<>> messages_;   // name by MsgType
    std::map<std::string, std::string, std::less<>> msg_types_;  // the reverse
};

}  // namespace broker::journal_tool
