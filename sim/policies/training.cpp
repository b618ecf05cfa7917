// Training: a course of some months for one member, and a better wage after it.
//
// Who:    registered or monitored; a member of 16-59 at home, out of school and not severely
//         disabled: who looks for work before who farms, then the younger. One course a household
//         at a time: until the member has forgotten it or has left.
//
// Money:  `unit_cost` a person from the county's pool, to the school, when the place is taken.
//
// Effect: for `course_months` the member gives up `farm_time` of an adult's farm labour. Then its
//         log wage rises by `wage_gain`, less where the course answers no cause of poverty, and
//         what was learnt fades by `fading` a year. It is worth nothing to who earns no wage.
//
// Failure: `failure` of all courses are not completed, and nothing is learnt.
//
// End:    the member leaves the household, taking along what it knows, or has forgotten it. What
//         was learnt outlasts the measure. Who has found a post, gone away or become severely
//         disabled before the course begins does not attend; the school keeps what it was paid.
#include <algorithm>

#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "policies/builtin.hpp"
#include "policies/shared.hpp"

namespace terrace {

namespace {

constexpr StreamId kComplete = stream("policy.training.complete");
constexpr int kMostSkill = 127;  // PersonTable::skill, hundredths

struct TrainingParameters {
  double consent, unit_cost, course_months, farm_time, wage_gain, fading, failure, earmark;
  static std::span<const Parameter<TrainingParameters>> table() {
    using S = TrainingParameters;
    static constexpr std::string_view kAssumed = "assumption";
    static constexpr Parameter<S> rows[] = {
        {&S::consent, {"consent", "1", 0.8, 0.5, 0.999, "consent of the eligible", kAssumed}},
        {&S::unit_cost,
         {"unit_cost", "yuan(2012)/person", 2000, 1000, 5000, "public cost of a course", kAssumed}},
        {&S::course_months,
         {"course_months", "months", 2, 1, 12, "length of a course",
          "a site trained its workers for two months"}},
        {&S::farm_time,
         {"farm_time", "1", 0.5, 0, 1, "share of an adult's farm labour given up meanwhile",
          kAssumed}},
        {&S::wage_gain, {"wage_gain", "log", 0.08, 0, 0.15, "rise of log wage by it", kAssumed}},
        {&S::fading, {"fading", "1/yr", 0.1, 0, 0.5, "share of it forgotten in a year", kAssumed}},
        {&S::failure, {"failure", "1", 0.15, 0, 0.5, "share of courses not completed", kAssumed}},
        {&S::earmark,
         {"earmark", "1", 0.1, 0, 1,
          "weight among the modules that share a pool where its money is earmarked", kAssumed}},
    };
    return rows;
  }
};

/// At home, out of school, without a post and not severely disabled.
bool can_attend(const County& c, std::size_t person) {
  return c.persons.disability[person] < 2 && policies::free_for_post(c, person);
}

/// Row of the member who would attend, or the table's size.
std::size_t learner(const County& c, std::uint32_t h, Month month) {
  const HouseholdTable& t = c.households;
  const PersonTable& persons = c.persons;
  const auto searches = [&](std::size_t i) {
    return static_cast<Activity>(persons.activity[i]) == Activity::searching;
  };
  std::size_t best = persons.size();
  for (std::size_t i = t.first[h]; i < t.first[h] + t.members[h]; ++i) {
    const int age = (month - persons.birth[i]) / 12;
    if (age < 16 || age >= 60 || !can_attend(c, i)) continue;
    const bool better =
        best == persons.size() ||
        (searches(i) != searches(best) ? searches(i) : persons.birth[i] > persons.birth[best]);
    if (better) best = i;
  }
  return best;
}

/// Hundredths of log wage as a person's skill holds them.
int whole(double hundredths) { return static_cast<int>(hundredths + 0.5); }

class Training final : public PolicyModule {
 public:
  Training(const TrainingParameters& p, const ModuleSettings& s)
      : p_(p), s_(s), course_(static_cast<int>(p.course_months + 0.5)) {}

