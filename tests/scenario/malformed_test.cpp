// Wrong scenarios, made by rule from one that is right: every key and value of it, spoilt in every
// way that people spoil them, must be refused where it stands.
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

#include "scenario/fixture.hpp"

namespace terrace::scenario {
namespace {

class MalformedTest : public ScenarioTest {};

enum class Type { map, number, integer, truth, month, text, word, list, years };

struct Line {
  const char* key;  ///< with its indentation
  const char* value;
  Type type;
};

const std::vector<Line> kLines = {
    {"terrace", "1", Type::integer},
    {"name", "x", Type::text},
    {"title", "A title", Type::text},
    {"time", "", Type::map},
    {"  start", "2008-01", Type::month},
    {"  programme", "2013-01", Type::month},
    {"  end", "2020-12", Type::month},
    {"population", "", Type::map},
    {"  source", "synthetic", Type::word},
    {"  layout", "data/china.yaml", Type::text},
    {"  provinces", "[Hill, Plain]", Type::list},
    {"  counties", "all", Type::word},
    {"  sample", "", Type::map},
    {"    counties", "0.5", Type::number},
    {"    villages", "0.5", Type::number},
    {"registry", "", Type::map},
    {"  enabled", "true", Type::truth},
    {"policies", "", Type::map},
    {"  relocation", "", Type::map},
    {"    enabled", "true", Type::truth},
    {"    from", "2016-01", Type::month},
    {"    until", "2019-12", Type::month},
    {"    capacity", "1", Type::number},
    {"    effect", "1", Type::number},
    {"    cost", "1", Type::number},
    {"    ramp", "1", Type::number},
    {"    consent", "0.5", Type::number},
    {"    wage_gain", "0.1", Type::number},
    {"parameters", "", Type::map},
    {"  farm_assets", "", Type::map},
    {"    tau", "0.5", Type::number},
    {"    tools", "2000", Type::number},
    {"series", "", Type::map},
    {"  wage", "", Type::map},
    {"    unit", "yuan/month", Type::word},
    {"    prices", "2012", Type::word},
    {"    source", "a book", Type::text},
    {"    values", "", Type::map},
    {"      2012", "2000", Type::number},
    {"      2013", "2100.5", Type::number},
    {"output", "", Type::map},
    {"  indicators", "[gini]", Type::list},
    {"  panel", "", Type::map},
    {"    households", "20", Type::integer},
    {"    columns", "[income]", Type::list},
    {"  checkpoints", "", Type::map},
    {"    every", "5", Type::integer},
    {"    keep", "[2013, 2016]", Type::years},
    {"run", "", Type::map},
    {"  seed", "1", Type::integer},
    {"  replicates", "2", Type::integer},
};

std::string line_text(const std::string& key, const std::string& value) {
  return key + ':' + (value.empty() ? "" : " " + value) + '\n';
}

// The scenario with line `at` replaced.
std::string with_line(std::size_t at, const std::string& replacement) {
  std::string out;
  for (std::size_t i = 0; i < kLines.size(); ++i) {
    out += i == at ? replacement : line_text(kLines[i].key, kLines[i].value);
  }
  return out;
}

std::vector<std::string> bad_values(Type type) {
  std::vector<std::string> all = {"&a 1", "*a", "!!int 1", "!mine 1", "[[]]", "{k: 1}"};
  const auto add = [&](std::vector<std::string> more) {
    all.insert(all.end(), more.begin(), more.end());
  };
  switch (type) {
    case Type::number:
      add({"\"0.5\"", "'1'", ".nan", ".inf", "-.inf", "nan", "1e999", "-1e999", "-1e6", "1e9",
           "012",     "0x1", "1_0",  "1,0",  "10%",   "yes", "true",  "~",      "",     "abc",
           ".5",      "1.",  "+1",   "[1]",  "1 2",   "0b1", "1e",    "--1",    "1:30"});
      break;
    case Type::integer:
      add({"\"1\"", "1.5", "1.0", "1e0", "-1", "01", "0x1", "yes", "~", "", "one", ".inf", "[1]",
           "99999999999999999999", "+1"});
      break;
    case Type::truth:
      add({"yes", "no", "on", "off", "True", "FALSE", "1", "0", "\"true\"", "y", "~", "", "maybe",
           "[true]"});
      break;
    case Type::month:
      add({"2013", "2013-13", "2013-00", "2013-1", "2013-01-01", "1999-12", "2101-01", "~", "",
           "January", "[2013-01]", "20130101", "2013/01", "-013-01"});
      break;
    case Type::text:
      add({"1", "1.5", "true", "no", "~", "", "\"\"", "[a]", "\"a\\x01b\""});
      break;
    case Type::word:
      add({"other", "~", "", "[a]", "1.5", "Synthetic "});
      break;
    case Type::list:
      add({"[]", "[nobody]", "~", "", "1", "[1]", "[[Hill]]", "[gini, gini]", "{a: b}", "other",
           "[Hill, Hill]", "[~]"});
      break;
    case Type::years:
      add({"2013", "[2013, 2013]", "[1e3]", "[2013.0]", "[\"2013\"]", "[~]", "[-1]", "[1999]",
           "[2101]", "[2013-01]", "[99999999999999999999]", "~", "", "all", "[[2013]]"});
      break;
    case Type::map:
      add({"[]", "1", "true", "text", "~", "[{a: 1}]"});
      break;
  }
  return all;
}

std::string without_children(std::size_t at, const std::string& replacement) {
  const auto indent = [](const char* key) { return std::string(key).find_first_not_of(' '); };
  std::string out;
  for (std::size_t i = 0; i < kLines.size(); ++i) {
    if (i == at) {
      out += replacement;
      while (i + 1 < kLines.size() && indent(kLines[i + 1].key) > indent(kLines[at].key)) ++i;
    } else {
      out += line_text(kLines[i].key, kLines[i].value);
    }
  }
  return out;
}

TEST_F(MalformedTest, TheScenarioItselfIsRight) {
  ASSERT_EQ(errors(load(with_line(kLines.size(), ""))), "");
}

TEST_F(MalformedTest, EveryValueSpoilt) {
  int count = 0;
  for (std::size_t i = 0; i < kLines.size(); ++i) {
    for (const std::string& value : bad_values(kLines[i].type)) {
      const bool is_map = kLines[i].type == Type::map;
      const std::string line = line_text(kLines[i].key, value);
      const Loaded loaded = load(is_map ? without_children(i, line) : with_line(i, line));
      ++count;
      ASSERT_FALSE(loaded.errors.empty()) << line;
      const Diagnostic& first = loaded.errors.front();
      EXPECT_EQ(first.line, static_cast<int>(i) + 1) << line << to_string(first);
      EXPECT_GE(first.column, 1) << to_string(first);
      EXPECT_NE(first.message, "");
    }
  }
  EXPECT_GE(count, 300);
}

TEST_F(MalformedTest, EveryKeyMisspelt) {
  for (std::size_t i = 0; i < kLines.size(); ++i) {
    std::string key = kLines[i].key;
    key.erase(key.size() - 1);
    key += "q";
    const Loaded loaded = load(with_line(i, line_text(key, kLines[i].value)));
    ASSERT_FALSE(loaded.errors.empty()) << key;
    bool found = false;  // a missing required key may be reported above it
    for (const Diagnostic& d : loaded.errors) found = found || d.line == static_cast<int>(i) + 1;
    EXPECT_TRUE(found) << errors(loaded);
  }
}

TEST_F(MalformedTest, EveryKeyTwice) {
  for (std::size_t i = 0; i < kLines.size(); ++i) {
    const std::string value = kLines[i].type == Type::map ? "{}" : kLines[i].value;
    const Loaded loaded = load(
        with_line(i, line_text(kLines[i].key, value) + line_text(kLines[i].key, kLines[i].value)));
    ASSERT_FALSE(loaded.errors.empty()) << kLines[i].key;
    bool found = false;
    for (const Diagnostic& d : loaded.errors) {
      found = found || (d.message == "duplicate key" && d.line == static_cast<int>(i) + 2);
    }
    EXPECT_TRUE(found) << errors(loaded);
  }
}

TEST_F(MalformedTest, EveryRangeIsNamed) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"population.sample.counties=0", "more than 0 to 1"},
      {"population.sample.villages=1.0001", "more than 0 to 1"},
      {"policies.relocation.capacity=-0.1", "from 0 to 100"},
      {"policies.relocation.ramp=0", "more than 0 to 100"},
      {"policies.industry.capacity=2", "from 0 to 1"},
      {"policies.industry.ramp=2", "from 1 to 1"},
      {"policies.relocation.consent=1.1", "from 0 to 1"},
      {"parameters.risk.phi=0.5", "from 0.85 to 1"},
      {"run.replicates=0", "1 to 10000"},
      {"run.replicates=10001", "1 to 10000"},
      {"run.seed=18446744073709551616", "0 to 18446744073709551615"},
      {"output.panel.households=-1", "0 to 10000000"},
      {"output.panel.households=10000001", "0 to 10000000"},
      {"output.checkpoints.every=101", "0 to 100"},
      {"output.checkpoints.keep=[1999]", "2000 to 2100"},
      {"time.start=1999-01", "2000-01 to 2100-12"}};
  for (const auto& [setting, range] : cases) {
    const Loaded loaded = load("terrace: 1\n", {setting});
    ASSERT_EQ(loaded.errors.size(), 1U) << setting;
    EXPECT_EQ(loaded.errors[0].hint, "accepted: " + range) << to_string(loaded.errors[0]);
    EXPECT_EQ(loaded.errors[0].file, "--set " + setting);
    EXPECT_EQ(loaded.errors[0].line, 0);
  }
}

