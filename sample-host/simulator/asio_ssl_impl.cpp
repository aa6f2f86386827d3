// The one file that compiles the sources of Asio's TLS streams, which the simulator alone uses.
#include <boost/asio/ssl/impl/src.hpp>
