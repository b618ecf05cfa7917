// Consumption purchases: public bodies, firms and partners in the East buy what designated counties
// grow.
//
// Who:     households that are registered, monitored or have left the register, with farm income,
// in
//          counties to which orders come; of these `consent` sell through the scheme.
//
// Money:   the buyers' own, for goods. Each county gets its part of the year's national orders
//          (series `purchases`) by its poor; `poor_share` of it is bought from these households, in
//          proportion to their farm income and never more than that. The public pays `logistics` on
//          what is bought from them for sorting, cooling and carriage.
//
// Effect:  most of the money pays for goods that would have been sold anyway: `margin` of it is
//          extra income. Where the village's market crop is below its usual price, buyers pay the
//          usual one, and the difference is extra too. At once.
//
// Failure: `failure` of the sellers a year deliver what buyers reject and lose the order; they may
//          try again next January.
//
// End:     when a household has no more farm income or is struck off, or when the module goes out
// of
//          force.
#include <algorithm>

#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "policies/builtin.hpp"
#include "policies/shared.hpp"

namespace terrace {

namespace {

constexpr StreamId kReject = stream("policy.purchases.reject");

struct PurchasesParameters {
  double consent, poor_share, margin, logistics, failure;
  static std::span<const Parameter<PurchasesParameters>> table() {
    using S = PurchasesParameters;
    static constexpr Parameter<S> rows[] = {
        {&S::consent,
         {"consent", "1", 0.5, 0.05, 0.999,
          "share of the eligible that have goods for it and sell them so", "assumption"}},
        {&S::poor_share,
         {"poor_share", "1", 0.2, 0, 1,
          "share of the orders bought from such households; firms and other farmers sell the rest",
          "assumption"}},
        {&S::margin,
         {"margin", "1", 0.1, 0, 0.5,
          "extra income a yuan of purchases: better prices, and goods that would not have been "
          "sold",
          "assumption"}},
        {&S::logistics,
         {"logistics", "1", 0.02, 0, 0.2, "public money a yuan bought from such households",
          "assumption"}},
        {&S::failure,
         {"failure", "1/yr", 0.1, 0, 0.9, "share of the sellers that lose their order in a year",
          "assumption"}},
    };
    return rows;
  }
};

class Purchases final : public PolicyModule {
 public:
  Purchases(const PurchasesParameters& p, const ModuleSettings& s) : p_(p), s_(s) {}

  void candidates(const PolicyMonth& now, std::vector<Candidate>& out) const override {
    if (now.county_money <= 0.0) return;
    for (std::uint32_t h = 0; h < now.county->households.size(); ++h) {
      if (!sells(now, h)) continue;
      Candidate who;
      who.household = h;
      who.consent_logit = exact::logit(p_.consent);
      out.push_back(who);
    }
  }

  void start(PolicyMonth& now, const Candidate& who, Enrolment& e) const override {
    (void)now;
    (void)who;
    (void)e;
  }

  /// One share of farm income is bought from all who sell.
  void county_month(PolicyMonth& now) const override {
    double offered = 0.0;
    for (const Enrolment& e : sellers(now)) offered += bought_of(now, e);
    if (offered <= 0.0 || now.county_money <= 0.0) return;
    const double share = std::min(1.0, p_.poor_share * now.county_money / offered);
    double bought = 0.0;
    for (const Enrolment& e : sellers(now)) {
      const double yuan = share * bought_of(now, e) * policies::harvest_share(now.month);
      bought += yuan;
      pay_extra(now, e.household, s_.effect * yuan * gain(now, e.household));
    }
    now.spend(to_fen(s_.cost * p_.logistics * bought));
  }

  void month(PolicyMonth& now, Enrolment& e) const override {
    if (now.month > s_.until || !sells(now, e.household)) {
      now.why = now.month > s_.until ? Reason::ran_out : Reason::lost_eligibility;
      e.state = Enrolment::State::ended;
      return;
    }
    const Entity who{now.county->households.id[e.household], now.county->number};
    const double hazard = -exact::log(1.0 - p_.failure) / 12.0;
    if (uniform(now.frame->key, kReject, who, now.month) < hazard)
      e.state = Enrolment::State::failed;
  }

 private:
  static const std::vector<Enrolment>& sellers(const PolicyMonth& now) {
    return now.county->enrolments[now.module];
  }

  static bool sells(const PolicyMonth& now, std::uint32_t h) {
    const HouseholdTable& t = now.county->households;
    return policies::looked_after(t, h) && t.last_year[0][h] > 0.0F;
  }

  /// What it can sell in a year, nominal yuan: its farm income of last year, if it sells now.
  static double bought_of(const PolicyMonth& now, const Enrolment& e) {
    if (pack_month(now.month) < e.start || !sells(now, e.household)) return 0.0;
    return static_cast<double>(now.county->households.last_year[0][e.household]) * now.frame->price;
  }

  /// Extra income a yuan bought from the household.
  double gain(const PolicyMonth& now, std::uint32_t h) const {
    const double glut = std::max(0.0, 1.0 - policies::project_price(now, h));
    return std::min(1.0, p_.margin + glut);
  }

  /// It comes from the programme, though the buyers pay it.
  static void pay_extra(PolicyMonth& now, std::uint32_t h, double yuan) {
    const auto paid = static_cast<float>(yuan / now.frame->price);
    now.flows->farm_cash[h] += paid;
    if (!now.public_money.empty()) now.public_money[h] += paid;
  }

  PurchasesParameters p_;
  ModuleSettings s_;
};

}  // namespace

void register_purchases(PolicyCatalogue& catalogue) {
  ModuleInfo info;
  info.name = "purchases";
  info.title = "Consumption purchases";
  info.allocation = Allocation::entitlement;
  info.pot = Pot::line;
  info.measures = 0;
  info.county_series = "purchases";
  info.series = {{"purchases", "billion yuan/year", "nominal", 0, 1e5,
                  "bought from designated counties by public bodies, firms and partners"}};
  info.streams = {"policy.purchases.reject"};
  info.offer_months = 0b000000000001;  // orders are placed in January
  info.default_from_year = 2019;
  catalogue.add({info, block_of("policies.purchases", PurchasesParameters::table()),
                 [](const ParameterValues& v, const ModuleSettings& s, const SeriesSet&) {
                   return std::make_unique<Purchases>(
                       load_parameters("policies.purchases", PurchasesParameters::table(), v), s);
                 }});
}

}  // namespace terrace
