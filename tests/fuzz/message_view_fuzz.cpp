// A message and its groups, read in place: every field lies inside the message, and the entries of
// a group are its fields, each once and in order.
#include "fix/codec/group_view.hpp"
#include "fuzz/fuzz_input.hpp"

namespace {

using broker::fix::Field;
using broker::fix::GroupView;
using broker::fix::MessageView;
using broker::fuzz::require;

void check_fields(const MessageView& view) {
    const std::string_view bytes = view.bytes();
    for (const Field& field : view.fields()) {
        require(field.value.data() >= bytes.data() &&
                    field.value.data() + field.value.size() < bytes.data() + bytes.size(),
                "a value lies inside the message");
        require(field.tag > 0, "a tag is positive");
        (void)view.find_number(field.tag);
        (void)view.find_decimal(field.tag);
        (void)view.find_utc_timestamp(field.tag);
    }
}

void check_group(const MessageView& view, std::int32_t count_tag, std::int32_t first_tag) {
    GroupView group{view.fields(), count_tag, first_tag};
    const std::size_t announced = group.size();
    const Field* at = group.before().data() + group.before().size();
    std::size_t found = 0;
    while (const auto entry = group.next()) {
        require(!entry->empty() && entry->front().tag == first_tag, "an entry has its first tag");
        require(entry->data() == at, "entries leave nothing out");
        at += entry->size();
        ++found;
    }
    require(found == announced, "as many entries as counted");
    require(found == 0 || at == view.fields().data() + view.fields().size(),
            "the last entry ends with the message");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    MessageView view;
    const std::string raw = broker::fuzz::text_of(data, size);
    if (view.parse(raw)) check_fields(view);
    const std::string message = broker::fuzz::message_of(data, size);
    if (!view.parse(message)) return 0;
    check_fields(view);
    check_group(view, 453, 448);
    check_group(view, 73, 11);
    check_group(view, 146, 55);
    check_group(view, 552, 54);
    return 0;
}
