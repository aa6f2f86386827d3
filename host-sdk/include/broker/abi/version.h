// Version of this ABI. Host and adapter must agree on the major number exactly; the minor number
// says which optional record tails and extensions the side that compiled it knows of.
#ifndef BROKER_ABI_VERSION_H
#define BROKER_ABI_VERSION_H

#define BROKER_ABI_MAJOR 1
#define BROKER_ABI_MINOR 3

#endif
