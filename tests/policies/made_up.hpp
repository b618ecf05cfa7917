// Made-up modules for tests of the runner: they serve whoever is on the register, on terms that the
// test sets.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "policies/policy_bench.hpp"

namespace terrace::test {

/// Terms of a made-up module.
struct Terms {
  std::string_view name;
  Allocation allocation = Allocation::walk;
  Pot pot = Pot::pool;
  Measures measures = 0;
  double gain = 500;    ///< yuan a head
  double cost = 1'000;  ///< yuan
  double earmark = -1;  ///< its parameter of that name; none below 0
  double need = 0;      ///< works: yuan in all that villages could use
  std::uint16_t months = 0b000000100001;
  bool stock = false;
  double logit = 40;   ///< everybody says yes
  double monthly = 0;  ///< yuan a month to whom it serves
};

class MadeUp final : public PolicyModule {
 public:
  explicit MadeUp(const Terms& terms) : terms_(terms) {}

  void candidates(const PolicyMonth& now, std::vector<Candidate>& out) const override {
    const HouseholdTable& t = now.county->households;
    for (std::uint32_t h = 0; h < t.size(); ++h) {
      if (!on_register(t.status[h])) continue;
      Candidate& who = out.emplace_back();
      who.household = h;
      who.urgency = t.land[h];
      who.gain = terms_.gain;
      who.cost = to_fen(terms_.cost);
      who.consent_logit = terms_.logit;
      if (terms_.allocation == Allocation::grant) who.units = t.members[h];
    }
  }
  void start(PolicyMonth& now, const Candidate& who, Enrolment&) const override {
    if (terms_.allocation != Allocation::grant) now.pay(who.household, who.cost, Payee::supplier);
  }
  void month(PolicyMonth& now, Enrolment& e) const override {
    if (terms_.monthly > 0) now.pay(e.household, to_fen(terms_.monthly), Payee::transfer);
    if (terms_.allocation == Allocation::grant)
      now.pay(e.household, to_fen(static_cast<double>(e.amount) / 12.0), Payee::transfer);
  }
  Fen works(PolicyMonth& now) const override {
    Ledger& ledger = now.county->ledger;
    const Fen missing = to_fen(terms_.need) - ledger.delivered_by_module[now.module];
    const Fen spent = std::min(missing, ledger.works);
    now.pay_works(spent, 0);
    return missing - spent;
  }

 private:
  Terms terms_;
};

/// A county in which these modules run.
struct MadeUpBench : PolicyBench {
  MadeUpBench(int year, const std::vector<Terms>& modules) : PolicyBench(year, {}) {
    catalogue = {};
    for (const Terms& terms : modules) {
      ModuleInfo info;
      info.name = terms.name;
      info.allocation = terms.allocation;
      info.pot = terms.pot;
      info.measures = terms.measures;
      info.offer_months = terms.months;
      info.places_are_stock = terms.stock;
      const std::string name(terms.name);
      if (terms.earmark >= 0.0) {
        info.earmark = "earmark";
        spec.parameters["policies." + name + ".earmark"] = terms.earmark;
      }
      ModuleSettings settings;
      settings.enabled = true;
      settings.from = month_of(2013, 1);
      settings.until = spec.end;
      spec.policies[name] = settings;
      catalogue.add(
          {info, {}, [terms](const ParameterValues&, const ModuleSettings&, const SeriesSet&) {
             return std::make_unique<MadeUp>(terms);
           }});
    }
  }

  std::size_t add_registered(Cause cause, Measures plan, double verified = 2'600) {
    const std::size_t h = hand.add({.verified = verified, .status = Status::registered});
    HouseholdTable& t = hand.county.households;
    t.diagnosed[h] = static_cast<std::uint8_t>(cause);
    t.causes[h] = pack_causes(cause, cause);
    t.plan[h] = plan;
    return h;
  }
  bool has(std::size_t module, std::size_t household) const {
    return enrolment(static_cast<ModuleIndex>(module), household) != nullptr;
  }
  double of(std::size_t module, ModuleSum s) { return hand.work.event(module, s); }
};

}  // namespace terrace::test
