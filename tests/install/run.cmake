# Installs the build in BUILD below SCRATCH, then builds and runs the outside program against it.
function(run)
  execute_process(COMMAND ${ARGV} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

file(REMOVE_RECURSE ${SCRATCH})
run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${SCRATCH}/prefix)
run(${CMAKE_COMMAND} -S ${CMAKE_CURRENT_LIST_DIR} -B ${SCRATCH}/build -G ${GENERATOR}
    -D CMAKE_PREFIX_PATH=${SCRATCH}/prefix -D CMAKE_BUILD_TYPE=${TYPE}
    -D CMAKE_CXX_COMPILER=${CXX} -D CMAKE_C_COMPILER=${C} "-D CMAKE_CXX_FLAGS=${FLAGS}")
run(${CMAKE_COMMAND} --build ${SCRATCH}/build)

set(data ${SCRATCH}/prefix/share/terrace/scenarios/data)
execute_process(COMMAND ${SCRATCH}/build/outside ${SCRATCH}/build/pension.yaml ${data}
                OUTPUT_VARIABLE said COMMAND_ERROR_IS_FATAL ANY)
message("${said}")

# The pension is on in one of the two runs, so they differ, and fewer are poor with it.
string(REGEX MATCHALL "digest [0-9a-f]+" digests "${said}")
string(REGEX MATCHALL "0\\.[0-9]+" headcounts "${said}")
list(LENGTH digests runs)
if(NOT runs EQUAL 2)
  message(FATAL_ERROR "two runs should have printed a digest each")
endif()
list(GET digests 0 digest_off)
list(GET digests 1 digest_on)
list(GET headcounts 0 headcount_off)
list(GET headcounts 1 headcount_on)
if(digest_off STREQUAL digest_on)
  message(FATAL_ERROR "the policy of the outside program changed nothing")
endif()
if(NOT headcount_on LESS headcount_off)
  message(FATAL_ERROR "a pension did not lower the headcount ratio")
endif()

# A mistake in a parameter of the outside policy is found as one in a builtin policy is.
file(WRITE ${SCRATCH}/wrong.yaml
     "terrace: 1\nextends: build/pension.yaml\npolicies:\n  pension: {montly: 200}\n")
execute_process(COMMAND ${SCRATCH}/build/outside ${SCRATCH}/wrong.yaml ${data}
                RESULT_VARIABLE status ERROR_VARIABLE said)
if(NOT status EQUAL 65 OR NOT said MATCHES "wrong.yaml:4:[0-9]+: policies.pension.montly: .*'monthly'")
  message(FATAL_ERROR "a misspelt parameter was not refused as it should be: ${status} ${said}")
endif()
