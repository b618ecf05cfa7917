#include "scenario/spec_builder.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

#include "scenario/layers.hpp"
#include "scenario/ranges.hpp"
#include "scenario/series_reader.hpp"

namespace terrace::scenario {
SpecBuilder::SpecBuilder(const Vocabulary& vocabulary, Loaded& out, Problems& problems)
    : vocabulary_(vocabulary), out_(out), problems_(problems), series_(vocabulary.all_series()) {
  for (const char* key :
       {"title", "time.start", "time.programme", "time.end", "population.source",
        "population.layout", "population.provinces", "population.counties",
        "population.sample.counties", "population.sample.villages", "registry.enabled",
        "output.indicators", "output.panel.households", "output.panel.columns",
        "output.checkpoints.every", "output.checkpoints.keep", "run.seed", "run.replicates",
        "run.first_replicate"}) {
    out_.origin[key] = "default";
  }
  for (const ParameterBlock& block : vocabulary.blocks) {
    for (const ParameterInfo& info : block.parameters) {
      const std::string name = block.name + '.' + std::string(info.name);
      out_.spec.parameters[name] = info.value;
      out_.origin["parameters." + name] = "default";
    }
  }
  for (const PolicyEntry* entry : vocabulary.policies) {
    ModuleSettings settings;
    settings.from = month_of(entry->info.default_from_year, 1);
    settings.until = month_of(2100, 12);
    out_.spec.policies[std::string(entry->info.name)] = settings;
    const std::string path = "policies." + std::string(entry->info.name) + '.';
    for (const char* key : {"enabled", "from", "until", "capacity", "effect", "cost", "ramp"}) {
      out_.origin[path + key] = "default";
    }
    for (const ParameterInfo& info : entry->parameters.parameters) {
      out_.spec.parameters[path + std::string(info.name)] = info.value;
      out_.origin[path + std::string(info.name)] = "default";
    }
  }
}

void SpecBuilder::came_from(const std::string& path, const Place& place) {
  places_[path] = place;
  out_.origin[path] = place.line > 0 ? to_string(place) : "--set";
}

const Place& SpecBuilder::place_of(const std::string& path) const {
  static const Place kNowhere;
  const auto found = places_.find(path);
  return found == places_.end() ? kNowhere : found->second;
}

Field SpecBuilder::number(const std::string& name, const Range& range, double& out) {
  return {name, [this, range, &out](const Node& node, const std::string& path) {
            if (const auto value = read_number(node, path, range, problems_)) {
              out = *value;
              came_from(path, node.place);
            }
          }};
}

Field SpecBuilder::truth(const std::string& name, bool& out) {
  return {name, [this, &out](const Node& node, const std::string& path) {
            if (const auto value = read_bool(node, path, problems_)) {
              out = *value;
              came_from(path, node.place);
            }
          }};
}

Field SpecBuilder::month(const std::string& name, Month& out, int month_due) {
  return {name, [this, &out, month_due](const Node& node, const std::string& path) {
            const auto value = read_month(node, path, problems_);
            if (!value) return;
            if (month_due != 0 && month_in_year(*value) != month_due) {
              const std::string due = month_due == 1 ? "01" : "12";
              problems_.add(node.place, path,
                            std::string("must be a ") + (month_due == 1 ? "January" : "December"),
                            "write " + node.text.substr(0, 5) + due);
              return;
            }
            out = *value;
            came_from(path, node.place);
          }};
}

Field SpecBuilder::parameter(const ParameterInfo& info, const std::string& full_name) {
  double& out = out_.spec.parameters[full_name];
  if (!is_year(info)) return number(std::string(info.name), {info.low, info.high}, out);
  return {std::string(info.name), [this, info, &out](const Node& node, const std::string& path) {
            const auto year = read_number(node, path, {info.low, info.high}, problems_);
            if (!year) return;
            if (*year != std::floor(*year)) {
              problems_.add(node.place, path, "must be a whole year", {});
              return;
            }
            out = *year;
            came_from(path, node.place);
          }};
}

void SpecBuilder::apply(const Layer& layer) {
  ScenarioSpec& spec = out_.spec;
  const auto text = [&](const char* key, std::string& out) {
    return Field{key, [this, &out, &layer, key](const Node& node, const std::string& path) {
                   const auto value = read_text(node, path, problems_);
                   if (!value) return;
                   if (std::string_view(key) == "name" && !safe_name(*value)) {
                     problems_.add(node.place, path, "cannot be part of a folder's name",
                                   "use at most 80 letters, digits, '-', '_' and '.'");
                   } else if (layer.own) {
                     out = *value;
                     came_from(path, node.place);
                   }
                 }};
  };
  const auto section = [this](const char* key, auto apply_section) {
    return Field{key, [this, apply_section](const Node& node, const std::string& path) {
                   (this->*apply_section)(node, path);
                 }};
  };
  std::vector<Field> fields = {
      {"terrace",
       [this](const Node& node, const std::string& path) {
         read_integer(node, path, 1, 1, problems_);
       },
       !layer.setting},
      text("name", spec.name),
      text("title", spec.title),
      {"extends", [](const Node&, const std::string&) {}},  // was followed when the file was read
      section("time", &SpecBuilder::apply_time),
      {"population",
       [&](const Node& node, const std::string& path) { apply_population(node, path, layer); }},
      {"registry",
       [&](const Node& node, const std::string& path) {
         read_map(node, path, {truth("enabled", spec.registry)}, problems_);
       }},
      section("policies", &SpecBuilder::apply_policies),
      section("parameters", &SpecBuilder::apply_parameters),
      section("series", &SpecBuilder::apply_series),
      section("output", &SpecBuilder::apply_output),
      section("run", &SpecBuilder::apply_run)};
  read_map(layer.root, "", fields, problems_);
}

void SpecBuilder::apply_time(const Node& node, const std::string& path) {
  ScenarioSpec& spec = out_.spec;
  read_map(node, path,
           {month("start", spec.start, 1), month("programme", spec.programme, 1),
            month("end", spec.end, 12)},
           problems_);
}

void SpecBuilder::apply_population(const Node& node, const std::string& path, const Layer& layer) {
  PopulationSpec& population = out_.spec.population;
  // What names the survey goes together, whatever the order of keys: see apply_source.
  const auto read_source = [](const Node&, const std::string&) {};
  const auto layout = [&](const Node& value, const std::string& at) {
    // It is read at the end: only the last one given matters.
    if (value.is_map() || read_text(value, at, problems_)) {
      layout_ = {value, layer.folder, layer.shown_folder};
      came_from(at, value.place);
    }
  };
  const auto provinces = [&](const Node& value, const std::string& at) {
    if (value.is_scalar() ? read_word(value, at, {"all"}, problems_).has_value()
                          : expect_sequence(value, at, problems_)) {
      provinces_ = value;
      came_from(at, value.place);
    }
  };
  const auto counties = [&](const Node& value, const std::string& at) {
    if (const auto word = read_word(value, at, {"all", "designated"}, problems_)) {
      population.counties = static_cast<PopulationSpec::Counties>(*word);
      came_from(at, value.place);
    }
  };
  const auto sample = [&](const Node& value, const std::string& at) {
    read_map(value, at,
             {number("counties", kSampleShare, population.sample_counties),
              number("villages", kSampleShare, population.sample_villages)},
             problems_);
  };
  read_map(node, path,
           {{"source", read_source},
            {"persons", read_source},
            {"digest", read_source},
            {"layout", layout},
            {"provinces", provinces},
            {"counties", counties},
            {"sample", sample}},
           problems_);
  if (node.is_map()) apply_source(node, path, layer);
}

void SpecBuilder::apply_source(const Node& node, const std::string& path, const Layer& layer) {
  const auto take = [&](const char* key, Node& out) {
    const Node* value = node.find(key);
    const std::string at = path + '.' + key;
    if (value == nullptr || !read_text(*value, at, problems_, true)) return false;
    out = *value;
    came_from(at, value->place);
    return true;
  };
  FileSource next{{}, layer.folder, layer.shown_folder};
  if (take("source", next.node)) {
    survey_ = next;
    persons_.node = {};
    digest_ = {};
  }
  next.node = {};
  if (take("persons", next.node)) persons_ = next;
  take("digest", digest_);
}

void SpecBuilder::apply_policies(const Node& node, const std::string& path) {
  std::vector<Field> fields;
  for (const PolicyEntry* entry : vocabulary_.policies) {
    fields.push_back(
        {std::string(entry->info.name), [this, entry](const Node& value, const std::string& at) {
           apply_policy(*entry, value, at);
         }});
  }
  read_map(node, path, fields, problems_, "policy");
}

void SpecBuilder::apply_policy(const PolicyEntry& entry, const Node& node,
                               const std::string& path) {
  ModuleSettings& settings = out_.spec.policies[std::string(entry.info.name)];
  std::vector<Field> fields = {truth("enabled", settings.enabled), month("from", settings.from),
                               month("until", settings.until)};
  for (const Multiplier& m : multipliers(entry.info)) {
    fields.push_back(number(m.name, m.range, settings.*m.member));
  }
  for (const ParameterInfo& info : entry.parameters.parameters) {
    fields.push_back(parameter(info, path + '.' + std::string(info.name)));
  }
  read_map(node, path, fields, problems_);
}

void SpecBuilder::apply_parameters(const Node& node, const std::string& path) {
  std::vector<Field> blocks;
  for (const ParameterBlock& block : vocabulary_.blocks) {
    blocks.push_back({block.name, [this, &block](const Node& value, const std::string& at) {
                        std::vector<Field> fields;
                        for (const ParameterInfo& info : block.parameters) {
                          fields.push_back(
                              parameter(info, block.name + '.' + std::string(info.name)));
                        }
                        read_map(value, at, fields, problems_, "parameter");
                      }});
  }
  read_map(node, path, blocks, problems_, "block of parameters");
}

void SpecBuilder::apply_series(const Node& node, const std::string& path) {
  std::vector<Field> fields;
  for (const SeriesInfo& info : series_) {
    fields.push_back(
        {std::string(info.name), [this, &info](const Node& value, const std::string& at) {
           came_from(at, value.place);  // wrong or not, it was given
           auto series = read_series(value, at, info.name, series_, problems_);
           if (!series) return;
           out_.spec.series.insert_or_assign(std::string(info.name), std::move(*series));
         }});
  }
  read_map(node, path, fields, problems_, "series");
}

void SpecBuilder::apply_output(const Node& node, const std::string& path) {
  read_map(node, path,
           {{"indicators",
             [this](const Node& value, const std::string& at) {
               names_or_default(value, at, vocabulary_.indicators, "indicator",
                                out_.spec.indicators);
             }},
            {"panel", [this](const Node& value, const std::string& at) { apply_panel(value, at); }},
            {"checkpoints",
             [this](const Node& value, const std::string& at) { apply_checkpoints(value, at); }}},
           problems_);
}

void SpecBuilder::names_or_default(const Node& value, const std::string& at,
                                   const std::vector<std::string>& known, std::string_view what,
                                   std::vector<std::string>& out) {
  std::optional<std::vector<std::string>> names;
  if (value.is_scalar()) {
    if (read_word(value, at, {"default"}, problems_)) names.emplace();
  } else {
    names = read_names(value, at, known, what, problems_);
  }
  if (!names) return;
  out = std::move(*names);
  came_from(at, value.place);
}

void SpecBuilder::apply_panel(const Node& node, const std::string& path) {
  const auto households = [this](const Node& value, const std::string& at) {
    if (const auto number = read_integer(value, at, 0, kMostPanelHouseholds, problems_)) {
      out_.spec.output.panel_households = static_cast<std::uint32_t>(*number);
      came_from(at, value.place);
    }
  };
  const auto columns = [this](const Node& value, const std::string& at) {
    names_or_default(value, at, vocabulary_.panel_columns, "column of the panel",
                     out_.spec.output.panel_columns);
  };
  read_map(node, path, {{"households", households}, {"columns", columns}}, problems_);
}

void SpecBuilder::apply_checkpoints(const Node& node, const std::string& path) {
  const auto every = [this](const Node& value, const std::string& at) {
    if (const auto years = read_integer(value, at, 0, kMostYears, problems_)) {
      out_.spec.output.checkpoint_every = static_cast<std::uint32_t>(*years);
      came_from(at, value.place);
    }
  };
  const auto keep = [this](const Node& value, const std::string& at) {
    if (!expect_sequence(value, at, problems_)) return;
    std::vector<int> years;
    for (std::size_t i = 0; i < value.items.size(); ++i) {
      const Node& item = value.items[i];
      const std::string item_at = at + '[' + std::to_string(i) + ']';
      const auto read = read_integer(item, item_at, kFirstYear, kLastYear, problems_);
      if (!read) continue;
      const int year = static_cast<int>(*read);
      if (std::find(years.begin(), years.end(), year) != years.end()) {
        problems_.add(item.place, item_at, "the year stands in the list already");
        continue;
      }
      years.push_back(year);
      places_[kept_path(year)] = item.place;  // whether it lies in the run is known at the end
    }
    std::sort(years.begin(), years.end());
    out_.spec.output.checkpoint_keep = std::move(years);
    came_from(at, value.place);
  };
  read_map(node, path, {{"every", every}, {"keep", keep}}, problems_);
}

void SpecBuilder::apply_run(const Node& node, const std::string& path) {
  const auto seed = [this](const Node& value, const std::string& at) {
    if (const auto number = read_u64(value, at, problems_)) {
      out_.spec.seed = *number;
      came_from(at, value.place);
    }
  };
  const auto replicates = [this](const Node& value, const std::string& at) {
    if (const auto number = read_integer(value, at, 1, kMostReplicates, problems_)) {
      out_.spec.replicates = static_cast<std::uint32_t>(*number);
      came_from(at, value.place);
    }
  };
  const auto first = [this](const Node& value, const std::string& at) {
    if (const auto number = read_integer(value, at, 0, kLastFirstReplicate, problems_)) {
      out_.spec.first_replicate = static_cast<std::uint32_t>(*number);
      came_from(at, value.place);
    }
  };
  read_map(node, path, {{"seed", seed}, {"replicates", replicates}, {"first_replicate", first}},
           problems_);
}

}  // namespace terrace::scenario
