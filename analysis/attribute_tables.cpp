#include "analysis/attribute_tables.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <terrace/events.hpp>
#include <terrace/household_id.hpp>

#include "analysis/attribute_groups.hpp"
#include "analysis/table_rows.hpp"

namespace terrace::attribution {

using analysis::RowWriter;
using analysis::words;

namespace {

std::string named(Outcome outcome, std::string_view what) {
  return std::string(name_of(outcome)) + '_' + std::string(what);
}

double in_units(std::size_t outcome, std::int64_t amount) {
  return static_cast<double>(amount) / static_cast<double>(kUnits.at(outcome));
}

void put_figure(RowWriter& row, const Share& share) {
  const analysis::MeanInterval& f = share.figure;
  row << f.mean << share.of_effect << f.error << f.low << f.high << static_cast<double>(f.n)
      << (f.too_small() ? "n too small" : "");
}

void put_sharing(ResultTable& table, const Sharing& sharing) {
  const auto head = [&](std::string_view batch) {
    RowWriter row(table);
    row << name_of(sharing.group.level) << sharing.group.name << name_of(sharing.outcome)
        << unit_of(sharing.outcome) << batch;
    return row;
  };
  for (std::size_t i = 0; i < kPlayers; ++i) {
    RowWriter row = head(kBatches.at(i));
    row << analysis::kNoNumber << analysis::kNoNumber;
    put_figure(row, sharing.batches.at(i));
  }
  RowWriter row = head("all");
  row << sharing.with_all.mean << sharing.with_none.mean;
  put_figure(row, sharing.effect);
}

}  // namespace

ResultTable sharing_table(const std::vector<Sharing>& sharings) {
  const std::string unit = "as outcome_unit says";
  ResultTable table{
      "attribution",
      "Shapley shares of the five batches in what they achieve together, by region and cause",
      {words("level", "kind of group; counties are not weighted to the nation, all others are"),
       words("group", "of households; cause: on record in the first register, with all batches on"),
       words("outcome",
             "exits: households that stand as let go at the end; squared_gap: sum over "
             "Decembers of members times the squared gap to the line of the year"),
       words("outcome_unit", "unit of the figures in the row"),
       words("batch", "module; all: those of the scenario together"),
       {"with_all", unit,
        "the outcome with all batches that the scenario has on, mean over replicates"},
       {"with_none", unit, "the outcome with none of them, mean over replicates"},
       {"effect", unit, "what the batch adds, mean over replicates; of all: with_all - with_none"},
       {"of_effect", "1",
        "the same over what all add; none where the interval of what all add holds 0"},
       {"standard_error", unit, "of the effect, over replicates"},
       {"low", unit,
        std::string("lower end of the 95 % interval of the effect (Student's t): ") +
            analysis::kOneSample},
       {"high", unit, "its upper end"},
       {"replicates", "1", "values that the interval rests on"},
       words("note", "n too small: one replicate gives no interval")}};
  for (const Sharing& s : sharings) put_sharing(table, s);
  return table;
}

ResultTable coalition_table() {
  ResultTable table{"coalitions",
                    "What the nation came to in each run, by the batches that were on",
                    {{"replicate", "1", "number of the replicate"},
                     words("batches", "that were on from the branch")}};
  for (const std::string_view batch : kBatches) {
    table.columns.push_back({std::string(batch), "1", "whether it was on"});
  }
  for (std::size_t o = 0; o < kOutcomes; ++o) {
    const auto outcome = static_cast<Outcome>(o);
    table.columns.push_back({std::string(name_of(outcome)), std::string(unit_of(outcome)),
                             "of all lines, weighted to the nation"});
  }
  table.columns.push_back(words("digest", "of the run's results"));
  return table;
}

void add_coalitions(ResultTable& table, const ReplicateRuns& runs, std::uint32_t replicate) {
  for (const RunDigest& run : runs.digests) {
    RowWriter row(table);
    row << static_cast<double>(replicate) << name_of_coalition(run.coalition);
    for (std::size_t i = 0; i < kPlayers; ++i) row << (is_in(run.coalition, i) ? 1.0 : 0.0);
    for (std::size_t o = 0; o < kOutcomes; ++o) {
      double nation = 0.0;
      for (std::size_t c = 0; c < runs.counties.size(); ++c) {
        const RegionInfo& county = runs.counties[c];
        nation += county.weight / county.fraction *
                  in_units(o, runs.lines.counties()[c].worth[o][run.coalition]);
      }
      row << nation;
    }
    row << run.digest;
  }
}

ResultTable line_table() {
  ResultTable table{
      "households",
      "Shares for single households alive at the branch, with all that later split off from them: "
      "those of the panel",
      {{"replicate", "1", "number of the replicate"},
       {"household", "1", "stable id: county number x 2^32 + id in the county"},
       {"weight", "households", "of the nation that it stands for"},
       words("county", "name"),
       words("cause", "on record in the first register, with all batches on")}};
  for (std::size_t o = 0; o < kOutcomes; ++o) {
    const auto outcome = static_cast<Outcome>(o);
    const std::string unit(unit_of(outcome));
    table.columns.push_back(
        {named(outcome, "with_all"), unit, "with all batches that the scenario has on"});
    table.columns.push_back({named(outcome, "with_none"), unit, "with none of them"});
    for (const std::string_view batch : kBatches) {
      table.columns.push_back({named(outcome, batch), unit, "share of the batch"});
    }
  }
  return table;
}

void add_lines(ResultTable& table, const ReplicateRuns& runs, std::uint32_t replicate) {
  for (const PanelHousehold& member : runs.panel) {
    const auto at =
        std::find_if(runs.counties.begin(), runs.counties.end(),
                     [&](const RegionInfo& county) { return county.id == county_of(member.id); });
    if (at == runs.counties.end()) continue;
    const auto c = static_cast<std::size_t>(at - runs.counties.begin());
    const Line* line = runs.lines.counties()[c].find(id_in_county(member.id));
    if (line == nullptr) continue;
    RowWriter row(table);
    row << static_cast<double>(replicate) << static_cast<double>(member.id)
        << static_cast<double>(member.weight) << at->name << cause_name(line->cause);
    for (std::size_t o = 0; o < kOutcomes; ++o) {
      row << in_units(o, line->effect.with_all[o]) << in_units(o, line->effect.with_none[o]);
      for (std::size_t i = 0; i < kPlayers; ++i) {
        row << in_units(o, line->effect.shares[o][i]) / static_cast<double>(kParts);
      }
    }
  }
}

}  // namespace terrace::attribution
