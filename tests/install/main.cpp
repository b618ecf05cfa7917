// A program outside Terrace: it has a policy of its own, a pension for every household with elders,
// and runs the scenario of its first argument with the pension off and on.
#include <cstdio>
#include <memory>

#include <terrace/scenario_file.hpp>
#include <terrace/simulation.hpp>
#include <terrace/version.hpp>

using namespace terrace;

struct PensionParameters {
  double monthly;
  static std::span<const Parameter<PensionParameters>> table() {
    static constexpr Parameter<PensionParameters> rows[] = {
        {&PensionParameters::monthly, {"monthly", "yuan/person", 150, 0, 5000, "cash a month for each member of 60 and more, nominal", "assumption"}}};
    return rows;
  }
};

class Pension final : public PolicyModule {
 public:
  Pension(const PensionParameters& p, const ModuleSettings& s) : p_(p), s_(s) {}

  void candidates(const PolicyMonth& now, std::vector<Candidate>& out) const override {
    const HouseholdTable& t = now.county->households;
    for (std::uint32_t h = 0; h < t.size(); ++h) {
      if (t.elders[h] > 0) out.push_back({.household = h, .units = t.elders[h], .consent_logit = 20.0});
    }
  }
  void start(PolicyMonth&, const Candidate&, Enrolment&) const override {}
  void month(PolicyMonth& now, Enrolment& e) const override {
    const std::uint8_t elders = now.county->households.elders[e.household];
    if (elders == 0 || now.month > s_.until) {
      e.state = Enrolment::State::ended;
    } else {
      now.pay(e.household, to_fen(s_.effect * p_.monthly * elders), Payee::transfer);
    }
  }

 private:
  PensionParameters p_;
  ModuleSettings s_;
};

void register_pension(PolicyCatalogue& catalogue) {
  ModuleInfo info{.name = "pension", .title = "Universal pension", .offer_months = 0xfff, .default_from_year = 2013};
  catalogue.add({info, block_of("policies.pension", PensionParameters::table()), [](const ParameterValues& v, const ModuleSettings& s, const SeriesSet&) {
                   return std::make_unique<Pension>(load_parameters("policies.pension", PensionParameters::table(), v), s);
                 }});
}

struct LastHeadcount final : Recorder {  // keeps the first indicator of the nation, of the last month
  double value = 0.0;
  void begin(const RunInfo&) override {}
  void record(std::uint32_t, Month, std::size_t months, std::size_t group, std::span<const double> values) override {
    if (group == 0) value = values[(months - 1) * (values.size() / months)];
  }
  void end() override {}
};

int main(int argc, char** argv) {
  if (argc != 3) return 64;
  PolicyCatalogue catalogue;
  register_builtin_policies(catalogue);
  register_pension(catalogue);
  for (const char* enabled : {"false", "true"}) {
    const ScenarioFile file = read_scenario(argv[1], {std::string("policies.pension.enabled=") + enabled}, catalogue, argv[2]);
    for (const std::string& error : file.errors) std::fprintf(stderr, "%s\n", error.c_str());
    if (!file.errors.empty()) return 65;
    SerialRunner runner;
    LastHeadcount headcount;
    const RunOutcome outcome = run_scenario(file.spec, catalogue, runner, headcount);
    std::printf("pension %-5s  digest %s  headcount ratio of %d %.4f\n", enabled, outcome.digest.c_str(), year_of(file.spec.end), headcount.value);
  }
}
