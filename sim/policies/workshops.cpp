// Workshops: a post near home in a small factory, for members who cannot or will not work away.
//
// Who:    registered or monitored; a member of 16-59 at home, not severely disabled, whose health
//         is not below `least_health`. Nobody is kept out by dependants; a household that has some
//         says yes more readily. Of several, who has a partial disability, then who went to school
//         for the fewest years: the others find work elsewhere more easily. One post a household.
//
// Places: posts that firms offer, held at once; given in the county's walk. What the county pays
//         the firm comes from its pool: `subsidy` a year for `subsidy_years` after a hiring.
//
// Effect: the firm pays `wage_ratio` of the migrant wage, less in the first `learning_months`, in
//         as many months of the year as other local posts; no public money. It is shut in the
//         epidemic's first `epidemic_months`. The holder farms as much as in other local posts.
//
// Failure: orders fail: `closing` of the villages lose their workshop in a year, and have none for
//         the rest of it.
//
// End:    the holder leaves by its own choice, sooner where the post answers no cause of its
//         poverty, or is 60, severely disabled or too ill; the subsidy ends and the firm keeps
//         `kept` of the posts; the module is no longer in force. Where the year has fewer posts
//         than are held, so many end, by lot.
#include <algorithm>

#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "policies/builtin.hpp"
#include "policies/shared.hpp"

namespace terrace {

namespace {

constexpr StreamId kClosing = stream("policy.workshops.closing");
constexpr StreamId kQuit = stream("policy.workshops.quit");
constexpr StreamId kKept = stream("policy.workshops.kept");
constexpr StreamId kLot = stream("policy.workshops.lot");

struct WorkshopsParameters {
  double consent, care_logit, least_health, wage_ratio, learning_months, learning_pay;
  double subsidy, subsidy_years, kept, closing, quitting, epidemic_months, earmark;
  static std::span<const Parameter<WorkshopsParameters>> table() {
    using S = WorkshopsParameters;
    static constexpr std::string_view kAssumed = "assumption";
    static constexpr Parameter<S> rows[] = {
        {&S::consent, {"consent", "1", 0.8, 0.5, 0.999, "consent of the eligible", kAssumed}},
        {&S::care_logit,
         {"care_logit", "logit", 0.5, 0, 2,
          "added to consent where somebody under 6, over 79 or severely disabled lives there",
          kAssumed}},
        {&S::least_health,
         {"least_health", "1", 0.4, 0.1, 0.7, "health below which nobody can hold a post",
          kAssumed}},
        {&S::wage_ratio,
         {"wage_ratio", "1", 0.6, 0.5, 0.7, "pay of a month over the migrant wage",
          "2,000-3,000 yuan at Wangjia in 2019-21 against a mean of 4,072 in 2020"}},
        {&S::learning_months,
         {"learning_months", "months", 2, 0, 6, "time of learning after a hiring",
          "two months of training at Wangjia"}},
        {&S::learning_pay,
         {"learning_pay", "1", 0.5, 0, 1, "share of pay while learning", kAssumed}},
        {&S::subsidy,
         {"subsidy", "yuan(2012)/post/yr", 2000, 500, 8000, "paid to the firm after a hiring",
          "Wangjia: 0.2 million yuan of state capital for 67 posts is 995 a year over the three "
          "rent-free years; the rest (rent, wage subsidy) assumption"}},
        {&S::subsidy_years,
         {"subsidy_years", "years", 3, 1, 5, "for how long", "rent-free years at Wangjia"}},
        {&S::kept, {"kept", "1", 0.7, 0, 1, "share of posts kept when it ends", kAssumed}},
        {&S::closing,
         {"closing", "1/yr", 0.08, 0, 0.3, "chance that a village's workshop loses its orders",
          kAssumed}},
        {&S::quitting,
         {"quitting", "1/yr", 0.15, 0, 0.5,
          "share of holders who leave, where the post answers a "
          "cause of their poverty; up to twice that where it answers none",
          kAssumed}},
        {&S::epidemic_months,
         {"epidemic_months", "months", 3, 0, 7, "shut from February of the epidemic's year on",
          kAssumed}},
        {&S::earmark,
         {"earmark", "1", 0.05, 0, 1,
          "weight among the modules that share a pool where its money is earmarked", kAssumed}},
    };
    return rows;
  }
};

/// What the economy says of its local posts, and of the epidemic.
struct LocalPosts {
  double months_paid;  ///< a year
  double part_time;    ///< farm labour left of a holder
  double epidemic;     ///< 0: it did not come
  double wage_loss;    ///< by it, from September on
  int year;            ///< of it
};

class Workshops final : public PolicyModule {
 public:
  Workshops(const WorkshopsParameters& p, const ModuleSettings& s, const LocalPosts& posts)
      : p_(p), s_(s), posts_(posts) {}

