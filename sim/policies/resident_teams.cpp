// Resident teams and contact cadres: people sent to live in villages, or to look after households.
//
// Who:      from the register's first year on, each designated poor village, from a month of its
//           own; then the villages with most registered households, up to the county's number.
// Places:   `teams` and `cadres` of the nation, shared out by the first register. With a `capacity`
//           below 1 as many poor villages are left without.
// Effect:   T of a village, on which consent, search, reach, detection and diagnosis depend: falls
//           where a cadre has too many households to look after.
// Rotation: each term has a quality of its own, and new members need some months to settle in.
// Money:    in kind, unless `member_cost` charges for it.
// End:      with the module; nobody is withdrawn before.
#include <algorithm>

#include <terrace/fixed_sum.hpp>
#include <terrace/random.hpp>

#include "policies/builtin.hpp"
#include "policies/shared.hpp"

namespace terrace {

namespace {

constexpr StreamId kArrival = stream("policy.resident_teams.arrival");
constexpr StreamId kQuality = stream("policy.resident_teams.quality");

struct ResidentTeamsParameters {
  double teams, team_effect, team_quality_sd, team_rotation, quality_without;
  double arrival_from, arrival_months, settling_months, settling_quality;
  double cadres, cadre_load, team_size, member_cost;
  static std::span<const Parameter<ResidentTeamsParameters>> table() {
    using S = ResidentTeamsParameters;
    static constexpr Parameter<S> rows[] = {
        {&S::teams,
         {"teams", "teams", 255000, 0, 400000,
          "resident teams of the nation once all are sent; poor villages get theirs in any case",
          "white paper of April 2021"}},
        {&S::team_effect,
         {"team_effect", "1", 0.3, 0, 0.6,
          "T: relative rise of consent, search, reach and detection, and fall of misdiagnosis, "
          "with a team of usual quality; 0: teams and cadres do nothing",
          "assumption"}},
        {&S::team_quality_sd,
         {"team_quality_sd", "1", 0.3, 0, 0.6, "sd of team quality, mean 1; held within 0 and 2",
          "assumption"}},
        {&S::team_rotation,
         {"team_rotation", "months", 24, 12, 36, "months between rotations",
          "terms of one to three years"}},
        {&S::quality_without,
         {"quality_without", "1", 0.3, 0, 1, "quality where no team lives: contact cadres alone",
          "assumption"}},
        {&S::arrival_from,
         {"arrival_from", "year", 2013, 2013, 2020,
          "first year in which poor villages get their teams, each in a month of its own, though "
          "not before they are designated",
          "teams in all poor villages by October 2015"}},
        {&S::arrival_months,
         {"arrival_months", "months", 34, 1, 84,
          "months over which these are spread; then further villages get theirs",
          "January 2013 to October 2015"}},
        {&S::settling_months,
         {"settling_months", "months", 3, 0, 12,
          "months that new members need to settle in; 0: none", "assumption"}},
        {&S::settling_quality,
         {"settling_quality", "1", 0.5, 0, 1, "factor on quality in these months", "assumption"}},
        {&S::cadres,
         {"cadres", "persons", 5000000.0, 2000000.0, 8000000.0, "contact cadres of the nation",
          "assumption; four to five households each"}},
        {&S::cadre_load,
         {"cadre_load", "households", 5, 3, 15,
          "registered households per contact cadre up to which T is full",
          "four to five households a cadre"}},
        {&S::team_size, {"team_size", "persons", 3, 2, 5, "members of a team", "assumption"}},
        {&S::member_cost,
         {"member_cost", "yuan(2012)/person/yr", 0, 0, 100000,
          "charged for each member of a team; 0: in kind, the sending office goes on paying",
          "assumption; 36,000 would make about 28 billion yuan a year"}},
    };
    return rows;
  }
};

Entity village_entity(const PolicyMonth& now, std::size_t v) {
  return {now.county->villages.id[v], now.county->number, 1};
}

std::vector<double> registered_by_village(const County& c) {
  std::vector<double> out(c.villages.size(), 0.0);
  for (std::size_t h = 0; h < c.households.size(); ++h) {
    if (on_register(c.households.status[h])) out[c.households.village[h]] += 1.0;
  }
  return out;
}

class ResidentTeams final : public PolicyModule {
 public:
  ResidentTeams(const ResidentTeamsParameters& p, const ModuleSettings& s, double first_register)
      : p_(p), s_(s), first_register_(static_cast<int>(first_register)) {}

  // Teams serve villages: no household enrols.
  void candidates(const PolicyMonth&, std::vector<Candidate>&) const override {}
  void start(PolicyMonth&, const Candidate&, Enrolment&) const override {}
  void month(PolicyMonth&, Enrolment&) const override {}

