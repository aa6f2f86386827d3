# cmake -DLIBRARY=dxtrade_adapter.so -DFORBIDDEN=libquickfix -P linked_libraries_test.cmake
# The library works on machines that do not have the forbidden one.
execute_process(COMMAND ldd "${LIBRARY}"
                OUTPUT_VARIABLE output RESULT_VARIABLE result ERROR_VARIABLE messages)
if(NOT result EQUAL 0 OR NOT output MATCHES "libssl")
    message(FATAL_ERROR "ldd ${LIBRARY}: ${output}${messages}")
endif()
if(output MATCHES "${FORBIDDEN}")
    message(FATAL_ERROR "${LIBRARY} links ${FORBIDDEN}:\n${output}")
endif()
