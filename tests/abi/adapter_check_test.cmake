# cmake -DTOOL=broker-adapter-check -DPLUGINS=folder -P adapter_check_test.cmake
# What the tool says of the plugins of bad_plugins/, and how it ends.
function(expect_check plugin wanted_result wanted_text)
    execute_process(COMMAND "${TOOL}" "${PLUGINS}/${plugin}.so" ${ARGN}
                    RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
    string(FIND "${output}" "${wanted_text}" position)
    if(NOT result EQUAL wanted_result OR position EQUAL -1)
        message(SEND_ERROR "${plugin} ${ARGN}: ended with ${result} instead of ${wanted_result}, or "
                           "did not say \"${wanted_text}\":\n${output}")
    endif()
endfunction()

expect_check(no_such_file 1 "FAIL  adapter library ${PLUGINS}/no_such_file.so: no such file")
expect_check(no_entry_symbol 1 "no symbol broker_adapter_entry")
expect_check(wrong_abi_major 1 "wrong ABI major version 2")
expect_check(refuses_host 1 "this adapter needs ABI 2")
expect_check(null_slot 1 "null slots in the lifecycle table: stop, get_extension")
expect_check(create_fails 1 "no such profile" --config any.yaml)
expect_check(null_extension_slot 1 "broker.order-entry/1 has null slots" --config any.yaml)
expect_check(create_fails 1 "accepts a host of ABI major version 2")
expect_check(missing_extension 0 "note  no extension broker.order-entry/1" --config any.yaml)
expect_check(missing_extension 0 "note  no extension broker.market-data/1" --config any.yaml)
# Which symbols a library exports depends on more than its own code in a sanitized build.
if(NOT SANITIZE)
    expect_check(missing_extension 0 "ok    exports nothing else")
    expect_check(leaks_symbol 1 "exports 1 further symbols, which may clash with those of the host, \
e.g. connect_to_venue")
endif()
