// Where the layers of a scenario come from: a file with those it extends, and settings.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "scenario/diagnostic.hpp"
#include "scenario/spec_builder.hpp"

namespace terrace::scenario {

/// The first file of a chain, as messages call it. Where it cannot be read, that is reported at
/// `named_at` under `key`, or at the file itself.
struct ChainFile {
  std::filesystem::path file;
  std::string name;
  const Place* named_at = nullptr;
  std::string key;
};

/// The file and those it extends, in this order. False if one of them cannot be read.
bool read_chain(const ChainFile& of, std::vector<Layer>& chain, Problems& problems);

/// A setting `a.b.c=value` counts as a file that holds nothing but this value.
std::optional<Layer> read_setting(const std::string& setting, Problems& problems);

/// A file that gives no name is called after itself, whatever it extends.
std::string name_of_file(const std::filesystem::path& file);

/// Whether a name may become part of a folder's name.
bool safe_name(const std::string& name);

}  // namespace terrace::scenario
