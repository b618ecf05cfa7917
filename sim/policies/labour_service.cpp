// Labour service: an agency that finds posts, for all members of a household who could work.
//
// Who:    registered or monitored; at least one member of 16-59 who farms or looks for work and is
//         not severely disabled. All such members are served.
//
// Money:  `unit_cost` a person from the county's pool, to the agency, for `service_months`; the
//         fare of a member who goes to work in another province, `fare`, to the household.
//
// Effect: at once: `migrate_logit` on the log-odds of applying for work away after the Spring
//         Festival, `search_gain` on the pace of searches that begin meanwhile; less where the
//         service answers no cause of poverty. There are as many openings and posts as before:
//         where they bind, it changes who gets them.
//
// Failure: `failure` of the agencies' promises come to nothing within the time of service.
//
// End:    its time is up, no such member is left, whatever it does by now, or it is no longer in
//         force. Who has found work is helped again when it is lost within the time.
#include <algorithm>

#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "policies/builtin.hpp"
#include "policies/shared.hpp"

namespace terrace {

namespace {

constexpr StreamId kFail = stream("policy.labour_service.fail");

struct LabourServiceParameters {
  double consent, unit_cost, fare, service_months, migrate_logit, search_gain, failure, earmark;
  static std::span<const Parameter<LabourServiceParameters>> table() {
    using S = LabourServiceParameters;
    static constexpr std::string_view kAssumed = "assumption";
    static constexpr Parameter<S> rows[] = {
        {&S::consent, {"consent", "1", 0.8, 0.5, 0.999, "consent of the eligible", kAssumed}},
        {&S::unit_cost,
         {"unit_cost", "yuan(2012)/person", 300, 100, 1500, "public cost of the service",
          kAssumed}},
        {&S::fare,
         {"fare", "yuan/person", 400, 0, 1000,
          "paid to who goes to another province meanwhile, nominal", kAssumed}},
        {&S::service_months,
         {"service_months", "months", 12, 6, 24, "time of service: twelve have one Spring Festival",
          kAssumed}},
        {&S::migrate_logit,
         {"migrate_logit", "logit", 0.3, 0, 1, "added to the log-odds of applying for work away",
          kAssumed}},
        {&S::search_gain,
         {"search_gain", "1", 0.3, 0, 1, "added to the pace of a search that begins",
          "assumption; as a resident team's"}},
        {&S::failure,
         {"failure", "1", 0.2, 0, 0.6, "share of services that break off before their time",
          kAssumed}},
        {&S::earmark,
         {"earmark", "1", 0.05, 0, 1,
          "weight among the modules that share a pool where its money is earmarked", kAssumed}},
    };
    return rows;
  }
};

struct Workers {
  int able = 0;  ///< of 16-59 and not severely disabled, whatever they do
  int home = 0;  ///< of them at home without a post: whom the service could help now
  int far = 0;   ///< working in another province, of whatever age
};

Workers workers_of(const County& c, std::uint32_t h, Month month) {
  const HouseholdTable& t = c.households;
  const PersonTable& persons = c.persons;
  Workers n;
  for (std::size_t i = t.first[h]; i < t.first[h] + t.members[h]; ++i) {
    const int age = (month - persons.birth[i]) / 12;
    const bool able = age >= 16 && age < 60 && persons.disability[i] < 2;
    n.able += able ? 1 : 0;
    if (able && policies::free_for_post(c, i)) ++n.home;
    if (static_cast<Post>(persons.post[i]) == Post::far) ++n.far;
  }
  return n;
}

/// What work away is worth at home, as the economy has it.
struct WorkAway {
  double sent_home;  ///< share of the pay
  double months;     ///< paid in a year
};

class LabourService final : public PolicyModule {
 public:
  LabourService(const LabourServiceParameters& p, const ModuleSettings& s, const WorkAway& away)
      : p_(p), s_(s), away_(away), months_(static_cast<int>(p.service_months + 0.5)) {}

