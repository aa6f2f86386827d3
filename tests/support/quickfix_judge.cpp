#include "support/quickfix_judge.hpp"

#include <quickfix/DataDictionary.h>
#include <quickfix/Message.h>

#include <exception>
#include <map>
#include <memory>

namespace broker {
namespace test {
namespace {

const FIX::DataDictionary& load(const std::string& path) {
    static std::map<std::string, std::unique_ptr<FIX::DataDictionary>> loaded;
    std::unique_ptr<FIX::DataDictionary>& dictionary = loaded[path];
    if (!dictionary) dictionary.reset(new FIX::DataDictionary{path});
    return *dictionary;
}

FixFields fields_of(const FIX::FieldMap& map) {
    FixFields fields;
    for (const FIX::FieldBase& field : map) fields.emplace_back(field.getTag(), field.getString());
    return fields;
}

FixGroup group_of(const FIX::Message& message, int count_tag, int first_tag) {
    FixGroup result;
    result.count_tag = count_tag;
    result.first_tag = first_tag;
    for (int i = 1; i <= static_cast<int>(message.groupCount(count_tag)); ++i) {
        FIX::Group group{count_tag, first_tag};
        message.getGroup(static_cast<unsigned>(i), group);
        result.entries.push_back(fields_of(group));
    }
    return result;
}

}  // namespace

std::string Judgement::get(int tag) const {
    for (const auto& field : fields) {
        if (field.first == tag) return field.second;
    }
    return std::string();
}

Judgement judge(const std::string& dictionary, const std::string& msg_type, const std::string& body,
                const std::vector<std::pair<int, int>>& groups) {
    Judgement result;
    const std::string text = std::string("8=FIX.4.4\0019=0\00135=") + msg_type +
                             "\00134=1\00149=A\00156=B\00152=20260105-12:00:00.123\001" + body +
                             "10=000\001";
    try {
        const FIX::Message message{text, load(dictionary), false};
        load(dictionary).validate(message);
        result.fields = fields_of(message);
        for (const auto& group : groups) {
            result.groups.push_back(group_of(message, group.first, group.second));
        }
    } catch (const std::exception& error) {
        result.error = error.what();
    }
    return result;
}

std::string encode_by_quickfix(const std::string& msg_type, const FixFields& fields,
                               const std::vector<FixGroup>& groups) {
    FIX::Message message;
    message.getHeader().setField(8, "FIX.4.4");
    message.getHeader().setField(35, msg_type);
    message.getHeader().setField(34, "7");
    message.getHeader().setField(49, "DXTRADE");
    message.getHeader().setField(56, "ACC1");
    message.getHeader().setField(52, "20260105-12:00:00.250");
    for (const auto& field : fields) message.setField(field.first, field.second);
    for (const FixGroup& group : groups) {
        for (const FixFields& entry : group.entries) {
            FIX::Group added{group.count_tag, group.first_tag};
            for (const auto& field : entry) added.setField(field.first, field.second);
            message.addGroup(added);
        }
    }
    return message.toString();
}

}  // namespace test
}  // namespace broker
