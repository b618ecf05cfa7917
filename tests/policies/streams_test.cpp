// All random streams of the program have different numbers, and modules declare those they use.
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "population/synthesis.hpp"
#include "support/small_scenario.hpp"

namespace terrace {
namespace {

/// Every name in a stream("...") of the sources below a folder.
std::set<std::string> streams_in_sources(const std::string& folder) {
  std::set<std::string> names;
  const std::regex literal("stream\\(\"([^\"]+)\"\\)");
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path());
    std::stringstream text;
    text << in.rdbuf();
    const std::string s = text.str();
    for (std::sregex_iterator i(s.begin(), s.end(), literal), end; i != end; ++i)
      names.insert((*i)[1]);
  }
  return names;
}

TEST(Streams, NoTwoShareANumber) {
  std::set<std::string> all = streams_in_sources(std::string(TERRACE_SOURCE_DIR) + "/sim");
  EXPECT_GT(all.size(), 20U) << "the sources were not found";
  for (const std::string_view name : population_streams()) all.emplace(name);
  const PolicyCatalogue catalogue = test::builtin_catalogue();
  for (const PolicyEntry& entry : catalogue.entries()) {
    for (const std::string_view name : entry.info.streams) all.emplace(name);
    // The runner makes these for every module.
    all.insert("policy." + std::string(entry.info.name) + ".consent");
    all.insert("policy." + std::string(entry.info.name) + ".rank");
    all.insert("policy." + std::string(entry.info.name) + ".reach");
  }
  const std::vector<std::string_view> names(all.begin(), all.end());
  EXPECT_EQ(find_stream_collision(names), std::nullopt);
}

TEST(Streams, ModulesDeclareWhatTheyDraw) {
  const auto used = streams_in_sources(std::string(TERRACE_SOURCE_DIR) + "/sim/policies");
  std::set<std::string> declared;
  const PolicyCatalogue catalogue = test::builtin_catalogue();
  for (const PolicyEntry& entry : catalogue.entries()) {
    for (const std::string_view name : entry.info.streams) {
      declared.emplace(name);
      EXPECT_EQ(name.rfind("policy." + std::string(entry.info.name) + ".", 0), 0U) << name;
    }
  }
  EXPECT_EQ(used, declared);
}

}  // namespace
}  // namespace terrace
