// How a process names itself, and its program, in files of a folder that processes of several
// machines share.
#pragma once

#include <string>

namespace terrace::sweep {

/// The machine's name, of letters, digits, dots and hyphens.
std::string host_name();
/// `host-pid`, for names of files.
std::string process_name();
/// Version and commit, a blank between: results of two programs may differ.
std::string program_name();

/// Lets this process have as many files open as it may at most.
void raise_limit_of_open_files();

}  // namespace terrace::sweep
