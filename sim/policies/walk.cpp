// The county's walk: what its pool and places could do for each household, compared by expected
// exits per yuan. Measures of a household's plan come first; what is left goes, out of the order of
// plans, to those whom their plan could not serve.
#include <algorithm>
#include <array>

#include <terrace/fixed_sum.hpp>
#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "policies/runner.hpp"

namespace terrace::policies {

double chance_to_pass(double verified, double exit_line, const WalkRules& rules) {
  return exact::normal_cdf(exact::log(std::max(100.0, verified) / (rules.exit_margin * exit_line)) /
                           rules.income_verify_sd);
}

double walk_value(double verified, double gain, double cost_yuan, double exit_line,
                  const WalkRules& rules) {
  const double y = std::max(100.0, verified);
  return (chance_to_pass(y + gain, exit_line, rules) - chance_to_pass(y, exit_line, rules) +
          rules.depth_weight * std::max(0.0, 1.0 - y / exit_line)) /
         cost_yuan;
}

double ramp(double age_months, double ramp_months) {
  if (ramp_months <= 0.0) return 1.0;
  return 1.0 - exact::exp(-3.0 * age_months / ramp_months);
}

double first_year_ramp(double ramp_months) {
  double sum = 0.0;
  for (int age = 1; age <= 12; ++age) sum += ramp(age, ramp_months);
  return sum / 12.0;
}

/// One month's walk.
class Runner::Walk {
 public:
  Walk(const Runner& runner, CountyWork& work)
      : r_(runner),
        work_(work),
        standing_(work.county->households.size(), 0),
        starts_(work.starts),
        places_(runner.size(), 0),
        share_(runner.size(), INT64_MAX),
        accepted_(runner.size()) {}

  void go() {
    gather();
    if (bids_.empty()) return;
    count_money();
    const std::vector<std::uint32_t> order = ration(bids_, bids_.size());
    for (const std::uint32_t i : order) {
      if (offers_[i].prescribed) offer(offers_[i]);
    }
    for (const std::uint32_t i : order) {
      if (!offers_[i].prescribed && plan_failed(offers_[i].who.household)) offer(offers_[i]);
    }
    enrol_accepted();
    note_queue();
  }

 private:
  struct WalkOffer : Offer {
    std::size_t module = 0;
  };
  // What a household's plan has come to.
  static constexpr std::uint8_t kAsked = 1;   ///< its plan has a module that it could join now
  static constexpr std::uint8_t kShort = 2;   ///< one of them had no place or money for it
  static constexpr std::uint8_t kLeft = 4;    ///< though it would have said yes
  static constexpr std::uint8_t kServed = 8;  ///< has a module of its plan, or gets one now

  void mark(std::size_t h, std::uint8_t bits) {
    standing_[h] = static_cast<std::uint8_t>(standing_[h] | bits);
  }
  bool is(std::size_t h, std::uint8_t bits) const { return (standing_[h] & bits) != 0; }

  void gather() {
    for (std::size_t m = 0; m < r_.size(); ++m) {
      if (r_.modules_[m].info.allocation != Allocation::walk || !r_.in_force(m, work_.month))
        continue;
      walk_measures_ = static_cast<Measures>(walk_measures_ | r_.modules_[m].info.measures);
      if (!r_.offers_now(m, work_.month)) {
        all_due_ = false;
        mark_served(m);
        continue;
      }
      mark_served(m);
      places_[m] = r_.free_places(work_, m);
      for (const Candidate& who : r_.candidates(work_, m)) add(m, who);
    }
  }

  void mark_served(std::size_t m) {
    for (const Enrolment& e : work_.county->enrolments[m]) {
      if (r_.prescribed(work_, m, e.household)) mark(e.household, kServed);
    }
  }

  void add(std::size_t m, const Candidate& who) {
    const Entity entity{work_.county->households.id[who.household], work_.county->number};
    const double value = walk_value(known_income(work_, who.household), who.gain, to_yuan(who.cost),
                                    work_.frame->exit_line, r_.rules_);
    WalkOffer offer;
    offer.who = who;
    offer.module = m;
    offer.prescribed = r_.prescribed(work_, m, who.household);
    if (offer.prescribed) mark(who.household, kAsked);
    bids_.push_back({-value, key64(work_.key(), r_.modules_[m].rank, entity, work_.month),
                     static_cast<std::uint32_t>(offers_.size())});
    offers_.push_back(offer);
  }

  /// What the walk may spend; in an earmarked county also what each module may.
  void count_money() {
    for (std::size_t k = 0; k < kPots; ++k) money_[k] = spendable(work_, static_cast<Pot>(k));
    if (work_.plan->earmarked) split_pool();
  }

