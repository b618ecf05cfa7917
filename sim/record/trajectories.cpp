#include "record/trajectories.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "record/netcdf_writer.hpp"

namespace terrace::record {
namespace {

/// Days from 1 January 2008 to the first day of a month.
std::int32_t days(Month month) {
  using namespace std::chrono;
  const auto first = year{year_of(month)} / static_cast<int>(month_in_year(month)) / 1;
  constexpr sys_days origin = year{2008} / 1 / 1;
  return static_cast<std::int32_t>((sys_days{first} - origin).count());
}

/// A file depends on nothing that the digest of results does not see: one NaN, one zero.
double canonical(double value) {
  return std::isnan(value) ? std::numeric_limits<double>::quiet_NaN() : value + 0.0;
}

/// One value of each region.
template <typename Value, typename Get>
std::vector<Value> column(const GroupInfo& group, Get get) {
  std::vector<Value> values;
  for (const RegionInfo& region : group.regions) values.push_back(static_cast<Value>(get(region)));
  return values;
}

void put_root(hid_t root, const Provenance& provenance) {
  put_text(root, "Conventions", "CF-1.8");
  put_text(root, "title", provenance.scenario_title);
  put_number(root, "terrace_format", 1);
  put_text(root, "scenario", provenance.scenario_name);
  put_text(root, "resolved_scenario", provenance.resolved_yaml);
  put_text(root, "results_digest", provenance.results_digest);
  for (const auto& [group, digest] : provenance.group_digests) {
    put_text(root, ("digest_" + group).c_str(), digest);
  }
  put_text(root, "seed", std::to_string(provenance.seed));  // text: R keeps 53 bits of a number
  put_text(root, "terrace_version", provenance.version);
  put_text(root, "commit", provenance.commit);
  // Not the command as typed, whose options (threads, folder) do not matter for the results.
  put_text(root, "replay", "terrace run scenario.resolved.yaml");
}

void add_time(NetcdfGroup& group, const MemoryRecorder& results, std::size_t number) {
  const RunInfo& info = results.info();
  const bool yearly = info.groups[number].yearly;
  const Month step = yearly ? 12 : 1;
  const Month start = yearly ? month_of(year_of(info.start), 1) : info.start;
  std::vector<std::int32_t> first_days;
  std::vector<std::int32_t> years;
  std::vector<std::int8_t> burn_in;
  for (std::size_t row = 0; row < results.rows(number); ++row) {
    const Month month = start + step * static_cast<Month>(row);
    first_days.push_back(days(month));
    years.push_back(year_of(month));
    burn_in.push_back(month < info.programme ? 1 : 0);
  }
  const hid_t time = group.add_dimension("time", first_days);
  put_text(time, "standard_name", "time");
  put_text(time, "long_name",
           yearly ? "first day of the year; stocks are those of its last day"
                  : "first day of the month");
  put_text(time, "units", "days since 2008-01-01");
  put_text(time, "calendar", "proleptic_gregorian");
  put_text(time, "axis", "T");
  if (yearly) put_text(group.add("year", "time", years), "long_name", "calendar year");
  const Hdf5Id flag = group.add("burn_in", "time", burn_in);
  put_text(flag, "long_name",
           yearly ? "whether the year begins before the programme"
                  : "whether the month lies before the programme");
  put_flags(flag, "programme burn_in");
}

/// Numbers of regions of one level are theirs; in a list of all levels regions are counted through.
void add_regions(NetcdfGroup& group, const GroupInfo& info) {
  const auto ids = column<std::int32_t>(info, [](const RegionInfo& r) { return r.id; });
  const std::string what = info.yearly ? "region" : info.name;
  if (info.yearly) {
    std::vector<std::int32_t> places(info.regions.size());
    std::iota(places.begin(), places.end(), 0);
    put_text(group.add_dimension("region", places), "long_name", "place in the list of regions");
    const Hdf5Id level =
        group.add("region_level", "region",
                  column<std::int8_t>(info, [](const RegionInfo& r) { return r.level; }));
    put_text(level, "long_name", "what the region is");
    put_flags(level, "national province county");
    put_text(group.add("region_id", "region", ids), "long_name",
             "0 for the nation, number of the province or county");
  } else {
    put_text(group.add_dimension("region", ids), "long_name", "number of the " + what);
  }
  const Hdf5Id name =
      group.add("region_name", "region",
                column<std::string>(info, [](const RegionInfo& r) { return r.name; }));
  put_text(name, "long_name", "name of the " + what);
  const Hdf5Id part =
      group.add("region_part", "region",
                column<std::int8_t>(info, [](const RegionInfo& r) { return r.part; }));
  put_text(part, "long_name", "part of the country");
  put_flags(part, "east central west");
}

/// What only regions within a province have.
void add_county_traits(NetcdfGroup& group, const GroupInfo& info) {
  const Hdf5Id province =
      group.add("province_name", "region",
                column<std::string>(info, [](const RegionInfo& r) { return r.province; }));
  put_text(province, "long_name", "name of the province");
  const Hdf5Id designated =
      group.add("designated", "region",
                column<std::int8_t>(info, [](const RegionInfo& r) { return r.designated; }));
  put_text(designated, "long_name", "whether it is designated as a poor county");
  put_flags(designated, "other designated");
  const Hdf5Id weight = group.add(
      "weight", "region", column<double>(info, [](const RegionInfo& r) { return r.weight; }));
  put_text(weight, "long_name", "inverse chance of being in the sample");
  put_text(weight, "units", "1");
  const Hdf5Id fraction = group.add(
      "fraction", "region", column<double>(info, [](const RegionInfo& r) { return r.fraction; }));
  put_text(fraction, "long_name", "share of its households that is simulated");
  put_text(fraction, "units", "1");
}

void add_indicators(NetcdfGroup& group, const MemoryRecorder& results, std::size_t number,
                    const std::vector<std::string>& dimensions, const std::string& coordinates) {
  const RunInfo& info = results.info();
  const std::span<const double> all = results.values(number);
  const std::vector<IndicatorInfo>& indicators = info.indicators_of(number);
  const std::size_t stride = indicators.size();
  const std::size_t step = results.rows(number) * info.groups[number].regions.size();
  std::vector<double> values(step);
  for (std::size_t i = 0; i < stride; ++i) {
    const IndicatorInfo& indicator = indicators[i];
    const Hdf5Id field = group.add_field(indicator.name, dimensions);
    put_text(field, "long_name", indicator.meaning);
    put_text(field, "units", indicator.unit);
    put_text(field, "cell_methods", indicator.flow ? "time: sum" : "time: point");
    put_text(field, "coordinates", coordinates);
    for (std::size_t replicate = 0; replicate < info.replicates; ++replicate) {
      for (std::size_t k = 0; k < step; ++k) {
        values[k] = canonical(all[(replicate * step + k) * stride + i]);
      }
      group.write_step(field, replicate, values);
    }
  }
}

void add_group(hid_t root, const MemoryRecorder& results, std::size_t number) {
  const RunInfo& info = results.info();
  const GroupInfo& regions = info.groups[number];
  const bool nation = regions.name == "national";
  if (regions.regions.empty() || (nation && regions.regions.size() != 1)) {
    throw std::logic_error("group " + regions.name + " has a wrong number of regions");
  }
  NetcdfGroup group(root, regions.name);
  std::vector<std::int32_t> replicates(info.replicates);
  std::iota(replicates.begin(), replicates.end(), 0);
  put_text(group.add_dimension("replicate", replicates), "long_name", "number of the replicate");
  add_time(group, results, number);
  std::vector<std::string> dimensions{"replicate", "time"};
  std::string coordinates = "burn_in";  // what xarray shows beside the values
  if (regions.yearly) coordinates += " year region_level region_id";
  if (!nation) {
    add_regions(group, regions);
    dimensions.emplace_back("region");
    coordinates += " region_name region_part";
    if (regions.name != "province") {
      add_county_traits(group, regions);
      coordinates += " province_name designated";
    }
  }
  add_indicators(group, results, number, dimensions, coordinates);
}

}  // namespace

std::vector<std::byte> trajectories_image(const MemoryRecorder& results,
                                          const Provenance& provenance, const std::string& path) {
  const Hdf5Silence silence;
  try {
    const NetcdfImage image;
    put_root(image.root(), provenance);
    for (std::size_t group = 0; group < results.info().groups.size(); ++group) {
      add_group(image.root(), results, group);
    }
    return image.bytes();
  } catch (const Hdf5Error& error) {
    throw IoError("cannot make " + path + ": " + error.what());
  }
}

}  // namespace terrace::record