  void candidates(const PolicyMonth& now, std::vector<Candidate>& out) const override {
    if (s_.effect <= 0.0) return;  // nobody takes up a post without pay
    const County& c = *now.county;
    const HouseholdTable& t = c.households;
    for (std::uint32_t h = 0; h < t.size(); ++h) {
      if (!policies::listed(t, h) || closed(now, h) || leaves(now, h)) continue;
      const std::size_t member = worker(c, h, now.month);
      if (member == c.persons.size()) continue;
      Candidate who;
      who.household = h;
      who.person = c.persons.number[member];
      who.cost = 12 * subsidy_of_month(now);
      who.gain = first_year(now) / static_cast<double>(now.residents[h]);
      who.consent_logit = exact::logit(p_.consent) +
                          (policies::has_dependants(c, h, now.month) ? p_.care_logit : 0.0);
      out.push_back(who);
    }
  }

  void start(PolicyMonth& now, const Candidate& who, Enrolment& e) const override {
    (void)now;
    (void)who;
    (void)e;
  }

  void month(PolicyMonth& now, Enrolment& e) const override {
    const County& c = *now.county;
    const std::size_t holder = policies::member_by_number(c, e.household, e.person);
    const bool there = holder != c.persons.size();
    const bool shut = closed(now, e.household);
    now.why = shut ? Reason::none : why_it_ends(now, e, holder);
    if (shut || now.why != Reason::none) {
      if (there && e.start != pack_month(now.month)) policies::leave_post(now, e.household, holder);
      e.state = shut ? Enrolment::State::failed : Enrolment::State::ended;
      return;
    }
    policies::give_farm_time(now, e.household, std::min(1.0, s_.effect) * (1.0 - posts_.part_time));
    const int age = now.month - e.start + 1;
    const double paid = pay(now, age) * (1.0 - lost_to_epidemic(now.month));
    now.flows->local_wage[e.household] += static_cast<float>(paid / now.frame->price);
    if (age <= subsidised() && subsidy_of_month(now) <= c.ledger.free_pool())
      now.pay(e.household, subsidy_of_month(now), Payee::supplier);
  }

 private:
  int subsidised() const { return static_cast<int>(12.0 * p_.subsidy_years + 0.5); }
  Fen subsidy_of_month(const PolicyMonth& now) const {
    return to_fen(p_.subsidy * s_.cost * now.frame->price / 12.0);
  }

  /// What the firm pays in the age-th month, nominal yuan.
  double pay(const PolicyMonth& now, int age) const {
    const double share = age <= p_.learning_months * s_.ramp ? p_.learning_pay : 1.0;
    return s_.effect * share * p_.wage_ratio * now.frame->migrant_wage * posts_.months_paid / 12.0;
  }
  double first_year(const PolicyMonth& now) const {
    double sum = 0.0;
    for (int age = 1; age <= 12; ++age) sum += pay(now, age);
    return sum;
  }

  /// From September on all pay is cut alike, as in the economy's other posts.
  double lost_to_epidemic(Month month) const {
    const int m = month_in_year(month);
    if (year_of(month) != posts_.year || m < 2) return 0.0;
    if (m < 2 + p_.epidemic_months) return posts_.epidemic;
    return m >= 9 ? posts_.epidemic * posts_.wage_loss : 0.0;
  }

