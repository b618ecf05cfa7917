// Industry: farm projects of registered households, bought from the county's own pool.
//
// Who:     registered or monitored, with farm labour of half an adult or more and half a mu or more
//          or a cooperative in the village.
//
// Links:   own project with one adult's labour and the county's median land; else a share where a
//          cooperative runs in the village; else a post at the farm of a firm, for one adult who is
//          at home. Posts are few: `jobs_per_project` for each project of the two other kinds in
//          the county, by lot.
//
// Effect:  own: log farm income rises by `income_gain`, building up over `ramp_months`; by less
//          where the project answers none of the household's causes. Sold at the price of the
//          village's market crop, and part of next year's harvest of it.
//          share: a dividend of `dividend` yuan a year from the twelfth month.
//          post: `job_pay` of the local wage, for `job_farm_time` of an adult's farm labour.
//
// Failure: `failure` of all projects fail within five years, shares also when the cooperative does;
//          the effect is gone and the post too.
//
// End:     of a post, when its holder is gone, 60 or disabled. No other.
#include <algorithm>
#include <cmath>
#include <vector>

#include <terrace/fixed_sum.hpp>
#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "policies/builtin.hpp"
#include "policies/runner.hpp"
#include "policies/shared.hpp"

namespace terrace {

namespace {

constexpr StreamId kFail = stream("policy.industry.fail");
constexpr StreamId kLot = stream("policy.industry.lot");
enum Kind : std::uint8_t { own, share, job };

struct IndustryParameters {
  double consent, income_gain, ramp_months, failure, unit_cost, dividend, earmark;
  double jobs_per_project, job_pay, job_farm_time;
  static std::span<const Parameter<IndustryParameters>> table() {
    using S = IndustryParameters;
    static constexpr Parameter<S> rows[] = {
        {&S::consent,
         {"consent", "1", 0.8, 0.5, 0.95,
          "chance that an eligible household accepts at neutral terms", "assumption"}},
        {&S::income_gain,
         {"income_gain", "log", 0.15, 0, 0.3, "rise of log farm income after the ramp",
          "assumption; cooperatives help on average, not at low quantiles (Agric Food Econ 2022)"}},
        {&S::ramp_months,
         {"ramp_months", "months", 18, 6, 36, "time after which 95% of the effect is there",
          "assumption"}},
        {&S::failure,
         {"failure", "1", 0.25, 0, 0.5, "share of projects that fail within five years",
          "assumption"}},
        {&S::unit_cost,
         {"unit_cost", "yuan(2012)/household", 8000, 3000, 20000, "public cost of a project",
          "assumption"}},
        {&S::dividend,
         {"dividend", "yuan/household/yr", 100, 0, 600, "dividend of a share, nominal",
          "Danyang village: 84 yuan a household and year"}},
        {&S::jobs_per_project,
         {"jobs_per_project", "posts/project", 0.1, 0, 0.5,
          "posts that firms keep for the listed, for each own project or share in the county",
          "assumption; Danyang village: 10 posts beside 48 lessors"}},
        {&S::job_pay,
         {"job_pay", "1", 0.6, 0.3, 1, "pay of such a post over the mean local wage",
          "assumption; as of posts of cooperatives"}},
        {&S::job_farm_time,
         {"job_farm_time", "1", 0.7, 0, 1, "share of the holder's farm labour given up",
          "assumption"}},
        {&S::earmark,
         {"earmark", "1", 0.45, 0, 1,
          "weight among the modules that share a pool where its money is earmarked", "assumption"}},
    };
    return rows;
  }
};

class Industry final : public PolicyModule {
 public:
  Industry(const IndustryParameters& p, const ModuleSettings& s) : p_(p), s_(s) {}

  void candidates(const PolicyMonth& now, std::vector<Candidate>& out) const override {
    const HouseholdTable& t = now.county->households;
    const double median = policies::median_land(t);
    std::vector<RankedBid> lots;
    for (std::uint32_t h = 0; h < t.size(); ++h) {
      const double labour = t.labour[h] / 16.0;
      if (!policies::listed(t, h) || labour < 0.5) continue;
      const bool cooperative = cooperative_runs(*now.county, h);
      if (t.land[h] < 50 && !cooperative) continue;
      Candidate who;
      who.household = h;
      who.kind = labour >= 1.0 && t.land[h] >= median ? own : cooperative ? share : job;
      who.cost = to_fen(p_.unit_cost * s_.cost * now.frame->price);
      who.gain = first_year_gain(now, h, who.kind);
      who.consent_logit = exact::logit(p_.consent) + 0.3 * exact::log(labour);
      if (who.kind == job && !enters_lot(now, who)) continue;
      if (who.kind == job)
        lots.push_back({0.0, key64(now.frame->key, kLot, {t.id[h], now.county->number}, now.month),
                        static_cast<std::uint32_t>(out.size())});
      out.push_back(who);
    }
    draw_lots(now, lots, out);
  }

  void start(PolicyMonth& now, const Candidate& who, Enrolment& e) const override {
    (void)e;
    now.pay(who.household, who.cost, Payee::supplier);
  }

