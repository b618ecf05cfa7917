#include "record/sweep_file.hpp"

#include <bit>
#include <cstdio>
#include <fstream>
#include <random>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "record/file_io.hpp"
#include "tests/record/command.hpp"
#include "tests/record/made_up_sweep.hpp"
#include "tests/record/scratch.hpp"

namespace terrace::record {
namespace fs = std::filesystem;
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class SweepFile : public ::testing::Test {
 protected:
  static std::string image(const SweepResults& sweep) {
    const auto bytes = sweep_image(sweep, "0.1.0 abc", "sweep.h5");
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }

  fs::path write(const std::string& bytes, const std::string& name = "sweep.h5") const {
    std::ofstream(scratch / name, std::ios::binary | std::ios::trunc) << bytes;
    return scratch / name;
  }

  /// What the reader says of a file of these bytes; empty if it read it.
  std::string complaint(const std::string& bytes) const {
    try {
      read_sweep(write(bytes));
    } catch (const IoError& error) {
      return error.what();
    }
    return "";
  }

  const Scratch scratch;
};

void expect_same(const StudyDimension& found, const StudyDimension& wanted) {
  EXPECT_EQ(found.name, wanted.name);
  EXPECT_EQ(found.kind, wanted.kind);
  EXPECT_EQ(found.key, wanted.key);
  EXPECT_EQ(found.also, wanted.also);
  EXPECT_EQ(found.unit, wanted.unit);
  EXPECT_EQ(found.meaning, wanted.meaning);
  EXPECT_EQ(found.low, wanted.low);
  EXPECT_EQ(found.high, wanted.high);
  EXPECT_EQ(found.log_scale, wanted.log_scale);
  EXPECT_EQ(found.whole, wanted.whole);
  EXPECT_EQ(found.choices, wanted.choices);
  EXPECT_EQ(found.levels, wanted.levels);
  EXPECT_EQ(found.change, wanted.change);
  EXPECT_EQ(found.from, wanted.from);
  EXPECT_EQ(found.until, wanted.until);
}

void expect_same(const SweepVariable& found, const SweepVariable& wanted) {
  EXPECT_EQ(found.name, wanted.name);
  EXPECT_EQ(found.unit, wanted.unit);
  EXPECT_EQ(found.meaning, wanted.meaning);
  EXPECT_EQ(found.group, wanted.group);
  EXPECT_EQ(found.by_module, wanted.by_module);
  EXPECT_EQ(found.by_region, wanted.by_region);
  EXPECT_EQ(found.flow, wanted.flow);
  ASSERT_EQ(found.values.size(), wanted.values.size());
  for (std::size_t i = 0; i < wanted.values.size(); ++i) {
    ASSERT_EQ(std::bit_cast<std::uint64_t>(found.values[i]),
              std::bit_cast<std::uint64_t>(wanted.values[i]));
  }
}

void expect_same(const SweepResults& found, const SweepResults& wanted) {
  EXPECT_EQ(found.name, wanted.name);
  EXPECT_EQ(found.title, wanted.title);
  EXPECT_EQ(found.plan_digest, wanted.plan_digest);
  EXPECT_EQ(found.scenario, wanted.scenario);
  EXPECT_EQ(found.design.kind, wanted.design.kind);
  EXPECT_EQ(found.design.n, wanted.design.n);
  EXPECT_EQ(found.design.levels, wanted.design.levels);
  EXPECT_EQ(found.design.second_order, wanted.design.second_order);
  EXPECT_EQ(found.design.seed, wanted.design.seed);
  EXPECT_EQ(found.replicates, wanted.replicates);
  EXPECT_EQ(found.seed, wanted.seed);
  EXPECT_EQ(found.point, wanted.point);
  EXPECT_EQ(found.replicate, wanted.replicate);
  EXPECT_EQ(found.status, wanted.status);
  EXPECT_EQ(found.digest, wanted.digest);
  EXPECT_EQ(found.coordinates, wanted.coordinates);
  EXPECT_EQ(found.years, wanted.years);
  EXPECT_EQ(found.modules, wanted.modules);
  ASSERT_EQ(found.dimensions.size(), wanted.dimensions.size());
  for (std::size_t i = 0; i < wanted.dimensions.size(); ++i) {
    expect_same(found.dimensions[i], wanted.dimensions[i]);
  }
  ASSERT_EQ(found.regions.size(), wanted.regions.size());
  for (std::size_t i = 0; i < wanted.regions.size(); ++i) {
    EXPECT_EQ(found.regions[i].id, wanted.regions[i].id);
    EXPECT_EQ(found.regions[i].name, wanted.regions[i].name);
    EXPECT_EQ(found.regions[i].province, wanted.regions[i].province);
    EXPECT_EQ(found.regions[i].part, wanted.regions[i].part);
    EXPECT_EQ(found.regions[i].level, wanted.regions[i].level);
  }
  ASSERT_EQ(found.variables.size(), wanted.variables.size());
  for (std::size_t i = 0; i < wanted.variables.size(); ++i) {
    expect_same(found.variables[i], wanted.variables[i]);
  }
}

TEST_F(SweepFile, GivesBackAllThatWasWritten) {
  const SweepResults sweep = made_up_sweep();
  expect_same(read_sweep(write(image(sweep))), sweep);
}

TEST_F(SweepFile, GivesBackTheNationAlone) {
  SweepResults sweep = made_up_sweep({6, 2, false});
  sweep.modules.clear();
  sweep.variables.pop_back();
  sweep.dimensions[0].log_scale = false;
  sweep.dimensions[0].whole = true;
  sweep.dimensions[1].change = StudyDimension::Change::factor;
  sweep.design = {StudyDesign::Kind::saltelli, 128, 4, true, 1};
  expect_same(read_sweep(write(image(sweep))), sweep);
}

// 30,000 runs of 3 years, 3 regions and, in one variable, 2 modules: 72 and 144 bytes a run, so
// that a megabyte is about 14,500 and 7,300 runs, of which the last chunk holds part.
TEST_F(SweepFile, GivesBackMoreRunsThanAChunkHolds) {
  const SweepResults sweep = made_up_sweep({15000, 2, true});
  expect_same(read_sweep(write(image(sweep))), sweep);
}

TEST_F(SweepFile, TheSameSweepGivesTheSameBytes) {
  SweepResults sweep = made_up_sweep();
  const std::string bytes = image(sweep);
  EXPECT_EQ(image(sweep), bytes);
  // Neither the bits of a NaN nor the sign of zero are results.
  sweep.variables[0].values[27] = 0.0;
  const std::string zero = image(sweep);
  EXPECT_NE(zero, bytes);
  sweep.variables[0].values[27] = -0.0;
  sweep.variables[0].values[9] = -kNoValue;  // of the run that failed
  EXPECT_EQ(image(sweep), zero);
}

TEST_F(SweepFile, FindsEveryFlippedBit) {
  const std::string bytes = image(made_up_sweep());
  ASSERT_EQ(complaint(bytes), "");
  std::mt19937 random(1);
  for (int i = 0; i < 200; ++i) {
    std::string flipped = bytes;
    const std::size_t place =
        i < 80 ? bytes.size() - 1 - static_cast<std::size_t>(i) : random() % bytes.size();
    flipped[place] = static_cast<char>(flipped[place] ^ (1 << (random() % 8)));
    EXPECT_THAT(complaint(flipped), StartsWith((scratch / "sweep.h5").string() + " is "))
        << "byte " << place;
  }
}

TEST_F(SweepFile, FindsWhatIsCutOffOrAdded) {
  const std::string bytes = image(made_up_sweep());
  for (const std::size_t size : {std::size_t{0}, std::size_t{10}, bytes.size() / 2,
                                 bytes.size() - kSealSize, bytes.size() - 1}) {
    EXPECT_THAT(complaint(bytes.substr(0, size)), HasSubstr("is not what `terrace sweep merge`"));
  }
  EXPECT_THAT(complaint(bytes + "x"), HasSubstr("is not what `terrace sweep merge`"));
  EXPECT_THAT(complaint(seal_of("")), HasSubstr("cannot read"));
  EXPECT_THAT(complaint("no HDF5" + seal_of("no HDF5")), HasSubstr("cannot read"));
}

TEST_F(SweepFile, AFileThatIsNotThereIsAnError) {
  try {
    read_sweep(scratch / "none.h5");
    FAIL();
  } catch (const IoError& error) {
    EXPECT_THAT(error.what(), HasSubstr("none.h5"));
  }
}

TEST_F(SweepFile, ChoicesAsWordsGiveWayToOtherNames) {
  SweepResults sweep = made_up_sweep();
  sweep.dimensions[0].name = "arm_name";
  sweep.variables[1].name = "arm_name_";
  const fs::path path = write(image(sweep));
  expect_same(read_sweep(path), sweep);
  EXPECT_THAT(record::read_file(path), HasSubstr("arm_name__"));
}

TEST_F(SweepFile, CheckingSaysWhatIsWrong) {
  const std::string bytes = image(made_up_sweep());
  const MergedFacts facts = check_merged(write(bytes));
  EXPECT_EQ(facts.fault, "");
  EXPECT_EQ(facts.plan_digest, std::string(32, 'c'));
  EXPECT_EQ(facts.runs, 12U);
  EXPECT_EQ(facts.done, 10U);
  EXPECT_EQ(facts.bytes, bytes.size());
  EXPECT_THAT(check_merged(write("x" + bytes)).fault, HasSubstr("checksum does not fit"));
  EXPECT_THAT(check_merged(write("no HDF5" + seal_of("no HDF5"))).fault, HasSubstr("cannot read"));
  EXPECT_THROW(check_merged(scratch / "none.h5"), IoError);
}

TEST_F(SweepFile, PartsThatDoNotFitAreABug) {
  SweepResults sweep = made_up_sweep();
  sweep.variables[1].values.pop_back();
  EXPECT_THROW(image(sweep), std::logic_error);
  sweep = made_up_sweep();
  sweep.coordinates[2][0] = 2.0;  // there are two choices
  EXPECT_THROW(image(sweep), std::logic_error);
}

TEST_F(SweepFile, NcdumpShowsRunsAndUnits) {
  const std::string path = write(image(made_up_sweep())).string();
  const Result header = command("ncdump -h " + path);
  ASSERT_EQ(header.status, 0) << header.output;
  EXPECT_THAT(header.output, HasSubstr("run = 12 ;"));
  EXPECT_THAT(header.output, HasSubstr("double headcount_ratio(run, year, region) ;"));
  EXPECT_THAT(header.output, HasSubstr("double offered(run, year, module, region) ;"));
  EXPECT_THAT(header.output, HasSubstr("double trap(run) ;"));
  EXPECT_THAT(header.output, HasSubstr("trap:units = \"yuan\""));
  EXPECT_THAT(header.output, HasSubstr("short arm(run) ;"));
  EXPECT_THAT(header.output, HasSubstr("arm:flag_meanings = \"full_programme none\""));
  EXPECT_THAT(header.output, HasSubstr("string arm_name(run) ;"));
  EXPECT_THAT(header.output, HasSubstr("byte status(run) ;"));
  EXPECT_EQ(header.output.find("phony"), std::string::npos);
  EXPECT_EQ(header.output.find("group:"), std::string::npos);
  const Result all = command("ncdump " + path);
  EXPECT_EQ(all.status, 0) << all.output;
}

TEST_F(SweepFile, PythonAndROpenIt) {
  const std::string path = write(image(made_up_sweep())).string();
  const std::string here = std::string(TERRACE_SOURCE_DIR) + "/tests/record/";
  const Result r = command("Rscript " + here + "open_sweep_with_r.R " + path);
  EXPECT_EQ(r.status, 0) << r.output;
  const Result python = command("PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 " + here +
                                "open_sweep_with_readers.py " + path);
  EXPECT_EQ(python.status, 0) << python.output;
}

}  // namespace
}  // namespace terrace::record
