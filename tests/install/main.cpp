// A program outside Terrace with a policy of its own: a pension for every household with elders.
#include <cstdio>
#include <memory>

#include <terrace/run_folder.hpp>

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

int main(int argc, char** argv) {  // SCENARIO FOLDER [a.b.c=value ...]
  if (argc < 3) return 64;
  PolicyCatalogue catalogue;
  register_builtin_policies(catalogue);
  register_pension(catalogue);
  const std::vector<std::string> sets(argv + 3, argv + argc);
  const ScenarioFile file = read_scenario(argv[1], sets, catalogue, TERRACE_DATA);
  for (const std::string& error : file.errors) std::fprintf(stderr, "%s\n", error.c_str());
  if (!file.errors.empty()) return 65;
  SerialRunner runner;
  const RunOutcome run =
      run_to_folder(file, catalogue, runner, argv[2], {.force = true, .command = argv[0]});
  std::printf("digest: %s\n", run.digest.c_str());
}
