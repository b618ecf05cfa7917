#include "analysis/effects.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <utility>

#include "analysis/sweep_runs.hpp"

namespace terrace::analysis {
namespace {

/// Points that differ in the dimension alone.
struct Group {
  std::string at;
  std::map<double, std::size_t> point_of;  ///< by the level's coordinate
};

std::string listed(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

/// Whether a name is as a pattern says, in which `*` stands for any letters.
bool fits(std::string_view name, std::string_view pattern) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return name == pattern;
  if (!name.starts_with(pattern.substr(0, star))) return false;
  const std::string_view rest = pattern.substr(star + 1);
  for (std::size_t from = star; from <= name.size(); ++from) {
    if (fits(name.substr(from), rest)) return true;
  }
  return false;
}

/// Carries one request out.
class EffectsReader {
 public:
  EffectsReader(const SweepResults& sweep, const EffectsRequest& request)
      : sweep_(sweep), request_(request), place_(find_dimension()) {
    find_groups();
    base_ = find_level(request_.base, "base");
    if (!request_.summed.empty()) find_summed();
    if (std::none_of(groups_.begin(), groups_.end(), [&](const Group& group) {
          return group.point_of.contains(base_) && group.point_of.size() > 1;
        })) {
      throw NoAnswer("no other point differs from one at " + dimension().name + " = " +
                     request_.base +
                     " in this dimension alone; a study with design: {kind: grid} has such points");
    }
  }

  Effects read(std::vector<SweepOutput> outputs) const {
    Effects out;
    out.dimension = dimension().name;
    out.base = request_.base;
    out.whole = request_.whole;
    out.replicates = sweep_.replicates;
    for (const double level : summed_) out.summed.push_back(level_text(dimension(), level));
    for (SweepOutput& output : outputs) {
      OutputEffects one;
      one.output = std::move(output);
      for (const Group& group : groups_) add_group(group, one);
      out.outputs.push_back(std::move(one));
    }
    return out;
  }

 private:
  const StudyDimension& dimension() const { return sweep_.dimensions[place_]; }

  std::size_t find_dimension() const {
    std::vector<std::string> names;
    for (std::size_t d = 0; d < sweep_.dimensions.size(); ++d) {
      if (sweep_.dimensions[d].name == request_.dimension) return d;
      names.push_back(sweep_.dimensions[d].name);
    }
    if (request_.dimension.empty() && names.size() == 1) return 0;
    throw NoAnswer((request_.dimension.empty()
                        ? "say which dimension is meant"
                        : "there is no dimension '" + request_.dimension + "'") +
                   "; the study varies " + listed(names));
  }

  void find_groups() {
    std::map<std::vector<double>, std::size_t> place_of;
    for (std::size_t run = 0; run < sweep_.runs(); run += sweep_.replicates) {
      std::vector<double> others;
      std::string at;
      for (std::size_t d = 0; d < sweep_.dimensions.size(); ++d) {
        if (d == place_) continue;
        const double value = sweep_.coordinates[d][run];
        others.push_back(value);
        at += (at.empty() ? "" : ", ") + sweep_.dimensions[d].name + " = " +
              level_text(sweep_.dimensions[d], value);
      }
      const auto [place, added] = place_of.try_emplace(std::move(others), groups_.size());
      if (added) groups_.push_back({std::move(at), {}});
      // A list may hold a point twice: its runs are the same.
      groups_[place->second].point_of.try_emplace(sweep_.coordinates[place_][run],
                                                  run / sweep_.replicates);
    }
  }

  std::vector<double> levels() const {
    std::map<double, bool> seen;
    for (const Group& group : groups_) {
      for (const auto& [level, point] : group.point_of) seen[level] = true;
    }
    std::vector<double> out;
    for (const auto& [level, is] : seen) out.push_back(level);
    return out;
  }

  double find_level(const std::string& name, const std::string& what) const {
    std::vector<std::string> names;
    for (const double level : levels()) {
      names.push_back(level_text(dimension(), level));
      if (names.back() == name) return level;
    }
    throw NoAnswer(what + " '" + name + "' is no level of " + dimension().name + "; it has " +
                   listed(names));
  }

  void find_summed() {
    whole_ = find_level(request_.whole, "whole");
    if (whole_ == base_) throw NoAnswer("whole and base are the same level");
    for (const std::string& pattern : request_.summed) {
      const std::size_t before = summed_.size();
      for (const double level : levels()) {
        if (level == base_ || level == whole_ || !fits(level_text(dimension(), level), pattern))
          continue;
        if (std::find(summed_.begin(), summed_.end(), level) == summed_.end())
          summed_.push_back(level);
      }
      if (summed_.size() == before) {
        throw NoAnswer("sum '" + pattern + "' adds no level of " + dimension().name +
                       " to base, whole and what stands before it");
      }
    }
    std::sort(summed_.begin(), summed_.end());
  }

  double figure(const SweepOutput& output, std::size_t point, std::size_t replicate) const {
    return output.by_run[point * sweep_.replicates + replicate];
  }

  /// By replicate; NaN where one of the two has no figure.
  std::vector<double> differences(const SweepOutput& output, const Group& group,
                                  double level) const {
    std::vector<double> out;
    for (std::size_t r = 0; r < sweep_.replicates; ++r) {
      out.push_back(figure(output, group.point_of.at(level), r) -
                    figure(output, group.point_of.at(base_), r));
    }
    return out;
  }

