// config/fix/DXTRADE44.xml as QuickFIX reads it. C++14, as QuickFIX's headers demand.
#include <gtest/gtest.h>
#include <quickfix/DataDictionary.h>
#include <quickfix/Message.h>

#include <algorithm>
#include <string>
#include <vector>

namespace {

const FIX::DataDictionary& dictionary() {
    static const FIX::DataDictionary loaded{DICTIONARY_PATH};
    return loaded;
}

// Parses and validates a message as QuickFIX does on receipt; throws what it throws. `body` begins
// behind MsgType, with | for SOH.
void validate(const std::string& type, const std::string& body) {
    std::string text =
        "8=FIX.4.4|9=0|35=" + type + "|34=1|49=A|56=B|52=20260105-12:00:00.123|" + body + "10=000|";
    std::replace(text.begin(), text.end(), '|', '\001');
    dictionary().validate(FIX::Message{text, dictionary(), false});
}

struct Sample {
    const char* type;
    const char* body;
};

const Sample kSamples[] = {
    {"0", "112=x|"},
    {"1", "112=x|"},
    {"2", "7=1|16=0|"},
    {"3", "45=2|371=55|372=D|373=1|58=no symbol|"},
    {"4", "123=Y|36=9|"},
    {"5", "58=bye|"},
    {"A", "98=0|108=30|141=Y|553=user|554=password|"},
    {"D",
     "11=A|1=default:1|453=1|448=X|447=D|452=3|21=1|55=AAPL|65=B|54=5|114=N|60=20260105-12:00:00|"
     "38=1.5|40=4|44=10.25|99=10.5|59=6|126=20260105-12:00:00|100=NYSE|77=O|"},
    {"D", "11=A|55=EUR/USD|54=1|60=20260105-12:00:00.123|38=1000|40=1|59=3|432=20260105|"},
    {"F", "41=A|37=O|11=B|55=EUR/USD|54=1|60=20260105-12:00:00|38=1000|"},
    {"G", "37=O|41=A|11=B|55=EUR/USD|54=1|60=20260105-12:00:00|38=1000|40=2|44=1.1|59=1|"},
    {"H", "37=O|11=A|790=S|55=EUR/USD|54=1|"},
    {"8",
     "37=O|11=A|41=B|17=E|19=D|150=G|39=1|1=acc|55=EUR/USD|54=1|38=10|40=2|44=1.1|59=0|32=5|31=1.1|"
     "151=5|14=5|6=1.1|60=20260105-12:00:00.123|58=text|77=C|100=X|"},
    {"8", "37=O|17=0|150=I|39=0|55=X|54=1|151=5|14=0|6=0|797=Y|9945=77|"},
    {"8",
     "37=O|17=E|150=F|39=2|55=X|54=1|151=0|14=5|6=1|12=1.5|13=3|136=2|137=1|138=USD|139=4|137=2|"
     "139=7|382=1|375=C|437=5|"},
    {"9", "37=NONE|11=B|41=A|39=8|434=1|102=1|58=unknown|"},
    {"j", "45=2|372=D|380=4|58=closed|"},
    {"E",
     "66=L|394=3|68=2|73=2|11=A|67=1|55=X|54=1|38=5|40=2|44=1|11=B|67=2|453=1|448=P|55=X|54=2|38=5|"
     "40=3|99=2|"},
    {"N", "66=L|429=2|82=1|431=6|83=1|68=1|73=1|11=A|14=0|39=0|151=5|84=0|6=0|"},
    {"E", "66=L|394=3|1385=1|68=1|73=1|11=A|67=1|55=X|54=1|38=5|40=2|44=1|"},
    {"K", "66=L|60=20260105-12:00:00|"},
    {"M", "66=L|"},
    {"q", "11=A|530=7|60=20260105-12:00:00|"},
    {"r", "11=A|37=O|530=7|531=7|533=1|534=1|41=B|535=O|"},
    {"AF", "584=M|585=7|1=acc|"},
    {"V", "262=R|263=1|264=1|265=0|267=2|269=0|269=1|146=2|55=X|55=Y|1500=S|"},
    {"V", "262=R|263=1|264=1|6408=5m|267=1|269=4|146=1|55=X|"},
    {"W",
     "262=R|55=X|451=0.1|6409=1.25|268=2|269=0|278=1|270=1.1|271=100|272=20260105|273=12:00:00.123|"
     "269=1|278=2|270=1.2|271=100|"},
    {"W", "262=R|55=X|268=1|269=J|278=1|"},
    {"X",
     "262=R|268=2|279=0|269=0|278=1|1500=S|55=X|270=1.1|271=1|279=0|269=1|278=2|55=X|270=1.2|271="
     "1|"},
    {"Y", "262=R|281=0|58=unknown|"},
    {"AS",
     "755=R|71=0|794=3|87=0|857=0|54=1|55=X|53=10|6=1.1|75=20260105|78=2|79=a|80=5|79=b|80=5|797=Y|"
     "9945=77|"},
    {"AD", "568=R|569=0|580=1|75=20260105|"},
    {"AQ", "568=R|569=0|749=0|750=0|55=X|"},
    {"AE",
     "571=R|570=N|55=X|32=5|31=1.1|75=20260105|60=20260105-12:00:00|552=1|54=1|37=O|11=A|78=1|"
     "79=a|80=5|"},
    {"AR", "571=R|150=F|939=0|55=X|"},
    {"AN", "710=R|724=0|453=1|448=P|1=acc|581=1|715=20260105|60=20260105-12:00:00|"},
    {"AO", "721=P|710=R|728=0|729=0|453=1|448=P|1=acc|581=1|"},
    {"AP",
     "721=P|710=R|728=0|715=20260105|453=1|448=P|1=acc|581=1|55=X|730=1|731=1|734=1|702=1|703=TOT|"
     "704=5|753=1|707=FMTM|708=1.5|"},
    {"BA", "908=R|910=3|1=acc|899=10.5|900=1|901=2|15=USD|"},
    {"BB", "909=R|263=0|1=acc|"},
    {"c", "320=R|321=3|"},
    {"d", "320=R|322=S|323=1|55=X|15=USD|561=1|"},
    {"x", "320=R|559=4|"},
    {"y", "320=R|322=S|560=0|146=2|55=X|15=USD|55=Y|870=1|871=1|872=2|561=10|"},
    {"g", "335=R|263=1|"},
    {"h", "336=1|340=2|344=20260105-22:00:00|"},
};

TEST(Dictionary, AcceptsAMessageOfEachType) {
    for (const Sample& sample : kSamples) {
        try {
            validate(sample.type, sample.body);
        } catch (const FIX::Exception& error) {
            ADD_FAILURE() << sample.type << ": " << sample.body << ": " << error.what();
        }
    }
}

TEST(Dictionary, HasASampleOfEachTypeAbove) {
    for (const char* type :
         {"0", "1", "2",  "3",  "4",  "5",  "A",  "D",  "F",  "G",  "H",  "8",  "9", "j",
          "E", "N", "K",  "M",  "q",  "r",  "V",  "W",  "X",  "Y",  "x",  "y",  "c", "d",
          "g", "h", "AF", "AS", "AD", "AQ", "AE", "AR", "AN", "AO", "AP", "BA", "BB"}) {
        EXPECT_TRUE(dictionary().isMsgType(type)) << type;
        EXPECT_TRUE(
            std::any_of(std::begin(kSamples), std::end(kSamples),
                        [&](const Sample& sample) { return std::string{type} == sample.type; }))
            << type;
    }
}

TEST(Dictionary, RefusesAMessageWithoutARequiredField) {
    EXPECT_THROW(validate("D", "11=A|54=1|60=20260105-12:00:00|38=1|40=1|"),
                 FIX::RequiredTagMissing);
    EXPECT_THROW(validate("8", "37=O|17=E|150=F|39=2|55=X|54=1|151=0|14=5|"),
                 FIX::RequiredTagMissing);
    EXPECT_THROW(validate("A", "98=0|"), FIX::RequiredTagMissing);
    EXPECT_THROW(validate("E", "66=L|394=3|68=1|73=1|11=A|55=X|54=1|"), FIX::RequiredTagMissing);
}

TEST(Dictionary, RefusesAValueThatIsNotOfTheStandard) {
    EXPECT_THROW(validate("D", "11=A|55=X|54=Q|60=20260105-12:00:00|38=1|40=1|"),
                 FIX::IncorrectTagValue);
    EXPECT_THROW(validate("A", "98=77|108=30|"), FIX::IncorrectTagValue);
}

TEST(Dictionary, RefusesAValueThatIsNotOfItsType) {
    EXPECT_THROW(validate("D", "11=A|55=X|54=1|60=yesterday|38=1|40=1|"), FIX::IncorrectDataFormat);
    EXPECT_THROW(validate("D", "11=A|55=X|54=1|60=20260105-12:00:00|38=many|40=1|"),
                 FIX::IncorrectDataFormat);
}

TEST(Dictionary, RefusesATagThatDoesNotBelong) {
    EXPECT_THROW(validate("F", "41=A|11=B|55=X|54=1|60=20260105-12:00:00|38=1|44=1|"),
                 FIX::TagNotDefinedForMessage);
    EXPECT_THROW(validate("0", "4999=x|"), FIX::InvalidTagNumber);
    EXPECT_THROW(validate("D", "11=A|55=X|54=1|60=20260105-12:00:00|38=1|40=1|9945=1|"),
                 FIX::TagNotDefinedForMessage);
}

TEST(Dictionary, RefusesAWrongGroupCount) {
    EXPECT_THROW(validate("V", "262=R|263=1|264=1|267=2|269=0|146=1|55=X|"),
                 FIX::RepeatingGroupCountMismatch);
}

TEST(Dictionary, RefusesAnUnknownMsgType) {
    EXPECT_THROW(validate("ZZ", "58=x|"), FIX::InvalidMessageType);
}

}  // namespace
