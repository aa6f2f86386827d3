#include "dxtrade/json/json_value.hpp"

#include <algorithm>

#include "core/secret.hpp"

namespace broker::dxtrade::json {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_same_in_any_case(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

template <class IsName>
std::optional<Value> find_last(const Value& object, const IsName& is_name) {
    std::optional<Value> found;
    if (object.kind() != Kind::Object) return found;
    for (const Value member : object) {
        if (is_name(member.key())) found = member;
    }
    return found;
}

}  // namespace

Value::Iterator& Value::Iterator::operator++() {
    index_ = document_->nodes_[index_].end;
    return *this;
}

Kind Value::kind() const { return document_->nodes_[index_].kind; }

std::string_view Value::text() const { return document_->view(document_->nodes_[index_].text); }

bool Value::is_true() const { return document_->nodes_[index_].is_true; }

std::string_view Value::key() const { return document_->view(document_->nodes_[index_].key); }

Value::Iterator Value::begin() const { return Iterator{*document_, index_ + 1}; }

Value::Iterator Value::end() const { return Iterator{*document_, document_->nodes_[index_].end}; }

std::optional<Value> Value::find(std::string_view name) const {
    return find_last(*this, [&](std::string_view key) { return key == name; });
}

std::optional<Value> Value::find_any_case(std::string_view name) const {
    return find_last(*this, [&](std::string_view key) { return is_same_in_any_case(key, name); });
}

void Document::wipe() { core::wipe(text_.data(), text_.size()); }

}  // namespace broker::dxtrade::json
