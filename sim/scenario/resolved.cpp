// The whole of a scenario as text that reads back to the same spec.
#include <algorithm>
#include <string>

#include "scenario/load.hpp"
#include "scenario/values.hpp"

namespace terrace::scenario {
namespace {

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string truth(bool value) { return value ? "true" : "false"; }

std::string month_text(Month month) {
  const int number = month_in_year(month);
  return std::to_string(year_of(month)) + (number < 10 ? "-0" : "-") + std::to_string(number);
}

// `[a, b, c]`, each element as `text` makes it.
template <class List, class F>
std::string flow_list(const List& list, F text) {
  std::string out = "[";
  for (const auto& element : list) {
    if (out.size() > 1) out += ", ";
    out += text(element);
  }
  return out + ']';
}

std::string age_text(int low, int high) {
  return "[" + std::to_string(low) + ", " + std::to_string(high) + "]";
}

class Writer {
 public:
  explicit Writer(const std::map<std::string, std::string>* origin) : origin_(origin) {}

  void open(std::string_view key) {
    line(std::string(key) + ":");
    path_.push_back(std::string(key));
  }
  void close() { path_.pop_back(); }

  /// A value, with the comment on where its key came from.
  void value(std::string_view key, const std::string& text) {
    std::string out = std::string(key) + ": " + text;
    if (const std::string from = origin_of(key); !from.empty()) out += "  # " + from;
    line(out);
  }
  void number(std::string_view key, double x) { value(key, shortest(x)); }

  void item(const std::string& text) { line("- " + text); }
  void comment_origin(std::string_view key) {
    if (const std::string from = origin_of(key); !from.empty()) line("# " + from);
  }

  std::string take() { return std::move(text_); }

 private:
  void line(const std::string& text) {
    text_.append(2 * path_.size(), ' ');
    text_ += text + '\n';
  }

  std::string origin_of(std::string_view key) const {
    if (origin_ == nullptr) return {};
    std::string full;
    for (const std::string& part : path_) full += part + '.';
    const auto found = origin_->find(full + std::string(key));
    if (found == origin_->end()) return {};
    std::string safe = found->second;  // a file's name may hold anything
    std::replace_if(
        safe.begin(), safe.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, '?');
    return safe;
  }