  void candidates(const PolicyMonth& now, std::vector<Candidate>& out) const override {
    const County& c = *now.county;
    for (std::uint32_t h = 0; h < c.households.size(); ++h) {
      if (!policies::listed(c.households, h)) continue;
      const std::size_t member = learner(c, h, now.month);
      if (member == c.persons.size()) continue;
      Candidate who;
      who.household = h;
      who.person = c.persons.number[member];
      who.cost = to_fen(p_.unit_cost * s_.cost * now.frame->price);
      who.gain = hoped_for(now, h);
      who.consent_logit = exact::logit(p_.consent);
      out.push_back(who);
    }
  }

  void start(PolicyMonth& now, const Candidate& who, Enrolment& e) const override {
    (void)e;
    now.pay(who.household, who.cost, Payee::supplier);
  }

  void month(PolicyMonth& now, Enrolment& e) const override {
    const std::size_t member = policies::member_by_number(*now.county, e.household, e.person);
    const int age = now.month - e.start;  // 0 in the first month of the course
    const bool there = member != now.county->persons.size();
    // The course may begin months after it was accepted.
    if (!there || (age == 0 && !can_attend(*now.county, member))) {
      e.state = Enrolment::State::ended;
      now.why = Reason::no_member;
      return;
    }
    if (age < course_) {
      policies::give_farm_time(now, e.household, std::min(1.0, s_.effect) * p_.farm_time);
    } else if (age == course_) {
      finish(now, e, member);
    } else if ((age - course_) % 12 == 0) {
      fade(now, e, member);
    }
  }

 private:
  /// As the county hopes: a post for the whole of what is left of the year, and the right course.
  double hoped_for(const PolicyMonth& now, std::uint32_t h) const {
    const double wages = now.frame->local_wage * std::max(0, 12 - course_);
    return wages * (exact::exp(s_.effect * p_.wage_gain) - 1.0) /
           static_cast<double>(now.residents[h]);
  }

  /// `amount` is what of the course the member still knows, in hundredths; its skill has that to
  /// the nearest whole one.
  void finish(PolicyMonth& now, Enrolment& e, std::size_t member) const {
    PersonTable& persons = now.county->persons;
    const Entity who{now.county->households.id[e.household], now.county->number, e.person};
    const double learnt = 100.0 * now.match(e.household) * s_.effect * p_.wage_gain;
    // A course that teaches nothing disappoints nobody.
    if (learnt > 0.0 && uniform(now.frame->key, kComplete, who, now.month) < p_.failure) {
      e.state = Enrolment::State::failed;
      return;
    }
    const double room = kMostSkill - persons.skill[member];
    e.amount = static_cast<float>(std::min(learnt, room));
    change_skill(now, e.household, member, whole(static_cast<double>(e.amount)));
    forget_if_nothing(now, e);
  }

  void fade(PolicyMonth& now, Enrolment& e, std::size_t member) const {
    const auto before = static_cast<double>(e.amount);
    e.amount = static_cast<float>(before * (1.0 - p_.fading));
    change_skill(now, e.household, member, whole(static_cast<double>(e.amount)) - whole(before));
    forget_if_nothing(now, e);
  }

  static void change_skill(PolicyMonth& now, std::uint32_t household, std::size_t member, int by) {
    if (by == 0) return;
    std::int8_t& skill = now.county->persons.skill[member];
    skill = static_cast<std::int8_t>(skill + by);
    now.touched->push_back(household);  // its wages are counted anew
  }

  static void forget_if_nothing(PolicyMonth& now, Enrolment& e) {
    if (whole(static_cast<double>(e.amount)) > 0) return;
    e.state = Enrolment::State::ended;
    now.why = Reason::done;
  }

  TrainingParameters p_;
  ModuleSettings s_;
  int course_;  // months
};

}  // namespace

void register_training(PolicyCatalogue& catalogue) {
  ModuleInfo info;
  info.name = "training";
  info.title = "Training in skills";
  info.allocation = Allocation::walk;
  info.pot = Pot::pool;
  info.measures = bit(Measure::training);
  info.earmark = "earmark";
  info.offer_months = 0b000000100001;  // January and, for those registered in May, June
  info.default_from_year = 2014;
  info.streams = {"policy.training.complete"};
  catalogue.add({info, block_of("policies.training", TrainingParameters::table()),
                 [](const ParameterValues& v, const ModuleSettings& s, const SeriesSet&) {
                   return std::make_unique<Training>(
                       load_parameters("policies.training", TrainingParameters::table(), v), s);
                 }});
}

}  // namespace terrace
