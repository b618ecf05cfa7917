#include "record/group_file.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

namespace terrace::record {
namespace {

/// One value of each region.
template <typename Value, typename Get>
std::vector<Value> column(const GroupInfo& group, Get get) {
  std::vector<Value> values;
  for (const RegionInfo& region : group.regions) values.push_back(static_cast<Value>(get(region)));
  return values;
}

/// Numbers of regions of one level are theirs; in a list of all levels regions are counted through.
void add_regions(NetcdfGroup& group, const GroupInfo& info) {
  const auto ids = column<std::int32_t>(info, [](const RegionInfo& r) { return r.id; });
  const std::string what = info.yearly ? "region" : info.name;
  if (info.yearly) {
    std::vector<std::int32_t> places(info.regions.size());
    std::iota(places.begin(), places.end(), 0);
    put_text(group.add_dimension<std::int32_t>("region", places), "long_name",
             "place in the list of regions");
    const Hdf5Id level =
        group.add("region_level", "region",
                  column<std::int8_t>(info, [](const RegionInfo& r) { return r.level; }));
    put_text(level, "long_name", "what the region is");
    put_flags(level, "national province county");
    put_text(group.add("region_id", "region", ids), "long_name",
             "0 for the nation, number of the province or county");
  } else {
    put_text(group.add_dimension<std::int32_t>("region", ids), "long_name",
             "number of the " + what);
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

/// As in a list of regions of all levels, their places are counted through.
void add_modules(NetcdfGroup& group, const GroupInfo& info) {
  std::vector<std::int32_t> places(info.modules.size());
  std::iota(places.begin(), places.end(), 0);
  put_text(group.add_dimension<std::int32_t>("module", places), "long_name",
           "place in the list of modules");
  put_text(group.add("module_name", "module", info.modules), "long_name", "name of the module");
}

/// One replicate long, and as many rows as make a megabyte.
std::vector<std::size_t> chunk_of(const NetcdfGroup& group,
                                  const std::vector<std::string>& dimensions) {
  constexpr std::size_t most = std::size_t{1} << 20;
  std::size_t row = sizeof(double);
  std::vector<std::size_t> chunk{1, 0};
  for (std::size_t i = 2; i < dimensions.size(); ++i) {
    chunk.push_back(group.length(dimensions[i]));
    row *= chunk.back();
  }
  chunk[1] = std::clamp<std::size_t>(most / row, 1, group.length(dimensions[1]));
  return chunk;
}

struct Field {
  std::vector<std::string> dimensions;
  std::string coordinates;  ///< what xarray shows beside the values
};

void add_indicators(NetcdfGroup& group, const MemoryRecorder& results, std::size_t number,
                    const Field& field, Values written, const Between& between) {
  const RunInfo& info = results.info();
  const std::span<const double> all = results.values(number);
  const std::vector<IndicatorInfo>& indicators = info.indicators_of(number);
  const std::size_t stride = indicators.size();
  if (stride == 0) return;  // only yearly ones were asked for
  const std::size_t step = results.rows(number) * info.row_size(number) / stride;
  const std::vector<std::size_t> chunk = chunk_of(group, field.dimensions);
  std::vector<double> values(step);
  for (std::size_t i = 0; i < stride; ++i) {
    const IndicatorInfo& indicator = indicators[i];
    const Hdf5Id variable = group.add_field<double>(indicator.name, field.dimensions, chunk);
    put_text(variable, "long_name", indicator.meaning);
    put_text(variable, "units", indicator.unit);
    put_text(variable, "cell_methods", indicator.flow ? "time: sum" : "time: point");
    put_text(variable, "coordinates", field.coordinates);
    if (written == Values::left_out) continue;
    for (std::size_t replicate = 0; replicate < info.replicates; ++replicate) {
      if (between) between();
      for (std::size_t k = 0; k < step; ++k) {
        values[k] = canonical(all[(replicate * step + k) * stride + i]);
      }
      group.write_step<double>(variable, replicate, values);
    }
  }
}

}  // namespace

void add_region_group(hid_t root, const MemoryRecorder& results, std::size_t number, Values values,
                      const Between& between) {
  const RunInfo& info = results.info();
  const GroupInfo& regions = info.groups[number];
  const bool nation = regions.name == "national";
  if (regions.regions.empty() || (nation && regions.regions.size() != 1)) {
    throw std::logic_error("group " + regions.name + " has a wrong number of regions");
  }
  NetcdfGroup group(root, regions.name);
  add_replicates(group, info);
  add_rows(group, info, results.rows(number), regions.yearly);
  Field field{{"replicate", "time"}, "burn_in"};
  if (regions.yearly) field.coordinates += " year region_level region_id";
  if (!regions.modules.empty()) {
    add_modules(group, regions);
    field.dimensions.emplace_back("module");
    field.coordinates += " module_name";
  }
  if (nation) {
    put_text(group.id(), "region_name", regions.regions[0].name);
  } else {
    add_regions(group, regions);
    field.dimensions.emplace_back("region");
    field.coordinates += " region_name region_part";
    if (regions.name != "province") {
      add_county_traits(group, regions);
      field.coordinates += " province_name designated";
    }
  }
  add_indicators(group, results, number, field, values, between);
}

}  // namespace terrace::record