  /// Each module's part of the year's money, less what it has spent of it. Without any earmark
  /// among the modules in force the pool stays one.
  void split_pool() {
    std::vector<double> weights(r_.size(), 0.0);
    Fen spent = 0;
    double whole = 0.0;
    for (std::size_t m = 0; m < r_.size(); ++m) {
      if (!on_pool(m) || !r_.in_force(m, work_.month)) continue;
      weights[m] = r_.modules_[m].earmark;
      whole += weights[m];
      spent += used(m);
    }
    if (whole <= 0.0) return;
    const Fen free = std::max<Fen>(0, money_[static_cast<std::size_t>(Pot::pool)]);
    const auto parts = largest_remainder(free + spent, weights);
    for (std::size_t m = 0; m < r_.size(); ++m) {
      if (on_pool(m)) share_[m] = std::max<Fen>(0, parts[m] - used(m));
    }
  }

  bool on_pool(std::size_t m) const {
    const ModuleInfo& info = r_.modules_[m].info;
    return info.allocation == Allocation::walk && info.pot == Pot::pool;
  }
  Fen& used(std::size_t m) {
    if (work_.pool_used.size() != r_.size()) work_.pool_used.assign(r_.size(), 0);
    return work_.pool_used[m];
  }

  /// Its plan had nothing for it, or had no room. Between the rounds of January and June, when some
  /// modules are not on offer, a household waits for those that its plan names unless it already
  /// queued in vain.
  bool plan_failed(std::size_t h) const {
    if (is(h, kServed)) return false;
    if (is(h, kShort)) return true;
    if (is(h, kAsked)) return false;
    const bool waits = !all_due_ && (work_.county->households.plan[h] & walk_measures_) != 0;
    return !waits || work_.queued[h] != 0;
  }

  void offer(const WalkOffer& o) {
    const std::uint32_t h = o.who.household;
    const std::size_t m = o.module;
    if (starts_[h] >= 2) return;
    Fen& pot = money_[static_cast<std::size_t>(r_.modules_[m].info.pot)];
    if (o.who.units > places_[m] || pot < o.who.cost || share_[m] < o.who.cost) {
      if (o.prescribed)
        fall_short(o, o.who.units > places_[m] ? Reason::no_place : Reason::no_money);
      return;
    }
    if (!r_.accepts(work_, m, o.who)) return;
    places_[m] -= o.who.units;
    if (r_.modules_[m].info.pot != Pot::line) pot -= o.who.cost;
    if (on_pool(m)) {
      used(m) += o.who.cost;
      if (share_[m] != INT64_MAX) share_[m] -= o.who.cost;
    }
    ++starts_[h];
    mark(h, kServed);
    accepted_[m].push_back(o);
  }

  void fall_short(const WalkOffer& o, Reason why) {
    mark(o.who.household, kShort);
    if (!r_.consents(work_, o.module, o.who)) return;
    mark(o.who.household, kLeft);
    // Once a year, when the round that takes in May's registrations is over.
    if (work_.month_number() == 6) r_.count_unserved(work_, o.module, o.who.household, why);
  }

  /// Starts are spread over what is left of the year, in the order of the walk.
  void enrol_accepted() {
    const int first = work_.month_number();
    for (std::size_t m = 0; m < r_.size(); ++m) {
      const auto total = static_cast<double>(accepted_[m].size());
      const bool at_once = r_.modules_[m].info.places_are_stock;  // such posts are free now
      for (std::size_t k = 0; k < accepted_[m].size(); ++k) {
        const int later = static_cast<int>((13 - first) * (static_cast<double>(k) + 0.5) / total);
        const int wait = at_once ? 0 : std::min(later, 12 - first);
        r_.enrol(work_, m, accepted_[m][k], work_.month + wait + 1);
      }
    }
  }

  void note_queue() {
    for (std::size_t h = 0; h < standing_.size(); ++h) {
      if (is(h, kLeft) && starts_[h] == 0) work_.queued[h] = 1;
    }
  }

  const Runner& r_;
  CountyWork& work_;
  std::vector<std::uint8_t> standing_;
  std::vector<std::uint8_t> starts_;
  std::vector<std::int64_t> places_;
  std::array<Fen, kPots> money_{};
  std::vector<Fen> share_;  ///< by module, of an earmarked pool
  std::vector<WalkOffer> offers_;
  std::vector<RankedBid> bids_;
  std::vector<std::vector<Offer>> accepted_;
  Measures walk_measures_ = 0;
  bool all_due_ = true;
};

void Runner::walk(CountyWork& work) const { Walk(*this, work).go(); }

}  // namespace terrace::policies
