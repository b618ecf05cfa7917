// Relocation: households of villages that cannot support them move to a site in their county.
//
// Who:     registered, in a village that is uninhabitable, prone to disasters or over three hours
//          out.
// Places:  national places a year, in persons; January list by urgency, moves July to December.
// Effect:  house A, water and the other services of a site, its way, clinic and school; farm income
//          falls by `farm_loss`, wages rise by `wage_gain` (by less where the place was not why it
//          was poor), the cost of living by `living_cost` (which official income does not see).
//          Jobs are the county's: after `search_lag` months `seek_work` of the adults who farm look
//          for one.
// Money:   `unit_cost` a person from the relocation pot: grants to the household, the rest to
//          builders.
// Failure: `return_rate` go back within five years, unless their old house is gone; then all this
//          is lost, and they are not listed again. No other end.
#include <algorithm>

#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "policies/builtin.hpp"
#include "policies/shared.hpp"

namespace terrace {

namespace {

constexpr StreamId kMove = stream("policy.relocation.move");
constexpr StreamId kReturn = stream("policy.relocation.return");
constexpr StreamId kSeek = stream("policy.relocation.seek");
enum Kind : std::uint8_t { old_house_stands, old_house_demolished };

struct RelocationParameters {
  double consent, unit_cost, wage_gain, farm_loss, living_cost, return_rate;
  double living_grant, demolition_grant, demolition_share, own_payment, remote_hours;
  double search_lag, seek_work;
  static std::span<const Parameter<RelocationParameters>> table() {
    using S = RelocationParameters;
    static constexpr Parameter<S> rows[] = {
        {&S::consent,
         {"consent", "1", 0.75, 0.5, 0.95, "consent of the eligible",
          "cliff village: 84 of about 114 households"}},
        {&S::unit_cost,
         {"unit_cost", "yuan/person", 62500, 50000, 80000, "public cost, nominal",
          "600 billion yuan for 9.6 million persons"}},
        {&S::wage_gain,
         {"wage_gain", "log", 0.1, 0, 0.25, "rise of log wages at the site", "assumption"}},
        {&S::farm_loss, {"farm_loss", "1", 0.6, 0, 1, "farm income lost", "assumption"}},
        {&S::living_cost,
         {"living_cost", "1", 0.1, 0, 0.25, "rise in the cost of living, not in official income",
          "assumption"}},
        {&S::return_rate,
         {"return_rate", "1", 0.02, 0, 0.1, "share that goes back within five years",
          "a site claims 0.0002"}},
        {&S::living_grant,
         {"living_grant", "yuan/person", 1500, 0, 3000, "cash at the move, nominal",
          "Wangjia site"}},
        {&S::demolition_grant,
         {"demolition_grant", "yuan/person", 3000, 0, 6000,
          "cash when the old house is demolished, nominal", "Wangjia site"}},
        {&S::demolition_share,
         {"demolition_share", "1", 0.8, 0.4, 1, "old houses demolished", "assumption"}},
        {&S::own_payment,
         {"own_payment", "yuan/person", 2267, 0, 5000, "paid by the mover, nominal",
          "Wangjia 2,000, Atule'er 2,500"}},
        {&S::remote_hours,
         {"remote_hours", "hours", 3, 1, 6, "distance from which a village counts as remote",
          "assumption"}},
        {&S::search_lag,
         {"search_lag", "months", 4, 0, 12, "from the move until adults look for paid work",
          "assumption; 3 to 5 were meant"}},
        {&S::seek_work,
         {"seek_work", "1", 0.8, 0, 1, "share of the adults who farm that then look for it",
          "assumption"}},
    };
    return rows;
  }
};

class Relocation final : public PolicyModule {
 public:
  Relocation(const RelocationParameters& p, const ModuleSettings& s) : p_(p), s_(s) {}

  void candidates(const PolicyMonth& now, std::vector<Candidate>& out) const override {
    const County& c = *now.county;
    const HouseholdTable& t = c.households;
    const double median = std::max(1.0, policies::median_land(t));
    for (std::uint32_t h = 0; h < t.size(); ++h) {
      const std::uint16_t v = t.village[h];
      const bool bad = c.villages.uninhabitable[v] != 0;
      const bool hazard = c.villages.hazard[v] != 0;
      const bool remote = c.villages.remoteness[v] > p_.remote_hours;
      if (!on_register(t.status[h]) || (t.services[h] & service::moved) != 0 ||
          !(bad || hazard || remote))
        continue;
      Candidate who;
      who.household = h;
      who.units = t.members[h];
      who.urgency =
          (bad ? 4.0 : 0.0) + (hazard ? 2.0 : 0.0) + std::min(1.0, c.villages.remoteness[v] / 10.0);
      who.cost = place_cost() * t.members[h];
      who.consent_logit = exact::logit(p_.consent) - (t.elders[h] == t.members[h] ? 0.4 : 0.0) -
                          0.3 * (t.land[h] / median - 1.0) + (hazard ? 0.3 : 0.0);
      out.push_back(who);
    }
  }

