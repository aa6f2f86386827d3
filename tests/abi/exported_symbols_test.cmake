# cmake -DNM=nm -DLIBRARY=dxtrade_adapter.so -P exported_symbols_test.cmake
# The plugin exports broker_adapter_entry and nothing else: any other symbol could clash with the
# host's or another plugin's.
execute_process(COMMAND "${NM}" -D --defined-only "${LIBRARY}"
                OUTPUT_VARIABLE output RESULT_VARIABLE result ERROR_VARIABLE messages)
if(NOT result EQUAL 0)
    message(FATAL_ERROR "${NM} ${LIBRARY}: ${messages}")
endif()
string(REGEX MATCHALL "[^\n]+" lines "${output}")
set(symbols "")
foreach(line IN LISTS lines)
    string(REGEX REPLACE "^.* " "" symbol "${line}")
    list(APPEND symbols "${symbol}")
endforeach()
if(NOT symbols STREQUAL "broker_adapter_entry")
    list(LENGTH symbols count)
    list(SUBLIST symbols 0 20 first_symbols)
    message(FATAL_ERROR "${LIBRARY} exports ${count} symbols instead of broker_adapter_entry alone, "
                        "e.g. ${first_symbols}")
endif()
