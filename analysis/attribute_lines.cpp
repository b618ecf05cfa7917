#include "analysis/attribute_lines.hpp"

#include <algorithm>

#include <terrace/household_id.hpp>

namespace terrace::attribution {

namespace {

std::vector<Line> lines_of(const HouseholdTable& t) {
  std::vector<std::uint32_t> ids = t.id;
  std::sort(ids.begin(), ids.end());  // unique within the county: no ties
  std::vector<Line> lines(ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) lines[i].id = ids[i];
  return lines;
}

/// Notes the causes on record, if there is a register by now.
void note_causes(const HouseholdTable& t, CountyLines& county) {
  for (std::size_t h = 0; h < t.size(); ++h) {
    if (t.diagnosed[h] == kNoCause || !on_register(t.status[h])) continue;
    county.has_register = true;
    Line* line = county.find(t.id[h]);
    if (line != nullptr && line->id == t.id[h]) line->cause = t.diagnosed[h];
  }
}

}  // namespace

Effect& Effect::operator+=(const Effect& other) {
  for (std::size_t o = 0; o < kOutcomes; ++o) {
    for (std::size_t i = 0; i < kPlayers; ++i) shares[o][i] += other.shares[o][i];
    with_all[o] += other.with_all[o];
    with_none[o] += other.with_none[o];
  }
  return *this;
}

Line* CountyLines::find(std::uint32_t household) {
  for (std::uint32_t id = household;;) {
    const auto at =
        std::lower_bound(lines.begin(), lines.end(), id,
                         [](const Line& line, std::uint32_t wanted) { return line.id < wanted; });
    if (at != lines.end() && at->id == id) return &*at;
    const std::uint32_t parent = parent_of(id);
    if (parent == id) return nullptr;
    id = parent;
  }
}

const Line* CountyLines::find(std::uint32_t household) const {
  return const_cast<CountyLines*>(this)->find(household);  // which changes nothing
}

std::array<std::int64_t, kOutcomes> worth_of(const CountyYear& at, std::size_t row, bool last) {
  const HouseholdTable& t = at.county.households;
  std::array<std::int64_t, kOutcomes> worth{};
  const bool exited = static_cast<Status>(t.status[row]) == Status::exited;
  worth[static_cast<std::size_t>(Outcome::exits)] = last && exited ? 1 : 0;
  // As the indicator squared_poverty_gap has it: members, and no income below nothing.
  const double income = std::max(0.0, static_cast<double>(at.income[row]));
  const double line = at.frame.poverty_line;
  if (income < line) {
    const double gap = 1.0 - income / line;
    const auto units = static_cast<double>(kUnits[static_cast<std::size_t>(Outcome::squared_gap)]);
    worth[static_cast<std::size_t>(Outcome::squared_gap)] =
        static_cast<std::int64_t>(units * gap * gap * t.members[row] + 0.5);
  }
  return worth;
}

void Lines::lay_out(const std::vector<RegionInfo>& counties) {
  counties_.assign(counties.size(), {});
  locks_ = std::vector<std::mutex>(counties.size());
  place_.clear();
  for (std::size_t c = 0; c < counties.size(); ++c) place_[counties[c].id] = c;
}

void Lines::add(const CountyYear& at, unsigned coalition) {
  if (at.frame.year < branch_) return;
  const std::size_t place = place_.at(at.county.number);
  const std::lock_guard lock(locks_[place]);
  CountyLines& county = counties_[place];
  const HouseholdTable& t = at.county.households;
  // Nobody founds a household or dies out before a year is closed, so these are the households
  // that were alive when the branch's year opened.
  if (at.frame.year == branch_ && coalition == able_) county.lines = lines_of(t);
  if (coalition == able_ && !county.has_register) note_causes(t, county);
  const Parts parts = parts_among(able_, coalition);
  for (std::size_t h = 0; h < t.size(); ++h) {
    Line* line = county.find(t.id[h]);
    if (line == nullptr) {
      strangers_.fetch_add(1);
      continue;
    }
    const auto worth = worth_of(at, h, at.frame.year == end_);
    for (std::size_t o = 0; o < kOutcomes; ++o) {
      county.worth[o][coalition] += worth[o];
      if (worth[o] == 0) continue;
      Effect& effect = line->effect;
      for (std::size_t i = 0; i < kPlayers; ++i) effect.shares[o][i] += parts[i] * worth[o];
      if (coalition == able_) effect.with_all[o] += worth[o];
      if (coalition == 0) effect.with_none[o] += worth[o];
    }
  }
}

}  // namespace terrace::attribution