  void look_after(const PolicyMonth& now, std::span<float> team) const override {
    if (!now.frame->registry || now.frame->year < first_register_) return;
    const std::vector<double> registered = registered_by_village(*now.county);
    send_to_poor_villages(now);
    const Month all_sent =
        month_of(static_cast<int>(p_.arrival_from), 1) + static_cast<Month>(p_.arrival_months);
    if (now.month >= all_sent) send_further(now, registered);
    const double load = attention(lane_sum(registered), now.cadres);
    for (std::size_t v = 0; v < team.size(); ++v)
      team[v] += static_cast<float>(s_.effect * p_.team_effect * quality(now, v) * load);
  }

  void county_month(PolicyMonth& now) const override {
    double there = 0.0;
    for (const std::uint16_t since : now.county->villages.team_since)
      there += since != kNoMonth ? 1.0 : 0.0;
    const double month = p_.member_cost * s_.cost * now.frame->price / 12.0;
    if (there > 0.0 && month > 0.0) now.spend(to_fen(there * p_.team_size * month));
  }

 private:
  /// The month from which a poor village is to have its team.
  Month arrival(const PolicyMonth& now, std::size_t v) const {
    const double u = uniform(now.frame->key, kArrival, village_entity(now, v), 0);
    return month_of(static_cast<int>(p_.arrival_from), 1) +
           static_cast<Month>(u * p_.arrival_months);
  }

  static bool poor(const VillageTable& t, std::size_t v) {
    return static_cast<VillageStanding>(t.standing[v]) != VillageStanding::ordinary;
  }

  /// Where the nation sends fewer (`capacity`), the same villages go without in all scenarios.
  bool left_out(const PolicyMonth& now, std::size_t v) const {
    return uniform(now.frame->key, kArrival, village_entity(now, v), 0, 1) >= s_.capacity;
  }

  void send_to_poor_villages(const PolicyMonth& now) const {
    VillageTable& t = now.county->villages;
    for (std::size_t v = 0; v < t.size(); ++v) {
      if (poor(t, v) && t.team_since[v] == kNoMonth && now.month >= arrival(now, v) &&
          !left_out(now, v))
        t.team_since[v] = pack_month(now.month);
    }
  }

  /// Up to the county's number of teams, to the villages with most registered households; to none
  /// without any, nor to poor ones that go without. A village that has a team keeps it.
  void send_further(const PolicyMonth& now, const std::vector<double>& registered) const {
    VillageTable& t = now.county->villages;
    std::int64_t have = 0;
    std::vector<RankedBid> bids;
    for (std::size_t v = 0; v < t.size(); ++v) {
      if (t.team_since[v] != kNoMonth) {
        ++have;
      } else if (registered[v] > 0.0 && !(poor(t, v) && left_out(now, v))) {
        bids.push_back({-registered[v], key64(now.frame->key, kArrival, village_entity(now, v), 0),
                        static_cast<std::uint32_t>(v)});
      }
    }
    if (now.teams <= have) return;
    for (const std::uint32_t v : ration(bids, static_cast<std::size_t>(now.teams - have)))
      t.team_since[v] = pack_month(now.month);
  }

  /// Of the team as it is this month, or of the contact cadres where there is none.
  double quality(const PolicyMonth& now, std::size_t v) const {
    const std::uint16_t since = now.county->villages.team_since[v];
    if (since == kNoMonth || now.month < since) return p_.quality_without;
    const int term = std::max(1, static_cast<int>(p_.team_rotation + 0.5));
    const Month begun = since + (now.month - since) / term * term;
    const double drawn =
        1.0 + p_.team_quality_sd * normal(now.frame->key, kQuality, village_entity(now, v), begun);
    const bool new_here = now.month - begun < static_cast<int>(p_.settling_months + 0.5);
    return std::clamp(drawn, 0.0, 2.0) * (new_here ? p_.settling_quality : 1.0);
  }

  /// 1 where contact cadres have no more households than they can look after.
  double attention(double registered, double cadres) const {
    if (cadres <= 0.0) return 0.0;
    return registered > 0.0 ? std::min(1.0, p_.cadre_load * cadres / registered) : 1.0;
  }

  ResidentTeamsParameters p_;
  ModuleSettings s_;
  int first_register_;  ///< year: before it nobody knows which villages are poor
};

}  // namespace

void register_resident_teams(PolicyCatalogue& catalogue) {
  ModuleInfo info;
  info.name = "resident_teams";
  info.title = "Resident teams and contact cadres";
  info.sends_teams = true;
  info.default_from_year = 2013;
  info.streams = {"policy.resident_teams.arrival", "policy.resident_teams.quality"};
  catalogue.add(
      {info, block_of("policies.resident_teams", ResidentTeamsParameters::table()),
       [](const ParameterValues& v, const ModuleSettings& s, const SeriesSet&) {
         return std::make_unique<ResidentTeams>(
             load_parameters("policies.resident_teams", ResidentTeamsParameters::table(), v), s,
             v.at("identification.first_year"));
       }});
}

}  // namespace terrace
