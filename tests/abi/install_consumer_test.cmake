# cmake -DBUILD_DIR=… -DSOURCE_DIR=… -DWORK_DIR=… -DPLUGIN=… -DGENERATOR=… -DSANITIZE=… -P this file
# Installs the SDK to a fresh prefix, builds the hosts of install_consumer/ against it and runs them.
function(run)
    execute_process(COMMAND ${ARGV} RESULT_VARIABLE result OUTPUT_VARIABLE output
                    ERROR_VARIABLE output)
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "${ARGV}\nended with ${result}:\n${output}")
    endif()
endfunction()

file(REMOVE_RECURSE "${WORK_DIR}")
set(flags "")
if(SANITIZE)
    # The plugin is built with them, and a host without their run time could not load it.
    set(flags "-fsanitize=${SANITIZE}")
endif()
run("${CMAKE_COMMAND}" --install "${BUILD_DIR}" --component host-sdk --prefix "${WORK_DIR}/prefix")
run("${CMAKE_COMMAND}" -S "${SOURCE_DIR}/install_consumer" -B "${WORK_DIR}/build" -G "${GENERATOR}"
    "-DCMAKE_PREFIX_PATH=${WORK_DIR}/prefix" "-DCMAKE_C_FLAGS=${flags}" "-DCMAKE_CXX_FLAGS=${flags}"
    "-DCMAKE_C_COMPILER=${C_COMPILER}" "-DCMAKE_CXX_COMPILER=${CXX_COMPILER}"
    # No other copy of the SDK may be found by accident.
    -DCMAKE_FIND_USE_PACKAGE_REGISTRY=OFF)
run("${CMAKE_COMMAND}" --build "${WORK_DIR}/build")
run("${WORK_DIR}/build/host_in_cpp" "${PLUGIN}")
run("${WORK_DIR}/build/host_in_c" "${PLUGIN}")
file(REMOVE_RECURSE "${WORK_DIR}")
