#include "analysis/comparable.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <string_view>

#include <terrace/yearly.hpp>

namespace terrace::analysis {
namespace {

std::string month_text(Month month) {
  const int number = month_in_year(month);
  return std::to_string(year_of(month)) + (number < 10 ? "-0" : "-") + std::to_string(number);
}

/// 2013-01; throws IoError.
Month month_from(const RunFacts& facts, const std::string& key) {
  const std::string text = text_of(facts.settings, key);
  const std::size_t dash = text.find('-');
  try {
    if (dash != std::string::npos) {
      return month_of(std::stoi(text.substr(0, dash)), std::stoi(text.substr(dash + 1)));
    }
  } catch (const std::exception&) {  // no number: said below
  }
  throw IoError("cannot compare " + facts.path + ": its resolved scenario has no " + key);
}

std::string years_text(Years years) {
  return std::to_string(years.first) + "-" + std::to_string(years.last);
}

/// Whole years in the results.
Years recorded_years(const RunFacts& facts) {
  return {year_of(facts.start + 11), last_result_year(facts.end)};
}

bool inside(Years years, Years all) {
  return years.first >= all.first && years.last <= all.last && years.first <= years.last;
}

class Reasons {
 public:
  Reasons(const RunFacts& base, const RunFacts& alt) : base_(base), alt_(alt) {}

  /// `what` of the two differs: says both.
  void differ(const std::string& what, const std::string& base, const std::string& alt) {
    out.reasons.push_back(what + ": " + base + " in " + base_.path + ", " + alt + " in " +
                          alt_.path);
  }
  void check(const std::string& what, const std::string& base, const std::string& alt) {
    if (base != alt) differ(what, base, alt);
  }

  PairingVerdict out;

