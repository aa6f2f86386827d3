# Target broker_warnings: the warnings all of our own code is built with.
add_library(broker_warnings INTERFACE)
target_compile_options(broker_warnings INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow)
if(DXTRADE_WARNINGS_AS_ERRORS)
    target_compile_options(broker_warnings INTERFACE -Werror)
endif()