TEST_F(MalformedTest, CapacityIsRefusedWhereItReachesNothing) {
  EXPECT_TRUE(load("terrace: 1\n", {"policies.relocation.capacity=2"}).errors.empty());
  fake_.drop_places_series();
  // Of places without a number a share of households may be reached, but no more than all.
  for (const char* setting : {"policies.relocation.capacity=1", "policies.relocation.capacity=0"})
    EXPECT_TRUE(load("terrace: 1\n", {setting}).errors.empty()) << setting;
  const Loaded loaded = load("terrace: 1\n", {"policies.relocation.capacity=2"});
  ASSERT_EQ(loaded.errors.size(), 1U);
  EXPECT_EQ(loaded.errors[0].hint, "accepted: from 0 to 1");
}

// A checkpoint is the state at the opening of a year that follows another.
TEST_F(MalformedTest, KeptYearsLieInTheRun) {
  EXPECT_EQ(
      load("terrace: 1\n", {"output.checkpoints.keep=[2020, 2009]"}).spec.output.checkpoint_keep,
      (std::vector<int>{2009, 2020}));
  EXPECT_TRUE(load("terrace: 1\n", {"output.checkpoints.keep=[]"}).errors.empty());
  EXPECT_EQ(errors(load("terrace: 1\noutput: {checkpoints: {keep: [2008, 2013, 2021]}}\n")),
            "x.yaml:2:31: output.checkpoints.keep: 2008 is no year that opens within the run; "
            "accepted: 2009 to 2020\n"
            "x.yaml:2:43: output.checkpoints.keep: 2021 is no year that opens within the run; "
            "accepted: 2009 to 2020\n");
  // What matters is the run that comes of all layers.
  EXPECT_TRUE(load("terrace: 1\ntime: {end: 2021-12}\noutput: {checkpoints: {keep: [2021]}}\n")
                  .errors.empty());
  EXPECT_EQ(errors(load("terrace: 1\noutput: {checkpoints: {keep: [2013, 2013]}}\n")),
            "x.yaml:2:37: output.checkpoints.keep[1]: the year stands in the list already\n");
}

TEST_F(MalformedTest, SettingsThatCannotBe) {
  for (const char* setting : {"",
                              "=",
                              "=1",
                              "a",
                              "a=1",
                              "run.seed",
                              "run.seed=",
                              "run.seed= ",
                              "run..seed=1",
                              ".=1",
                              "run.seed.more=1",
                              "run=1",
                              "series.wage.values=1",
                              "series.wage.unit=yuan",
                              "population.layout.name=x",
                              "extends=a.yaml",
                              "terrace=1",
                              "run.seed=[1]",
                              "run.seed=1\n--- 2",
                              "policies.relocaton.enabled=false",
                              "title=*a",
                              "title=&a b",
                              "title=\xff",
                              "run.seed=1: 2: 3",
                              "name=../../etc",
                              "name=.hidden",
                              "run.seed=# no"}) {
    const Loaded loaded = load("terrace: 1\n", {setting});
    ASSERT_FALSE(loaded.errors.empty()) << setting;
    EXPECT_EQ(loaded.errors[0].file.rfind("--set ", 0), 0U) << to_string(loaded.errors[0]);
  }
}

}  // namespace
}  // namespace terrace::scenario
