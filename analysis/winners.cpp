#include "analysis/winners.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <span>
#include <sstream>

#include <terrace/events.hpp>

#include "analysis/interval.hpp"
#include "analysis/table_rows.hpp"

namespace terrace::analysis {
namespace {

/// Sums over the households of a cell in one year of one replicate.
struct Tally {
  std::size_t households = 0;
  std::size_t winners = 0;
  std::size_t losers = 0;
  std::size_t only_base = 0;
  std::size_t only_alt = 0;
  double weight = 0.0;
  double winning = 0.0;  ///< weight of winners
  double losing = 0.0;
  double change = 0.0;  ///< weighted
  double gain = 0.0;    ///< weighted, of winners
  double loss = 0.0;    ///< weighted, of losers; negative
  double lifted = 0.0;
  double dropped = 0.0;
};

double share(double part, double whole) { return whole > 0.0 ? part / whole : kNoNumber; }

struct Measure {
  const char* name;
  const char* unit;
  double (*value)(const Tally&);
  std::size_t (*rests_on)(const Tally&);
  bool of_poverty = false;  ///< needs the column `poor`
  bool count = false;       ///< a number of panel households: given however few, of regions only
};

std::size_t all_households(const Tally& t) { return t.households; }

constexpr const char* kYuan = "yuan/person/year";
constexpr std::array<Measure, 10> kMeasures = {{
    {"winners", "1", [](const Tally& t) { return share(t.winning, t.weight); }, all_households},
    {"losers", "1", [](const Tally& t) { return share(t.losing, t.weight); }, all_households},
    {"unchanged", "1",
     [](const Tally& t) { return share(t.weight - t.winning - t.losing, t.weight); },
     all_households},
    {"mean_change", kYuan, [](const Tally& t) { return share(t.change, t.weight); },
     all_households},
    {"mean_gain", kYuan, [](const Tally& t) { return share(t.gain, t.winning); },
     [](const Tally& t) { return t.winners; }},
    {"mean_loss", kYuan, [](const Tally& t) { return share(t.loss, t.losing); },
     [](const Tally& t) { return t.losers; }},
    {"lifted", "1", [](const Tally& t) { return share(t.lifted, t.weight); }, all_households, true},
    {"dropped", "1", [](const Tally& t) { return share(t.dropped, t.weight); }, all_households,
     true},
    {"only_in_base", "panel households",
     [](const Tally& t) { return static_cast<double>(t.only_base); },
     [](const Tally& t) { return t.only_base; }, false, true},
    {"only_in_alt", "panel households",
     [](const Tally& t) { return static_cast<double>(t.only_alt); },
     [](const Tally& t) { return t.only_alt; }, false, true},
}};

/// A part of the panel of which figures are given.
struct Cell {
  const char* level;
  double region;
  std::string region_name;
  std::string group;  ///< empty: all its households
  std::string value;
};

/// The cells, and which of them a household belongs to.
class Cells {
 public:
  Cells(const DecemberPanel& base, const WinnerRequest& request) : request_(request) {
    list_.push_back({"national", 0.0, request.nation, "", ""});
    for (const RegionInfo& province : request.provinces) {
      list_.push_back({"province", static_cast<double>(province.id), province.name, "", ""});
    }
    add_group(base.poor, "poor_in_base", base.poor.words);
    add_group(base.status, "status_in_base", base.status.words);
    add_group(base.cause, "cause_in_base", base.cause.words);
  }

  const std::vector<Cell>& list() const { return list_; }

  /// The nation and the household's province.
  void of_region(std::uint64_t household, std::vector<std::size_t>& out) const {
    out.assign(1, 0);
    const auto found = request_.province_of.find(county_of(household));
    if (found != request_.province_of.end()) out.push_back(1 + found->second);
  }

  /// These, and what the household is in the base at this place.
  void of_household(std::uint64_t household, std::size_t place,
                    std::vector<std::size_t>& out) const {
    of_region(household, out);
    for (const Group& group : groups_) {
      const float code = group.column->values[place];
      if (!(code >= 0.0F)) continue;  // also NaN
      const auto which = static_cast<std::size_t>(code);
      if (which < group.values) out.push_back(group.first + which);
    }
  }

 private:
  struct Group {
    const DecemberColumn* column;
    std::size_t first;  ///< place of its first cell
    std::size_t values;
  };

  void add_group(const DecemberColumn& column, const char* name,
                 const std::vector<std::string>& values) {
    if (column.empty()) return;
    groups_.push_back({&column, list_.size(), values.size()});
    for (const std::string& value : values) {
      list_.push_back({"national", 0.0, request_.nation, name, value});
    }
  }

