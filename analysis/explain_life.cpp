#include "analysis/explain_life.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <terrace/events.hpp>

#include "analysis/settings.hpp"

namespace terrace::explain {
namespace {

constexpr unsigned kGroupBits = 3;
constexpr std::array<unsigned, 4> kGroupShifts{9, 6, 3, 0};  // the first to be used comes first
constexpr std::uint64_t kGroup = (1U << kGroupBits) - 1U;

/// The group of bits that the last division wrote; nothing for a founder's household.
std::optional<unsigned> last_group(std::uint64_t household) {
  std::optional<unsigned> last;
  for (const unsigned shift : kGroupShifts) {
    if ((household >> shift & kGroup) != 0) last = shift;
  }
  return last;
}

template <typename Number>
std::optional<Number> read_number(std::string_view text) {
  Number number{};
  const char* begin = text.data();
  const char* end = begin + text.size();
  const auto [stop, error] = std::from_chars(begin, end, number);
  if (error != std::errc{} || stop != end || text.empty()) return std::nullopt;
  return number;
}

analysis::Settings settings_of(const RunReader& run) {
  return analysis::settings_of(run.attribute("resolved_scenario"));
}

/// Whether a setting beside the population's decides who lives where when the run begins.
bool makes_people(const std::string& key) {
  return key == "run.seed" || key == "time.start" ||
         analysis::in_section(key, "parameters.population");
}

bool same_counties(const std::vector<RegionInfo>& one, const std::vector<RegionInfo>& other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                    [](const RegionInfo& a, const RegionInfo& b) {
                      return a.id == b.id && a.weight == b.weight && a.fraction == b.fraction;
                    });
}

std::vector<RegionInfo> counties_of(const RunReader& run) {
  const std::vector<std::string> groups = run.groups();
  if (std::find(groups.begin(), groups.end(), "county") == groups.end()) return {};
  return run.group("county").regions;
}

/// When the parents' diary says that this household was founded.
std::optional<Month> month_of_split(const PanelBook& book, std::uint64_t household,
                                    std::uint64_t parents, std::uint32_t replicate) {
  unsigned divisions = 0;
  for (std::size_t i = 0; i < book.diary.events.size(); ++i) {
    const Event& event = book.diary.events[i];
    if (book.diary.replicates[i] != replicate || event.household != parents) continue;
    if (event.kind != EventKind::divided) continue;
    if (++divisions == division_of(household)) return event.month;
  }
  return std::nullopt;
}

}  // namespace

const PanelColumn* Life::column(std::string_view name) const {
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [&](const PanelColumn& c) { return c.name == name; });
  return found == columns.end() ? nullptr : &*found;
}

std::optional<double> Life::value(std::string_view name, std::size_t month) const {
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (columns[c].name != name) continue;
    const float v = values[c][month];
    if (std::isnan(v)) return std::nullopt;
    return static_cast<double>(v);
  }
  return std::nullopt;
}

std::optional<Life::Span> Life::record() const {
  std::optional<Span> span;
  for (std::size_t m = 0; m < months.size(); ++m) {
    const bool there = std::any_of(values.begin(), values.end(),
                                   [&](const auto& column) { return !std::isnan(column[m]); });
    if (!there) continue;
    if (!span) span = Span{m, m};
    span->last = m;
  }
  return span;
}

std::optional<std::size_t> PanelBook::place_of(std::uint64_t household) const {
  const auto found = std::lower_bound(panel.households.begin(), panel.households.end(), household);
  if (found == panel.households.end() || *found != household) return std::nullopt;
  return static_cast<std::size_t>(found - panel.households.begin());
}

std::optional<std::size_t> PanelBook::place_of_replicate(std::uint32_t replicate) const {
  const auto found = std::find(panel.replicates.begin(), panel.replicates.end(), replicate);
  if (found == panel.replicates.end()) return std::nullopt;
  return static_cast<std::size_t>(found - panel.replicates.begin());
}

PanelBook open_panel(const RunReader& run) {
  PanelBook book;
  book.scenario = run.attribute("scenario");
  book.panel = run.panel();
  book.diary = run.events();
  book.counties = counties_of(run);
  const Series line = analysis::series_of(settings_of(run), "poverty_line");
  if (!line.values.empty()) book.lines = lines_in_force(line, book.panel);
  return book;
}

