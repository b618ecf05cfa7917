#include "analysis/attribute_groups.hpp"

#include <string_view>

#include <terrace/prescription.hpp>

namespace terrace::attribution {

using analysis::mean_interval;
using analysis::MeanInterval;

namespace {

std::string_view name_of_part(Region part) {
  constexpr std::array<std::string_view, 3> kNames{"east", "central", "west"};
  return kNames.at(static_cast<std::size_t>(part));
}

/// Adds to the value of the newest replicate; those before in which the group had nobody are 0.
void add_to(std::vector<double>& values, std::size_t replicates, double amount) {
  values.resize(replicates, 0.0);
  values.back() += amount;
}

/// Of an effect that may be nothing there are no shares; one replicate cannot tell.
Share share_of(const MeanInterval& figure, const MeanInterval& effect) {
  const bool there = effect.too_small() ? effect.mean != 0.0 : effect.excludes_zero();
  return {figure, there ? figure.mean / effect.mean : analysis::kNoNumber};
}

}  // namespace

std::string cause_name(std::uint8_t cause) {
  if (cause == kNoCause) return "not_registered";
  return std::string(name_of(static_cast<Cause>(cause)));
}

std::map<std::uint8_t, Effect> by_cause(const CountyLines& county) {
  std::map<std::uint8_t, Effect> out;
  for (const Line& line : county.lines) out[line.cause] += line.effect;
  return out;
}

void Groups::add_effect(const Key& key, const Effect& effect, double scale) {
  auto& group = groups_[key];
  for (std::size_t o = 0; o < kOutcomes; ++o) {
    const double unit = scale / static_cast<double>(kUnits[o]);
    Figures& figures = group[o];
    for (std::size_t i = 0; i < kPlayers; ++i) {
      const double sixtieths = static_cast<double>(effect.shares[o][i]);
      add_to(figures.shares[i], replicates_, sixtieths / static_cast<double>(kParts) * unit);
    }
    add_to(figures.with_all, replicates_, static_cast<double>(effect.with_all[o]) * unit);
    add_to(figures.with_none, replicates_, static_cast<double>(effect.with_none[o]) * unit);
  }
}

void Groups::add(const ReplicateRuns& runs) {
  ++replicates_;
  std::map<std::string, std::size_t> provinces;  // in the order of their first county
  for (std::size_t c = 0; c < runs.counties.size(); ++c) {
    const RegionInfo& county = runs.counties[c];
    const double scale = county.weight / county.fraction;
    Effect whole;
    for (const auto& [cause, effect] : by_cause(runs.lines.counties()[c])) {
      add_effect({Level::cause, cause, cause_name(cause)}, effect, scale);
      whole += effect;
    }
    const std::size_t province =
        provinces.try_emplace(county.province, provinces.size()).first->second;
    const auto part = static_cast<std::size_t>(county.part);
    add_effect({Level::nation, 0, "nation"}, whole, scale);
    add_effect({Level::designation, county.designated ? 0U : 1U,
                county.designated ? "designated" : "other"},
               whole, scale);
    add_effect({Level::part, part, std::string(name_of_part(county.part))}, whole, scale);
    add_effect({Level::province, province, county.province}, whole, scale);
    add_effect({Level::county, c, county.name}, whole, 1.0 / county.fraction);
  }
}

Sharing Groups::sharing_of(const Key& key, std::size_t outcome, const Figures& figures) {
  Sharing out;
  out.group = {key.level, key.name};
  out.outcome = static_cast<Outcome>(outcome);
  std::vector<double> effects;
  for (std::size_t r = 0; r < figures.with_all.size(); ++r) {
    effects.push_back(figures.with_all[r] - figures.with_none[r]);
  }
  out.with_all = mean_interval(figures.with_all, kConfidence);
  out.with_none = mean_interval(figures.with_none, kConfidence);
  const MeanInterval effect = mean_interval(effects, kConfidence);
  out.effect = share_of(effect, effect);
  for (std::size_t i = 0; i < kPlayers; ++i) {
    out.batches[i] = share_of(mean_interval(figures.shares[i], kConfidence), effect);
  }
  return out;
}

std::vector<Sharing> Groups::sharings() const {
  std::vector<Sharing> out;
  for (const auto& [key, group] : groups_) {
    for (std::size_t o = 0; o < kOutcomes; ++o) {
      Figures figures = group[o];
      for (auto* values : {&figures.with_all, &figures.with_none}) values->resize(replicates_, 0.0);
      for (auto& values : figures.shares) values.resize(replicates_, 0.0);
      out.push_back(sharing_of(key, o, figures));
    }
  }
  return out;
}

}  // namespace terrace::attribution
