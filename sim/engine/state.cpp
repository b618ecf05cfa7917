#include "engine/state.hpp"

#include <terrace/targeting.hpp>

namespace terrace::engine {

namespace {

template <class Table>
void put_table(StateWriter& out, Table& table) {
  table.for_each_column([&](auto& column) { out.put(column); });
}

template <class Table>
bool get_table(StateReader& in, Table& table) {
  table.for_each_column([&](auto& column) {
    in.get(column);
    column.shrink_to_fit();
  });
  bool even = in.good();
  table.for_each_column([&](auto& column) { even = even && column.size() == table.size(); });
  return even;
}

/// Links to kin are rows of the same village.
bool kin_fit(const County& c) {
  const HouseholdTable& t = c.households;
  for (std::size_t h = 0; h < t.size(); ++h) {
    const std::size_t v = t.village[h];
    const std::size_t end = v + 1 < c.villages.size() ? c.villages.first[v + 1] : t.size();
    for (const auto& link : t.kin) {
      if (link[h] != kNoKin && c.villages.first[v] + link[h] >= end) return false;
    }
  }
  return true;
}

/// Causes are rows of tables by cause.
bool diagnoses_fit(const HouseholdTable& t) {
  for (std::size_t h = 0; h < t.size(); ++h) {
    if ((t.causes[h] & 0x0FU) >= kCauses || (t.causes[h] >> 4U) >= kCauses) return false;
    if (t.diagnosed[h] >= kCauses && t.diagnosed[h] != kNoCause) return false;
  }
  return true;
}

/// Rows that tables name in each other must exist, or the month would read beyond its columns.
bool rows_fit(const County& c) {
  const HouseholdTable& t = c.households;
  std::uint64_t person = 0;
  std::size_t village = 0;
  for (std::size_t h = 0; h < t.size(); ++h) {
    if (t.first[h] != person || t.members[h] == 0) return false;
    person += t.members[h];
    if (t.village[h] >= c.villages.size() || t.village[h] < village) return false;
    village = t.village[h];
    if (t.leased[h] > t.land[h]) return false;
  }
  if (person != c.persons.size()) return false;
  for (const std::uint32_t first : c.villages.first) {
    if (first > t.size()) return false;
  }
  if (!kin_fit(c) || !diagnoses_fit(t)) return false;
  for (const std::uint8_t crop : c.villages.crop) {
    if (crop >= kCrops) return false;
  }
  for (const auto& module : c.enrolments) {
    for (const Enrolment& e : module) {
      if (e.household >= t.size()) return false;
    }
  }
  return true;
}

/// Only the bins that somebody is in: few, in most counties.
void put_histogram(StateWriter& out, const IncomeHistogram& histogram) {
  static_assert(kIncomeBins <= 256);
  std::vector<std::uint8_t> bins;
  std::vector<std::int64_t> persons;
  std::vector<Fen> income;
  for (std::size_t bin = 0; bin < kIncomeBins; ++bin) {
    if (histogram.persons[bin] == 0 && histogram.income[bin] == 0) continue;
    bins.push_back(static_cast<std::uint8_t>(bin));
    persons.push_back(histogram.persons[bin]);
    income.push_back(histogram.income[bin]);
  }
  out.put(bins);
  out.put(persons);
  out.put(income);
}

bool get_histogram(StateReader& in, IncomeHistogram& histogram) {
  std::vector<std::uint8_t> bins;
  std::vector<std::int64_t> persons;
  std::vector<Fen> income;
  in.get(bins);
  in.get(persons);
  in.get(income);
  if (persons.size() != bins.size() || income.size() != bins.size()) return false;
  histogram = {};
  for (std::size_t i = 0; i < bins.size(); ++i) {
    histogram.persons[bins[i]] = persons[i];
    histogram.income[bins[i]] = income[i];
  }
  return true;
}

/// Field by field: the struct has bytes that belong to none.
void put_tranches(StateWriter& out, const std::vector<Tranche>& tranches) {
  std::vector<std::uint16_t> due;
  std::vector<Fen> amount;
  for (const Tranche& t : tranches) {
    due.push_back(t.due);
    amount.push_back(t.amount);
  }
  out.put(due);
  out.put(amount);
}

bool get_tranches(StateReader& in, std::vector<Tranche>& tranches) {
  std::vector<std::uint16_t> due;
  std::vector<Fen> amount;
  in.get(due);
  in.get(amount);
  if (due.size() != amount.size()) return false;
  tranches.clear();
  for (std::size_t i = 0; i < due.size(); ++i) tranches.push_back({due[i], amount[i]});
  return true;
}

}  // namespace

void put_events(StateWriter& out, std::span<const Event> events) {
  out.put(static_cast<std::uint64_t>(events.size()));
  for (const Event& e : events) {
    out.put(e.household);
    out.put(e.month);
    out.put(e.kind);
    out.put(e.module);
    out.put(e.reason);
    out.put(e.person);
    out.put(e.amount);
  }
}

void get_events(StateReader& in, std::vector<Event>& events) {
  std::uint64_t count = 0;
  in.get(count);
  events.clear();
  for (std::uint64_t i = 0; i < count && in.good(); ++i) {
    Event& e = events.emplace_back();
    in.get(e.household);
    in.get(e.month);
    in.get(e.kind);
    in.get(e.module);
    in.get(e.reason);
    in.get(e.person);
    in.get(e.amount);
  }
}

void put_county(StateWriter& out, County& c) {
  put_table(out, c.persons);
  put_table(out, c.households);
  put_table(out, c.villages);
  out.put(static_cast<std::uint8_t>(c.surveyed ? 1 : 0));
  out.put(c.panel_limit);
  out.put(c.panel_weight);
  out.put(static_cast<std::uint64_t>(c.enrolments.size()));
  for (const auto& module : c.enrolments) out.put(module);
  out.put(c.ledger.pots);
  put_tranches(out, c.ledger.tranches);
  out.put(c.ledger.delivered_by_module);
  out.put(c.ledger.lost_this_year);
  out.put(c.ledger.works);
  out.put(c.ledger.captured);
}

bool get_county(StateReader& in, County& c, std::size_t modules) {
  if (!get_table(in, c.persons) || !get_table(in, c.households) || !get_table(in, c.villages)) {
    return false;
  }
  std::uint8_t surveyed = 0;
  in.get(surveyed);
  c.surveyed = surveyed != 0;
  in.get(c.panel_limit);
  in.get(c.panel_weight);
  std::uint64_t count = 0;
  in.get(count);
  if (!in.good() || count != modules) return false;
  c.enrolments.resize(modules);
  for (auto& module : c.enrolments) in.get(module);
  in.get(c.ledger.pots);
  if (!get_tranches(in, c.ledger.tranches)) return false;
  in.get(c.ledger.delivered_by_module);
  in.get(c.ledger.lost_this_year);
  in.get(c.ledger.works);
  in.get(c.ledger.captured);
  return in.good() && c.ledger.delivered_by_module.size() == modules && c.ledger.balances() &&
         rows_fit(c);
}

void put_report(StateWriter& out, const CountyReport& r) {
  out.put(r.county);
  for (const auto& month : r.sums) out.put(month);
  for (const IncomeHistogram& month : r.histogram) put_histogram(out, month);
  out.put(r.crop_output);
  out.put(r.crop_bearing);
  for (const double v : {r.survey_households, r.survey_poor, r.survey_gap, r.survey_income,
                         r.persons, r.applicants, r.registered_households}) {
    out.put(v);
  }
  out.put(r.evaluation);
  out.put(r.year);
  out.put(r.demand);
  out.put(r.fates);
  out.put(r.served);
  out.put(r.panel.households);
  out.put(r.panel.values);
  put_events(out, r.panel.events);
}

bool get_report(StateReader& in, CountyReport& r) {
  in.get(r.county);
  for (auto& month : r.sums) in.get(month);
  bool good = true;
  for (IncomeHistogram& month : r.histogram) good = get_histogram(in, month) && good;
  in.get(r.crop_output);
  in.get(r.crop_bearing);
  for (double* v : {&r.survey_households, &r.survey_poor, &r.survey_gap, &r.survey_income,
                    &r.persons, &r.applicants, &r.registered_households}) {
    in.get(*v);
  }
  in.get(r.evaluation);
  in.get(r.year);
  in.get(r.demand);
  in.get(r.fates);
  in.get(r.served);
  in.get(r.panel.households);
  in.get(r.panel.values);
  get_events(in, r.panel.events);
  return good && in.good() && (r.year.empty() || r.year.size() == kYearSums);
}

}  // namespace terrace::engine
