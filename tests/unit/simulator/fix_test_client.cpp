#include "fix_test_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <utility>

#include "simulator/message_log.hpp"

namespace broker::simulator {
namespace {

constexpr char kDelimiter = '\x01';

std::string sending_time() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%Y%m%d-%H:%M:%S", &parts);
    return text.data();
}

std::string field(int tag, const std::string& value) {
    return std::to_string(tag) + '=' + value + kDelimiter;
}

template <class Read, class Use, class Free>
void use_pem(const std::string& pem, Read read, Use use, Free free) {
    BIO* bio = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
    if (auto* object = read(bio, nullptr, nullptr, nullptr)) {
        use(object);
        free(object);
    }
    BIO_free(bio);
}

}  // namespace

FixTestClient::FixTestClient(FixTestClientOptions options)
    : options_{std::move(options)}, context_{SSL_CTX_new(TLS_client_method())} {
    // A write to a connection that is gone is an error value, not the end of the test.
    std::signal(SIGPIPE, SIG_IGN);
    use_pem(
        options_.trust_pem, PEM_read_bio_X509,
        [&](X509* root) { X509_STORE_add_cert(SSL_CTX_get_cert_store(context_), root); },
        X509_free);
    use_pem(
        options_.certificate_pem, PEM_read_bio_X509,
        [&](X509* leaf) { SSL_CTX_use_certificate(context_, leaf); }, X509_free);
    use_pem(
        options_.key_pem, PEM_read_bio_PrivateKey,
        [&](EVP_PKEY* key) { SSL_CTX_use_PrivateKey(context_, key); }, EVP_PKEY_free);
    SSL_CTX_set_verify(context_, SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_min_proto_version(context_, TLS1_2_VERSION);
}

FixTestClient::~FixTestClient() {
    disconnect();
    SSL_CTX_free(context_);
}

std::string FixTestClient::connect() {
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const timeval limit{options_.timeout_ms / 1000, options_.timeout_ms % 1000 * 1000};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(options_.port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        return std::strerror(errno);
    ssl_ = SSL_new(context_);
    SSL_set_fd(ssl_, socket_);
    SSL_set1_host(ssl_, options_.host_name.c_str());
    ERR_clear_error();
    if (SSL_connect(ssl_) == 1) return "";
    if (const long result = SSL_get_verify_result(ssl_); result != X509_V_OK)
        return X509_verify_cert_error_string(result);
    const char* reason = ERR_reason_error_string(ERR_get_error());
    return reason != nullptr ? reason : "connection lost";
}

void FixTestClient::send(const FixMessage& message) {
    std::string body = field(35, message.msg_type) + field(49, options_.sender_comp_id) +
                       field(56, options_.target_comp_id) +
                       field(34, std::to_string(options_.seq_num++)) + field(52, sending_time());
    for (const auto& [tag, value] : message.fields) body += field(tag, value);
    std::string raw = field(8, "FIX.4.4") + field(9, std::to_string(body.size())) + body;
    unsigned sum = 0;
    for (const unsigned char byte : raw) sum += byte;
    std::array<char, 8> checksum{};
    std::snprintf(checksum.data(), checksum.size(), "%03u", sum % 256);
    raw += field(10, checksum.data());
    send_raw(raw);
}

void FixTestClient::send_raw(const std::string& bytes) {
    SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size()));
}

void FixTestClient::log_on(const std::string& username, const std::string& password,
                           std::vector<FixField> more) {
    FixMessage logon{"A", {{98, "0"}, {108, "30"}, {553, username}, {554, password}}};
    for (auto& extra : more) logon.fields.push_back(std::move(extra));
    send(logon);
}

std::string FixTestClient::receive_raw() {
    std::array<char, 4096> bytes{};
    const int size = SSL_read(ssl_, bytes.data(), static_cast<int>(bytes.size()));
    return size > 0 ? std::string{bytes.data(), static_cast<std::size_t>(size)} : std::string{};
}

std::optional<FixMessage> FixTestClient::receive() {
    for (;;) {
        const auto trailer = unparsed_.find(
            "\x01"
            "10=");
        const auto end =
            trailer == std::string::npos ? trailer : unparsed_.find(kDelimiter, trailer + 1);
        if (end != std::string::npos) {
            const std::string raw = unparsed_.substr(0, end + 1);
            unparsed_.erase(0, end + 1);
            return fix_message_from_wire(raw);
        }
        const std::string more = receive_raw();
        if (more.empty()) return std::nullopt;
        unparsed_ += more;
    }
}

std::string FixTestClient::receive_line(std::initializer_list<int> tags) {
    auto message = receive();
    while (message && (message->msg_type == "0" || message->msg_type == "1")) message = receive();
    if (!message) return "end";
    std::string line = message->msg_type;
    for (const int tag : tags)
        if (const auto* value = message->find(tag))
            line += ' ' + std::to_string(tag) + '=' + *value;
    return line;
}

void FixTestClient::disconnect() {
    SSL_free(std::exchange(ssl_, nullptr));
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
}

}  // namespace broker::simulator
