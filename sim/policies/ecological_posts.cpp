// Ecological posts: paid work as a ranger for one adult of a registered household.
//
// Who:    registered or monitored, income under `renewal_lines` exit lines, village in an
//         ecologically fragile area; an adult of 18-60 in fair health who neither works away nor
//         holds another post.
//
// Places: posts that the nation pays for, held at once; given in the county's walk.
//
// Effect: `pay` a year, at once, whatever made the household poor; the holder gives up `farm_time`
//         of an adult's farm labour.
//
// End:    contracts of twelve months, renewed while income is under that mark and the holder is
//         able. Where the year has fewer posts than are held, so many of the contracts that run out
//         in the month end, by lot.
#include <algorithm>

#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "policies/builtin.hpp"
#include "policies/shared.hpp"

namespace terrace {

namespace {

constexpr int kContract = 12;  // months
constexpr StreamId kRenewal = stream("policy.ecological_posts.renewal");

struct EcologicalParameters {
  double consent, pay, farm_time, renewal_lines;
  static std::span<const Parameter<EcologicalParameters>> table() {
    using S = EcologicalParameters;
    static constexpr Parameter<S> rows[] = {
        {&S::consent, {"consent", "1", 0.95, 0.7, 0.999, "consent of the eligible", "assumption"}},
        {&S::pay,
         {"pay", "yuan/yr", 9000, 6000, 11000, "pay, nominal", "rangers' pay of 8,000-10,000"}},
        {&S::farm_time,
         {"farm_time", "1", 0.2, 0, 0.5, "share of the holder's farm labour given up",
          "assumption"}},
        {&S::renewal_lines,
         {"renewal_lines", "exit lines", 1.5, 1, 3,
          "income a head up to which a post is given and renewed", "assumption"}},
    };
    return rows;
  }
};

class EcologicalPosts final : public PolicyModule {
 public:
  EcologicalPosts(const EcologicalParameters& p, const ModuleSettings& s) : p_(p), s_(s) {}

  void candidates(const PolicyMonth& now, std::vector<Candidate>& out) const override {
    const County& c = *now.county;
    const HouseholdTable& t = c.households;
    for (std::uint32_t h = 0; h < t.size(); ++h) {
      if (!policies::listed(t, h) || c.villages.ecological[t.village[h]] == 0) continue;
      if (!in_need(now, h)) continue;
      const std::size_t member = policies::able_member(c, h, now.month);
      if (member == c.persons.size()) continue;
      Candidate who;
      who.household = h;
      who.person = c.persons.number[member];
      who.cost = to_fen(p_.pay * s_.cost);
      who.gain = s_.effect * p_.pay / now.residents[h];
      who.consent_logit = exact::logit(p_.consent);
      out.push_back(who);
    }
  }

  void start(PolicyMonth& now, const Candidate& who, Enrolment& e) const override {
    (void)now;
    (void)who;
    e.end = static_cast<std::uint16_t>(e.start + kContract);
  }

  void month(PolicyMonth& now, Enrolment& e) const override {
    County& c = *now.county;
    const std::size_t holder = policies::member_by_number(c, e.household, e.person);
    const bool there = holder != c.persons.size();
    const bool begins = e.start == pack_month(now.month);
    const bool holds = there && (begins ? policies::take_post(now, e.household, holder)
                                        : policies::holds_post(c, holder));
    now.why = !holds || c.persons.disability[holder] == 2 ? Reason::no_member
              : pack_month(now.month) >= e.end            ? renew(now, e, holder)
                                                          : Reason::none;
    if (now.why != Reason::none) {
      if (holds) policies::leave_post(now, e.household, holder);
      e.state = Enrolment::State::ended;
      return;
    }
    policies::give_farm_time(now, e.household, std::min(1.0, s_.effect) * p_.farm_time);
    policies::pay_with_effect(now, e.household, p_.pay / 12.0, s_, Payee::wage);
  }

 private:
  bool in_need(const PolicyMonth& now, std::uint32_t h) const {
    return static_cast<double>(now.income[h]) < p_.renewal_lines * now.frame->exit_line;
  }

  /// Another contract, or the reason why there is none.
  Reason renew(const PolicyMonth& now, Enrolment& e, std::size_t holder) const {
    const County& c = *now.county;
    const int age = (now.month - c.persons.birth[holder]) / 12;
    if (now.month > s_.until) return Reason::ran_out;
    if (age >= 60) return Reason::no_member;
    if (!in_need(now, e.household)) return Reason::lost_eligibility;
    if (!place_left(now, e.household)) return Reason::no_place;
    e.end = static_cast<std::uint16_t>(e.end + kContract);
    return Reason::none;
  }

  /// Whether a contract that runs out this month may go on: all may where the year's places hold
  /// them, otherwise the first of them in a keyed order, whatever has been decided of others.
  bool place_left(const PolicyMonth& now, std::uint32_t household) const {
    const std::vector<Enrolment>& list = now.county->enrolments[now.module];
    const auto held = static_cast<std::int64_t>(list.size());  // one post a household
    if (now.places < 0 || held <= now.places) return true;
    const auto lot = [&](std::uint32_t h) {
      return key64(now.frame->key, kRenewal, {now.county->households.id[h], now.county->number},
                   now.month);
    };
    const std::uint64_t own = lot(household);
    std::int64_t ending = 0;
    std::int64_t before = 0;
    for (const Enrolment& e : list) {
      // By the start: who was renewed a moment ago has another end already.
      const int age = now.month - e.start;
      if (age <= 0 || age % kContract != 0) continue;
      ++ending;
      const std::uint64_t other = lot(e.household);
      if (other < own || (other == own && e.household < household)) ++before;
    }
    return before < ending - (held - now.places);
  }

  EcologicalParameters p_;
  ModuleSettings s_;
};

}  // namespace

void register_ecological_posts(PolicyCatalogue& catalogue) {
  ModuleInfo info;
  info.name = "ecological_posts";
  info.title = "Ecological posts (rangers)";
  info.allocation = Allocation::walk;
  info.pot = Pot::line;
  info.measures = bit(Measure::ecological_post);
  info.places_series = "ecological_posts";
  info.places_are_stock = true;
  info.places_for_signatories = true;
  info.offer_months = 0b111111111111;  // a post that falls free is filled
  info.default_from_year = 2016;
  info.streams = {"policy.ecological_posts.renewal"};
  info.series = {
      {"ecological_posts", "posts", "none", 0, 1e8, "posts that the nation pays for in the year"}};
  catalogue.add(
      {info, block_of("policies.ecological_posts", EcologicalParameters::table()),
       [](const ParameterValues& v, const ModuleSettings& s, const SeriesSet&) {
         return std::make_unique<EcologicalPosts>(
             load_parameters("policies.ecological_posts", EcologicalParameters::table(), v), s);
       }});
}

}  // namespace terrace
