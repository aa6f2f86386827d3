# ccache and lld where they are installed.
find_program(DXTRADE_CCACHE ccache)
if(DXTRADE_CCACHE)
    set(CMAKE_C_COMPILER_LAUNCHER "${DXTRADE_CCACHE}")
    # Why: without this a precompiled header makes every compilation uncacheable.
    set(CMAKE_CXX_COMPILER_LAUNCHER
        "${CMAKE_COMMAND}" -E env
        "CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime"
        "${DXTRADE_CCACHE}")
endif()
find_program(DXTRADE_LLD ld.lld)
if(DXTRADE_LLD)
    add_link_options(-fuse-ld=lld)
endif()
