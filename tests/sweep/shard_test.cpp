#include "sweep/shard.hpp"

#include <map>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace terrace::sweep {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Variables = std::map<std::string, std::string>;

Environment environment(const Variables& variables) {
  return [variables](const char* name) -> std::optional<std::string> {
    const auto at = variables.find(name);
    return at == variables.end() ? std::nullopt : std::optional(at->second);
  };
}

Variables array(const char* id, const char* least, const char* most, const char* count,
                const char* step = "1") {
  return {{"SLURM_ARRAY_TASK_ID", id},
          {"SLURM_ARRAY_TASK_MIN", least},
          {"SLURM_ARRAY_TASK_MAX", most},
          {"SLURM_ARRAY_TASK_COUNT", count},
          {"SLURM_ARRAY_TASK_STEP", step}};
}

Variables with(Variables base, const Variables& more) {
  base.insert(more.begin(), more.end());
  return base;
}

/// `3/7`, or why not.
std::string automatic(const Variables& variables) {
  try {
    const Shard shard = read_shard("auto", environment(variables));
    return std::to_string(shard.index) + '/' + std::to_string(shard.count);
  } catch (const BadShard& error) {
    return error.what();
  }
}

std::string refusal(const std::string& text) {
  try {
    read_shard(text, environment({}));
  } catch (const BadShard& error) {
    return error.what();
  }
  return "taken";
}

std::string runs_refusal(const std::string& text, std::size_t runs) {
  try {
    read_runs(text, runs);
  } catch (const BadShard& error) {
    return error.what();
  }
  return "taken";
}

const Variables kStep{{"SLURM_PROCID", "2"}, {"SLURM_STEP_NUM_TASKS", "4"}};
const Variables kOpenMpi{{"OMPI_COMM_WORLD_RANK", "1"}, {"OMPI_COMM_WORLD_SIZE", "3"}};
const Variables kPmi{{"PMI_RANK", "0"}, {"PMI_SIZE", "5"}};

TEST(Shard, ReadsPartAndNumberOfParts) {
  const Shard shard = read_shard("3/7", environment({}));
  EXPECT_EQ(shard.index, 3U);
  EXPECT_EQ(shard.count, 7U);
  EXPECT_EQ(read_shard("1/1", environment({})).count, 1U);
}

TEST(Shard, RefusesWhatIsNone) {
  for (const char* text : {"", "3", "0/7", "8/7", "-1/7", "3/", "/7", "3/7/9", " 3/7", "3.0/7",
                           "+3/7", "a/b", "AUTO", "3/99999999999999999999"}) {
    EXPECT_THAT(refusal(text), HasSubstr("--shard takes i/n")) << text;
  }
}

TEST(Shard, TasksOfASlurmArray) {
  EXPECT_EQ(automatic(array("0", "0", "6", "7")), "1/7");
  EXPECT_EQ(automatic(array("6", "0", "6", "7")), "7/7");
  EXPECT_EQ(automatic(array("3", "1", "7", "7")), "3/7");
  EXPECT_EQ(automatic(array("102", "100", "106", "7")), "3/7");
  EXPECT_EQ(automatic(array("8", "2", "10", "5", "2")), "4/5");
  EXPECT_EQ(automatic(array("0", "0", "0", "1")), "1/1");
  EXPECT_EQ(automatic(array("1", "1", "1", "1")), "1/1");
}

TEST(Shard, SparseArraysAreRefused) {
  for (const Variables& variables :
       {array("3", "1", "7", "3"), array("4", "0", "6", "4", "3"), array("2", "2", "10", "9", "2"),
        array("8", "1", "7", "7"), array("0", "1", "7", "7"), array("3", "3", "3", "1")}) {
    EXPECT_THAT(automatic(variables), HasSubstr("use --shard i/n or --runs"));
  }
}

TEST(Shard, ArraysThatDoNotSayHowManyAreRefused) {
  EXPECT_THAT(automatic({{"SLURM_ARRAY_TASK_ID", "3"}}), HasSubstr("use --shard i/n"));
  EXPECT_THAT(automatic(array("3", "1", "7", "7", "0")), HasSubstr("use --shard i/n"));
  EXPECT_THAT(automatic({{"PBS_ARRAY_INDEX", "3"}}), HasSubstr("--shard $PBS_ARRAY_INDEX/n"));
  EXPECT_THAT(automatic({{"PBS_ARRAYID", "3"}}), HasSubstr("--shard $PBS_ARRAYID/n"));
}

TEST(Shard, RanksOfLaunchers) {
  EXPECT_EQ(automatic(kStep), "3/4");
  EXPECT_EQ(automatic(kOpenMpi), "2/3");
  EXPECT_EQ(automatic(kPmi), "1/5");
  // mpirun inside Slurm: the step's variables are those of its helpers.
  EXPECT_EQ(automatic(with(kOpenMpi, kStep)), "2/3");
  EXPECT_EQ(automatic(with(kPmi, kStep)), "1/5");
}

TEST(Shard, RanksWithinTasksOfAnArray) {
  // Task 3 of 7, rank 2 of 4: 2 * 4 + 2, counted from 1.
  EXPECT_EQ(automatic(with(array("3", "1", "7", "7"), kStep)), "11/28");
  EXPECT_EQ(automatic(with(array("7", "1", "7", "7"), {{"PMI_RANK", "1"}, {"PMI_SIZE", "2"}})),
            "14/14");
}

TEST(Shard, ABatchScriptIsOneProcess) {
  // As Slurm sets them in a batch script of a job with four tasks, where no step has begun.
  const Variables batch{{"SLURM_PROCID", "0"}, {"SLURM_NTASKS", "4"}, {"SLURM_JOB_ID", "9"}};
  EXPECT_EQ(several_ranks(environment(batch)), "");
  EXPECT_THAT(automatic(batch), HasSubstr("finds no variables"));
  EXPECT_EQ(automatic(with(array("3", "1", "7", "7"), batch)), "3/7");
}

