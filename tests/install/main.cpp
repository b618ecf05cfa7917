// A program outside Terrace: it has a policy of its own, a pension for every household with elders,
// and runs the scenario of its first argument with the pension off and on.
#include <cstdio>
#include <memory>

#include <terrace/scenario_file.hpp>
#include <terrace/simulation.hpp>

using namespace terrace;

struct PensionParameters {
  double monthly;
};
std::span<const Parameter<PensionParameters>> table() {
  static constexpr Parameter<PensionParameters> rows[] = {
      {&PensionParameters::monthly,
       {"monthly", "yuan/person", 150, 0, 5000, "cash a month for each elder", "assumption"}}};
  return rows;
}

struct Pension final : PolicyModule {
  Pension(PensionParameters given, const ModuleSettings& common) : p(given), s(common) {}
  PensionParameters p;
  ModuleSettings s;
  void candidates(const PolicyMonth& now, std::vector<Candidate>& out) const override {
    const HouseholdTable& t = now.county->households;
    for (std::uint32_t h = 0; h < t.size(); ++h) {
      if (t.elders[h] == 0) continue;
      Candidate& who = out.emplace_back();
      who.household = h;
      who.consent_logit = 20.0;  // all say yes
    }
  }
  void start(PolicyMonth&, const Candidate&, Enrolment&) const override {}
  void month(PolicyMonth& now, Enrolment& e) const override {
    const int elders = now.county->households.elders[e.household];
    const bool over = elders == 0 || now.month > s.until;
    if (over) e.state = Enrolment::State::ended;
    if (!over) now.pay(e.household, to_fen(s.effect * p.monthly * elders), Payee::transfer);
  }
};

void register_pension(PolicyCatalogue& catalogue) {
  ModuleInfo info;  // an entitlement, paid from a line of its own, unless said otherwise
  info.name = "pension";
  info.title = "Universal pension";
  info.offer_months = 0xfff;  // every month
  const auto make = [](const ParameterValues& v, const ModuleSettings& s, const SeriesSet&) {
    return std::make_unique<Pension>(load_parameters("policies.pension", table(), v), s);
  };
  catalogue.add({info, block_of("policies.pension", table()), make});
}

struct LastHeadcount final : Recorder {  // the nation's first indicator in the last month
  double value = 0.0;
  void begin(const RunInfo&) override {}
  void record(std::uint32_t, Month, std::size_t months, std::size_t group,
              std::span<const double> values) override {
    if (group == 0) value = values[(months - 1) * (values.size() / months)];
  }
  void end() override {}
};

int main(int argc, char** argv) {
  if (argc != 3) return 64;
  PolicyCatalogue catalogue;
  register_builtin_policies(catalogue);
  register_pension(catalogue);
  for (const char* set : {"policies.pension.enabled=false", "policies.pension.enabled=true"}) {
    const ScenarioFile file = read_scenario(argv[1], {set}, catalogue, argv[2]);
    for (const std::string& error : file.errors) std::fprintf(stderr, "%s\n", error.c_str());
    if (!file.errors.empty()) return 65;
    SerialRunner runner;
    LastHeadcount last;
    const RunOutcome run = run_scenario(file.spec, catalogue, runner, last);
    std::printf("%s: digest %s, headcount ratio %.4f\n", set, run.digest.c_str(), last.value);
  }
}
