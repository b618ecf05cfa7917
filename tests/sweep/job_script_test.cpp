#include "sweep/job_script.hpp"

#include <filesystem>
#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sweep/plan_files.hpp"
#include "sweep/shard.hpp"
#include "tests/record/scratch.hpp"
#include "tests/sweep/made_up_results.hpp"

namespace terrace::sweep {
namespace fs = std::filesystem;
namespace {

using record::Scratch;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr double kMegabyte = 1048576.0;

/// 40 runs of 3 s in 8 tasks of 5; two at a time take 3 rounds.
JobRequest forty_runs(Scheduler scheduler = Scheduler::slurm) {
  JobRequest out;
  out.array = {scheduler, 8, 2, {}};
  out.needs = {3.0, true, 20.0 * kMegabyte, 10.0 * kMegabyte, 36.0 * kMegabyte};
  out.study = "small study";
  out.plan_digest = "d1";
  out.plan_runs = 40;
  out.program = "/opt/terrace";
  out.folder = "/data/sweep";
  return out;
}

TEST(JobScript, TasksTakeHalfAnHour) {
  const auto tasks = [](std::size_t runs, double seconds, unsigned jobs,
                        std::optional<double> limit = std::nullopt) {
    JobNeeds needs;
    needs.seconds_a_run = seconds;
    return tasks_for(runs, needs, jobs, limit);
  };
  EXPECT_EQ(tasks(40, 3.0, 1), 1U);     // two minutes of work
  EXPECT_EQ(tasks(6000, 3.0, 1), 10U);  // 1,800 s are 600 runs
  EXPECT_EQ(tasks(6001, 3.0, 1), 11U);
  EXPECT_EQ(tasks(6000, 3.0, 4), 3U);          // 2,400 runs each
  EXPECT_EQ(tasks(6000, 3.0, 1, 600.0), 60U);  // half of ten minutes are 100 runs
  EXPECT_EQ(tasks(40, 7200.0, 1), 40U);        // a run takes longer than that: one each
  EXPECT_EQ(tasks(1000000, 60.0, 1), 500U);
  EXPECT_EQ(tasks(40, 0.0, 1), 1U);
}

TEST(JobScript, LimitsAreReadAsTheSchedulerDoes) {
  EXPECT_EQ(limit_seconds("90", Scheduler::slurm), 5400.0);
  EXPECT_EQ(limit_seconds("90", Scheduler::pbs), 90.0);
  EXPECT_EQ(limit_seconds("2:30", Scheduler::slurm), 150.0);
  EXPECT_EQ(limit_seconds("2:30", Scheduler::pbs), 150.0);
  EXPECT_EQ(limit_seconds("1:30:05", Scheduler::pbs), 5405.0);
  EXPECT_EQ(limit_seconds("2-12", Scheduler::slurm), 216000.0);
  EXPECT_EQ(limit_seconds("2-12:30", Scheduler::slurm), 217800.0);
  EXPECT_EQ(limit_seconds("1-0:0:1", Scheduler::slurm), 86401.0);
  for (const char* text : {"", "0", "-1", "1:", ":1", "1:2:3:4", "1-", "-", "1-2-3", "1h", "1.5",
                           "1 ", "9999999999", "UNLIMITED"}) {
    EXPECT_THROW(limit_seconds(text, Scheduler::slurm), BadJob) << text;
  }
  EXPECT_THROW(limit_seconds("2-12", Scheduler::pbs), BadJob);
}

TEST(JobScript, AsksForWhatATaskNeeds) {
  JobRequest request = forty_runs();
  EXPECT_EQ(task_seconds(request), 9.0);
  EXPECT_EQ(task_limit(request), 900.0);  // 618 s, in steps of five minutes
  EXPECT_EQ(task_bytes(request), 40.0 * kMegabyte);
  EXPECT_EQ(megabytes(task_bytes(request)), 114U);  // 1.25 x 40 + 64
  const std::string script = job_scripts(request).array;
  EXPECT_THAT(script, HasSubstr("\n#SBATCH --array=0-7\n"));
  EXPECT_THAT(script, HasSubstr("\n#SBATCH --nodes=1 --ntasks=1 --cpus-per-task=2\n"));
  EXPECT_THAT(script, HasSubstr("\n#SBATCH --mem=114M\n"));
  EXPECT_THAT(script, HasSubstr("\n#SBATCH --time=0:15:00\n"));
  EXPECT_THAT(script, HasSubstr("\n#SBATCH --job-name=terrace-small-study\n"));
  EXPECT_THAT(script, HasSubstr("\n#SBATCH --output=\"/data/sweep/jobs/%A_%a.out\"\n"));
  EXPECT_THAT(script,
              HasSubstr("\nexec /opt/terrace sweep run /data/sweep --shard $((task + 1))/8 -j 2 "
                        "-q\n"));
  request.time = "2-12";
  request.options = "--partition=long --account=x";
  EXPECT_THAT(job_scripts(request).array, HasSubstr("\n#SBATCH --time=60:00:00\n"));
  EXPECT_THAT(job_scripts(request).array,
              HasSubstr("\n#SBATCH --partition=long --account=x\nset -eu\n"));
  const std::string merge = job_scripts(request).merge;
  EXPECT_THAT(merge, HasSubstr("\n#SBATCH --partition=long --account=x\n"));
  EXPECT_THAT(merge, HasSubstr("\n#SBATCH --mem=109M\n"));  // 1.25 x 36 + 64
  EXPECT_THAT(merge, Not(HasSubstr("--array")));
  EXPECT_THAT(job_scripts(request).array,
              HasSubstr("40 runs dealt to 8 tasks, 5 to each, 2 at a time"));
  request.array.tasks = 7;
  EXPECT_THAT(job_scripts(request).array, HasSubstr("7 tasks, 6 or one less to each"));
}

TEST(JobScript, OfPbs) {
  JobRequest request = forty_runs(Scheduler::pbs);
  const std::string script = job_scripts(request).array;
  EXPECT_THAT(script, HasSubstr("\n#PBS -J 0-7\n"));
  EXPECT_THAT(script, HasSubstr("\n#PBS -l select=1:ncpus=2:mem=114mb\n"));
  EXPECT_THAT(script, HasSubstr("\n#PBS -l walltime=0:15:00\n"));
  EXPECT_THAT(script, Not(HasSubstr("SLURM")));
  EXPECT_THAT(script, Not(HasSubstr("SBATCH")));
  request.array.tasks = 1;  // PBS has no arrays of one
  EXPECT_THAT(job_scripts(request).array, HasSubstr("\ntask=0\n"));
  EXPECT_THAT(job_scripts(request).array, Not(HasSubstr("-J")));
}

TEST(JobScript, WhatCannotBeAsked) {
  const auto refused = [](auto change) {
    JobRequest request = forty_runs();
    change(request);
    EXPECT_THROW(job_scripts(request), BadJob);
  };
  refused([](JobRequest& r) { r.array.tasks = 41; });
  refused([](JobRequest& r) { r.array.tasks = 0; });
  refused([](JobRequest& r) { r.array.runs = {3, 17}; });  // eight tasks for two runs
  refused([](JobRequest& r) { r.time = "soon"; });
  refused([](JobRequest& r) { r.options = "long"; });
  refused([](JobRequest& r) { r.options = "--qos=a\nrm -rf x"; });
  refused([](JobRequest& r) { r.options = "--qos=a --array=0-3"; });
  refused([](JobRequest& r) { r.options = "-a 0-3"; });
  refused([](JobRequest& r) { r.folder = "/data/a\nb"; });
  refused([](JobRequest& r) { r.folder = "/data/a\\b"; });
}

TEST(JobScript, PathsWithBlanksAndQuotes) {
  JobRequest request = forty_runs();
  request.folder = "/data/it's a \"sweep\" of 10%";
  const JobScripts scripts = job_scripts(request);
  EXPECT_THAT(scripts.array, HasSubstr(R"(run '/data/it'\''s a "sweep" of 10%' --shard)"));
  EXPECT_THAT(scripts.array,
              HasSubstr(R"(--output="/data/it's a \"sweep\" of 10%%/jobs/%A_%a.out")"));
  EXPECT_EQ(submit_lines(Scheduler::slurm, "my sweep"),
            "array=$(sbatch --parsable 'my sweep/jobs/array.sbatch')\n"
            "sbatch --dependency=afterany:\"${array%%;*}\" 'my sweep/jobs/merge.sbatch'\n");
}

class JobArrays : public ::testing::Test {
 protected:
  JobArrays() {
    make_folders(scratch.path());
    fs::create_directory(scratch / kJobFolder);
    write("array.sbatch", "#!/bin/sh\n");
  }

  void write(const char* name, const std::string& text) const {
    std::ofstream(scratch / kJobFolder / name, std::ios::trunc) << text;
  }
  std::optional<JobArray> read() const { return read_job_array(scratch.path(), plan); }
  SweepStatus status() const { return status_of(scratch.path(), plan, 6); }
  std::unique_ptr<Journal> process(const std::string& shard) const {
    JournalEntry opened;
    opened.shard = shard;
    return std::make_unique<Journal>(scratch / kJournalFolder, opened);
  }

  const Scratch scratch;
  const Plan plan = made_up_plan(2, 2);  // 8 runs
};

TEST_F(JobArrays, AreReadAsWritten) {
  EXPECT_FALSE(read());
  for (const JobArray& array :
       {JobArray{Scheduler::slurm, 3, 2, {}}, JobArray{Scheduler::slurm, 2, 1, {1, 3, 4}}}) {
    write(kArrayAbout, job_array_text(array, plan.digest));
    EXPECT_EQ(read(), array);
  }
  write(kArrayAbout, job_array_text({Scheduler::pbs, 3, 2, {}}, plan.digest));
  EXPECT_FALSE(read());  // there is no array.pbs
  write(kArrayAbout, job_array_text({Scheduler::slurm, 3, 2, {}}, "another"));
  EXPECT_FALSE(read());
  write(kArrayAbout, job_array_text({Scheduler::slurm, 3, 2, {8}}, plan.digest));
  EXPECT_FALSE(read());  // goes beyond the plan
  for (const char* text :
       {"", "{", "[]", "{\"tasks\": 3}", "{\"terrace_jobs\": 1, \"tasks\": -1}"}) {
    write(kArrayAbout, text);
    EXPECT_FALSE(read()) << text;
  }
}

// Task t of 3 does runs t, t + 3, ...: of 8 runs 1, 4 and 7 are done, so those of task 1 are.
TEST_F(JobArrays, TasksToSubmitAgain) {
  const JobArray array{Scheduler::slurm, 3, 1, {}};
  EXPECT_THAT(tasks_to_do(status(), array), ElementsAre(0, 1, 2));
  write_results(scratch.path(), plan, 6, {1, 4, 7});
  EXPECT_THAT(tasks_to_do(status(), array), ElementsAre(0, 2));
  {
    const auto third = process("3/3");  // comes to its runs by itself
    const auto other = process("1/30");
    EXPECT_THAT(tasks_to_do(status(), array), ElementsAre(0));
  }
  EXPECT_THAT(tasks_to_do(status(), array), ElementsAre(0, 2));
  write_results(scratch.path(), plan, 6, {0, 2, 3, 5, 6});
  EXPECT_THAT(tasks_to_do(status(), array), IsEmpty());
}

// Of runs 1, 4, 6 and 7 task 0 of 2 does 1 and 6: places, not numbers, are dealt out, as by
// `sweep run --runs 1,4,6,7 --shard 1/2`.
TEST_F(JobArrays, OfSomeRuns) {
  const JobArray array{Scheduler::slurm, 2, 1, {1, 4, 6, 7}};
  ASSERT_THAT(part_of({1, 2}, array.runs), ElementsAre(1, 6));
  write_results(scratch.path(), plan, 6, {1, 6});
  EXPECT_THAT(tasks_to_do(status(), array), ElementsAre(1));
  const auto second = process("2/2 of --runs 1,4,6,7");
  EXPECT_THAT(tasks_to_do(status(), array), IsEmpty());
}

TEST(JobArray, LinesThatSubmitAgain) {
  EXPECT_EQ(again_line({Scheduler::slurm, 9, 1, {}}, {0, 3, 4, 5}, "s"),
            "sbatch --array=0,3-5 s/jobs/array.sbatch");
  EXPECT_EQ(again_line({Scheduler::pbs, 9, 1, {}}, {0, 3, 4, 5}, "my s"),
            "cd 'my s/jobs' && qsub array.pbs");
}

}  // namespace
}  // namespace terrace::sweep
