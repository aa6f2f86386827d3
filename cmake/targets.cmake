# One library a folder, and a folder sees only what it links.

# broker_add_library(<target> <folder name> SOURCES … [LINK …] [PRIVATE_LINK …] [PRECOMPILE …])
# Makes the static library of the current folder; PRECOMPILE has heavy headers that most of its files
# include. Its headers are included as "<folder name>/x.hpp".
# Why the symlink: if the parent folder were the include path, every sibling could be included from
# everywhere, and the direction of includes would be a wish. Through the link a target reaches its
# own folder and those of the targets it links, so that a wrong include does not build.
function(broker_add_library target folder)
    cmake_parse_arguments(PARSE_ARGV 2 arg "" "" "SOURCES;LINK;PRIVATE_LINK;PRECOMPILE")
    set(root "${CMAKE_BINARY_DIR}/include/${target}")
    file(MAKE_DIRECTORY "${root}")
    file(CREATE_LINK "${CMAKE_CURRENT_SOURCE_DIR}" "${root}/${folder}" SYMBOLIC)
    add_library(${target} STATIC ${arg_SOURCES})
    target_include_directories(${target} PUBLIC "${root}")
    target_link_libraries(${target} PUBLIC ${arg_LINK} PRIVATE ${arg_PRIVATE_LINK} broker_warnings)
    broker_library_options(${target})
    broker_precompile(${target} ${arg_PRECOMPILE})
endfunction()

function(broker_library_options target)
    set_target_properties(${target} PROPERTIES CXX_VISIBILITY_PRESET hidden
                                               VISIBILITY_INLINES_HIDDEN ON)
    # Why: the libraries end in a module that must be unloadable; GNU_UNIQUE symbols would pin it.
    target_compile_options(${target} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-fno-gnu-unique>)
endfunction()