TEST(Shard, VariablesThatMakeNoSense) {
  EXPECT_THAT(automatic(array("x", "1", "7", "7")), HasSubstr("SLURM_ARRAY_TASK_ID is 'x'"));
  EXPECT_THAT(automatic({{"PMI_RANK", "5"}, {"PMI_SIZE", "5"}}), HasSubstr("contradict"));
  EXPECT_THAT(automatic({{"PMI_RANK", "0"}, {"PMI_SIZE", "0"}}), HasSubstr("contradict"));
  EXPECT_THAT(automatic({{"PMI_RANK", "-1"}, {"PMI_SIZE", "5"}}), HasSubstr("no number"));
  EXPECT_THAT(automatic({}), HasSubstr("use --shard i/n"));
}

TEST(Shard, SeveralRanksAreSeen) {
  EXPECT_THAT(several_ranks(environment(kStep)), HasSubstr("srun has started 4"));
  EXPECT_THAT(several_ranks(environment(kOpenMpi)), HasSubstr("Open MPI has started 3"));
  EXPECT_THAT(several_ranks(environment(kPmi)), HasSubstr("PMI has started 5"));
  EXPECT_THAT(several_ranks(environment(array("3", "1", "7", "3"))), HasSubstr("3 tasks"));
  EXPECT_THAT(several_ranks(environment({{"PBS_ARRAY_INDEX", "1"}})), HasSubstr("PBS"));
}

TEST(Shard, RanksBeside) {
  EXPECT_TRUE(may_have_ranks_beside(environment(kStep)));
  EXPECT_TRUE(may_have_ranks_beside(environment({{"PMIX_RANK", "0"}})));
  EXPECT_FALSE(may_have_ranks_beside(environment(array("3", "1", "7", "7"))));
  EXPECT_FALSE(may_have_ranks_beside(environment({})));
}

TEST(Shard, LaunchersThatRunKnowsAreKnownHere) {
  const Variables mvapich{{"MV2_COMM_WORLD_RANK", "1"}, {"MV2_COMM_WORLD_SIZE", "3"}};
  EXPECT_EQ(automatic(mvapich), "2/3");
  EXPECT_THAT(several_ranks(environment(mvapich)), HasSubstr("MVAPICH has started 3"));
  const Variables pmix{{"PMIX_RANK", "2"}};
  EXPECT_THAT(automatic(pmix), HasSubstr("does not say how many"));
  EXPECT_THAT(several_ranks(environment(pmix)), HasSubstr("PMIx has started several"));
}

TEST(Shard, OneRankMayRun) {
  for (const Variables& variables :
       {Variables{}, array("3", "3", "3", "1"),
        Variables{{"SLURM_PROCID", "0"}, {"SLURM_STEP_NUM_TASKS", "1"}},
        Variables{{"OMPI_COMM_WORLD_RANK", "0"}, {"OMPI_COMM_WORLD_SIZE", "1"}}}) {
    EXPECT_EQ(several_ranks(environment(variables)), "");
  }
}

TEST(Shard, ShardsAreAPartition) {
  EXPECT_THAT(runs_of({2, 3}, 10), ElementsAre(1, 4, 7));
  EXPECT_THAT(runs_of({7, 7}, 3), ElementsAre());
  for (std::uint64_t count : {1U, 2U, 7U, 40U, 100U}) {
    std::vector<int> times(40, 0);
    for (std::uint64_t index = 1; index <= count; ++index) {
      for (const std::size_t run : runs_of({index, count}, 40)) ++times[run];
    }
    EXPECT_EQ(times, std::vector<int>(40, 1)) << count;
  }
  EXPECT_THAT(part_of({2, 2}, {3, 17, 40, 41, 42}), ElementsAre(17, 41));
}

TEST(Runs, ListsAndRanges) {
  EXPECT_THAT(read_runs("3,17,40-43", 50), ElementsAre(3, 17, 40, 41, 42, 43));
  EXPECT_THAT(read_runs("7,3-5,4,7,0", 8), ElementsAre(0, 3, 4, 5, 7));
  EXPECT_THAT(read_runs("7-7", 8), ElementsAre(7));
}

TEST(Runs, WhatIsNone) {
  for (const char* text : {"", ",", "3,", ",3", "3,,4", "a", "3-", "-3", "3-4-5", " 3", "3.5"}) {
    EXPECT_THAT(runs_refusal(text, 50), HasSubstr("is not a run")) << text;
  }
  EXPECT_THAT(runs_refusal("5-3", 50), HasSubstr("ends before it begins"));
  EXPECT_THAT(runs_refusal("50", 50), HasSubstr("runs are 0 to 49"));
  EXPECT_THAT(runs_refusal("0-18446744073709551615", 50), HasSubstr("runs are 0 to 49"));
}

TEST(Runs, TextReadsBack) {
  EXPECT_EQ(runs_text({3, 17, 40, 41, 42}), "3,17,40-42");
  EXPECT_EQ(runs_text({1, 2, 5, 6, 7, 9}), "1,2,5-7,9");
  EXPECT_EQ(runs_text({}), "");
  for (unsigned bits = 1; bits < 256; ++bits) {
    std::vector<std::size_t> runs;
    for (std::size_t run = 0; run < 8; ++run) {
      if ((bits >> run & 1U) != 0) runs.push_back(run);
    }
    EXPECT_EQ(read_runs(runs_text(runs), 8), runs);
  }
}

}  // namespace
}  // namespace terrace::sweep
