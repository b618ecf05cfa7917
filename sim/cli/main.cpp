// The program `terrace`: calls the verb of the command line and turns errors into exit statuses.
#include <cstdio>
#include <exception>
#include <new>
#include <string>

#include <fmt/core.h>

#include "cli/command_line.hpp"
#include "cli/exit_codes.hpp"
#include "cli/print.hpp"
#include "cli/verbs.hpp"
#include "record/errors.hpp"
#include "record/frames.hpp"

namespace {

using terrace::cli::Exit;

int fail(Exit status, const char* message) {
  terrace::cli::say(fmt::format("terrace: {}\n", message));
  return static_cast<int>(status);
}

int call(int argc, char** argv) {
  try {
    const Exit status = terrace::cli::read_command_line(argc, argv)();
    // A full disk behind stdout would otherwise pass unseen.
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
      throw terrace::record::IoError("cannot write to standard output");
    }
    return static_cast<int>(status);
  } catch (const terrace::cli::Failure& failure) {
    return fail(failure.exit_status, failure.what());
  } catch (const terrace::record::DirectoryExists& error) {
    return fail(Exit::usage, error.what());
  } catch (const terrace::record::IoError& error) {
    return fail(Exit::input_output, error.what());
  } catch (const terrace::record::BadCheckpoint& error) {
    return fail(Exit::bad_scenario, error.what());
  } catch (const std::bad_alloc&) {
    return fail(Exit::no_memory, "out of memory; take a smaller sample or fewer replicates");
  } catch (const std::exception& error) {
    return fail(Exit::bug, (std::string("this is a bug: ") + error.what()).c_str());
  }
}

}  // namespace

int main(int argc, char** argv) { return call(argc, argv); }
