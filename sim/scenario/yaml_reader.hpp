// Text to tree, without the parts of YAML that surprise people or eat memory.
//
// Refused while reading, before anything grows: more than one megabyte, more than 32 levels, more
// than 100,000 values, bytes that are not UTF-8, control characters, tabs as indentation, aliases,
// anchors, merge keys, tags, keys that are no scalars, duplicate keys, a second document.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "scenario/diagnostic.hpp"
#include "scenario/node.hpp"

namespace terrace::scenario {

inline constexpr std::size_t kMaxBytes = 1'000'000;
inline constexpr std::size_t kMaxDepth = 32;
inline constexpr std::size_t kMaxValues = 100'000;

/// The tree of a text; nothing if it is not one valid document. `name` is how messages call the
/// file.
std::optional<Node> read_yaml_text(std::string text, const std::string& name, Problems& problems);

/// The same for a file. Where it cannot be read, that is reported at `named_at`, or at the file
/// itself.
std::optional<Node> read_yaml_file(const std::filesystem::path& file, const std::string& name,
                                   Problems& problems, const Place* named_at = nullptr,
                                   const std::string& path = {});

/// The bytes of a regular file. False, with the reason in words, if it cannot be read or holds more
/// than `most` bytes.
bool read_bytes(const std::filesystem::path& file, std::size_t most, std::string& bytes,
                std::string& why);

/// Length of the well-formed UTF-8 sequence at the front, or 0.
std::size_t utf8_length(std::string_view text);

}  // namespace terrace::scenario
