#include "cli/errors.hpp"

#include <exception>
#include <new>
#include <string>

#include "cli/print.hpp"
#include "record/errors.hpp"
#include "record/frames.hpp"

namespace terrace::cli {

Failure failure_at_hand() {
  try {
    throw;
  } catch (const Failure& failure) {
    return failure;
  } catch (const record::DirectoryExists& error) {
    return {Exit::usage, error.what()};
  } catch (const record::IoError& error) {
    return {Exit::input_output, error.what()};
  } catch (const record::BadCheckpoint& error) {
    return {Exit::bad_scenario, error.what()};
  } catch (const std::bad_alloc&) {
    return {Exit::no_memory, "out of memory; take a smaller sample or fewer replicates"};
  } catch (const std::exception& error) {
    return {Exit::bug, std::string("this is a bug: ") + error.what()};
  }
}

int end_with(const Failure& failure) {
  const std::string message = failure.what();
  if (!message.empty()) say("terrace: " + message + '\n');
  return static_cast<int>(failure.exit_status);
}

}  // namespace terrace::cli
