# Runs ${BENCH} shortly and checks that every variant produced figures. Times are not judged.
execute_process(COMMAND "${BENCH}" --rounds 1 --samples 50 --json "${JSON}"
                RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(NOT result EQUAL 0)
    message(FATAL_ERROR "exit code ${result}\n${output}")
endif()

file(READ "${JSON}" report)
string(JSON count LENGTH "${report}" variants)
if(NOT count EQUAL 14)  # 2 floors, and 2 adapters and 4 QuickFIX by 2 ways of submitting
    message(FATAL_ERROR "${count} variants\n${output}")
endif()
math(EXPR last "${count} - 1")
foreach(i RANGE ${last})
    foreach(figure IN ITEMS submit_call submit_to_written submit_to_venue round_trip)
        string(JSON samples GET "${report}" variants ${i} figures ${figure} samples)
        string(JSON p50 GET "${report}" variants ${i} figures ${figure} p50_us)
        if(NOT samples EQUAL 50 OR NOT p50 GREATER 0)
            string(JSON name GET "${report}" variants ${i} name)
            message(FATAL_ERROR "${name}: ${figure} has ${samples} samples, p50 ${p50}\n${output}")
        endif()
    endforeach()
    # An order arrives before its answer does.
    string(JSON arrived GET "${report}" variants ${i} figures submit_to_venue p50_us)
    string(JSON answered GET "${report}" variants ${i} figures round_trip p50_us)
    if(NOT arrived LESS answered)
        message(FATAL_ERROR "variant ${i}: arrived ${arrived}, answered ${answered}\n${output}")
    endif()
endforeach()
