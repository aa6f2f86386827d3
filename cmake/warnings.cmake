# Target broker_warnings: the warnings all of our own code is built with.
add_library(broker_warnings INTERFACE)
target_compile_options(broker_warnings INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # Why: GCC 12 warns at -O3 where a literal and a std::string are added (GCC bug 105651).
    target_compile_options(broker_warnings INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Wno-restrict>)
    # Why: and there, where a temporary with strings for members is destroyed.
    target_compile_options(broker_warnings
                           INTERFACE $<$<AND:$<COMPILE_LANGUAGE:CXX>,$<CONFIG:Release>>:-Wno-maybe-uninitialized>)
endif()
if(DXTRADE_WARNINGS_AS_ERRORS)
    target_compile_options(broker_warnings INTERFACE -Werror)
endif()