std::map<int, double> lines_in_force(const Series& line, const StoredPanel& panel) {
  std::map<int, double> lines;
  int last_of_burn_in = 0;
  for (std::size_t m = 0; m < panel.months.size(); ++m) {
    if (panel.burn_in[m]) last_of_burn_in = std::max(last_of_burn_in, year_of(panel.months[m]));
  }
  for (std::size_t m = 0; m < panel.months.size(); ++m) {
    const int year = year_of(panel.months[m]);
    lines[year] = line.at(panel.burn_in[m] ? last_of_burn_in : year);
  }
  return lines;
}

Life read_life(const RunReader& run, const PanelBook& book, std::uint64_t household,
               std::uint32_t replicate) {
  Life life;
  life.scenario = book.scenario;
  life.replicate = replicate;
  life.household = household;
  const std::size_t place = book.place_of(household).value();
  const std::size_t row = book.place_of_replicate(replicate).value();
  life.weight = book.panel.weights[place];
  for (const RegionInfo& county : book.counties) {
    if (county.id != county_of(household)) continue;
    life.county = county.name;
    life.province = county.province;
    life.designated = county.designated;
  }
  life.months = book.panel.months;
  life.burn_in = book.panel.burn_in;
  life.columns = book.panel.columns;
  for (const PanelColumn& column : life.columns) {
    const StoredPanelColumn stored = run.panel_column(column.name);
    std::vector<float>& values = life.values.emplace_back();
    for (std::size_t m = 0; m < stored.months; ++m) values.push_back(stored.at(row, m, place));
  }
  for (std::size_t i = 0; i < book.diary.events.size(); ++i) {
    if (book.diary.replicates[i] == replicate && book.diary.events[i].household == household) {
      life.events.push_back(book.diary.events[i]);
    }
  }
  life.modules = book.diary.modules;
  life.titles = book.titles;
  life.lines = book.lines;
  life.parents = parents_of(household);
  if (life.parents) life.split = month_of_split(book, household, *life.parents, replicate);
  return life;
}

std::vector<std::string> different_people(const RunReader& one, const RunReader& other) {
  const analysis::Settings first = settings_of(one);
  const analysis::Settings second = settings_of(other);
  std::vector<std::string> reasons;
  const auto add = [&](const analysis::SettingDifference& d) {
    const auto shown = [](const std::string& value) { return value.empty() ? "none" : value; };
    reasons.push_back(d.key + ": " + shown(d.base) + " and " + shown(d.alt));
  };
  for (const analysis::SettingDifference& d : analysis::setting_differences(first, second)) {
    if (makes_people(d.key)) add(d);
  }
  for (const analysis::SettingDifference& d : analysis::population_differences(first, second)) {
    add(d);
  }
  if (!same_counties(counties_of(one), counties_of(other))) {
    reasons.emplace_back("the counties, or how they were sampled, differ");
  }
  return reasons;
}

std::string shown_id(std::uint64_t household) {
  return std::to_string(county_of(household)) + ':' + std::to_string(id_in_county(household));
}

std::optional<std::uint64_t> read_id(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return read_number<std::uint64_t>(text);
  const auto county = read_number<std::uint16_t>(text.substr(0, colon));
  const auto id = read_number<std::uint32_t>(text.substr(colon + 1));
  if (!county || !id) return std::nullopt;
  return household_key(*county, *id);
}

std::optional<std::uint64_t> parents_of(std::uint64_t household) {
  const std::optional<unsigned> group = last_group(household);
  if (!group) return std::nullopt;
  return household & ~(kGroup << *group);
}

std::uint64_t founder_of_line(std::uint64_t household) {
  for (const unsigned shift : kGroupShifts) household &= ~(kGroup << shift);
  return household;
}

unsigned division_of(std::uint64_t household) {
  const std::optional<unsigned> group = last_group(household);
  return group ? static_cast<unsigned>(household >> *group & kGroup) : 0U;
}

}  // namespace terrace::explain
