# Target quickfix: Debian's libquickfix-dev. Only code built as C++14 may include its headers: they
# use dynamic exception specifications, which C++17 removed.
find_path(QUICKFIX_INCLUDE_DIR quickfix/Session.h REQUIRED)
find_library(QUICKFIX_LIBRARY quickfix REQUIRED)
add_library(quickfix INTERFACE IMPORTED)
target_include_directories(quickfix SYSTEM INTERFACE "${QUICKFIX_INCLUDE_DIR}"
                                                     "${QUICKFIX_INCLUDE_DIR}/quickfix")
target_link_libraries(quickfix INTERFACE "${QUICKFIX_LIBRARY}" Threads::Threads)
# Why: the library was built with TLS; without the definition its TLS classes vanish from the headers.
target_compile_definitions(quickfix INTERFACE HAVE_SSL=1)
