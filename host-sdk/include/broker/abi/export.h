// Symbol visibility, calling convention and the few macros of the ABI.
#ifndef BROKER_ABI_EXPORT_H
#define BROKER_ABI_EXPORT_H

#if defined(_WIN32)
#define BROKER_EXPORT __declspec(dllexport)
#define BROKER_CALL __cdecl
#else
#define BROKER_EXPORT __attribute__((visibility("default")))
#define BROKER_CALL
#endif

#if defined(__cplusplus)
#define BROKER_EXTERN_C_BEGIN extern "C" {
#define BROKER_EXTERN_C_END }
#else
#define BROKER_EXTERN_C_BEGIN
#define BROKER_EXTERN_C_END
#endif

#endif
