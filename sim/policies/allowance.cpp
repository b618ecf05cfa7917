// Subsistence allowance (dibao) under the programme: reviewed every January, for whoever is found
// below the county's standard. When it begins to pay, the ordinary list of earlier years ends.
//
// Who:     not struck off by data matching; reviewed income a head below the standard (in
//          designated counties `line_ratio` of it until 2019; from 2020 at least the exit line).
//
// Errors:  `missed` of the eligible are not reached, fewer where a team lives; review errs by
//          `sd_early`, later by `sd_late`.
//
// Effect:  a monthly transfer of `gap_fill` of the gap that was found. An entitlement.
//
// End:     with the year, or with the module; the next review decides anew.
#include <algorithm>

#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "policies/builtin.hpp"
#include "policies/shared.hpp"

namespace terrace {

namespace {

constexpr StreamId kReview = stream("policy.allowance.review");
constexpr StreamId kMissed = stream("policy.allowance.missed");

struct AllowanceParameters {
  double consent, gap_fill, missed, line_ratio, sd_early, sd_late;
  static std::span<const Parameter<AllowanceParameters>> table() {
    using S = AllowanceParameters;
    static constexpr Parameter<S> rows[] = {
        {&S::consent, {"consent", "1", 0.95, 0.7, 0.999, "claims of the eligible", "assumption"}},
        {&S::gap_fill,
         {"gap_fill", "1", 0.75, 0.5, 1, "share of the gap to the standard that is paid",
          "assumption"}},
        {&S::missed,
         {"missed", "1", 0.25, 0, 0.5, "eligible households that the list misses",
          "pre-reform errors very large (Golan et al. 2017; Kakwani et al. 2017)"}},
        {&S::line_ratio,
         {"line_ratio", "1", 0.8, 0.65, 1, "standard of designated counties over the national mean",
          "assumption; from 2020 at least the exit line"}},
        {&S::sd_early,
         {"sd_early", "log", 0.6, 0, 0.9, "error of reviewed income before 2016", "assumption"}},
        {&S::sd_late, {"sd_late", "log", 0.35, 0, 0.6, "the same from 2016 on", "assumption"}},
    };
    return rows;
  }
};

class Allowance final : public PolicyModule {
 public:
  Allowance(const AllowanceParameters& p, const ModuleSettings& s) : p_(p), s_(s) {}

  void candidates(const PolicyMonth& now, std::vector<Candidate>& out) const override {
    const County& c = *now.county;
    const HouseholdTable& t = c.households;
    const double standard = county_standard(now);
    for (std::uint32_t h = 0; h < t.size(); ++h) {
      const Entity who{t.id[h], c.number};
      // Struck off for wealth or a salaried post: the same match of data bars the allowance.
      const bool removed = static_cast<Status>(t.status[h]) == Status::removed;
      if (removed && (t.notes[h] & note::matched) != 0) continue;
      const double seen = reviewed(now, h);
      if (seen >= standard || uniform(now.frame->key, kMissed, who, now.month) < missed(now, h))
        continue;
      Candidate candidate;
      candidate.household = h;
      candidate.units = t.members[h];
      candidate.gain = standard - seen;
      candidate.consent_logit = exact::logit(p_.consent);
      out.push_back(candidate);
    }
  }

  void start(PolicyMonth& now, const Candidate& who, Enrolment& e) const override {
    // The gap that the review found; the list of enrolments grows while households are admitted.
    e.amount = static_cast<float>(p_.gap_fill * who.gain * now.residents[who.household] / 12.0);
    e.start = pack_month(now.month + 1);
    e.end = pack_month(month_of(now.frame->year + 1, 2));
  }

  void month(PolicyMonth& now, Enrolment& e) const override {
    if (pack_month(now.month) >= e.end || now.month > s_.until) {
      e.state = Enrolment::State::ended;
      now.why = Reason::ran_out;
      return;
    }
    policies::pay_with_effect(now, e.household, e.amount, s_, Payee::transfer);
  }

 private:
  double county_standard(const PolicyMonth& now) const {
    const double national = now.frame->allowance_line;
    const double county = now.county->designated ? p_.line_ratio * national : national;
    return now.frame->year >= 2020 ? std::max(county, now.frame->exit_line) : county;
  }

  /// A team reaches more of those who are missed without it.
  double missed(const PolicyMonth& now, std::uint32_t h) const {
    const std::size_t village = now.county->households.village[h];
    const double team = now.team.empty() ? 0.0 : static_cast<double>(now.team[village]);
    return std::max(0.0, 1.0 - (1.0 - p_.missed) * (1.0 + team));
  }

  /// Income as the review sees it: without the allowance itself, with an error.
  double reviewed(const PolicyMonth& now, std::uint32_t h) const {
    const HouseholdTable& t = now.county->households;
    double own = now.income[h] - t.allowance[h] * 12.0 / now.residents[h];
    const Enrolment* running = policies::enrolment_of(now, h);
    if (running != nullptr) own -= s_.effect * running->amount * 12.0 / now.residents[h];
    const double sd = now.frame->year < 2016 ? p_.sd_early : p_.sd_late;
    return std::max(100.0, own) *
           exact::exp(sd * normal(now.frame->key, kReview, {t.id[h], now.county->number},
                                  month_of(now.frame->year, 1)));
  }

  AllowanceParameters p_;
  ModuleSettings s_;
};

}  // namespace

void register_allowance(PolicyCatalogue& catalogue) {
  ModuleInfo info;
  info.name = "allowance";
  info.title = "Subsistence allowance (dibao) under the programme";
  info.allocation = Allocation::entitlement;
  info.pot = Pot::line;
  info.measures = bit(Measure::allowance);
  info.offer_months = 1;
  info.default_from_year = 2014;
  info.replaces_ordinary_allowance = true;
  info.streams = {"policy.allowance.review", "policy.allowance.missed"};
  catalogue.add({info, block_of("policies.allowance", AllowanceParameters::table()),
                 [](const ParameterValues& v, const ModuleSettings& s, const SeriesSet&) {
                   return std::make_unique<Allowance>(
                       load_parameters("policies.allowance", AllowanceParameters::table(), v), s);
                 }});
}

}  // namespace terrace
