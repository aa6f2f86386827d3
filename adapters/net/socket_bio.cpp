#include "net/socket_bio.hpp"

#include <sys/socket.h>

#include <cerrno>
#include <cstdint>

namespace broker::net {
namespace {

int descriptor_of(BIO* bio) {
    return static_cast<int>(reinterpret_cast<std::intptr_t>(BIO_get_data(bio)));
}

bool is_transient(int error) { return error == EAGAIN || error == EWOULDBLOCK || error == EINTR; }

int write_socket(BIO* bio, const char* data, std::size_t size, std::size_t* written) {
    BIO_clear_retry_flags(bio);
    const auto count = ::send(descriptor_of(bio), data, size, MSG_NOSIGNAL);
    if (count < 0) {
        if (is_transient(errno)) BIO_set_retry_write(bio);
        return 0;
    }
    *written = static_cast<std::size_t>(count);
    return 1;
}

int read_socket(BIO* bio, char* data, std::size_t size, std::size_t* read) {
    BIO_clear_retry_flags(bio);
    const auto count = ::recv(descriptor_of(bio), data, size, 0);
    if (count > 0) {
        *read = static_cast<std::size_t>(count);
        return 1;
    }
    if (count == 0) {
        BIO_set_flags(bio, BIO_FLAGS_IN_EOF);
    } else if (is_transient(errno)) {
        BIO_set_retry_read(bio);
    }
    return 0;
}

long control_socket(BIO* bio, int command, long, void*) {
    if (command == BIO_CTRL_EOF) return BIO_test_flags(bio, BIO_FLAGS_IN_EOF) != 0 ? 1 : 0;
    return command == BIO_CTRL_FLUSH ? 1 : 0;  // nothing is buffered here
}

}  // namespace

BioMethodPtr make_socket_bio_method() {
    // Why no BIO_get_new_index(): there are 127 for the life of the process, and nobody asks the
    // type.
    BioMethodPtr method{BIO_meth_new(BIO_TYPE_SOURCE_SINK, "socket without SIGPIPE")};
    if (method) {
        BIO_meth_set_write_ex(method.get(), write_socket);
        BIO_meth_set_read_ex(method.get(), read_socket);
        BIO_meth_set_ctrl(method.get(), control_socket);
    }
    return method;
}

BioPtr make_socket_bio(const BIO_METHOD* method, int descriptor) {
    BioPtr bio{BIO_new(method)};
    if (bio) {
        BIO_set_data(bio.get(), reinterpret_cast<void*>(static_cast<std::intptr_t>(descriptor)));
        BIO_set_init(bio.get(), 1);
    }
    return bio;
}

}  // namespace broker::net
