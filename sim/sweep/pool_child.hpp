// The child's side of a pool, and how its result travels to the parent.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <sys/types.h>

#include "record/file_io.hpp"
#include "sweep/pool.hpp"

namespace terrace::sweep {

/// Both ends of a pipe, none of them one of the three standard streams.
struct Pipe {
  record::FileDescriptor read;
  record::FileDescriptor write;
};
/// Nothing where no more files may be open. Throws record::IoError.
std::optional<Pipe> make_pipe();

/// What a child says at its end.
struct LastWord {
  enum class Kind : char { result = 'r', failed = 'f', stopped = 's' };
  Kind kind = Kind::failed;
  std::vector<std::byte> bytes;  ///< the result, or the message
};

/// What came through the pipe; nothing unless it is whole and fits its checksum.
std::optional<LastWord> read_last_word(std::span<const std::byte> bytes);
/// Bytes of it beside its own.
extern const std::size_t kAroundLastWord;

/// Does the work of a run in a process that has just been forked, with all signals blocked, and
/// ends it. `errors` takes what is written to the standard streams.
[[noreturn]] void be_child(const Pool::Work& work, std::size_t run, pid_t parent,
                           const Pipe& results, const Pipe& errors);

}  // namespace terrace::sweep
