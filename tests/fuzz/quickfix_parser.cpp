#include "fuzz/quickfix_parser.hpp"

#include <quickfix/Message.h>

#include <algorithm>

namespace broker {
namespace fuzz {
namespace {

void append(const FIX::FieldMap& map, std::vector<std::pair<int, std::string>>& fields) {
    for (auto field = map.begin(); field != map.end(); ++field) {
        fields.emplace_back(field->getTag(), field->getString());
    }
}

}  // namespace

QuickfixOpinion ask_quickfix(const std::string& message) {
    QuickfixOpinion opinion;
    try {
        const FIX::Message parsed{message, true};
        append(parsed.getHeader(), opinion.fields);
        append(parsed, opinion.fields);
        append(parsed.getTrailer(), opinion.fields);
        std::sort(opinion.fields.begin(), opinion.fields.end());
        opinion.is_accepted = true;
    } catch (const std::exception& error) {
        opinion.why_not = error.what();
    }
    return opinion;
}

}  // namespace fuzz
}  // namespace broker