  const WinnerRequest& request_;
  std::vector<Cell> list_;
  std::vector<Group> groups_;
};

/// Sets the households of two panels against each other in one year of one replicate.
class YearOfPairs {
 public:
  YearOfPairs(const DecemberPanel& base, const DecemberPanel& alt, const Cells& cells,
              double threshold)
      : base_(base), alt_(alt), cells_(cells), threshold_(threshold) {}

  std::vector<Tally> tally(std::size_t replicate, int year) {
    tallies_.assign(cells_.list().size(), {});
    std::size_t b = 0;
    std::size_t a = 0;
    while (b < base_.households.size() || a < alt_.households.size()) {
      const std::uint64_t none = std::numeric_limits<std::uint64_t>::max();
      const std::uint64_t in_base = b < base_.households.size() ? base_.households[b] : none;
      const std::uint64_t in_alt = a < alt_.households.size() ? alt_.households[a] : none;
      const bool base_has = in_base <= in_alt && lives(base_, replicate, year, b);
      const bool alt_has = in_alt <= in_base && lives(alt_, replicate, year, a);
      if (base_has && alt_has) {
        add_pair(base_.place(replicate, year, b), alt_.place(replicate, year, a), b);
      } else if (base_has) {
        add_single(in_base, &Tally::only_base);
      } else if (alt_has) {
        add_single(in_alt, &Tally::only_alt);
      }
      if (in_base <= in_alt) ++b;
      if (in_alt <= in_base) ++a;
    }
    return tallies_;
  }

 private:
  static bool lives(const DecemberPanel& panel, std::size_t replicate, int year,
                    std::size_t household) {
    return std::isfinite(panel.income.values[panel.place(replicate, year, household)]);
  }

  void add_single(std::uint64_t household, std::size_t Tally::* count) {
    cells_.of_region(household, mine_);
    for (const std::size_t cell : mine_) ++(tallies_[cell].*count);
  }

  void add_pair(std::size_t in_base, std::size_t in_alt, std::size_t household) {
    const double weight = static_cast<double>(base_.weights[household]);
    const double change = static_cast<double>(alt_.income.values[in_alt]) -
                          static_cast<double>(base_.income.values[in_base]);
    const bool wins = change > threshold_;
    const bool loses = change < -threshold_;
    const int poverty = poverty_change(in_base, in_alt);
    cells_.of_household(base_.households[household], in_base, mine_);
    for (const std::size_t cell : mine_) {
      Tally& t = tallies_[cell];
      ++t.households;
      t.weight += weight;
      t.change += weight * change;
      if (wins) {
        ++t.winners;
        t.winning += weight;
        t.gain += weight * change;
      } else if (loses) {
        ++t.losers;
        t.losing += weight;
        t.loss += weight * change;
      }
      if (poverty < 0) t.lifted += weight;
      if (poverty > 0) t.dropped += weight;
    }
  }

  /// -1: poor in the base only; 1: poor in the other run only.
  int poverty_change(std::size_t in_base, std::size_t in_alt) const {
    if (base_.poor.empty() || alt_.poor.empty()) return 0;
    const bool before = base_.poor.values[in_base] > 0.5F;
    const bool after = alt_.poor.values[in_alt] > 0.5F;
    return static_cast<int>(after) - static_cast<int>(before);
  }

