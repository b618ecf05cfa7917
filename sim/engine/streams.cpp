#include "engine/streams.hpp"

#include <string_view>

#include <terrace/check.hpp>
#include <terrace/random.hpp>

#include "population/synthesis.hpp"

namespace terrace::engine {

namespace {

// Of economy, registry, nation and the panel; a test holds this list against their sources.
constexpr std::string_view kProcessStreams[] = {"access.works",
                                                "allowance.ordinary",
                                                "coop.found",
                                                "coop.hire",
                                                "coop.lease",
                                                "credit.default",
                                                "credit.loan",
                                                "demography.birth",
                                                "demography.death",
                                                "diagnosis.random",
                                                "diagnosis.record",
                                                "dwelling.insurance",
                                                "dwelling.repair",
                                                "dwelling.services",
                                                "dwelling.water",
                                                "evaluation.approve",
                                                "evaluation.find",
                                                "evaluation.village",
                                                "evaluation.visit",
                                                "family.bride",
                                                "family.divide",
                                                "family.groom",
                                                "general_survey.guarantee",
                                                "general_survey.income",
                                                "labour.begun",
                                                "labour.queue",
                                                "labour.search",
                                                "labour.spell",
                                                "labour.taste",
                                                "market.adopt",
                                                "market.price",
                                                "migration.apply",
                                                "migration.destination",
                                                "migration.stay",
                                                "panel.choice",
                                                "register.exit",
                                                "register.match",
                                                "register.notice",
                                                "register.reach",
                                                "register.rescore",
                                                "register.score",
                                                "register.verify",
                                                "register.village_report",
                                                "register.vote",
                                                "register.waive",
                                                "school.dropout",
                                                "school.length",
                                                "school.preschool",
                                                "school.senior",
                                                "school.tertiary",
                                                "settle.post",
                                                "settle.years",
                                                "shock.disaster",
                                                "shock.farm",
                                                "shock.illness",
                                                "shock.illness.aftermath",
                                                "shock.illness.cost",
                                                "shock.persistent",
                                                "shock.yield",
                                                "solar.failure",
                                                "solar.post",
                                                "survey.error",
                                                "survey.sample",
                                                "watch.find"};

}  // namespace

std::vector<std::string> all_streams(const PolicyCatalogue& catalogue) {
  std::vector<std::string> all(std::begin(kProcessStreams), std::end(kProcessStreams));
  for (const std::string_view name : population_streams()) all.emplace_back(name);
  for (const PolicyEntry& entry : catalogue.entries()) {
    for (const std::string_view name : entry.info.streams) all.emplace_back(name);
    const std::string own = "policy." + std::string(entry.info.name);
    for (const char* use : {".consent", ".rank", ".reach"}) all.push_back(own + use);
  }
  return all;
}

void require_distinct_streams(const PolicyCatalogue& catalogue) {
  const std::vector<std::string> all = all_streams(catalogue);
  const std::vector<std::string_view> names(all.begin(), all.end());
  const auto clash = find_stream_collision(names);
  if (!clash) return;
  const std::string what = "the random streams '" + std::string(clash->first) + "' and '" +
                           std::string(clash->second) + "' have one number; rename one";
  require(false, what.c_str());
}

}  // namespace terrace::engine
