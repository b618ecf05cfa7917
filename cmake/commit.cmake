# Writes the git commit of SOURCE to the header OUTPUT. Runs at every build, but touches the
# file only when the commit has changed, so that nothing is compiled again for no reason.
cmake_minimum_required(VERSION 3.25)
set(commit unknown)
set(ENV{GIT_OPTIONAL_LOCKS} 0)
find_program(GIT git)
if(GIT)
  # A source archive unpacked inside somebody else's repository has no commit of its own.
  execute_process(COMMAND ${GIT} rev-parse --show-toplevel WORKING_DIRECTORY ${SOURCE}
                  OUTPUT_VARIABLE top OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  file(REAL_PATH ${SOURCE} source)
  if(top STREQUAL source)
    execute_process(COMMAND ${GIT} describe --always --dirty --abbrev=40 --exclude *
                    WORKING_DIRECTORY ${SOURCE} OUTPUT_VARIABLE described
                    OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    if(described)
      set(commit ${described})
    endif()
  endif()
endif()
file(CONFIGURE OUTPUT ${OUTPUT} CONTENT "#define TERRACE_COMMIT \"${commit}\"\n")
