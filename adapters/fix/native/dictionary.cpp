#include "fix/native/dictionary.hpp"

#include <boost/property_tree/ptree.hpp>
#include <boost/property_tree/xml_parser.hpp>
#include <stdexcept>

namespace broker::fix::native {
namespace {

using Tree = boost::property_tree::ptree;

FieldFormat format_of(const std::string& type) {
    static const std::map<std::string, FieldFormat> formats{
        {"CHAR", FieldFormat::Char},         {"BOOLEAN", FieldFormat::YesNo},
        {"INT", FieldFormat::Integer},       {"LENGTH", FieldFormat::Number},
        {"SEQNUM", FieldFormat::Number},     {"NUMINGROUP", FieldFormat::Number},
        {"FLOAT", FieldFormat::Decimal},     {"QTY", FieldFormat::Decimal},
        {"PRICE", FieldFormat::Decimal},     {"PRICEOFFSET", FieldFormat::Decimal},
        {"AMT", FieldFormat::Decimal},       {"PERCENTAGE", FieldFormat::Decimal},
        {"UTCTIMESTAMP", FieldFormat::Time}, {"LOCALMKTDATE", FieldFormat::Date},
        {"UTCDATEONLY", FieldFormat::Date},
    };
    const auto found = formats.find(type);
    return found == formats.end() ? FieldFormat::Text : found->second;
}

class Loader {
public:
    explicit Loader(const Tree& fix) : fix_{fix} {}

    Dictionary load() {
        read_fields();
        for (const auto& [kind, component] : fix_.get_child("components"))
            if (kind == "component") components_[name_of(component)] = &component;
        read_block(fix_.get_child("header"), dictionary_.header);
        read_block(fix_.get_child("trailer"), dictionary_.trailer);
        for (const auto& [kind, message] : fix_.get_child("messages")) {
            if (kind != "message") continue;
            read_block(message,
                       dictionary_.messages[message.get<std::string>("<xmlattr>.msgtype")]);
        }
        return std::move(dictionary_);
    }

private:
    static std::string name_of(const Tree& node) { return node.get<std::string>("<xmlattr>.name"); }
    static bool is_required(const Tree& node) {
        return node.get<std::string>("<xmlattr>.required", "N") == "Y";
    }

    void read_fields() {
        for (const auto& [kind, node] : fix_.get_child("fields")) {
            if (kind != "field") continue;
            const auto tag = node.get<std::int32_t>("<xmlattr>.number");
            const auto type = node.get<std::string>("<xmlattr>.type");
            tags_[name_of(node)] = tag;
            DictionaryField& field = dictionary_.fields[tag];
            field.format = format_of(type);
            field.has_many_values = type == "MULTIPLEVALUESTRING";
            for (const auto& [inner, value] : node)
                if (inner == "value") field.values.insert(value.get<std::string>("<xmlattr>.enum"));
        }
    }

    std::int32_t tag_of(const std::string& name) const {
        const auto found = tags_.find(name);
        if (found == tags_.end()) throw std::runtime_error{"field " + name + " is not defined"};
        return found->second;
    }

    // A component stands for its fields. Bounded in depth, as one might contain itself.
    void read_block(const Tree& node, DictionaryBlock& block, bool is_part_required = true,
                    int depth = 0) {
        if (depth > 20) throw std::runtime_error{"components contain each other"};
        for (const auto& [kind, child] : node) {
            const bool must_be_there = is_part_required && is_required(child);
            if (kind == "component") {
                const auto found = components_.find(name_of(child));
                if (found == components_.end())
                    throw std::runtime_error{"component " + name_of(child) + " is not defined"};
                read_block(*found->second, block, must_be_there, depth + 1);
            } else if (kind == "field" || kind == "group") {
                const std::int32_t tag = tag_of(name_of(child));
                block.order.push_back(tag);
                block.tags.insert(tag);
                if (must_be_there) block.required.insert(tag);
                if (kind == "group") read_block(child, block.groups[tag], true, depth + 1);
            }
        }
    }

    const Tree& fix_;
    Dictionary dictionary_;
    std::map<std::string, std::int32_t> tags_;
    std::map<std::string, const Tree*> components_;
};

}  // namespace

Dictionary load_dictionary(const std::string& path) {
    try {
        Tree tree;
        boost::property_tree::read_xml(path, tree);
        return Loader{tree.get_child("fix")}.load();
    } catch (const std::exception& error) {
        throw std::runtime_error{"data dictionary " + path + ": " + error.what()};
    }
}

void apply(const DictionaryOverlay& overlay, Dictionary& dictionary) {
    for (const DictionaryOverlay::Field& field : overlay.fields) {
        dictionary.fields.try_emplace(field.tag);
        for (const std::string& type : field.messages) {
            const auto message = dictionary.messages.find(type);
            if (message == dictionary.messages.end()) {
                throw std::runtime_error{"tag " + std::to_string(field.tag) + ": MsgType " + type +
                                         " is not in the data dictionary"};
            }
            DictionaryBlock& block = message->second;
            if (block.tags.insert(field.tag).second) block.order.push_back(field.tag);
        }
    }
    for (const std::int32_t tag : overlay.open_enums) {
        const auto field = dictionary.fields.find(tag);
        if (field != dictionary.fields.end()) field->second.values.clear();
    }
}

}  // namespace broker::fix::native