  LevelEffect effect(const SweepOutput& output, const Group& group, double level) const {
    const std::vector<double> pairs = differences(output, group, level);
    LevelEffect out;
    out.at = group.at;
    out.level = level_text(dimension(), level);
    out.difference = mean_interval(pairs, request_.confidence);
    const auto mean_at = [&](double of) {
      std::vector<double> values;
      for (std::size_t r = 0; r < sweep_.replicates; ++r) {
        if (out.difference.n > 0 && !std::isfinite(pairs[r])) continue;
        values.push_back(figure(output, group.point_of.at(of), r));
      }
      return mean_interval(values, request_.confidence).mean;
    };
    out.base_mean = mean_at(base_);
    out.level_mean = mean_at(level);
    return out;
  }

  /// Next to a sum stand the effects that it is about.
  bool shown(double level) const {
    if (level == base_) return false;
    return summed_.empty() || level == whole_ ||
           std::find(summed_.begin(), summed_.end(), level) != summed_.end();
  }

  void add_group(const Group& group, OutputEffects& out) const {
    if (!group.point_of.contains(base_)) return;
    const auto first = static_cast<std::ptrdiff_t>(out.effects.size());
    for (const auto& [level, point] : group.point_of) {
      if (shown(level)) out.effects.push_back(effect(out.output, group, level));
    }
    const auto size = [](const LevelEffect& one) {  // what is unknown comes last
      return one.difference.n == 0 ? -1.0 : std::abs(one.difference.mean);
    };
    std::stable_sort(out.effects.begin() + first, out.effects.end(),
                     [&](const LevelEffect& a, const LevelEffect& b) { return size(a) > size(b); });
    if (!summed_.empty()) add_sum(group, out);
  }

  /// Where a level is missing at these values of the others there is no sum.
  void add_sum(const Group& group, OutputEffects& out) const {
    std::vector<double> needed = summed_;
    needed.push_back(whole_);
    if (!std::all_of(needed.begin(), needed.end(),
                     [&](double level) { return group.point_of.contains(level); }))
      return;
    std::vector<double> sum(sweep_.replicates, 0.0);
    for (const double level : summed_) {
      const std::vector<double> one = differences(out.output, group, level);
      for (std::size_t r = 0; r < sum.size(); ++r) sum[r] += one[r];
    }
    std::vector<double> whole = differences(out.output, group, whole_);
    std::vector<double> surplus(sum.size());
    for (std::size_t r = 0; r < sum.size(); ++r) {
      surplus[r] = sum[r] - whole[r];
      if (std::isfinite(surplus[r])) continue;
      sum[r] = whole[r] = kNoNumber;  // all three of the same replicates
    }
    EffectSum row;
    row.at = group.at;
    row.levels = summed_.size();
    row.sum = mean_interval(sum, request_.confidence);
    row.whole = mean_interval(whole, request_.confidence);
    row.surplus = mean_interval(surplus, request_.confidence);
    out.sums.push_back(row);
  }

  const SweepResults& sweep_;
  const EffectsRequest& request_;
  std::size_t place_;
  std::vector<Group> groups_;
  double base_ = 0.0;
  double whole_ = 0.0;
  std::vector<double> summed_;
};

std::vector<SweepOutput> outputs_of(const SweepResults& sweep, const EffectsRequest& request,
                                    std::vector<std::string>& notes) {
  if (!request.outputs.empty()) return chosen_outputs(sweep, request.outputs);
  std::vector<std::string> left_out;
  std::vector<SweepOutput> out = all_outputs(sweep, left_out);
  std::erase_if(out, [](const SweepOutput& output) { return !output.module.empty(); });
  std::erase_if(left_out, [](const std::string& name) { return name.find(':') != name.npos; });
  if (!left_out.empty()) notes.push_back("no run has a number of it: " + listed(left_out));
  return out;
}

/// Figures that some pairs lack make another mean than the heading says.
void note_lost_pairs(Effects& found) {
  std::vector<std::string> names;
  for (const OutputEffects& one : found.outputs) {
    if (std::any_of(one.effects.begin(), one.effects.end(), [&](const LevelEffect& effect) {
          return effect.difference.n > 0 && effect.difference.n < found.replicates;
        }))
      names.push_back(one.output.name);
  }
  if (!names.empty())
    found.notes.push_back("some replicates have no such figure and are left out of n: " +
                          listed(names));
  if (found.replicates < 2) found.notes.emplace_back("1 replicate: n too small for intervals");
}

}  // namespace

Effects effects_of(const SweepResults& sweep, const EffectsRequest& request,
                   const std::string& folder) {
  if (!runs_in_order(sweep))
    throw NoAnswer("the runs are not in the order of points and replicates");
  refuse_missing_runs(sweep, "effects need both runs of every pair", folder);
  const EffectsReader reader(sweep, request);
  std::vector<std::string> notes;
  Effects out = reader.read(outputs_of(sweep, request, notes));
  out.notes = std::move(notes);
  note_lost_pairs(out);
  return out;
}

}  // namespace terrace::analysis
