#include "scenario/layers.hpp"

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>

#include "scenario/ranges.hpp"
#include "scenario/values.hpp"
#include "scenario/yaml_reader.hpp"

namespace terrace::scenario {
namespace {

constexpr std::size_t kLongestChain = 32;

// Whether a setting may reach into this place; otherwise the reason why not.
std::string refused_setting(const std::vector<std::string>& keys) {
  if (keys.size() > 1 && keys[0] == "series") {
    return "a series is replaced whole, so it is given in a file";
  }
  if (keys.size() > 2 && keys[0] == "population" && keys[1] == "layout") {
    return "a layout is replaced whole, so it is given in a file";
  }
  if (keys[0] == "extends" || keys[0] == "terrace") return "can be given in a file only";
  return {};
}

std::vector<std::string> split_keys(std::string_view text) {
  std::vector<std::string> keys(1);
  for (const char c : text) {
    if (c == '.') {
      keys.emplace_back();
    } else {
      keys.back() += c;
    }
  }
  return keys;
}

}  // namespace

bool read_chain(const ChainFile& of, std::vector<Layer>& chain, Problems& problems) {
  std::vector<std::filesystem::path> canonical;
  std::filesystem::path next = of.file;
  std::filesystem::path name = of.name;
  Place named_at;
  while (true) {
    std::error_code error;
    canonical.push_back(std::filesystem::weakly_canonical(next, error));
    const bool first = chain.empty();
    auto root = read_yaml_file(next, name.string(), problems, first ? of.named_at : &named_at,
                               first ? of.key : "extends");
    if (!root) return false;
    chain.push_back({std::move(*root), next.parent_path(), name.parent_path(), first, false});
    const Layer& layer = chain.back();
    const Node* base = layer.root.is_map() ? layer.root.find("extends") : nullptr;
    if (base == nullptr) return layer.root.is_map();
    const auto text = read_text(*base, "extends", problems);
    if (!text) return false;
    named_at = base->place;
    next = layer.folder / *text;
    name = (layer.shown_folder / *text).lexically_normal();
    const auto target = std::filesystem::weakly_canonical(next, error);
    if (std::find(canonical.begin(), canonical.end(), target) != canonical.end()) {
      problems.add(named_at, "extends",
                   "a cycle: '" + shown(*text) + "' is in this chain of files already");
      return false;
    }
    if (chain.size() >= kLongestChain) {
      problems.add(named_at, "extends",
                   "a chain of more than " + std::to_string(kLongestChain) + " files");
      return false;
    }
  }
}

std::optional<Layer> read_setting(const std::string& setting, Problems& problems) {
  const Place place{std::make_shared<const std::string>("--set " + shown(setting)), 0, 0};
  const std::size_t equals = setting.find('=');
  const std::vector<std::string> keys = split_keys(std::string_view(setting).substr(0, equals));
  const bool malformed =
      equals == std::string::npos || keys.size() > kMaxDepth ||
      std::any_of(keys.begin(), keys.end(), [](const auto& k) { return k.empty(); });
  if (malformed) {
    problems.add(place, "", "must read key=value", "for example policies.relocation.enabled=false");
    return std::nullopt;
  }
  if (const std::string why = refused_setting(keys); !why.empty()) {
    problems.add(place, shown(setting.substr(0, equals)), why);
    return std::nullopt;
  }
  const std::string text = setting.substr(equals + 1);
  Problems in_value;
  std::optional<Node> value;
  if (text.find_first_not_of(' ') == std::string::npos) {
    value.emplace().place = place;  // nothing: the reader of that key says what is due
  } else {
    value = read_yaml_text(text, *place.file, in_value);
  }
  for (const Diagnostic& d : in_value.sorted()) {
    problems.add(place, shown(setting.substr(0, equals)), d.message, d.hint);
  }
  if (!value || !in_value.empty()) return std::nullopt;
  const auto put_in_place = [&](Node& node, auto&& self) -> void {
    node.place = place;
    for (Node& key : node.keys) self(key, self);
    for (Node& item : node.items) self(item, self);
  };
  put_in_place(*value, put_in_place);
  for (auto key = keys.rbegin(); key != keys.rend(); ++key) {
    Node key_node;
    key_node.kind = Node::Kind::scalar;
    key_node.place = place;
    key_node.text = *key;
    Node map;
    map.kind = Node::Kind::map;
    map.place = place;
    map.keys.push_back(std::move(key_node));
    map.items.push_back(std::move(*value));
    *value = std::move(map);
  }
  return Layer{std::move(*value), ".", "", true, true};
}

std::string name_of_file(const std::filesystem::path& file) {
  std::string name = file.stem().string().substr(0, kLongestName);
  for (char& c : name) {
    const bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '_' || c == '.';
    if (!good) c = '-';
  }
  if (name.empty() || name[0] == '-' || name[0] == '.') name.insert(0, "scenario");
  return name.substr(0, kLongestName);
}

bool safe_name(const std::string& name) {
  const auto good = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  };
  return !name.empty() && name.size() <= kLongestName && name[0] != '.' && name[0] != '-' &&
         std::all_of(name.begin(), name.end(), good);
}

}  // namespace terrace::scenario
