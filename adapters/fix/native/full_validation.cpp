#include "fix/native/full_validation.hpp"

#include <algorithm>
#include <set>
#include <span>

#include "fix/native/session_tags.hpp"

namespace broker::fix::native {
namespace {

constexpr std::int32_t kFirstUserTag = 5000;

using Reason = SessionRejectReason;
using MaybeFault = std::optional<Fault>;

bool is_user_defined(std::int32_t tag) { return tag >= kFirstUserTag; }

bool has_allowed_value(const DictionaryField& rule, std::string_view value) {
    if (rule.values.empty()) return true;
    if (!rule.has_many_values) return rule.values.contains(value);
    while (!value.empty()) {
        const std::size_t end = std::min(value.find(' '), value.size());
        if (!rule.values.contains(value.substr(0, end))) return false;
        value.remove_prefix(std::min(end + 1, value.size()));
    }
    return true;
}

// Reads a message from its first to its last field.
class Walk {
public:
    Walk(const Dictionary& dictionary, const DictionaryBlock& body, const MessageView& message)
        : dictionary_{dictionary}, body_{body}, fields_{message.fields()} {}

    MaybeFault find_fault() {
        while (at_ < fields_.size()) {
            const std::int32_t tag = fields_[at_].tag;
            if (const auto fault = check_value(fields_[at_])) return fault;
            const DictionaryBlock* block = nullptr;
            if (const auto fault = find_block(tag, block)) return fault;
            if (!seen_.insert(tag).second) return Fault{Reason::TagAppearsMoreThanOnce, tag};
            ++at_;
            if (block == nullptr) continue;
            const auto group = block->groups.find(tag);
            if (group == block->groups.end()) continue;
            if (const auto fault = read_group(group->second, fields_[at_ - 1], 0)) return fault;
        }
        for (const DictionaryBlock* block : {&dictionary_.header, &body_, &dictionary_.trailer})
            if (const auto fault = find_missing(*block, seen_)) return fault;
        return std::nullopt;
    }

private:
    enum class Part { Header, Body, Trailer };

    // 14.g: header, body and trailer follow each other.
    MaybeFault find_block(std::int32_t tag, const DictionaryBlock*& block) {
        Part part = Part::Body;
        if (dictionary_.header.tags.contains(tag)) {
            part = Part::Header;
            block = &dictionary_.header;
        } else if (dictionary_.trailer.tags.contains(tag)) {
            part = Part::Trailer;
            block = &dictionary_.trailer;
        } else if (body_.tags.contains(tag)) {
            block = &body_;
        } else if (!is_user_defined(tag)) {
            return Fault{Reason::TagNotDefinedForThisMessageType, tag};
        }
        if (part < part_) return Fault{Reason::TagSpecifiedOutOfRequiredOrder, tag};
        part_ = part;
        return std::nullopt;
    }

    // 14.a, 14.d, 14.e, 14.f
    MaybeFault check_value(const Field& field) const {
        const auto rule = dictionary_.fields.find(field.tag);
        const bool is_known = rule != dictionary_.fields.end();
        if (!is_known && !is_user_defined(field.tag))
            return Fault{Reason::InvalidTagNumber, field.tag};
        if (field.value.empty()) return Fault{Reason::TagSpecifiedWithoutAValue, field.tag};
        if (!is_known) return std::nullopt;
        if (!has_format(field.value, rule->second.format))
            return Fault{Reason::IncorrectDataFormatForValue, field.tag};
        if (!has_allowed_value(rule->second, field.value))
            return Fault{Reason::ValueIsIncorrect, field.tag};
        return std::nullopt;
    }

    // 14.i, 14.j: as many entries as the count says, each beginning with the group's first field,
    // the others in the order of the dictionary.
    MaybeFault read_group(const DictionaryBlock& group, const Field& count, int depth) {
        if (group.order.empty() || depth > 10) return std::nullopt;
        std::size_t entries = 0;
        while (at_ < fields_.size() && fields_[at_].tag == group.order.front()) {
            ++entries;
            if (const auto fault = read_entry(group, depth)) return fault;
        }
        const bool is_member = at_ < fields_.size() && group.tags.contains(fields_[at_].tag) &&
                               !body_.tags.contains(fields_[at_].tag);
        if (std::to_string(entries) != count.value || is_member)
            return Fault{Reason::IncorrectNumInGroupCount, count.tag};
        return std::nullopt;
    }

    MaybeFault read_entry(const DictionaryBlock& group, int depth) {
        auto place = group.order.begin();
        std::set<std::int32_t> seen;
        while (at_ < fields_.size()) {
            const Field& field = fields_[at_];
            if (!group.tags.contains(field.tag)) break;
            if (!seen.empty() && field.tag == group.order.front()) break;
            if (const auto fault = check_value(field)) return fault;
            if (!seen.insert(field.tag).second)
                return Fault{Reason::TagAppearsMoreThanOnce, field.tag};
            place = std::find(place, group.order.end(), field.tag);
            if (place == group.order.end())
                return Fault{Reason::RepeatingGroupFieldsOutOfOrder, field.tag};
            ++at_;
            const auto nested = group.groups.find(field.tag);
            if (nested == group.groups.end()) continue;
            if (const auto fault = read_group(nested->second, field, depth + 1)) return fault;
        }
        return find_missing(group, seen);
    }

    // 14.b
    static MaybeFault find_missing(const DictionaryBlock& block,
                                   const std::set<std::int32_t>& seen) {
        for (const std::int32_t tag : block.required)
            if (!seen.contains(tag)) return Fault{Reason::RequiredTagMissing, tag};
        return std::nullopt;
    }

    const Dictionary& dictionary_;
    const DictionaryBlock& body_;
    std::span<const Field> fields_;
    std::size_t at_ = 0;
    Part part_ = Part::Header;
    std::set<std::int32_t> seen_;
};

}  // namespace

bool is_standard_msg_type(std::string_view type) {
    const auto is_between = [](char c, char first, char last) { return c >= first && c <= last; };
    if (type.size() == 1) {
        const char c = type[0];
        if (is_between(c, '0', '9') || is_between(c, 'a', 'z')) return true;
        return is_between(c, 'A', 'Z') && c != 'I' && c != 'O' && c != 'U';
    }
    if (type.size() != 2) return false;
    return (type[0] == 'A' && is_between(type[1], 'A', 'Z')) ||
           (type[0] == 'B' && is_between(type[1], 'A', 'H'));
}

std::optional<Fault> find_dictionary_fault(const Dictionary& dictionary,
                                           const MessageView& message) {
    const auto found = dictionary.messages.find(message.msg_type());
    if (found != dictionary.messages.end())
        return Walk{dictionary, found->second, message}.find_fault();
    if (is_standard_msg_type(message.msg_type())) return Fault{Reason::Other, tag::kMsgType, true};
    return Fault{Reason::InvalidMsgType, tag::kMsgType};
}

}  // namespace broker::fix::native
