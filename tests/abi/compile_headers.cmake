# cmake -DCOMPILER=… -DLANGUAGE=c|c++ -DSTANDARD=c11 -DINCLUDE_DIR=… -DFOLDER=broker/abi -DPATTERN=*.h
#       -DWORK_DIR=… -DFLAGS=… -P compile_headers.cmake
# Compiles every header of a folder alone, then all of them together and twice in one file, which
# finds missing includes, missing guards and names that clash.
set(warnings -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror)
file(GLOB_RECURSE headers RELATIVE "${INCLUDE_DIR}" "${INCLUDE_DIR}/${FOLDER}/${PATTERN}")
list(LENGTH headers header_count)
if(header_count LESS 5)
    message(FATAL_ERROR "only ${header_count} headers in ${INCLUDE_DIR}/${FOLDER}")
endif()

function(compile_file name text)
    file(WRITE "${WORK_DIR}/${name}" "${text}")
    execute_process(
        COMMAND "${COMPILER}" -x ${LANGUAGE} -std=${STANDARD} ${warnings} ${FLAGS}
                "-I${INCLUDE_DIR}" -fsyntax-only "${WORK_DIR}/${name}"
        RESULT_VARIABLE result ERROR_VARIABLE messages)
    if(NOT result EQUAL 0)
        message(SEND_ERROR "${COMPILER} -std=${STANDARD}, ${name}:\n${text}\n${messages}")
    endif()
endfunction()

set(all "")
foreach(header IN LISTS headers)
    string(MAKE_C_IDENTIFIER "${header}" name)
    compile_file("${name}.txt" "#include \"${header}\"\nint main(void) { return 0; }\n")
    string(APPEND all "#include \"${header}\"\n")
endforeach()
compile_file(all.txt "${all}${all}int main(void) { return 0; }\n")
message(STATUS "${header_count} headers of ${FOLDER} compile as ${STANDARD}")
