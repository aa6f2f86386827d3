// C++14, as QuickFIX's headers demand.
#include "dictionary_check.hpp"

#include <quickfix/DataDictionary.h>
#include <quickfix/Message.h>

namespace broker {
namespace simulator {
namespace {

const FIX::DataDictionary& dictionary() {
    static const FIX::DataDictionary loaded = [] {
        FIX::DataDictionary read{DICTIONARY_PATH};
        read.checkUserDefinedFields(false);  // as the gateway's sessions have it
        return read;
    }();
    return loaded;
}

}  // namespace

std::string complaint_about(const FixMessage& message) {
    std::string text =
        "8=FIX.4.4|9=0|35=" + message.msg_type + "|34=1|49=A|56=B|52=20260105-12:00:00.123|";
    for (char& c : text)
        if (c == '|') c = '\001';
    for (const auto& field : message.fields)
        text += std::to_string(field.tag) + '=' + field.value + '\001';
    text += "10=000\001";
    try {
        const FIX::Message parsed{text, dictionary(), false};
        int misplaced = 0;
        if (!parsed.hasValidStructure(misplaced))
            return message.msg_type + ": tag " + std::to_string(misplaced) + " is misplaced";
        dictionary().validate(parsed);
        return "";
    } catch (const FIX::Exception& e) {
        return message.msg_type + ": " + e.what();
    }
}

}  // namespace simulator
}  // namespace broker
