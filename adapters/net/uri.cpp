#include "net/uri.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

namespace broker::net {
namespace {

constexpr unsigned kMaxPort = 65'535;

bool is_unreserved(unsigned char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '-' || byte == '.' || byte == '_' || byte == '~';
}

// Why the text itself is not always quoted: a URL with credentials in it is a secret.
core::Error refusal(std::string_view url, std::string_view what) {
    const bool may_hold_secret = url.find('@') != std::string_view::npos;
    return core::fail(core::Reason::Configuration,
                      "URL" + (may_hold_secret ? "" : " \"" + std::string{url} + "\"") + ": " +
                          std::string{what});
}

bool is_hex(char each) {
    return (each >= '0' && each <= '9') || (each >= 'a' && each <= 'f') ||
           (each >= 'A' && each <= 'F');
}

// Only what a path may hold by RFC 3986, every % with its two digits.
bool is_path(std::string_view path) {
    constexpr std::string_view kOthers = "/:@!$&'()*+,;=";
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (path[i] == '%') {
            if (i + 2 >= path.size() || !is_hex(path[i + 1]) || !is_hex(path[i + 2])) return false;
        } else if (!is_unreserved(static_cast<unsigned char>(path[i])) &&
                   kOthers.find(path[i]) == std::string_view::npos) {
            return false;
        }
    }
    return true;
}

// What DNS, certificates and a Host header can hold.
bool is_host(std::string_view host, bool is_bracketed) {
    if (is_bracketed) {
        in6_addr address{};
        return host.find('\0') == std::string_view::npos &&
               ::inet_pton(AF_INET6, std::string{host}.c_str(), &address) == 1;
    }
    return std::all_of(host.begin(), host.end(),
                       [](char each) { return is_unreserved(static_cast<unsigned char>(each)); });
}

core::Result<void> check_scheme(std::string_view url, std::string_view wanted) {
    std::string given{url.substr(0, url.find("://"))};
    for (char& letter : given) letter = static_cast<char>(letter | 0x20);
    if (given == wanted) return {};
    const std::string expected = "it must begin with " + std::string{wanted} + "://";
    if (given == "http" || given == "ws") {
        return refusal(url, expected + ": without TLS nothing is sent");
    }
    return refusal(url, expected);
}

// `text`: nothing, or a colon and the port.
core::Result<std::string> port_of(std::string_view url, std::string_view text) {
    if (text.empty() || text == ":") return std::string{"443"};
    unsigned number = 0;
    const char* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data() + 1, end, number);
    if (text.front() != ':' || read.ec == std::errc::invalid_argument || read.ptr != end) {
        return refusal(url, "the port is not a number");
    }
    if (read.ec != std::errc{} || number == 0 || number > kMaxPort) {
        return refusal(url, "the port is not in 1..65535");
    }
    return std::to_string(number);
}

// "host", "host:port" or "[address]:port".
core::Result<BaseUrl> parse_authority(std::string_view url, std::string_view authority) {
    if (authority.find('@') != std::string_view::npos) {
        return refusal(url, "credentials do not belong into it");
    }
    const bool is_bracketed = authority.starts_with('[');
    const std::size_t end = authority.find(is_bracketed ? ']' : ':');
    if (is_bracketed && end == std::string_view::npos) {
        return refusal(url, "the bracket of the address is not closed");
    }
    const std::size_t begin = is_bracketed ? 1 : 0;
    const std::string_view host = authority.substr(begin, end - begin);
    if (host.empty()) return refusal(url, "the host is missing");
    if (!is_host(host, is_bracketed)) {
        return refusal(url, "the host is neither a name nor an address");
    }
    auto port = port_of(
        url, end == std::string_view::npos ? std::string_view{} : authority.substr(end + begin));
    if (!port) return port.error();
    return BaseUrl{std::string{host}, std::move(*port), {}};
}

}  // namespace

core::Result<BaseUrl> parse_base_url(std::string_view url, std::string_view scheme) {
    constexpr std::string_view kSeparator = "://";
    const std::size_t at = url.find(kSeparator);
    if (at == std::string_view::npos) {
        return refusal(url, "it is no " + std::string{scheme} + "://host[:port]/path");
    }
    if (auto checked = check_scheme(url, scheme); !checked) return checked.error();
    const std::string_view rest = url.substr(at + kSeparator.size());
    if (rest.find('#') != std::string_view::npos) {
        return refusal(url, "a fragment (#) does not belong into it");
    }
    if (rest.find('?') != std::string_view::npos) {
        return refusal(url, "a query (?) does not belong into it");
    }
    const std::size_t path_at = std::min(rest.find('/'), rest.size());
    auto base = parse_authority(url, rest.substr(0, path_at));
    if (!base) return base;
    base->path = std::string{rest.substr(path_at)};
    if (!is_path(base->path)) return refusal(url, "the path is not percent-encoded");
    while (base->path.ends_with('/')) base->path.pop_back();
    return base;
}

std::string host_and_port(std::string_view host, std::string_view port) {
    const bool is_ipv6 = host.find(':') != std::string_view::npos;
    std::string text;
    text += is_ipv6 ? "[" : "";
    text += host;
    text += is_ipv6 ? "]:" : ":";
    text += port;
    return text;
}

std::string encode_segment(std::string_view text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string encoded;
    encoded.reserve(text.size());
    for (const char character : text) {
        const auto byte = static_cast<unsigned char>(character);
        if (is_unreserved(byte)) {
            encoded += character;
        } else {
            encoded += '%';
            encoded += kHex[byte >> 4U];
            encoded += kHex[byte & 0x0FU];
        }
    }
    return encoded;
}

void QueryString::begin(std::string_view name) {
    text_ += text_.empty() ? '?' : '&';
    text_ += encode_segment(name);
    text_ += '=';
}

QueryString& QueryString::add(std::string_view name, std::string_view value) {
    begin(name);
    text_ += encode_segment(value);
    return *this;
}

QueryString& QueryString::add_list(std::string_view name, const std::vector<std::string>& values) {
    begin(name);
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i > 0) text_ += ',';
        text_ += encode_segment(values[i]);
    }
    return *this;
}

}  // namespace broker::net
