// The program `terrace`: calls the verb of the command line and turns errors into exit statuses.
#include <cstdio>

#include "cli/command_line.hpp"
#include "cli/errors.hpp"
#include "cli/exit_codes.hpp"
#include "record/errors.hpp"

namespace {

int call(int argc, char** argv) {
  using namespace terrace;
  try {
    const cli::Exit status = cli::read_command_line(argc, argv)();
    // A full disk behind stdout would otherwise pass unseen.
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
      throw record::IoError("cannot write to standard output");
    }
    return static_cast<int>(status);
  } catch (...) {
    return cli::end_with(cli::failure_at_hand());
  }
}

}  // namespace

int main(int argc, char** argv) { return call(argc, argv); }