 private:
  const RunFacts& base_;
  const RunFacts& alt_;
};

void check_population(const RunFacts& base, const RunFacts& alt, Reasons& reasons) {
  std::vector<std::string> keys;
  for (const SettingDifference& d : population_differences(base.settings, alt.settings)) {
    keys.push_back(d.key + " (" + (d.base.empty() ? "none" : d.base) + ", " +
                   (d.alt.empty() ? "none" : d.alt) + ")");
  }
  if (!keys.empty()) {
    reasons.out.reasons.push_back("the populations of " + base.path + " and " + alt.path +
                                  " differ: " + shortened(keys));
  }
}

void check_regions(const RunFacts& base, const RunFacts& alt, Reasons& reasons) {
  const std::size_t all = base.regions.size();
  if (all != alt.regions.size()) {
    reasons.differ("numbers of provinces and counties differ", std::to_string(all),
                   std::to_string(alt.regions.size()));
    return;
  }
  std::vector<std::string> different;
  for (std::size_t i = 0; i < all; ++i) {
    const RegionInfo& b = base.regions[i];
    const RegionInfo& a = alt.regions[i];
    if (b.level != a.level || b.id != a.id || b.name != a.name || b.weight != a.weight ||
        b.fraction != a.fraction) {
      different.push_back(b.name);
    }
  }
  if (!different.empty()) {
    reasons.out.reasons.push_back("regions of " + base.path + " and " + alt.path +
                                  " differ or have other weights: " + shortened(different));
  }
}

void check_replicates(const RunFacts& base, const RunFacts& alt, const Pairing& pairing,
                      Reasons& reasons) {
  const bool same_first = base.first_replicate == alt.first_replicate;
  if (base.replicates == alt.replicates && same_first) return;
  const CommonReplicates common = common_replicates(base, alt);
  if (!pairing.replicates_in_common || common.count == 0) {
    reasons.differ(same_first ? "numbers of replicates differ" : "replicates differ",
                   same_first ? std::to_string(base.replicates) : replicates_text(base),
                   same_first ? std::to_string(alt.replicates) : replicates_text(alt));
    reasons.out.reasons.back() += common.count == 0
                                      ? "; they have none in common"
                                      : "; --replicates-in-common leaves out those of one run only";
    return;
  }
  const std::string has =
      base.path + " has " + (same_first ? std::to_string(base.replicates) : replicates_text(base)) +
      ", " + alt.path + " " + (same_first ? std::to_string(alt.replicates) : replicates_text(alt));
  reasons.out.notes.push_back(
      same_first
          ? "only the first " + std::to_string(common.count) + " replicates are compared: " + has
          : "only replicates of both runs are compared, " + std::to_string(common.count) +
                " from number " + std::to_string(base.first_replicate + common.base) +
                " on: " + has);
}

void check_calendar(const RunFacts& base, const RunFacts& alt, const Pairing& pairing,
                    Reasons& reasons) {
  reasons.check("starts differ", month_text(base.start), month_text(alt.start));
  reasons.check("months in which the programme begins differ", month_text(base.programme),
                month_text(alt.programme));
  if (!pairing.years) {
    if (base.end == alt.end) return;
    reasons.differ("ends differ", month_text(base.end), month_text(alt.end));
    reasons.out.reasons.back() += "; --years compares years that both have";
    return;
  }
  for (const RunFacts* run : {&base, &alt}) {
    const Years all = recorded_years(*run);
    if (inside(*pairing.years, all)) continue;
    reasons.out.reasons.push_back("years " + years_text(*pairing.years) +
                                  " do not lie in the results of " + run->path + ", " +
                                  years_text(all));
  }
}

bool same_bits(double a, double b) {
  if (std::isnan(a) && std::isnan(b)) return true;
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

/// The first month in which an indicator of two runs is not the same number; that of the programme
/// if there is none.
std::size_t first_difference(const StoredIndicator& base, const StoredIndicator& alt,
                             const CommonReplicates& common, std::size_t months) {
  std::size_t first = months;
  for (std::size_t r = 0; r < common.count; ++r) {
    for (std::size_t month = 0; month < first; ++month) {
      for (std::size_t region = 0; region < base.regions; ++region) {
        const double here = base.at(common.base + r, month, region);
        if (!same_bits(here, alt.at(common.alt + r, month, region))) first = month;
      }
    }
  }
  return first;
}

struct Parting {
  std::size_t month = 0;
  std::string indicator;
};

/// Where the two first part before the programme, over all indicators that both have.
std::optional<Parting> first_parting(const RunReader& base, const RunReader& alt,
                                     const CommonReplicates& common, std::size_t months) {
  Parting found{months, ""};
  for (const char* name : {"national", "province"}) {
    const std::vector<std::string> others = alt.group(name).indicators;
    for (const std::string& indicator : base.group(name).indicators) {
      if (std::find(others.begin(), others.end(), indicator) == others.end()) continue;
      const std::size_t month = first_difference(base.read(name, indicator),
                                                 alt.read(name, indicator), common, found.month);
      if (month < found.month) found = {month, indicator};
    }
  }
  if (found.month == months) return std::nullopt;
  return found;
}

/// The past of a branch is not what its scenario says.
void note_branch(const RunFacts& run, PairingVerdict& out) {
  if (run.replay.find(" --from ") == std::string::npos) return;
  out.notes.push_back(run.path + " went on from a state of another run (" + run.replay +
                      "): what was before is that run's, whatever its own scenario says");
}

}  // namespace

CommonReplicates common_replicates(const RunFacts& base, const RunFacts& alt) {
  const std::uint64_t first = std::max(base.first_replicate, alt.first_replicate);
  const std::uint64_t end = std::min(std::uint64_t{base.first_replicate} + base.replicates,
                                     std::uint64_t{alt.first_replicate} + alt.replicates);
  if (end <= first) return {};
  return {static_cast<std::size_t>(end - first),
          static_cast<std::size_t>(first - base.first_replicate),
          static_cast<std::size_t>(first - alt.first_replicate)};
}

std::string replicates_text(const RunFacts& facts) {
  std::string count =
      facts.replicates == 1 ? "1 replicate" : std::to_string(facts.replicates) + " replicates";
  if (facts.first_replicate == 0) return count;
  const std::string first = std::to_string(facts.first_replicate);
  if (facts.replicates == 1) return count + " (number " + first + ")";
  return count + " (numbers " + first + " to " +
         std::to_string(facts.first_replicate + facts.replicates - 1) + ")";
}

std::string shortened(const std::vector<std::string>& names, std::size_t most) {
  std::string out;
  const std::size_t shown = std::min(most, names.size());
  for (std::size_t i = 0; i < shown; ++i) out += (i > 0 ? ", " : "") + names[i];
  if (names.size() > shown) out += " and " + std::to_string(names.size() - shown) + " more";
  return out;
}

RunFacts facts_of(const RunReader& run, const std::string& path) {
  RunFacts out;
  out.path = path;
  out.scenario = run.attribute("scenario");
  out.title = run.attribute("title");
  out.digest = run.attribute("results_digest");
  out.seed = run.attribute("seed");
  out.version = run.attribute("terrace_version");
  out.commit = run.attribute("commit");
  out.replay = run.attribute("replay");
  out.settings = settings_of(run.attribute("resolved_scenario"));
  out.start = month_from(out, "time.start");
  out.programme = month_from(out, "time.programme");
  out.end = month_from(out, "time.end");
  const std::vector<std::uint32_t> numbers = run.group("national").replicates;
  out.replicates = numbers.size();
  if (!numbers.empty()) out.first_replicate = numbers.front();
  for (const char* name : {"province", "county"}) {
    for (RegionInfo& region : run.group(name).regions) out.regions.push_back(std::move(region));
  }
  out.panel = run.has_panel();
  return out;
}

PairingVerdict compare_facts(const RunFacts& base, const RunFacts& alt, const Pairing& pairing) {
  Reasons reasons(base, alt);
  reasons.check("seeds differ", base.seed, alt.seed);
  check_replicates(base, alt, pairing, reasons);
  check_calendar(base, alt, pairing, reasons);
  check_population(base, alt, reasons);
  check_regions(base, alt, reasons);
  note_branch(base, reasons.out);
  note_branch(alt, reasons.out);
  if (base.version != alt.version || base.commit != alt.commit) {
    reasons.out.notes.push_back("made by different versions of the program: " + base.path + " by " +
                                base.version + " (" + base.commit + "), " + alt.path + " by " +
                                alt.version + " (" + alt.commit + ")");
  }
  return std::move(reasons.out);
}

std::vector<SettingDifference> what_differs(const RunFacts& base, const RunFacts& alt) {
  static constexpr std::array<std::string_view, 7> kAside = {
      "name", "title", "output", "run.replicates", "run.first_replicate", "time.end", "population"};
  std::vector<SettingDifference> out;
  for (SettingDifference& d : setting_differences(base.settings, alt.settings)) {
    if (std::none_of(kAside.begin(), kAside.end(),
                     [&](std::string_view section) { return in_section(d.key, section); })) {
      out.push_back(std::move(d));
    }
  }
  return out;
}

PairingVerdict compare_burn_in(const RunFacts& base, const RunReader& base_run, const RunFacts& alt,
                               const RunReader& alt_run) {
  PairingVerdict out;
  if (base.programme <= base.start) {
    out.notes.push_back("the programme begins with the run: no years before it show that " +
                        base.path + " and " + alt.path + " began alike");
    return out;
  }
  const auto parting = first_parting(base_run, alt_run, common_replicates(base, alt),
                                     static_cast<std::size_t>(base.programme - base.start));
  if (!parting) return out;
  const Month month = base.start + static_cast<Month>(parting->month);
  const std::string where = "already before the programme, from " + month_text(month) + " on (" +
                            parting->indicator + ")";
  std::vector<std::string> keys;
  for (const SettingDifference& d : what_differs(base, alt)) {
    if (in_section(d.key, "parameters") || in_section(d.key, "series")) keys.push_back(d.key);
  }
  if (keys.empty()) {
    out.reasons.push_back("the results of " + base.path + " and " + alt.path + " part " + where +
                          ", and no parameter or series of the scenarios explains it");
  } else {
    out.notes.push_back(
        base.path + " and " + alt.path + " are paired by household and shock, but part " + where +
        "; " + std::to_string(keys.size()) +
        (keys.size() == 1 ? " parameter or series differs: " : " parameters or series differ: ") +
        shortened(keys));
  }
  return out;
}

Years compared_years(const RunFacts& base, const RunFacts& alt, const Pairing& pairing) {
  if (pairing.years) return *pairing.years;
  return {first_result_year(base.start, base.programme),
          last_result_year(std::min(base.end, alt.end))};
}

}  // namespace terrace::analysis