  /// The village's workshop has lost its orders this year.
  bool closed(const PolicyMonth& now, std::uint32_t h) const {
    const County& c = *now.county;
    const std::uint32_t village = c.villages.id[c.households.village[h]];
    return policies::month_of_event(now, kClosing, village, p_.closing) <= month_in_year(now.month);
  }

  /// The household gives up a post this year, or would not take one any more.
  bool leaves(const PolicyMonth& now, std::uint32_t h) const {
    const double chance = p_.quitting * (2.0 - now.match(h));
    return policies::month_of_event(now, kQuit, now.county->households.id[h], chance) <=
           month_in_year(now.month);
  }

  bool fit(const PersonTable& persons, std::size_t i, Month month) const {
    const int age = (month - persons.birth[i]) / 12;
    return age >= 16 && age < 60 && persons.disability[i] < 2 &&
           persons.health[i] >= 255.0 * p_.least_health;
  }

  /// Row of the member who would take the post, or the table's size.
  std::size_t worker(const County& c, std::uint32_t h, Month month) const {
    const HouseholdTable& t = c.households;
    const PersonTable& persons = c.persons;
    std::size_t best = persons.size();
    for (std::size_t i = t.first[h]; i < t.first[h] + t.members[h]; ++i) {
      if (policies::holds_post(c, i)) return persons.size();
      if (!policies::free_for_post(c, i) || !fit(persons, i, month)) continue;
      const bool better = best == persons.size() ||
                          persons.disability[i] > persons.disability[best] ||
                          (persons.disability[i] == persons.disability[best] &&
                           persons.schooling[i] < persons.schooling[best]);
      if (better) best = i;
    }
    return best;
  }

  /// Takes the post up in its first month; later asks whether it goes on.
  Reason why_it_ends(PolicyMonth& now, const Enrolment& e, std::size_t holder) const {
    const County& c = *now.county;
    const bool there = holder != c.persons.size() && fit(c.persons, holder, now.month);
    if (now.month > s_.until) return Reason::ran_out;
    if (e.start == pack_month(now.month))
      return there && policies::take_post(now, e.household, holder) ? Reason::none
                                                                    : Reason::no_member;
    if (!there || !policies::holds_post(c, holder)) return Reason::no_member;
    if (leaves(now, e.household)) return Reason::own_choice;
    if (now.month - e.start == subsidised() && !firm_keeps(now, e)) return Reason::ran_out;
    const auto all = [](const Enrolment&) { return true; };
    return policies::post_left(now, kLot, e.household, all) ? Reason::none : Reason::no_place;
  }

  bool firm_keeps(const PolicyMonth& now, const Enrolment& e) const {
    const Entity who{now.county->households.id[e.household], now.county->number, e.person};
    return uniform(now.frame->key, kKept, who, now.month) < p_.kept;
  }

  WorkshopsParameters p_;
  ModuleSettings s_;
  LocalPosts posts_;
};

}  // namespace

void register_workshops(PolicyCatalogue& catalogue) {
  ModuleInfo info;
  info.name = "workshops";
  info.title = "Workshops: posts near home";
  info.allocation = Allocation::walk;
  info.pot = Pot::pool;
  info.measures = bit(Measure::workshop);
  info.earmark = "earmark";
  info.ramps = true;
  info.places_series = "workshop_posts";
  info.places_are_stock = true;
  info.offer_months = 0b111111111111;  // a post that falls free is filled
  info.default_from_year = 2016;
  info.streams = {"policy.workshops.closing", "policy.workshops.quit", "policy.workshops.kept",
                  "policy.workshops.lot"};
  info.series = {
      {"workshop_posts", "posts", "none", 0, 1e8, "posts that workshops offer in the year"}};
  catalogue.add(
      {info, block_of("policies.workshops", WorkshopsParameters::table()),
       [](const ParameterValues& v, const ModuleSettings& s, const SeriesSet&) {
         const LocalPosts posts{v.at("wages_labour.months_local"), v.at("farm_assets.part_time"),
                                v.at("covid.epidemic"), v.at("covid.wage_loss"),
                                static_cast<int>(v.at("covid.year"))};
         return std::make_unique<Workshops>(
             load_parameters("policies.workshops", WorkshopsParameters::table(), v), s, posts);
       }});
}

}  // namespace terrace
