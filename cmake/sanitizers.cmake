# DXTRADE_SANITIZE applies to everything in the build, or the tools report what is not there.
if(DXTRADE_SANITIZE)
    add_compile_options(-fsanitize=${DXTRADE_SANITIZE} -fno-omit-frame-pointer
                        -fno-sanitize-recover=all -g1)
    add_link_options(-fsanitize=${DXTRADE_SANITIZE})
endif()