  void month(PolicyMonth& now, Enrolment& e) const override {
    const Entity who{now.county->households.id[e.household], now.county->number};
    const double hazard = -exact::log(1.0 - p_.failure) / 60.0;
    const bool orphan = e.kind == share && !cooperative_runs(*now.county, e.household);
    if (orphan || uniform(now.frame->key, kFail, who, now.month) < hazard) {
      e.state = Enrolment::State::failed;
      if (e.kind == job) dismiss(now, e);
      return;
    }
    if (e.kind == job) return work_at_post(now, e);
    const double age = now.month - e.start + 1;
    if (e.kind == own) {
      const double gain = now.match(e.household) * s_.effect * p_.income_gain *
                          policies::ramp(age, p_.ramp_months * s_.ramp);
      policies::grow_project(now, e.household, exact::exp(gain) - 1.0);
    } else if (age >= 12) {
      pay_dividend(now, e.household, s_.effect * p_.dividend / 12.0);
    }
  }

 private:
  static bool cooperative_runs(const County& c, std::uint32_t h) {
    return static_cast<Cooperative>(c.villages.coop[c.households.village[h]]) ==
           Cooperative::running;
  }

  /// A firm pays, not the state: no public money, so no entry in the ledger. It comes from the
  /// programme all the same: without it the household would not have it.
  static void pay_dividend(PolicyMonth& now, std::uint32_t h, double yuan) {
    const auto paid = static_cast<float>(yuan / now.frame->price);
    now.flows->property[h] += paid;
    if (!now.public_money.empty()) now.public_money[h] += paid;
  }

  /// Names the member who would take a post; false without one, or where the household has a
  /// project already.
  static bool enters_lot(const PolicyMonth& now, Candidate& who) {
    const County& c = *now.county;
    if (policies::enrolment_of(now, who.household) != nullptr) return false;
    const std::size_t member = policies::able_member(c, who.household, now.month);
    if (member == c.persons.size()) return false;
    who.person = c.persons.number[member];
    return true;
  }

  /// Leaves among the candidates only as many for posts as there are posts.
  void draw_lots(const PolicyMonth& now, std::vector<RankedBid>& lots,
                 std::vector<Candidate>& out) const {
    double projects = 0.0;
    double held = 0.0;
    for (const Enrolment& e : now.county->enrolments[now.module])
      (e.kind == job ? held : projects) += 1.0;
    const double free = std::max(0.0, std::floor(p_.jobs_per_project * projects) - held);
    std::vector<std::uint8_t> drawn(out.size(), 0);
    for (const std::uint32_t i : ration(lots, static_cast<std::size_t>(free))) drawn[i] = 1;
    std::vector<Candidate> stay;
    for (std::size_t i = 0; i < out.size(); ++i) {
      if (out[i].kind != job || drawn[i] != 0) stay.push_back(out[i]);
    }
    out = std::move(stay);
  }

  void work_at_post(PolicyMonth& now, Enrolment& e) const {
    const County& c = *now.county;
    const std::size_t holder = policies::member_by_number(c, e.household, e.person);
    const bool there = holder != c.persons.size();
    const bool begins = e.start == pack_month(now.month);
    const bool holds = there && (begins ? policies::take_post(now, e.household, holder)
                                        : policies::holds_post(c, holder));
    const bool able = holds && c.persons.disability[holder] < 2 &&
                      (now.month - c.persons.birth[holder]) / 12 < 60;
    if (!able) {
      if (holds) policies::leave_post(now, e.household, holder);
      e.state = Enrolment::State::ended;
      now.why = Reason::no_member;
      return;
    }
    policies::give_farm_time(now, e.household, std::min(1.0, s_.effect) * p_.job_farm_time);
    // A wage of the firm for work done, as in a workshop: no cash of the programme.
    now.flows->local_wage[e.household] +=
        static_cast<float>(s_.effect * p_.job_pay * now.frame->local_wage / now.frame->price);
  }

  static void dismiss(PolicyMonth& now, const Enrolment& e) {
    const std::size_t holder = policies::member_by_number(*now.county, e.household, e.person);
    if (holder != now.county->persons.size() && e.start < pack_month(now.month))
      policies::leave_post(now, e.household, holder);
  }

  /// As the county hopes: it does not know whether its diagnosis is right.
  double first_year_gain(const PolicyMonth& now, std::uint32_t h, std::uint8_t kind) const {
    const HouseholdTable& t = now.county->households;
    // Dividends begin with the twelfth month.
    if (kind == share) return s_.effect * p_.dividend / 12.0 / now.residents[h];
    if (kind == job)
      return s_.effect * p_.job_pay * now.frame->local_wage * 12.0 / now.residents[h];
    const double farm = t.last_year[0][h] * now.frame->price / now.residents[h];
    const double there = policies::first_year_ramp(p_.ramp_months * s_.ramp);
    return farm * (exact::exp(s_.effect * p_.income_gain * there) - 1.0);
  }

  IndustryParameters p_;
  ModuleSettings s_;
};

}  // namespace

void register_industry(PolicyCatalogue& catalogue) {
  ModuleInfo info;
  info.name = "industry";
  info.title = "Industry: farm projects and shares";
  info.allocation = Allocation::walk;
  info.pot = Pot::pool;
  info.measures = bit(Measure::industry);
  info.earmark = "earmark";
  info.ramps = true;
  info.offer_months = 0b000000100001;  // January and, for those registered in May, June
  info.default_from_year = 2014;
  info.streams = {"policy.industry.fail", "policy.industry.lot"};
  catalogue.add({info, block_of("policies.industry", IndustryParameters::table()),
                 [](const ParameterValues& v, const ModuleSettings& s, const SeriesSet&) {
                   return std::make_unique<Industry>(
                       load_parameters("policies.industry", IndustryParameters::table(), v), s);
                 }});
}

}  // namespace terrace
