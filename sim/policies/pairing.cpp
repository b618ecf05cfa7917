// East-West pairing: what partners in the East bring to designated counties elsewhere.
//
// Where:   designated counties outside the East, by their poor.
// Money:   partners' public money comes into the county's pool while the module is in force, and is
//          spent there like any other (sim/nation/fund.cpp); none where no module draws on the
//          pool. Investment is firms' own money: nobody's public money, in nobody's account.
// Effect:  what eastern firms have invested since the module began, less what has closed
//          (`closing` a year), holds one post for each `job_cost` yuan. Of these `crowding` take
//          the place of posts that would have come anyway. The others are enterprise posts like the
//          county's own: whoever looks for work there may get one, poor or not, in the usual queue.
// Consent: nobody is asked; who wants a post looks for one.
// Failure: `closing`; and posts follow the partner's budget: a year in which the county gets a
//          smaller share of the nation's investment, or none, has so many of its posts the less. A
//          year in which the whole nation invests nothing has no partners, and none of their posts.
// End:     with the module, the posts are no longer filled, and those who hold them lose them as
//          others do.
#include <algorithm>

#include "policies/builtin.hpp"
#include "policies/shared.hpp"

namespace terrace {

namespace {

struct PairingParameters {
  double job_cost, crowding, closing;
  static std::span<const Parameter<PairingParameters>> table() {
    using S = PairingParameters;
    static constexpr Parameter<S> rows[] = {
        {&S::job_cost,
         {"job_cost", "yuan/post", 595000, 200000, 1000000, "investment that makes a post, nominal",
          "26.41 billion yuan and 44,400 posts of registered persons, Tongren with Suzhou, "
          "2017-2020"}},
        {&S::crowding,
         {"crowding", "1", 0.3, 0, 1, "share of these posts that would have come anyway",
          "assumption"}},
        {&S::closing,
         {"closing", "1/yr", 0.05, 0, 0.3, "share of them that closes in a year", "assumption"}},
    };
    return rows;
  }
};

class Pairing final : public PolicyModule {
 public:
  Pairing(const PairingParameters& p, const ModuleSettings& s, const Series& investment)
      : p_(p), s_(s), investment_(investment) {}

  /// Nobody is enrolled: counties are served.
  void candidates(const PolicyMonth& now, std::vector<Candidate>& out) const override {
    (void)now;
    (void)out;
  }
  void start(PolicyMonth& now, const Candidate& who, Enrolment& e) const override {
    (void)now;
    (void)who;
    (void)e;
  }
  void month(PolicyMonth& now, Enrolment& e) const override {
    (void)now;
    (void)e;
  }

  void county_month(PolicyMonth& now) const override {
    const double held = now.county_money * years_held(now.frame->year);
    *now.posts += s_.effect * (1.0 - p_.crowding) * held / (p_.job_cost * s_.cost);
  }

 private:
  /// What is still there of all investment so far, in years of this year's: a county has had the
  /// same share of it in all years that it has in this one.
  double years_held(int year) const {
    const double this_year = investment_.at(year);
    if (this_year <= 0.0) return 0.0;
    double held = 0.0;
    for (int y = year_of(s_.from); y <= year; ++y)
      held = held * (1.0 - p_.closing) + investment_.at(y);
    return held / this_year;
  }

  PairingParameters p_;
  ModuleSettings s_;
  Series investment_;
};

}  // namespace

void register_pairing(PolicyCatalogue& catalogue) {
  ModuleInfo info;
  info.name = "pairing";
  info.title = "East-West pairing";
  info.allocation = Allocation::entitlement;
  info.pot = Pot::line;
  info.measures = 0;
  info.brings_partner_money = true;
  info.county_series = "pairing_investment";
  info.county_paired = true;
  info.series = {{"pairing_investment", "billion yuan/year", "nominal", 0, 1e5,
                  "invested by eastern firms in paired counties"}};
  info.default_from_year = 2015;
  catalogue.add({info, block_of("policies.pairing", PairingParameters::table()),
                 [](const ParameterValues& v, const ModuleSettings& s, const SeriesSet& series) {
                   return std::make_unique<Pairing>(
                       load_parameters("policies.pairing", PairingParameters::table(), v), s,
                       series.find("pairing_investment")->second);
                 }});
}

}  // namespace terrace
