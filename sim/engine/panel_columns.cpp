#include "engine/panel_columns.hpp"

#include <limits>

#include <terrace/maths.hpp>
#include <terrace/recorder.hpp>

#include "economy/economy.hpp"

namespace terrace::engine {

namespace {

using Work = CountyWork;

constexpr float kNone = std::numeric_limits<float>::quiet_NaN();
constexpr const char* kNoYes = "no yes";
// `none`, then Cause in its order; a test holds it against the names there.
constexpr const char* kCauseFlags =
    "none illness disability schooling disaster land water skills funds labour transport "
    "motivation other";

const HouseholdTable& table(const Work& w) { return w.county->households; }

template <Component C>
float so_far(const Work& w, std::size_t h) {
  return w.this_year[static_cast<std::size_t>(C)][h];
}

template <std::uint8_t Bit>
float has(const Work& w, std::size_t h) {
  return (table(w).services[h] & Bit) != 0 ? 1.0F : 0.0F;
}

/// Members that do this now.
template <Activity A>
float doing(const Work& w, std::size_t h) {
  const HouseholdTable& t = table(w);
  float n = 0.0F;
  for (std::size_t i = t.first[h]; i < t.first[h] + t.members[h]; ++i)
    n += static_cast<Activity>(w.county->persons.activity[i]) == A ? 1.0F : 0.0F;
  return n;
}

float adults(const Work& w, std::size_t h) {
  const HouseholdTable& t = table(w);
  float n = 0.0F;
  for (std::size_t i = t.first[h]; i < t.first[h] + t.members[h]; ++i) {
    const int age = economy::age_at(w.county->persons.birth[i], w.month);
    n += age >= 16 && age < 60 ? 1.0F : 0.0F;
  }
  return n;
}

float poor(const Work& w, std::size_t h) {
  return static_cast<double>(w.income[h]) < w.frame->poverty_line ? 1.0F : 0.0F;
}

bool diagnosed(const HouseholdTable& t, std::size_t h) { return t.diagnosed[h] != kNoCause; }

float recorded_cause(const Work& w, std::size_t h) {
  const HouseholdTable& t = table(w);
  return diagnosed(t, h) ? 1.0F + static_cast<float>(t.diagnosed[h]) : 0.0F;
}

template <std::size_t Which>
float true_cause(const Work& w, std::size_t h) {
  const HouseholdTable& t = table(w);
  if (!diagnosed(t, h)) return 0.0F;
  return 1.0F + static_cast<float>(unpack_causes(t.causes[h])[Which]);
}

float verified(const Work& w, std::size_t h) { return table(w).verified[h]; }

float reference(const Work& w, std::size_t h) {
  const float x = table(w).reference[h];
  return x > 0.0F ? x : kNone;
}

constexpr PanelVariable kVariables[] = {
    {"income", "yuan/person/year",
     "disposable income a resident of the last twelve months, nominal: poverty is judged on it", "",
     true, false, [](const Work& w, std::size_t h) { return w.income[h]; }},
    {"income_month", "yuan/household/month", "income received in the month, yuan of 2012", "", true,
     false, [](const Work& w, std::size_t h) { return w.received[h]; }},
    {"farm_month", "yuan/household/month", "of it from the farm, yuan of 2012", "", true, true,
     so_far<Component::farm>},
    {"local_wage_month", "yuan/household/month",
     "of it pay of local and public posts, yuan of 2012", "", true, true,
     so_far<Component::local_wage>},
    {"migrant_wage_month", "yuan/household/month",
     "of it money sent home by members working away, yuan of 2012", "", true, true,
     so_far<Component::migrant_wage>},
    {"transfer_month", "yuan/household/month",
     "of it public transfers and money from kin, less what was given to kin, yuan of 2012", "",
     true, true, so_far<Component::transfer>},
    {"property_month", "yuan/household/month",
     "of it returns, rents and dividends less interest on loans, yuan of 2012", "", true, true,
     so_far<Component::property>},
    {"public_cash_month", "yuan/household/month",
     "of the month's income what programme modules brought in cash, yuan of 2012", "", true, true,
     [](const Work& w, std::size_t h) { return w.public_money[h]; }},
    {"public_spent_month", "yuan/household/month",
     "public money that modules spent on it in the month, suppliers included, nominal; what is "
     "paid when a measure starts stands in the month of the decision",
     "", false, true, [](const Work& w, std::size_t h) { return w.delivered_to[h]; }},
    {"bills_month", "yuan/household/month",
     "own payments for health and school in the month, yuan of 2012", "", true, true,
     [](const Work& w, std::size_t h) { return table(w).bills[h]; }},
    {"consumption", "yuan/person/year", "consumption a resident at the month's rate, yuan of 2012",
     "", true, false, [](const Work& w, std::size_t h) { return table(w).consumption[h]; }},
    {"assets", "yuan/household", "productive assets, yuan of 2012", "", true, false,
     [](const Work& w, std::size_t h) { return table(w).assets[h]; }},
    {"wealth", "yuan/household", "liquid wealth, yuan of 2012; below zero it is informal debt", "",
     true, false, [](const Work& w, std::size_t h) { return table(w).wealth[h]; }},
    {"loan", "yuan/household", "owed to the credit cooperative, nominal", "", true, false,
     [](const Work& w, std::size_t h) { return 10.0F * static_cast<float>(table(w).loan[h]); }},
    {"durables", "yuan/household", "durable goods, yuan of 2012", "", true, false,
     [](const Work& w, std::size_t h) { return 10.0F * static_cast<float>(table(w).durables[h]); }},
    {"members", "persons", "members, those working away included", "", true, false,
     [](const Work& w, std::size_t h) { return static_cast<float>(table(w).members[h]); }},
    {"residents", "persons", "members at home, mean of twelve months", "", true, false,
     [](const Work& w, std::size_t h) { return w.residents[h]; }},
    {"away", "persons", "members working away now", "", true, false,
     [](const Work& w, std::size_t h) { return static_cast<float>(table(w).away[h]); }},
    {"local_workers", "persons", "members in posts of enterprises and cooperatives", "", true,
     false, doing<Activity::local_wage>},
    {"public_workers", "persons", "members in posts of programme modules or a village's fund", "",
     false, false, doing<Activity::public_post>},
    {"searching", "persons", "members who farm at home and look for a local post", "", false, false,
     doing<Activity::searching>},
    {"adults", "persons", "members of 16-59", "", false, false, adults},
    {"ill", "persons", "members without work for illness now", "", true, false,
     doing<Activity::ill>},
    {"pupils", "persons", "members at school", "", false, false, doing<Activity::pupil>},
    {"dropouts", "persons", "members of 6-15 out of school", "", true, false,
     [](const Work& w, std::size_t h) { return static_cast<float>(table(w).dropouts[h]); }},
    {"labour", "adults", "farm labour at home", "", false, false,
     [](const Work& w, std::size_t h) { return static_cast<float>(table(w).labour[h]) / 16.0F; }},
    {"elders", "persons", "members of 60 and more", "", false, false,
     [](const Work& w, std::size_t h) { return static_cast<float>(table(w).elders[h]); }},
    {"poor", "1", "whether its income is below the statistical poverty line of the year",
     "not_poor poor", true, false, poor},
    {"register_status", "1", "where it stands with the register of the poor",
     "no registered exited relapsed removed", true, false,
     [](const Work& w, std::size_t h) { return static_cast<float>(table(w).status[h]); }},
    {"watch", "1", "why it is watched against falling (back) into poverty",
     "none unstable marginal sudden", true, false,
     [](const Work& w, std::size_t h) { return static_cast<float>(table(w).watch[h]); }},
    {"cause", "1", "main cause of its poverty on record", kCauseFlags, true, false, recorded_cause},
    {"true_cause", "1", "heaviest true cause when it was diagnosed", kCauseFlags, true, false,
     true_cause<0>},
    {"second_true_cause", "1", "second true cause when it was diagnosed", kCauseFlags, false, false,
     true_cause<1>},
    {"plan", "1",
     "measures prescribed, sum of 1 industry, 2 workshop, 4 training, 8 labour_service, 16 loan, "
     "32 relocation, 64 ecological_post, 128 education, 256 allowance, 512 health, 1024 housing, "
     "2048 water, 4096 infrastructure, 8192 solar, 16384 commerce, 32768 care",
     "", true, false,
     [](const Work& w, std::size_t h) { return static_cast<float>(table(w).plan[h]); }},
    {"verified_income", "yuan/person/year",
     "income when last verified by the register, nominal; missing before", "", true, false,
     verified},
    {"house", "1", "grade of its house; c and d are dilapidated", "a b c d", true, false,
     [](const Work& w, std::size_t h) { return static_cast<float>(table(w).house[h]); }},
    {"water", "1", "whether it has safe water", kNoYes, true, false, has<service::water>},
    {"insured", "1", "whether it has health insurance", kNoYes, true, false, has<service::insured>},
    {"moved", "1", "whether it has been relocated", kNoYes, true, false, has<service::moved>},
    {"power", "1", "whether it has reliable electricity", kNoYes, false, false,
     has<service::power>},
    {"network", "1", "whether it is connected to the network", kNoYes, false, false,
     has<service::network>},
    {"toilet", "1", "whether it has a sanitary toilet", kNoYes, false, false, has<service::toilet>},
    {"allowance", "yuan/household/month",
     "ordinary subsistence allowance, nominal; the programme's own is in public_cash_month", "",
     true, false, [](const Work& w, std::size_t h) { return table(w).allowance[h]; }},
    {"reference_income", "yuan/person/year",
     "income a resident that it counts on (running mean), yuan of 2012", "", true, false,
     reference},
    {"aspiration", "yuan/person/year", "income a resident that it aspires to, yuan of 2012", "",
     false, false,
     [](const Work& w, std::size_t h) {
       return static_cast<float>(exact::exp(static_cast<double>(table(w).aspiration[h])));
     }},
    {"effort", "1", "effort, 1 is usual", "", true, false,
     [](const Work& w, std::size_t h) { return w.effort[h]; }},
};

}  // namespace

std::span<const PanelVariable> panel_variables() { return kVariables; }

}  // namespace terrace::engine

namespace terrace {

std::vector<PanelColumn> panel_columns() {
  std::vector<PanelColumn> out;
  for (const engine::PanelVariable& v : engine::panel_variables())
    out.push_back({v.name, v.unit, v.meaning, v.flags, v.by_default});
  return out;
}

}  // namespace terrace
