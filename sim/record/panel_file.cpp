#include "record/panel_file.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "population/divide.hpp"

namespace terrace::record {
namespace {

using Households = std::vector<PanelHousehold>;

/// Those of any replicate and year, ascending. A household weighs the same wherever it is.
Households all_households(const MemoryRecorder& results) {
  Households all;
  const auto same = [](const PanelHousehold& a, const PanelHousehold& b) { return a.id == b.id; };
  for (std::uint32_t replicate = 0; replicate < results.info().replicates; ++replicate) {
    for (std::size_t year = 0; year < results.years(); ++year) {
      const Households& more = results.panel(replicate, year).households;
      const auto middle = static_cast<std::ptrdiff_t>(all.size());
      all.insert(all.end(), more.begin(), more.end());
      std::ranges::inplace_merge(all, all.begin() + middle, {}, &PanelHousehold::id);
      const auto differs = [&](const PanelHousehold& a, const PanelHousehold& b) {
        return same(a, b) && a.weight != b.weight;
      };
      if (std::ranges::adjacent_find(all, differs) != all.end()) {
        throw std::logic_error("a household of the panel has two weights");
      }
      all.erase(std::unique(all.begin(), all.end(), same), all.end());
    }
  }
  return all;
}

template <typename Value, typename Get>
std::vector<Value> each(const Households& households, Get get) {
  std::vector<Value> values;
  values.reserve(households.size());
  for (const PanelHousehold& h : households) values.push_back(static_cast<Value>(get(h)));
  return values;
}

/// The household of the run's first January from which this one descends.
std::uint64_t line_of(const PanelHousehold& h) {
  return household_key(county_of(h.id), founder_of(id_in_county(h.id)) << kFounderShift);
}

void add_households(NetcdfGroup& group, const Households& households) {
  const auto ids = each<std::int64_t>(households, [](const auto& h) { return h.id; });
  const hid_t scale = group.add_dimension<std::int64_t>("household", ids);
  put_text(scale, "long_name",
           "number of the household, county x 2^32 + number in the county: the same in every "
           "scenario with the same population and seed");
  put_text(scale, "units", "1");
  const auto describe = [&](const Hdf5Id& variable, const char* meaning) {
    put_text(variable, "long_name", meaning);
    put_text(variable, "units", "1");
  };
  describe(group.add("weight", "household",
                     each<float>(households, [](const auto& h) { return h.weight; })),
           "households of the nation that it stands for");
  describe(group.add("county", "household",
                     each<std::int32_t>(households, [](const auto& h) { return county_of(h.id); })),
           "number of its county");
  describe(
      group.add("id_in_county", "household",
                each<std::int64_t>(households, [](const auto& h) { return id_in_county(h.id); })),
      "its number in the county");
  describe(group.add("line_of", "household", each<std::int64_t>(households, line_of)),
           "household of the first year from which it descends; its own number if it is one");
}

/// Brings the years of a replicate, each with households of its own, onto the axes of the file.
class Cube {
 public:
  Cube(const MemoryRecorder& results, const Households& all) : results_(results) {
    months_ = results.months();
    households_ = all.size();
    for (std::uint32_t replicate = 0; replicate < results.info().replicates; ++replicate) {
      for (std::size_t year = 0; year < results.years(); ++year) {
        std::vector<std::size_t>& places = places_.emplace_back();
        auto at = all.begin();
        for (const PanelHousehold& h : results.panel(replicate, year).households) {
          at = std::ranges::lower_bound(at, all.end(), h.id, {}, &PanelHousehold::id);
          places.push_back(static_cast<std::size_t>(at - all.begin()));
        }
      }
    }
  }

  /// [month][household], `missing` in years in which a household is not in the panel. `value`:
  /// of a year's panel, a month of it and a place in its list of households.
  template <typename Value, typename Get>
  std::vector<Value> of(std::uint32_t replicate, Value missing, Get value) const {
    std::vector<Value> cube(months_ * households_, missing);
    for (std::size_t year = 0; year < results_.years(); ++year) {
      const PanelYear& from = results_.panel(replicate, year);
      const std::vector<std::size_t>& places = places_[replicate * results_.years() + year];
      if (places.empty()) continue;
      const Month january = month_of(year_of(results_.info().start) + static_cast<int>(year), 1);
      const auto row = static_cast<std::size_t>(january - results_.info().start);
      for (std::size_t month = 0; month < 12; ++month) {
        for (std::size_t h = 0; h < places.size(); ++h) {
          cube[(row + month) * households_ + places[h]] = value(from, month, h);
        }
      }
    }
    return cube;
  }

 private:
  const MemoryRecorder& results_;
  std::size_t months_ = 0;
  std::size_t households_ = 0;
  std::vector<std::vector<std::size_t>> places_;  ///< by replicate and year
};

const std::vector<std::string> kDimensions{"replicate", "time", "household"};

/// Four years of some hundred households, so that both one household's life and one month of all
/// are read without much of the rest.
std::vector<std::size_t> chunk_of(const NetcdfGroup& group) {
  return {1, std::min<std::size_t>(48, group.length("time")),
          std::min<std::size_t>(256, group.length("household"))};
}

void add_followed(NetcdfGroup& group, const RunInfo& info, const Cube& cube, Values values) {
  const Hdf5Id variable = group.add_field<std::int8_t>("followed", kDimensions, chunk_of(group));
  put_text(variable, "long_name",
           "whether the household was there on 1 January and so is in the panel that year");
  put_flags(variable, "no yes");
  if (values == Values::left_out) return;
  for (std::uint32_t replicate = 0; replicate < info.replicates; ++replicate) {
    const auto one = [](const PanelYear&, std::size_t, std::size_t) { return std::int8_t{1}; };
    group.write_step<std::int8_t>(variable, replicate, cube.of(replicate, std::int8_t{0}, one));
  }
}

void add_column(NetcdfGroup& group, const RunInfo& info, std::size_t number, const Cube& cube,
                Values values, const Between& between) {
  const PanelColumn& column = info.panel[number];
  const Hdf5Id variable = group.add_field<float>(column.name, kDimensions, chunk_of(group));
  put_text(variable, "long_name", column.meaning);
  put_text(variable, "units", column.unit);
  if (!column.flags.empty()) put_float_flags(variable, column.flags);
  put_text(variable, "coordinates", "burn_in weight county id_in_county line_of");
  if (values == Values::left_out) return;
  const std::size_t columns = info.panel.size();
  const auto get = [&](const PanelYear& year, std::size_t month, std::size_t household) {
    return canonical(year.values[(month * year.households.size() + household) * columns + number]);
  };
  constexpr float nan = std::numeric_limits<float>::quiet_NaN();
  for (std::uint32_t replicate = 0; replicate < info.replicates; ++replicate) {
    if (between) between();
    group.write_step<float>(variable, replicate, cube.of(replicate, nan, get));
  }
}

}  // namespace

void add_panel(hid_t root, const MemoryRecorder& results, Values values, const Between& between) {
  const RunInfo& info = results.info();
  NetcdfGroup group(root, "panel");
  const Households households = all_households(results);
  add_replicates(group, info);
  add_rows(group, info, results.months(), false);
  add_households(group, households);
  const Cube cube(results, households);
  add_followed(group, info, cube, values);
  for (std::size_t c = 0; c < info.panel.size(); ++c)
    add_column(group, info, c, cube, values, between);
}

}  // namespace terrace::record
