#include "bench/rest_answers.hpp"

#include <algorithm>
#include <charconv>

namespace broker::bench {
namespace {

constexpr std::string_view kEndOfHead = "\r\n\r\n";

// Of a header; empty if there is none.
std::string_view header(std::string_view head, std::string_view name) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    for (std::size_t line = head.find("\r\n"); line != std::string_view::npos;
         line = head.find("\r\n", line + 2)) {
        const std::string_view rest = head.substr(line + 2);
        if (rest.size() <= name.size() || rest[name.size()] != ':') continue;
        const bool is_same = std::equal(name.begin(), name.end(), rest.begin(),
                                        [&](char a, char b) { return lower(a) == lower(b); });
        if (!is_same) continue;
        std::string_view value = rest.substr(name.size() + 1);
        value = value.substr(0, value.find("\r\n"));
        while (value.starts_with(' ')) value.remove_prefix(1);
        return value;
    }
    return {};
}

// Of the request at the front of `bytes`; 0: it is not complete.
std::size_t request_size(std::string_view bytes) {
    const std::size_t head = bytes.find(kEndOfHead);
    if (head == std::string_view::npos) return 0;
    const std::string_view length = header(bytes.substr(0, head + 2), "content-length");
    std::size_t body = 0;
    std::from_chars(length.data(), length.data() + length.size(), body);
    const std::size_t size = head + kEndOfHead.size() + body;
    return size <= bytes.size() ? size : 0;
}

// "POST /dxsca-web/login HTTP/1.1": the target, without its query.
std::string_view path_of(std::string_view request) {
    const std::size_t begin = request.find(' ');
    const std::size_t end = request.find(' ', begin + 1);
    const std::string_view target = request.substr(begin + 1, end - begin - 1);
    return target.substr(0, target.find('?'));
}

}  // namespace

std::string_view RestAnswers::body_for(std::string_view path) const {
    if (path.ends_with("/login")) {
        return R"({"sessionToken":"bench-session","timeout":"00:30:00"})";
    }
    if (path.ends_with("/ping") || path.ends_with("/logout")) return "{}";
    if (path.ends_with("/portfolio")) {
        return R"({"portfolios":[{"account":"default:BENCH","version":1,"balances":[)"
               R"({"account":"default:BENCH","version":1,"value":100000,"currency":"USD"}],)"
               R"("positions":[],"orders":[]}]})";
    }
    if (path.ends_with("/orders") || path.ends_with("/history")) return R"({"orders":[]})";
    if (path.ends_with("/positions")) return R"({"positions":[]})";
    if (path.ends_with("/metrics")) return R"({"metrics":[]})";
    if (path.find("/users/") != std::string_view::npos) return R"({"userDetails":[]})";
    return {};
}

RestAnswers::Step RestAnswers::answer(std::string_view bytes) {
    const std::size_t size = request_size(bytes);
    if (size == 0) return {};
    const std::string_view path = path_of(bytes);
    if (bytes.starts_with("POST ") && path.ends_with("/orders")) {
        const std::string id = std::to_string(++order_id_);
        return reply(Kind::Order, size, "200 OK",
                     "{\"orderId\":" + id + ",\"updateOrderId\":" + id + "}");
    }
    const std::string_view body = body_for(path);
    if (!body.empty()) return reply(Kind::Session, size, "200 OK", body);
    return reply(Kind::Unexpected, size, "404 Not Found",
                 R"({"errorCode":"2","description":"no such entity"})");
}

RestAnswers::Step RestAnswers::reply(Kind kind, std::size_t size, std::string_view status,
                                     std::string_view body) {
    reply_.assign("HTTP/1.1 ").append(status);
    reply_.append("\r\nContent-Type: application/json\r\nContent-Length: ");
    reply_.append(std::to_string(body.size())).append(kEndOfHead).append(body);
    return {kind, size, reply_};
}

}  // namespace broker::bench
