// A YAML document as a small tree in which every value knows where it stands.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scenario/diagnostic.hpp"

namespace terrace::scenario {

struct Node {
  enum class Kind {
    null,  ///< `~`, `null` or nothing
    scalar,
    sequence,
    map,
    refused  ///< something that was reported already (an alias, say): readers pass over it
  };

  Kind kind = Kind::null;
  bool quoted = false;  ///< scalars: written in quotes or as a block, so a text
  Place place;
  std::string text;         ///< scalars
  std::vector<Node> keys;   ///< maps: scalars, each at the same index as its value in `items`
  std::vector<Node> items;  ///< maps and sequences

  bool is_map() const { return kind == Kind::map; }
  bool is_scalar() const { return kind == Kind::scalar; }
  bool is_sequence() const { return kind == Kind::sequence; }

  /// The value of `key`, or null.
  const Node* find(std::string_view key) const {
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (keys[i].text == key) return &items[i];
    }
    return nullptr;
  }
};

}  // namespace terrace::scenario