  void start(PolicyMonth& now, const Candidate& who, Enrolment& e) const override {
    const Entity entity{now.county->households.id[who.household], now.county->number};
    const Block b = draw_block(now.frame->key, kMove, entity, 0);
    e.kind = uniform53(b[0], b[1]) < p_.demolition_share ? old_house_demolished : old_house_stands;
    const int later = static_cast<int>(6.0F * uniform24(b[2]));
    e.start = pack_month(month_of(now.frame->year, 7) + later);
    // Builders are paid now; the grants stay in the pot, which has had them, until the move.
    now.pay(who.household, who.cost - grants(e), Payee::supplier);
  }

  Fen place_cost() const override {
    const Fen most = grant(old_house_demolished);
    return std::max(most, to_fen(p_.unit_cost * s_.cost));
  }

  void month(PolicyMonth& now, Enrolment& e) const override {
    HouseholdTable& t = now.county->households;
    const std::uint32_t h = e.household;
    if (e.start == pack_month(now.month)) move(now, e);
    if (e.start + static_cast<int>(p_.search_lag) == pack_month(now.month)) look_for_work(now, e);
    if (e.kind == old_house_stands) {
      const Entity entity{t.id[h], now.county->number};
      if (uniform(now.frame->key, kReturn, entity, now.month) <
          -exact::log(1.0 - p_.return_rate) / 60.0) {
        go_back(now, h);
        e.state = Enrolment::State::failed;
        now.why = Reason::went_back;
        return;
      }
    }
    const double loss = std::min(1.0, s_.effect * p_.farm_loss);
    now.flows->farm[h] *= static_cast<float>(1.0 - loss);
    now.flows->wage[h] *= static_cast<float>(exact::exp(now.match(h) * s_.effect * p_.wage_gain));
    now.flows->need[h] *= static_cast<float>(1.0 + s_.effect * p_.living_cost);
  }

 private:
  /// Cash for one person.
  Fen grant(std::uint8_t kind) const {
    return to_fen(s_.effect *
                  (p_.living_grant + (kind == old_house_demolished ? p_.demolition_grant : 0.0)));
  }
  Fen grants(const Enrolment& e) const { return grant(e.kind) * e.count; }

  void move(PolicyMonth& now, const Enrolment& e) const {
    HouseholdTable& t = now.county->households;
    t.house[e.household] = static_cast<std::uint8_t>(House::a);
    t.services[e.household] =
        static_cast<std::uint8_t>(t.services[e.household] | service::water | service::moved |
                                  service::power | service::network | service::toilet);
    t.wealth[e.household] -= static_cast<float>(p_.own_payment * e.count / now.frame->price);
    now.pay(e.household, grants(e), Payee::transfer);
  }

  /// Whoever farms is far from the land now. Those who find nothing farm what is left of it.
  void look_for_work(PolicyMonth& now, const Enrolment& e) const {
    const County& c = *now.county;
    const std::size_t first = c.households.first[e.household];
    for (std::size_t i = first; i < first + c.households.members[e.household]; ++i) {
      const int age = (now.month - c.persons.birth[i]) / 12;
      const bool farms = static_cast<Activity>(c.persons.activity[i]) == Activity::farm;
      if (!farms || age < 18 || age >= 60 || c.persons.disability[i] == 2) continue;
      const Entity who{c.households.id[e.household], c.number, c.persons.number[i]};
      if (uniform(now.frame->key, kSeek, who, now.month) < s_.effect * p_.seek_work)
        now.set_activity(e.household, i, Activity::searching);
    }
  }

  /// To the old house and to what the village has. `moved` stays set: nobody moves twice.
  static void go_back(PolicyMonth& now, std::uint32_t h) {
    HouseholdTable& t = now.county->households;
    const std::uint8_t village = now.county->villages.access[t.village[h]];
    std::uint8_t lost = service::water | service::toilet;
    if ((village & access::power) == 0) lost |= service::power;
    if ((village & access::network) == 0) lost |= service::network;
    t.house[h] = static_cast<std::uint8_t>(House::c);
    t.services[h] = static_cast<std::uint8_t>(t.services[h] & ~lost);
  }

  RelocationParameters p_;
  ModuleSettings s_;
};

}  // namespace

void register_relocation(PolicyCatalogue& catalogue) {
  ModuleInfo info;
  info.name = "relocation";
  info.title = "Relocation from places that cannot support their people";
  info.allocation = Allocation::places;
  info.pot = Pot::relocation;
  info.measures = bit(Measure::relocation);
  info.places_series = "relocation_places";
  info.offer_months = 1;
  info.default_from_year = 2016;
  info.series = {{"relocation_places", "persons/year", "none", 0, 1e8,
                  "persons that the nation plans to relocate in the year"}};
  info.streams = {"policy.relocation.move", "policy.relocation.return", "policy.relocation.seek"};
  catalogue.add({info, block_of("policies.relocation", RelocationParameters::table()),
                 [](const ParameterValues& v, const ModuleSettings& s, const SeriesSet&) {
                   return std::make_unique<Relocation>(
                       load_parameters("policies.relocation", RelocationParameters::table(), v), s);
                 }});
}

}  // namespace terrace
