#include "engine/results.hpp"

#include <algorithm>
#include <set>

namespace terrace::engine {

namespace {

bool wanted(const ScenarioSpec& s, const std::string& name) {
  return s.indicators.empty() ||
         std::find(s.indicators.begin(), s.indicators.end(), name) != s.indicators.end();
}

}  // namespace

RunInfo describe_run(const ScenarioSpec& scenario, std::span<const County> counties,
                     const std::vector<std::string>& modules) {
  RunInfo info;
  info.start = scenario.start;
  info.programme = scenario.programme;
  info.end = scenario.end;
  info.replicates = scenario.replicates;
  for (IndicatorInfo& i : indicators(modules)) {
    if (wanted(scenario, i.name)) info.indicators.push_back(std::move(i));
  }
  const auto& provinces = scenario.population.layout.provinces;
  GroupInfo national{"national",
                     {{0, scenario.population.layout.name, "", Region::east, false, 1.0, 1.0}}};
  GroupInfo province{"province", {}};
  GroupInfo county{"county", {}};
  std::set<std::uint16_t> seen;
  for (const County& c : counties) {
    const ProvinceLayout& p = provinces[c.province];
    if (seen.insert(c.province).second)
      province.regions.push_back({c.province + 1U, p.name, p.name, p.region, false, 1.0, 1.0});
    county.regions.push_back(
        {c.number, c.name, p.name, p.region, c.designated, c.weight, c.fraction});
  }
  info.groups = {national, province, county};
  return info;
}

void record_year(const RunInfo& info, std::uint32_t replicate, int year,
                 std::span<const County> counties, std::span<const CountyReport> reports,
                 Recorder& recorder) {
  std::vector<std::vector<double>> values(info.groups.size());
  for (std::size_t month = 0; month < 12; ++month) {
    RegionSums nation;
    std::vector<RegionSums> provinces(info.groups[1].regions.size());
    for (std::size_t c = 0; c < counties.size(); ++c) {
      const double inside = 1.0 / counties[c].fraction;
      const double scale = counties[c].weight * inside;
      nation.add(reports[c], month, scale);
      for (std::size_t p = 0; p < provinces.size(); ++p) {
        if (info.groups[1].regions[p].id == counties[c].province + 1U)
          provinces[p].add(reports[c], month, scale);
      }
      RegionSums own;
      own.add(reports[c], month, inside);
      for (const IndicatorInfo& i : info.indicators) values[2].push_back(value_of(i, own));
    }
    for (const IndicatorInfo& i : info.indicators) values[0].push_back(value_of(i, nation));
    for (const RegionSums& p : provinces) {
      for (const IndicatorInfo& i : info.indicators) values[1].push_back(value_of(i, p));
    }
  }
  for (std::size_t g = 0; g < values.size(); ++g)
    recorder.record(replicate, month_of(year, 1), 12, g, values[g]);
}

void DigestRecorder::begin(const RunInfo& info) {
  names_.clear();
  groups_.assign(info.groups.size(), Digest{});
  for (std::size_t g = 0; g < info.groups.size(); ++g) {
    names_.push_back(info.groups[g].name);
    groups_[g].add(std::string_view(info.groups[g].name));
    for (const IndicatorInfo& i : info.indicators) groups_[g].add(std::string_view(i.name));
    for (const RegionInfo& r : info.groups[g].regions) groups_[g].add(std::uint64_t{r.id});
  }
  next_.begin(info);
}

void DigestRecorder::record(std::uint32_t replicate, Month first, std::size_t months,
                            std::size_t group, std::span<const double> values) {
  Digest& d = groups_[group];
  d.add(std::uint64_t{replicate});
  d.add(static_cast<std::uint64_t>(static_cast<std::int64_t>(first)));
  d.add(static_cast<std::uint64_t>(months));
  for (const double v : values) d.add(v);
  next_.record(replicate, first, months, group, values);
}

void DigestRecorder::end() { next_.end(); }

std::vector<std::pair<std::string, std::string>> DigestRecorder::group_digests() const {
  std::vector<std::pair<std::string, std::string>> out;
  for (std::size_t g = 0; g < groups_.size(); ++g) out.emplace_back(names_[g], groups_[g].hex());
  return out;
}

std::string DigestRecorder::digest() const {
  Digest all;
  for (const auto& [name, hex] : group_digests()) {
    all.add(std::string_view(name));
    all.add(std::string_view(hex));
  }
  return all.hex();
}

}  // namespace terrace::engine
