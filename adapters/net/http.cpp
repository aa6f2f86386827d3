#include "net/http.hpp"

#include <algorithm>

namespace broker::net {
namespace {

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter | 0x20) : letter;
}

bool is_same_name(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

std::string_view http_method_name(HttpMethod method) {
    switch (method) {
        case HttpMethod::Get:
            return "GET";
        case HttpMethod::Post:
            return "POST";
        case HttpMethod::Put:
            return "PUT";
        case HttpMethod::Delete:
            return "DELETE";
    }
    return "GET";
}

std::string_view HttpResponse::header(std::string_view name) const {
    const auto found = std::find_if(headers.begin(), headers.end(), [name](const HttpHeader& each) {
        return is_same_name(each.name, name);
    });
    return found == headers.end() ? std::string_view{} : std::string_view{found->value};
}

}  // namespace broker::net
