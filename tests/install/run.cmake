# Installs the build in BUILD below SCRATCH, then follows docs/add-a-policy.md against what was
# installed: its files are those of this folder, its commands those of commands.sh.
function(run)
  execute_process(COMMAND ${ARGV} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

file(REMOVE_RECURSE ${SCRATCH})
run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${SCRATCH}/prefix)
set(here ${SCRATCH}/outside)
file(COPY ${CMAKE_CURRENT_LIST_DIR}/main.cpp ${CMAKE_CURRENT_LIST_DIR}/CMakeLists.txt
     ${CMAKE_CURRENT_LIST_DIR}/pension.yaml.in ${CMAKE_CURRENT_LIST_DIR}/commands.sh DESTINATION ${here})
set(environment PATH=${SCRATCH}/prefix/bin:$ENV{PATH} CMAKE_PREFIX_PATH=${SCRATCH}/prefix
    CMAKE_GENERATOR=${GENERATOR} CMAKE_BUILD_TYPE=${TYPE} CXX=${CXX} CC=${C} "CXXFLAGS=${FLAGS}")
execute_process(COMMAND ${CMAKE_COMMAND} -E env ${environment} sh -ex commands.sh
                WORKING_DIRECTORY ${here} OUTPUT_VARIABLE said COMMAND_ERROR_IS_FATAL ANY)
message("${said}")

# Two runs that differ, both of which hold to their checksums.
string(REGEX MATCHALL "digest: [0-9a-f]+" digests "${said}")
list(REMOVE_DUPLICATES digests)
list(LENGTH digests runs)
if(NOT runs EQUAL 2)
  message(FATAL_ERROR "two runs should have printed a digest each: ${digests}")
endif()
set(terrace ${SCRATCH}/prefix/bin/terrace)
run(${terrace} verify ${here}/results/pension)

# A pension that everybody's elders get costs more and leaves fewer poor, in every replicate.
execute_process(COMMAND ${terrace} compare results/tpa results/pension --json --years 2020
                --indicators headcount_ratio,public_delivered
                WORKING_DIRECTORY ${here} OUTPUT_VARIABLE json COMMAND_ERROR_IS_FATAL ANY)
function(sign name expected)
  string(JSON rows LENGTH "${json}" differences)
  math(EXPR last "${rows} - 1")
  set(found 0)
  foreach(i RANGE ${last})
    string(JSON indicator GET "${json}" differences ${i} indicator)
    string(JSON difference GET "${json}" differences ${i} difference)
    if(indicator STREQUAL name)
      math(EXPR found "${found} + 1")
      if(NOT difference MATCHES "${expected}")
        message(FATAL_ERROR "${name} changes by ${difference}")
      endif()
    endif()
  endforeach()
  if(found EQUAL 0)
    message(FATAL_ERROR "the comparison lacks ${name}")
  endif()
endfunction()
sign(headcount_ratio "^-")
sign(public_delivered "^[0-9]")

# Switched off, what the program writes is what `terrace run` writes, figure by figure.
execute_process(COMMAND ${here}/build/outside build/pension.yaml results/off policies.pension.enabled=false
                WORKING_DIRECTORY ${here} OUTPUT_VARIABLE said COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${terrace} compare results/tpa results/off --json
                --indicators headcount_ratio,gini,public_delivered,spending_allowance
                WORKING_DIRECTORY ${here} OUTPUT_VARIABLE json COMMAND_ERROR_IS_FATAL ANY)
foreach(name headcount_ratio gini public_delivered spending_allowance)
  sign(${name} "^0(\\.0)?$")
endforeach()

# A mistake in a parameter of the outside policy is found as one in a builtin policy is.
file(WRITE ${here}/wrong.yaml "terrace: 1\nextends: build/pension.yaml\npolicies:\n  pension: {montly: 200}\n")
execute_process(COMMAND ${here}/build/outside wrong.yaml results/wrong WORKING_DIRECTORY ${here}
                RESULT_VARIABLE status ERROR_VARIABLE said)
if(NOT status EQUAL 65 OR NOT said MATCHES "wrong.yaml:4:[0-9]+: policies.pension.montly: .*'monthly'")
  message(FATAL_ERROR "a misspelt parameter was not refused as it should be: ${status} ${said}")
endif()
