// Relief: what is paid to households that are watched against falling (back) into poverty.
//
// Who:    watched for `lag` months or more, with income below the exit line.
// Money:  the county's pool. Nobody is taken on unless twelve months of his relief are free in it.
//         Of these the runner keeps what is due until December from other new starts; beyond that
//         nothing is set aside, and a month for which nothing is left goes unpaid.
// Effect: each month `share` of the shortfall that was found at the start, as a transfer.
// End:    when the household is no longer watched, or after twelve months; it may be renewed on the
//         income that it would have had without.
#include <algorithm>

#include <terrace/maths.hpp>

#include "policies/builtin.hpp"
#include "policies/shared.hpp"

namespace terrace {

namespace {

constexpr int kMonths = 12;  // of a contract

struct ReliefParameters {
  double consent, lag, share;
  static std::span<const Parameter<ReliefParameters>> table() {
    using S = ReliefParameters;
    static constexpr Parameter<S> rows[] = {
        {&S::consent, {"consent", "1", 0.98, 0.9, 0.999, "claims of the eligible", "assumption"}},
        {&S::lag,
         {"lag", "months", 3, 0, 12, "from being listed until relief is decided", "assumption"}},
        {&S::share,
         {"share", "1", 0.8, 0, 1, "share of the shortfall to the exit line that is paid",
          "assumption; 0: no relief"}},
    };
    return rows;
  }
};

class Relief final : public PolicyModule {
 public:
  Relief(const ReliefParameters& p, const ModuleSettings& s) : p_(p), s_(s) {}

  void candidates(const PolicyMonth& now, std::vector<Candidate>& out) const override {
    const HouseholdTable& t = now.county->households;
    const double line = now.frame->exit_line;
    for (std::uint32_t h = 0; h < t.size(); ++h) {
      if (t.watch[h] == 0 || now.month - kWatchEpoch - t.watch_since[h] < p_.lag) continue;
      const double gap = line - income_without(now, h);
      if (gap <= 0.0 || p_.share <= 0.0) continue;
      Candidate who;
      who.household = h;
      who.urgency = gap / line;
      who.gain = gap;
      who.cost = to_fen(std::max(s_.cost, s_.effect) * monthly(now, who) * kMonths);
      who.consent_logit = exact::logit(p_.consent);
      out.push_back(who);
    }
  }

  void start(PolicyMonth& now, const Candidate& who, Enrolment& e) const override {
    e.amount = static_cast<float>(monthly(now, who));
    e.end = static_cast<std::uint16_t>(e.start + kMonths);
  }

  void month(PolicyMonth& now, Enrolment& e) const override {
    const bool watched = now.county->households.watch[e.household] != 0;
    if (!watched || pack_month(now.month) >= e.end || now.month > s_.until) {
      e.state = Enrolment::State::ended;
      now.why = watched ? Reason::ran_out : Reason::lost_eligibility;
      return;
    }
    const double most = std::max(s_.cost, s_.effect) * static_cast<double>(e.amount);
    if (to_fen(most) <= now.county->ledger.free_pool())
      policies::pay_with_effect(now, e.household, e.amount, s_, Payee::transfer);
  }

 private:
  double monthly(const PolicyMonth& now, const Candidate& who) const {
    return p_.share * who.gain * static_cast<double>(now.residents[who.household]) / 12.0;
  }

  /// Twelve-month income a head less the relief in it, where a contract runs out.
  double income_without(const PolicyMonth& now, std::uint32_t h) const {
    const Enrolment* running = policies::enrolment_of(now, h);
    const double relief =
        running == nullptr ? 0.0 : s_.effect * static_cast<double>(running->amount) * 12.0;
    return static_cast<double>(now.income[h]) - relief / static_cast<double>(now.residents[h]);
  }

  ReliefParameters p_;
  ModuleSettings s_;
};

}  // namespace

void register_relief(PolicyCatalogue& catalogue) {
  ModuleInfo info;
  info.name = "relief";
  info.title = "Relief for watched households";
  info.allocation = Allocation::places;  // not limited in number: the pool is the limit
  info.pot = Pot::pool;
  info.offer_months = 0b111111111111;
  info.default_from_year = 2020;
  catalogue.add({info, block_of("policies.relief", ReliefParameters::table()),
                 [](const ParameterValues& v, const ModuleSettings& s, const SeriesSet&) {
                   return std::make_unique<Relief>(
                       load_parameters("policies.relief", ReliefParameters::table(), v), s);
                 }});
}

}  // namespace terrace