  const DecemberPanel& base_;
  const DecemberPanel& alt_;
  const Cells& cells_;
  double threshold_;
  std::vector<Tally> tallies_;
  std::vector<std::size_t> mine_;
};

bool all_are(std::span<const double> values, double what) {
  return std::all_of(values.begin(), values.end(), [=](double v) { return v == what; });
}

/// One measure of one cell over the replicates of a year.
struct Estimate {
  MeanInterval interval;
  std::size_t households = 0;  ///< fewest that it rests on
  std::string note;
};

Estimate estimate(const Measure& measure, std::span<const std::vector<Tally>> replicates,
                  std::size_t cell, double confidence) {
  Estimate out;
  std::vector<double> values;
  out.households = std::numeric_limits<std::size_t>::max();
  for (const std::vector<Tally>& tallies : replicates) {
    values.push_back(measure.value(tallies[cell]));
    out.households = std::min(out.households, measure.rests_on(tallies[cell]));
  }
  if (!measure.count && out.households < kFewestHouseholds) {
    out.interval.n = values.size();
    out.note = "n too small: " + std::to_string(out.households) + " households";
    return out;
  }
  out.interval = mean_interval(values, confidence);
  if (out.interval.too_small()) out.note = "n too small: 1 replicate";
  if (!measure.count && all_are(values, 0.0)) {
    // Replicates that agree on nothing having happened do not bound how often it does.
    out.interval.error = out.interval.low = out.interval.high = kNoNumber;
    if (out.note.empty()) out.note = "no interval: 0 in every replicate";
  }
  return out;
}

bool nobody(std::span<const std::vector<Tally>> replicates, std::size_t cell) {
  return std::all_of(replicates.begin(), replicates.end(), [&](const std::vector<Tally>& t) {
    return t[cell].households + t[cell].only_base + t[cell].only_alt == 0;
  });
}

DecemberColumn december_column(const RunReader& run, const StoredPanel& panel,
                               std::string_view name, std::size_t first,
                               const DecemberPanel& shape) {
  const auto known = std::find_if(panel.columns.begin(), panel.columns.end(),
                                  [&](const PanelColumn& column) { return column.name == name; });
  DecemberColumn out;
  if (known == panel.columns.end()) return out;
  std::istringstream flags(known->flags);
  for (std::string word; flags >> word;) out.words.push_back(word);
  const StoredPanelColumn stored = run.panel_column(std::string(name));
  out.values.reserve(shape.replicates * shape.years.count() * shape.households.size());
  for (std::size_t r = first; r < first + shape.replicates; ++r) {
    for (int year = shape.years.first; year <= shape.years.last; ++year) {
      const auto month = static_cast<std::size_t>(month_of(year, 12) - panel.months.front());
      for (std::size_t h = 0; h < shape.households.size(); ++h) {
        out.values.push_back(stored.at(r, month, h));
      }
    }
  }
  return out;
}

}  // namespace

DecemberPanel december_panel(const RunReader& run, Years years, std::size_t first,
                             std::size_t replicates) {
  const StoredPanel panel = run.panel();
  DecemberPanel out;
  out.replicates = replicates;
  out.years = years;
  out.households = panel.households;
  out.weights = panel.weights;
  out.income = december_column(run, panel, kIncome, first, out);
  out.poor = december_column(run, panel, kPoor, first, out);
  out.status = december_column(run, panel, kStatus, first, out);
  out.cause = december_column(run, panel, kCause, first, out);
  return out;
}

ResultTable winners_table(double unchanged_share, double confidence) {
  std::ostringstream title;
  title << "Households of the panel that gain or lose against the base; unchanged: by no more than "
        << 100.0 * unchanged_share << " % of the year's poverty line";
  return {
      "winners",
      title.str(),
      {words("alt", "the run that is compared with the base"),
       numbers("year", "year", "incomes are of this calendar year"),
       words("region_level", "national or province"),
       numbers("region", "1", "0 for the nation, number of the province"),
       words("region_name", "name of the region"),
       words("group", "by what households are told apart, as of December in the base; empty: all"),
       words("value", "which of the group"),
       words("measure",
             "winners, losers, unchanged: shares of households. mean_change of all, mean_gain "
             "of winners, mean_loss of losers: income a head and year, nominal. lifted: poor in "
             "the base only, dropped: poor in the other run only, shares of households. "
             "only_in_base, only_in_alt: households that live in one of the runs only"),
       words("unit", "of mean, error, low and high"), numbers("n", "1", "pairs of replicates"),
       numbers("households", "1",
               "households of the panel that the figure rests on, in the replicate with the "
               "fewest"),
       numbers("mean", "see unit", "mean over replicates"),
       numbers("error", "see unit", "standard error; none if n is below 2"),
       numbers("low", "see unit",
               "lower end of the " + percent_text(confidence) +
                   " interval (Student's t, n - 1): " + kOneSample),
       numbers("high", "see unit", "upper end of that interval"),
       words("note", "why a figure or its interval is missing")}};
}

void append_winners(const DecemberPanel& base, const DecemberPanel& alt,
                    const std::string& alt_name, const WinnerRequest& request, ResultTable& table) {
  const Cells cells(base, request);
  RowWriter rows(table);
  for (int year = base.years.first; year <= base.years.last; ++year) {
    YearOfPairs pairs(base, alt, cells, request.unchanged_share * request.poverty_line.at(year));
    std::vector<std::vector<Tally>> replicates;
    for (std::size_t r = 0; r < base.replicates; ++r) replicates.push_back(pairs.tally(r, year));
    for (std::size_t c = 0; c < cells.list().size(); ++c) {
      if (nobody(replicates, c)) continue;
      const Cell& cell = cells.list()[c];
      for (const Measure& measure : kMeasures) {
        if (measure.of_poverty && (base.poor.empty() || alt.poor.empty())) continue;
        if (measure.count && !cell.group.empty()) continue;
        const Estimate e = estimate(measure, replicates, c, request.confidence);
        rows << alt_name << year << std::string(cell.level) << cell.region << cell.region_name
             << cell.group << cell.value << std::string(measure.name) << std::string(measure.unit)
             << static_cast<double>(e.interval.n) << static_cast<double>(e.households)
             << e.interval.mean << e.interval.error << e.interval.low << e.interval.high << e.note;
      }
    }
  }
}

}  // namespace terrace::analysis
