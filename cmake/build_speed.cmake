# ccache and lld where they are installed, and headers that are compiled once.
find_program(DXTRADE_CCACHE ccache)
if(DXTRADE_CCACHE)
    set(CMAKE_C_COMPILER_LAUNCHER "${DXTRADE_CCACHE}")
    # Why: without the sloppiness a precompiled header makes every compilation uncacheable; in depend
    # mode a file that is not in the cache is preprocessed once and not twice.
    set(CMAKE_CXX_COMPILER_LAUNCHER
        "${CMAKE_COMMAND}" -E env "CCACHE_DEPEND=1"
        "CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime"
        "${DXTRADE_CCACHE}")
endif()
find_program(DXTRADE_LLD ld.lld)
if(DXTRADE_LLD)
    add_link_options(-fuse-ld=lld)
endif()

# Headers that most files include, compiled once for all of them. A file includes what it uses all
# the same: release builds and the fuzz targets do without. Why not in a release: GCC 12 then warns
# of what optimisation makes of the code inside system headers.
set(DXTRADE_PRECOMPILES OFF)
if(CMAKE_BUILD_TYPE STREQUAL "Debug")
    set(DXTRADE_PRECOMPILES ON)
endif()
set(DXTRADE_COMMON_HEADERS
    <algorithm> <array> <chrono> <functional> <map> <memory> <optional> <span> <string>
    <string_view> <utility> <vector> <boost/system/result.hpp>)

# broker_precompile(<target> [header …]): with headers of its own beside the common ones the target
# gets a precompiled header of its own. Call it once the target has its options: a precompiled header
# is of use only under the same ones.
function(broker_precompile target)
    if(NOT DXTRADE_PRECOMPILES)
        return()
    endif()
    if(ARGN)
        target_precompile_headers(${target} PRIVATE ${DXTRADE_COMMON_HEADERS} ${ARGN})
        return()
    endif()
    if(NOT TARGET broker_common_headers)
        file(WRITE "${CMAKE_BINARY_DIR}/common_headers.cpp" "")
        add_library(broker_common_headers OBJECT "${CMAKE_BINARY_DIR}/common_headers.cpp")
        target_link_libraries(broker_common_headers PRIVATE Boost::headers broker_warnings)
        broker_library_options(broker_common_headers)
        target_precompile_headers(broker_common_headers PRIVATE ${DXTRADE_COMMON_HEADERS})
    endif()
    target_precompile_headers(${target} REUSE_FROM broker_common_headers)
endfunction()
