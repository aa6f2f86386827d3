#include "net/uri.hpp"

#include <algorithm>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

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

// What DNS, certificates and a Host header can hold.
bool is_host(const boost::urls::url_view& view, std::string_view host) {
    if (view.host_type() == boost::urls::host_type::ipv6) return true;
    return view.host_type() != boost::urls::host_type::ipvfuture &&
           std::all_of(host.begin(), host.end(),
                       [](char each) { return is_unreserved(static_cast<unsigned char>(each)); });
}

core::Result<std::string> port_of(std::string_view url, const boost::urls::url_view& view) {
    if (!view.has_port() || view.port().empty()) return std::string{"443"};
    const unsigned number = view.port_number();  // 0 if it is out of range
    if (number == 0 || number > kMaxPort) return refusal(url, "the port is not in 1..65535");
    return std::to_string(number);
}

core::Result<void> check_scheme(std::string_view url, std::string_view given,
                                std::string_view wanted) {
    if (given == wanted) return {};
    const std::string expected = "it must begin with " + std::string{wanted} + "://";
    if (given == "http" || given == "ws") {
        return refusal(url, expected + ": without TLS nothing is sent");
    }
    return refusal(url, expected);
}

}  // namespace

core::Result<BaseUrl> parse_base_url(std::string_view url, std::string_view scheme) {
    const auto parsed = boost::urls::parse_uri(url);
    if (!parsed) {
        return refusal(url, "it is no " + std::string{scheme} +
                                "://host[:port]/path: " + parsed.error().message());
    }
    const boost::urls::url_view view = *parsed;
    std::string given{view.scheme()};
    for (char& letter : given) letter = static_cast<char>(letter | 0x20);
    if (auto checked = check_scheme(url, given, scheme); !checked) return checked.error();
    if (view.has_userinfo()) return refusal(url, "credentials do not belong into it");
    if (view.has_query()) return refusal(url, "a query (?) does not belong into it");
    if (view.has_fragment()) return refusal(url, "a fragment (#) does not belong into it");

    BaseUrl base;
    base.host = view.host_address();
    if (base.host.empty()) return refusal(url, "the host is missing");
    if (!is_host(view, base.host)) return refusal(url, "the host is neither a name nor an address");
    auto port = port_of(url, view);
    if (!port) return port.error();
    base.port = std::move(*port);
    base.path = std::string{view.encoded_path()};
    // Why: Boost.URL 1.81 takes what follows the digits of a port for the path.
    if (!base.path.empty() && base.path.front() != '/') {
        return refusal(url, "the port is not a number");
    }
    while (base.path.ends_with('/')) base.path.pop_back();
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