  const std::map<std::string, std::string>* origin_;
  std::string text_;
  std::vector<std::string> path_;
};

void write_provinces(const Layout& layout, Writer& out) {
  static constexpr const char* kRegions[] = {"east", "central", "west"};
  out.open("provinces");
  out.open("rows");
  for (const ProvinceLayout& p : layout.provinces) {
    out.item("{name: " + in_quotes(p.name) +
             ", region: " + kRegions[static_cast<std::size_t>(p.region)] + ", poor_2013: " +
             shortest(p.poor_2013) + ", incidence_2013: " + shortest(p.incidence_2013) +
             ", designated: " + std::to_string(p.designated) +
             ", other: " + std::to_string(p.other) + ", signatory: " + truth(p.signatory) + "}");
  }
  out.close();
  out.close();
}

void write_kinds(const Layout& layout, Writer& out) {
  out.open("kinds");
  out.open("rows");
  for (const HouseholdKind& kind : layout.kinds) {
    const auto member = [](const HouseholdKind::Member& m) {
      return "{relation: " + m.relation + ", age: " + age_text(m.age_low, m.age_high) +
             ", female: " + shortest(m.female) + "}";
    };
    out.item("{name: " + in_quotes(kind.name) + ", prior: " + shortest(kind.prior) +
             ", members: " + flow_list(kind.members, member) + "}");
  }
  out.close();
  out.close();
}

void write_layout(const Layout& layout, Writer& out) {
  out.comment_origin("layout");
  out.open("layout");
  out.value("name", in_quotes(layout.name));
  out.value("national_poor_2013", "{value: " + shortest(layout.national_poor_2013) + "}");
  out.value("national_households", "{value: " + shortest(layout.national_households) + "}");
  write_provinces(layout, out);
  write_kinds(layout, out);
  out.open("ages");
  out.open("rows");
  for (const AgeMargin& m : layout.ages) {
    out.item("{age: " + age_text(m.age_low, m.age_high) + ", share: " + shortest(m.share) + "}");
  }
  out.close();
  out.close();
  out.open("household_sizes");
  out.value("values", flow_list(layout.household_sizes, shortest));
  out.close();
  if (!layout.initial.empty()) {
    static constexpr const char* kScopes[] = {"all", "designated", "ratio"};
    out.open("initial");
    out.open("rows");
    for (const InitialTarget& t : layout.initial) {
      out.item("{indicator: " + t.indicator + ", scope: " +
               kScopes[static_cast<std::size_t>(t.scope)] + ", value: " + shortest(t.value) + "}");
    }
    out.close();
    out.close();
  }
  out.open("copula");
  out.value("traits", "[permanent_income, assets, wealth, land, schooling]");
  out.open("rows");
  for (const auto& row : layout.correlation) out.item(flow_list(row, shortest));
  out.close();
  out.close();
  out.close();
}

void write_population(const PopulationSpec& population, Writer& out) {
  out.open("population");
  if (const SurveySample* survey = population.survey.get(); survey == nullptr) {
    out.value("source", "synthetic");
  } else {
    out.value("source", in_quotes(survey->households_file));
    if (!survey->persons_file.empty()) out.value("persons", in_quotes(survey->persons_file));
    out.value("digest", in_quotes(survey->digest));
  }
  out.value("provinces",
            population.provinces.empty() ? "all" : flow_list(population.provinces, in_quotes));
  out.value("counties",
            population.counties == PopulationSpec::Counties::all ? "all" : "designated");
  out.open("sample");
  out.number("counties", population.sample_counties);
  out.number("villages", population.sample_villages);
  out.close();
  write_layout(population.layout, out);
  out.close();
}

void write_policies(const ScenarioSpec& spec, const Vocabulary& vocabulary, Writer& out) {
  if (vocabulary.policies.empty()) return;
  out.open("policies");
  for (const PolicyEntry* entry : vocabulary.policies) {
    const std::string name(entry->info.name);
    const ModuleSettings& settings = spec.policies.at(name);
    out.open(name);
    out.value("enabled", truth(settings.enabled));
    out.value("from", month_text(settings.from));
    out.value("until", month_text(settings.until));
    out.number("capacity", settings.capacity);
    out.number("effect", settings.effect);
    out.number("cost", settings.cost);
    out.number("ramp", settings.ramp);
    for (const ParameterInfo& info : entry->parameters.parameters) {
      const std::string full = "policies." + name + '.' + std::string(info.name);
      out.number(info.name, spec.parameters.at(full));
    }
    out.close();
  }
  out.close();
}

void write_parameters(const ScenarioSpec& spec, const Vocabulary& vocabulary, Writer& out) {
  const auto is_empty = [](const ParameterBlock& block) { return block.parameters.empty(); };
  if (std::all_of(vocabulary.blocks.begin(), vocabulary.blocks.end(), is_empty)) return;
  out.open("parameters");
  for (const ParameterBlock& block : vocabulary.blocks) {
    if (is_empty(block)) continue;
    out.open(block.name);
    for (const ParameterInfo& info : block.parameters) {
      out.number(info.name, spec.parameters.at(block.name + '.' + std::string(info.name)));
    }
    out.close();
  }
  out.close();
}

void write_series(const SeriesSet& all, Writer& out) {
  if (all.empty()) return;
  out.open("series");
  for (const auto& [name, series] : all) {
    out.comment_origin(name);
    out.open(name);
    out.value("unit", in_quotes(series.unit));
    out.value("prices", in_quotes(series.prices));
    out.value("source", in_quotes(series.source));
    std::string values;
    for (const auto& [year, value] : series.values) {
      values += (values.empty() ? "" : ", ") + std::to_string(year) + ": " + shortest(value);
    }
    out.value("values", "{" + values + "}");
    out.close();
  }
  out.close();
}

void write_output(const OutputSpec& output, Writer& out) {
  out.open("panel");
  out.value("households", std::to_string(output.panel_households));
  out.value("columns",
            output.panel_columns.empty() ? "default" : flow_list(output.panel_columns, in_quotes));
  out.close();
  out.open("checkpoints");
  out.value("every", std::to_string(output.checkpoint_every));
  out.value("keep",
            flow_list(output.checkpoint_keep, [](int year) { return std::to_string(year); }));
  out.close();
}

}  // namespace

std::string resolved_yaml(const ScenarioSpec& spec, const Vocabulary& vocabulary,
                          const std::map<std::string, std::string>* origin) {
  Writer out(origin);
  out.value("terrace", "1");
  out.value("name", in_quotes(spec.name));
  if (!spec.title.empty()) out.value("title", in_quotes(spec.title));
  out.open("time");
  out.value("start", month_text(spec.start));
  out.value("programme", month_text(spec.programme));
  out.value("end", month_text(spec.end));
  out.close();
  write_population(spec.population, out);
  out.open("registry");
  out.value("enabled", truth(spec.registry));
  out.close();
  write_policies(spec, vocabulary, out);
  write_parameters(spec, vocabulary, out);
  write_series(spec.series, out);
  out.open("output");
  out.value("indicators",
            spec.indicators.empty() ? "default" : flow_list(spec.indicators, in_quotes));
  write_output(spec.output, out);
  out.close();
  out.open("run");
  out.value("seed", std::to_string(spec.seed));
  out.value("replicates", std::to_string(spec.replicates));
  out.value("first_replicate", std::to_string(spec.first_replicate));
  out.close();
  return out.take();
}

}  // namespace terrace::scenario
