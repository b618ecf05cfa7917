#include "scenario/study_scenarios.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "scenario/layers.hpp"
#include "scenario/resolved_keys.hpp"

namespace terrace::scenario {
namespace {

struct Refused {
  std::string_view section;  ///< empty: the key stands at the top
  std::string_view key;
  const char* hint;
};

constexpr Refused kName{"", "name", "the study has a `name` of its own"};
constexpr Refused kTitle{"", "title", "the study has a `title` of its own"};
constexpr Refused kIndicators{"output", "indicators", "use the study's key `indicators`"};

// Where a key of a map stands, or how many there are.
std::size_t index_of(const Node& map, std::string_view key) {
  const auto at = std::find_if(map.keys.begin(), map.keys.end(),
                               [key](const Node& k) { return k.text == key; });
  return static_cast<std::size_t>(at - map.keys.begin());
}

// Reports keys of a layer that the study itself must give, and takes them out.
void take_out(Node& root, const std::vector<Refused>& refused, Problems& problems) {
  for (const Refused& r : refused) {
    Node* map = &root;
    if (!r.section.empty()) {
      const std::size_t at = index_of(root, r.section);
      if (at == root.keys.size() || !root.items[at].is_map()) continue;
      map = &root.items[at];
    }
    const std::size_t at = index_of(*map, r.key);
    if (at == map->keys.size()) continue;
    problems.add(map->keys[at].place, join(r.section, r.key),
                 "cannot be given to the runs of a study", r.hint);
    map->keys.erase(map->keys.begin() + static_cast<std::ptrdiff_t>(at));
    map->items.erase(map->items.begin() + static_cast<std::ptrdiff_t>(at));
  }
}

// What stands in a scenario under a key, or null.
const Node* find_below(const Node& root, std::string_view key) {
  const Node* at = &root;
  while (at != nullptr && at->is_map()) {
    const std::size_t dot = key.find('.');
    at = at->find(key.substr(0, dot));
    if (dot == std::string_view::npos) return at;
    key.remove_prefix(dot + 1);
  }
  return nullptr;
}

// The keys of a scenario that a dimension sets. A series is not set but changed.
std::vector<std::string> keys_set_by(const StudyDimension& d) {
  using Kind = StudyDimension::Kind;
  if (d.key.empty() || (d.kind != Kind::parameter && d.kind != Kind::policy)) return {};
  std::vector<std::string> keys = d.also;
  keys.push_back(d.key);
  for (std::string& key : keys) {
    if (d.kind == Kind::policy) {
      key.insert(0, "policies.");
    } else if (!key.starts_with("policies.")) {
      key.insert(0, "parameters.");
    }
  }
  return keys;
}

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> heads) {
  return std::any_of(heads.begin(), heads.end(), [&](auto h) { return text.starts_with(h); });
}

}  // namespace

std::vector<Layer> read_study_settings(const std::vector<std::string>& sets, Problems& problems) {
  static const std::vector<Refused> kRefused = {
      kName, kTitle, kIndicators, {"run", "first_replicate", "replicates are numbered from 0"}};
  std::vector<Layer> out;
  for (const std::string& setting : sets) {
    auto layer = read_setting(setting, problems);
    if (!layer) continue;
    take_out(layer->root, kRefused, problems);
    out.push_back(std::move(*layer));
  }
  return out;
}

Layer read_over(const Node& node, const std::string& path, const std::filesystem::path& folder,
                const std::filesystem::path& shown_folder, Problems& problems) {
  static const std::vector<Refused> kRefused = {
      kName,
      kTitle,
      kIndicators,
      {"", "extends", "use the study's key `base`"},
      {"", "terrace", "`over` is part of the study, whose version is that of `study`"},
      {"", "run", "use the study's keys `seed` and `replicates`"}};
  Layer layer{node, folder, shown_folder, false, true};
  problems.below(path);
  take_out(layer.root, kRefused, problems);
  problems.below({});
  return layer;
}

void refuse_what_varies(const StudyLayer& layer, const std::vector<DraftDimension>& dimensions,
                        Problems& problems) {
  const auto refuse = [&](const Node& root, std::string_view above) {
    for (const DraftDimension& draft : dimensions) {
      for (const std::string& key : keys_set_by(draft.dimension)) {
        const Node* found = find_below(root, key);
        if (found == nullptr) continue;
        problems.add(
            found->place, join(above, key),
            '\'' + draft.dimension.name + "' varies this, so what stands here is never read",
            "remove it, or the dimension");
      }
    }
  };
  if (layer.over) refuse(layer.over->root, "over");
  for (const Layer& setting : layer.sets) refuse(setting.root, "");
}

Loaded load_below_study(const NamedFile& file, const StudyLayer& layer,
                        const Vocabulary& vocabulary, const std::filesystem::path& data_dir) {
  Loaded out;
  Problems problems;
  SpecBuilder builder(vocabulary, out, problems);
  std::vector<Layer> chain;
  const bool whole = read_chain({file.file, file.name, &file.place, file.key}, chain, problems);
  ScenarioSpec& spec = out.spec;
  spec.name = name_of_file(file.file);
  for (auto part = chain.rbegin(); part != chain.rend(); ++part) builder.apply(*part);
  // A sweep keeps years' figures only, so what a run alone would keep is not made.
  spec.output.panel_households = 0;
  if (layer.over) {
    problems.below("over");
    builder.apply(*layer.over);
    problems.below({});
  }
  if (layer.seed) spec.seed = *layer.seed;
  spec.replicates = layer.replicates;
  for (const Layer& setting : layer.sets) builder.apply(setting);
  spec.first_replicate = 0;
  spec.indicators = layer.indicators;
  if (whole) builder.finish(data_dir);
  out.errors = problems.sorted();
  return out;
}

std::string why_apart(const ScenarioSpec& first, const ScenarioSpec& second,
                      const Vocabulary& vocabulary) {
  auto all = differing_keys(resolved_yaml(first, vocabulary), resolved_yaml(second, vocabulary));
  std::erase_if(all, [&](const KeyDifference& d) {
    // A panel of nobody has no columns, and checkpoints are no results.
    if (d.key == "output.panel.columns") return first.output.panel_households == 0;
    if (d.key.starts_with("output.checkpoints")) return true;
    return !starts_with_any(d.key, {"time.", "population.", "run.", "output."});
  });
  return all.empty() ? std::string() : differences_text(all);
}

}  // namespace terrace::scenario