  void candidates(const PolicyMonth& now, std::vector<Candidate>& out) const override {
    const HouseholdTable& t = now.county->households;
    for (std::uint32_t h = 0; h < t.size(); ++h) {
      if (!policies::listed(t, h)) continue;
      const int served = workers_of(*now.county, h, now.month).home;
      if (served == 0) continue;
      Candidate who;
      who.household = h;
      who.units = static_cast<std::uint8_t>(served);
      who.cost = to_fen(p_.unit_cost * s_.cost * now.frame->price) * served;
      who.gain = hoped_for(now, h, served);
      who.consent_logit = exact::logit(p_.consent);
      out.push_back(who);
    }
  }

  void start(PolicyMonth& now, const Candidate& who, Enrolment& e) const override {
    e.amount = -1.0F;  // nobody has been counted yet
    now.pay(who.household, who.cost, Payee::supplier);
  }

  void month(PolicyMonth& now, Enrolment& e) const override {
    const std::uint32_t h = e.household;
    const Workers workers = workers_of(*now.county, h, now.month);
    pay_fares(now, e, workers.far);
    const bool over = now.month - e.start >= months_ || now.month > s_.until;
    if (over || workers.able == 0) {
      e.state = Enrolment::State::ended;
      now.why = over ? Reason::ran_out : Reason::no_member;
      return;
    }
    const Entity who{now.county->households.id[h], now.county->number};
    const double hazard = -exact::log(1.0 - p_.failure) / months_;
    const double works = now.match(h) * s_.effect;
    // A service without effect disappoints nobody.
    if (works > 0.0 && uniform(now.frame->key, kFail, who, now.month) < hazard) {
      e.state = Enrolment::State::failed;
      return;
    }
    now.flows->migrate[h] += static_cast<float>(works * p_.migrate_logit);
    now.flows->search[h] *= static_cast<float>(1.0 + works * p_.search_gain);
  }

 private:
  /// As the county hopes: the chance of being away rises as steeply as log-odds can make it rise,
  /// there is an opening for everybody, and who is away sends home what a mean worker does.
  double hoped_for(const PolicyMonth& now, std::uint32_t h, int served) const {
    const double more_away = std::min(1.0, s_.effect * p_.migrate_logit / 4.0) * served;
    return more_away * away_.sent_home * away_.months * now.frame->migrant_wage /
           static_cast<double>(now.residents[h]);
  }

  /// Who has gone to another province since last month; in the first month nobody is known to have.
  void pay_fares(PolicyMonth& now, Enrolment& e, int far) const {
    const double left = e.amount < 0.0F ? 0.0 : std::max(0.0, far - static_cast<double>(e.amount));
    e.amount = static_cast<float>(far);
    const double due = left * p_.fare;
    if (due > 0.0 && to_fen(due * std::max(s_.cost, s_.effect)) <= now.county->ledger.free_pool())
      policies::pay_with_effect(now, e.household, due, s_, Payee::transfer);
  }

  LabourServiceParameters p_;
  ModuleSettings s_;
  WorkAway away_;
  int months_;
};

}  // namespace

void register_labour_service(PolicyCatalogue& catalogue) {
  ModuleInfo info;
  info.name = "labour_service";
  info.title = "Labour service: help to find work";
  info.allocation = Allocation::walk;
  info.pot = Pot::pool;
  info.measures = bit(Measure::labour_service);
  info.earmark = "earmark";
  info.offer_months = 0b000000100001;  // January and, for those registered in May, June
  info.default_from_year = 2014;
  info.streams = {"policy.labour_service.fail"};
  catalogue.add(
      {info, block_of("policies.labour_service", LabourServiceParameters::table()),
       [](const ParameterValues& v, const ModuleSettings& s, const SeriesSet&) {
         const WorkAway away{v.at("wages_labour.remit"), v.at("wages_labour.months_migrant")};
         return std::make_unique<LabourService>(
             load_parameters("policies.labour_service", LabourServiceParameters::table(), v), s,
             away);
       }});
}

}  // namespace terrace
