// An option that takes a list of names, such as --outputs a,b.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace terrace::cli {

/// One word after the flag, so that a folder behind it is none of the names. The flag may be given
/// more than once. An empty name is a slip of the keyboard, and said to be one.
inline CLI::Option* add_names(CLI::App* verb, const std::string& flag,
                              std::vector<std::string>& out, const std::string& help) {
  const auto split = [flag, &out](const std::vector<std::string>& lists) {
    out.clear();
    for (const std::string& list : lists) {
      for (std::size_t from = 0; from <= list.size();) {
        const std::size_t comma = std::min(list.find(',', from), list.size());
        if (comma == from)
          throw CLI::ValidationError(flag, "an empty name in '" + list + "'; names are a,b,c");
        out.push_back(list.substr(from, comma - from));
        from = comma + 1;
      }
    }
  };
  return verb->add_option_function<std::vector<std::string>>(flag, split, help)
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->type_name("NAME,...");
}

}  // namespace terrace::cli
