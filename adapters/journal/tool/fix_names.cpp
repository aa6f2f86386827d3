#include "journal_tool/fix_names.hpp"

#include <boost/property_tree/ptree.hpp>
#include <boost/property_tree/xml_parser.hpp>
#include <stdexcept>

namespace broker::journal_tool {
namespace {

using Tree = boost::property_tree::ptree;

std::string attribute(const Tree& node, const std::string& name) {
    return node.get<std::string>("<xmlattr>." + name);
}

}  // namespace

FixNames FixNames::load(const std::filesystem::path& path) {
    FixNames names;
    try {
        Tree tree;
        boost::property_tree::read_xml(path.string(), tree);
        for (const auto& [kind, node] : tree.get_child("fix.fields")) {
            if (kind != "field") continue;
            Field& field = names.fields_[node.get<std::int32_t>("<xmlattr>.number")];
            field.name = attribute(node, "name");
            field.has_many_values = attribute(node, "type") == "MULTIPLEVALUESTRING";
            for (const auto& [inner, value] : node) {
                if (inner != "value") continue;
                field.values[attribute(value, "enum")] = attribute(value, "description");
            }
        }
        for (const auto& [kind, node] : tree.get_child("fix.messages")) {
            if (kind != "message") continue;
            names.messages_[attribute(node, "msgtype")] = attribute(node, "name");
            names.msg_types_[attribute(node, "name")] = attribute(node, "msgtype");
        }
    } catch (const std::exception& error) {
        throw std::runtime_error{"data dictionary " + path.string() + ": " + error.what()};
    }
    return names;
}

std::string_view FixNames::field(std::int32_t tag) const {
    const auto found = fields_.find(tag);
    return found == fields_.end() ? std::string_view{} : found->second.name;
}

std::string FixNames::meaning(std::int32_t tag, std::string_view value) const {
    const auto found = fields_.find(tag);
    if (found == fields_.end()) return {};
    const Field& field = found->second;
    std::string text;
    while (!value.empty()) {
        const std::size_t end = field.has_many_values ? value.find(' ') : value.npos;
        const auto known = field.values.find(value.substr(0, end));
        if (known == field.values.end()) return {};
        if (!text.empty()) text += '+';
        text += known->second;
        value = end == value.npos ? std::string_view{} : value.substr(end + 1);
    }
    return text;
}

std::string_view FixNames::message(std::string_view msg_type) const {
    const auto found = messages_.find(msg_type);
    return found == messages_.end() ? std::string_view{} : found->second;
}

std::string_view FixNames::msg_type_of(std::string_view name) const {
    const auto found = msg_types_.find(name);
    return found == msg_types_.end() ? std::string_view{} : found->second;
}

}  // namespace broker::journal_tool
