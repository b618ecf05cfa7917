#include "parallel/launcher.hpp"

#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace terrace {
namespace {

using Variables = std::map<std::string, std::string>;

Launcher in(const Variables& variables) {
  return launcher_of([&](const char* name) -> std::optional<std::string> {
    const auto at = variables.find(name);
    if (at == variables.end()) return std::nullopt;
    return at->second;
  });
}

TEST(Launcher, ReadsWhatLaunchersSet) {
  struct Case {
    Variables variables;
    std::string name;
    std::uint64_t ranks;
    std::uint64_t number;
    bool several;
  };
  const std::vector<Case> cases{
      {{}, "", 1, 0, false},
      {{{"OMPI_COMM_WORLD_SIZE", "4"}, {"OMPI_COMM_WORLD_RANK", "3"}}, "Open MPI", 4, 3, true},
      {{{"OMPI_COMM_WORLD_SIZE", "1"}, {"OMPI_COMM_WORLD_RANK", "0"}}, "Open MPI", 1, 0, false},
      {{{"PMI_SIZE", "2"}, {"PMI_RANK", "0"}}, "PMI", 2, 0, true},
      {{{"MV2_COMM_WORLD_SIZE", "2"}, {"MV2_COMM_WORLD_RANK", "1"}}, "MVAPICH", 2, 1, true},
      {{{"SLURM_STEP_NUM_TASKS", "5"}, {"SLURM_PROCID", "0"}}, "srun", 5, 0, true},
      // A batch script of a job with four tasks is one process.
      {{{"SLURM_NTASKS", "4"}, {"SLURM_PROCID", "0"}}, "", 1, 0, false},
      {{{"SLURM_ARRAY_TASK_ID", "3"}, {"SLURM_ARRAY_TASK_COUNT", "9"}}, "", 1, 0, false},
      // Two daemons of mpirun, which srun started, and one rank on each; then an mpirun of one
      // rank.
      {{{"SLURM_STEP_NUM_TASKS", "2"},
        {"SLURM_PROCID", "1"},
        {"OMPI_COMM_WORLD_SIZE", "8"},
        {"OMPI_COMM_WORLD_RANK", "7"}},
       "Open MPI",
       8,
       7,
       true},
      {{{"SLURM_STEP_NUM_TASKS", "2"},
        {"SLURM_PROCID", "1"},
        {"OMPI_COMM_WORLD_SIZE", "1"},
        {"OMPI_COMM_WORLD_RANK", "0"}},
       "Open MPI",
       1,
       0,
       false},
      {{{"PMIX_RANK", "2"}}, "PMIx", 0, 2, true},
      {{{"PMIX_RANK", "0"}}, "PMIx", 0, 0, false},  // perhaps alone
  };
  for (const Case& c : cases) {
    const Launcher found = in(c.variables);
    std::string shown;
    for (const auto& [name, value] : c.variables) shown += name + '=' + value + ' ';
    EXPECT_EQ(found.name, c.name) << shown;
    EXPECT_EQ(found.ranks, c.ranks) << shown;
    EXPECT_EQ(found.number, c.number) << shown;
    EXPECT_EQ(found.several(), c.several) << shown;
  }
}

TEST(Launcher, WhatMakesNoSenseIsAnError) {
  for (const Variables& variables :
       {Variables{{"PMI_SIZE", "2x"}, {"PMI_RANK", "0"}},
        Variables{{"PMI_SIZE", ""}, {"PMI_RANK", ""}},
        Variables{{"PMI_SIZE", "-2"}, {"PMI_RANK", "0"}},
        Variables{{"PMI_SIZE", "2"}, {"PMI_RANK", "2"}},
        Variables{{"PMI_SIZE", "0"}, {"PMI_RANK", "0"}}, Variables{{"PMIX_RANK", "first"}}}) {
    EXPECT_THROW(in(variables), BadEnvironment) << variables.begin()->second;
  }
}

TEST(Launcher, MayBeSeveralWhereTheEnvironmentDoesNotTell) {
  EXPECT_TRUE(in({{"PMIX_RANK", "0"}}).may_be_several());
  EXPECT_FALSE(in({}).may_be_several());
  EXPECT_EQ(in({{"PMI_SIZE", "2"}, {"PMI_RANK", "0"}}).variable, "PMI_SIZE=2");
}

TEST(Launcher, ReadsTheEnvironmentOfTheProcess) {
  ASSERT_EQ(setenv("TERRACE_LAUNCHER_TEST", "a b", 1), 0);
  EXPECT_EQ(environment_of_process("TERRACE_LAUNCHER_TEST"), "a b");
  ASSERT_EQ(unsetenv("TERRACE_LAUNCHER_TEST"), 0);
  EXPECT_EQ(environment_of_process("TERRACE_LAUNCHER_TEST"), std::nullopt);
}

}  // namespace
}  // namespace terrace
