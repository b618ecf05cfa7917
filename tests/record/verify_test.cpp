// A published run is as it was, or every change of it is found.
#include "record/verify.hpp"

#include <fstream>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <hdf5.h>
#include <hdf5_hl.h>

#include <terrace/digest.hpp>

#include "record/checkpoint_file.hpp"
#include "record/run_directory.hpp"
#include "record/run_journal.hpp"
#include "record/seal.hpp"
#include "record/segments.hpp"
#include "tests/record/made_up_run.hpp"
#include "tests/record/scratch.hpp"

namespace terrace::record {
namespace fs = std::filesystem;
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr MadeUpSize kTiny{.replicates = 1,
                           .provinces = 1,
                           .counties = 2,
                           .indicators = 2,
                           .start = month_of(2012, 1),
                           .end = month_of(2013, 12),
                           .panel = 3};

void overwrite(const fs::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

class Verify : public ::testing::Test {
 protected:
  void publish(const std::function<void(Provenance&)>& change = {}) const {
    Provenance provenance = made_up_provenance(run);
    if (change) change(provenance);
    RunDirectory(dir, provenance.resolved_yaml, true).publish(run, provenance);
  }

  /// As a run does that was told to keep the opening of 2013.
  void keep_checkpoint() const {
    const fs::path folder = dir / "checkpoints/2013";
    fs::create_directories(folder);
    RunInfo info = run.info();
    SegmentRecorder segments(folder, info, [] {});
    segments.open(0, 2012, "");
    info.end = month_of(2012, 12);
    MemoryRecorder first_year;
    first_year.begin(info);
    for (std::size_t g = 0; g < info.groups.size(); ++g) {
      first_year.record(0, info.start, 12, g,
                        run.values(g).first(info.rows(g, 12) * info.row_size(g)));
    }
    first_year.replay(segments);
    segments.sync(0);
    const FileDescriptor handle = open_directory(folder);
    StagedFile file(handle, folder, checkpoint_name(0));
    CheckpointHead head;
    head.kind = {"0.1.0", "layout"};
    head.scenario = kMadeUpScenario;
    const std::vector<std::byte> part(100, std::byte{7});
    write_checkpoint(file, head, [&](const PutPart& put) { put(part), put(part); });
    file.complete();
    file.publish();
  }

  /// Faults, one a line; empty if all is well.
  std::string faults() const {
    std::string text;
    for (const Finding& fault : verify_run(dir).faults)
      text += fault.file + " " + fault.what + "\n";
    return text;
  }

  std::vector<fs::path> files() const {
    std::vector<fs::path> found;
    for (const auto& entry : fs::recursive_directory_iterator(dir)) {
      if (entry.is_regular_file()) found.push_back(entry.path());
    }
    std::sort(found.begin(), found.end());
    return found;
  }

  /// Changes a file and makes the list of files right again, as somebody might who means it well.
  void change_and_list(const std::string& name,
                       const std::function<std::string(std::string)>& change) const {
    const std::string before = read_file(dir / name);
    const std::string after = change(before);
    ASSERT_NE(before, after);
    overwrite(dir / name, after);
    std::string list = read_file(dir / "provenance.json");
    list.erase(list.rfind(",\n  \"self\""));
    const auto replace = [&](const std::string& what, const std::string& by) {
      ASSERT_NE(list.find(what), std::string::npos);
      list.replace(list.find(what), what.size(), by);
    };
    replace(digest_of(before), digest_of(after));
    replace("\"bytes\": " + std::to_string(before.size()) + ",",
            "\"bytes\": " + std::to_string(after.size()) + ",");
    overwrite(dir / "provenance.json", sealed(list + "\n}"));
  }

  /// The same for what is done to the HDF5 file through its library.
  void change_trajectories(const std::function<void(hid_t)>& change) const {
    change_and_list("trajectories.h5", [&](const std::string&) {
      const hid_t file = H5Fopen((dir / "trajectories.h5").c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
      change(file);
      H5Fclose(file);
      return read_file(dir / "trajectories.h5");
    });
  }

  static std::string digest_of(const std::string& bytes) {
    Digest digest;
    digest.add(std::as_bytes(std::span(bytes)));
    return digest.hex();
  }

  const Scratch scratch;
  const fs::path dir = scratch / "run";
  const MemoryRecorder run = made_up_run(kTiny);
};

TEST_F(Verify, APublishedRunIsWell) {
  publish();
  const Verdict verdict = verify_run(dir);
  EXPECT_EQ(faults(), "");
  EXPECT_THAT(verdict.notes, IsEmpty());
  EXPECT_EQ(verdict.files, 5u);
  EXPECT_EQ(verdict.results_digest, made_up_provenance(run).results_digest);
  keep_checkpoint();
  EXPECT_EQ(faults(), "");
}

TEST_F(Verify, RunsWithoutAPanelOrEventsAreWellToo) {
  for (MadeUpSize size : {MadeUpSize{.panel = 0}, MadeUpSize{.events = false}}) {
    const MemoryRecorder other = made_up_run(size);
    RunDirectory(dir, kMadeUpScenario, true).publish(other, made_up_provenance(other));
    EXPECT_EQ(faults(), "");
  }
}

TEST_F(Verify, FindsEveryBitThatIsFlippedInAnyFile) {
  publish();
  keep_checkpoint();
  const std::vector<fs::path> all = files();
  ASSERT_EQ(all.size(), 8u);
  std::mt19937 random(1);
  for (std::size_t round = 0; round < 1000; ++round) {
    const fs::path& path = all[round % all.size()];
    const std::string whole = read_file(path);
    std::string bytes = whole;
    const std::size_t at = random() % bytes.size();
    const int bit = 1 << (random() % 8);
    bytes[at] = static_cast<char>(bytes[at] ^ bit);
    overwrite(path, bytes);
    EXPECT_NE(faults(), "") << path << " byte " << at << " bit " << bit;
    overwrite(path, whole);
  }
  EXPECT_EQ(faults(), "");
}

TEST_F(Verify, FindsFilesThatAreCutLongerMissingOrSwapped) {
  publish();
  keep_checkpoint();
  const std::vector<fs::path> all = files();
  std::mt19937 random(2);
  for (const fs::path& path : all) {
    const std::string whole = read_file(path);
    for (int round = 0; round < 10; ++round) {
      overwrite(path, whole.substr(0, random() % whole.size()));
      EXPECT_NE(faults(), "") << path << " cut";
    }
    overwrite(path, whole.substr(0, whole.size() - 1));
    EXPECT_NE(faults(), "") << path << " without its last byte";
    overwrite(path, whole + "\n");
    EXPECT_NE(faults(), "") << path << " with a byte more";
    fs::remove(path);
    EXPECT_THAT(faults(), HasSubstr("is missing")) << path;
    for (const fs::path& other : all) {
      if (other == path) continue;
      overwrite(path, read_file(other));
      EXPECT_NE(faults(), "") << other << " instead of " << path;
    }
    overwrite(path, whole);
  }
  EXPECT_EQ(faults(), "");
}

TEST_F(Verify, FindsDigestsThatAreNotThoseOfTheValues) {
  publish([](Provenance& p) { p.results_digest[3] = p.results_digest[3] == '0' ? '1' : '0'; });
  EXPECT_THAT(faults(), HasSubstr("results_digest is"));
  publish([](Provenance& p) { p.group_digests[5].second = "0"; });
  EXPECT_THAT(faults(), HasSubstr("digest_panel is 0, but the values of panel give"));
}

TEST_F(Verify, FindsWhatDoesNotFollowFromTheTrajectories) {
  publish();
  change_and_list("summary.csv", [](const std::string& text) { return text + "x\n"; });
  EXPECT_EQ(faults(), "summary.csv does not follow from trajectories.h5\n");
  publish();
  change_and_list("scenario.resolved.yaml", [](const std::string& text) { return "#" + text; });
  EXPECT_THAT(faults(), HasSubstr("scenario.resolved.yaml is not the scenario"));
  publish();
  change_and_list("log.txt", [](const std::string& text) { return text + "more\n"; });
  EXPECT_EQ(faults(), "");  // the log follows from nothing
}

TEST_F(Verify, FindsAValueThatIsNotAsRecorded) {
  const auto change = [&](const char* name, std::size_t place) {
    publish();
    change_trajectories([&](hid_t file) {
      const hid_t variable = H5Dopen2(file, name, H5P_DEFAULT);
      const hid_t space = H5Dget_space(variable);
      std::vector<float> values(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space)));
      H5Dread(variable, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
      values.at(place) = 0.25F;
      H5Dwrite(variable, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
      H5Sclose(space);
      H5Dclose(variable);
    });
    return faults();
  };
  EXPECT_THAT(change("/county/headcount_ratio", 5), HasSubstr("the values of county give"));
  EXPECT_THAT(change("/modules/offered", 3), HasSubstr("the values of modules give"));
  // Household 0 in January; household 1 does not exist yet.
  EXPECT_THAT(change("/panel/income", 0), HasSubstr("the values of panel give"));
  EXPECT_THAT(change("/panel/income", 1), HasSubstr("where its household is not in the panel"));
  EXPECT_THAT(change("/events/amount", 1), HasSubstr("the values of events give"));
}

TEST_F(Verify, FindsCountiesThatTheGroupsDescribeOtherwise) {
  publish();
  change_trajectories([&](hid_t file) {
    const hid_t variable = H5Dopen2(file, "/county/weight", H5P_DEFAULT);
    std::vector<double> values(kTiny.counties);
    H5Dread(variable, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
    values.back() += 1.0;
    H5Dwrite(variable, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
    H5Dclose(variable);
  });
  EXPECT_THAT(faults(), HasSubstr("county and targeting do not say the same of county 11"));
}

TEST_F(Verify, RefusesAFormatThatItDoesNotKnow) {
  publish();
  change_trajectories([](hid_t file) {
    const std::int32_t next = 3;
    const hid_t attribute = H5Aopen(file, "terrace_format", H5P_DEFAULT);
    H5Awrite(attribute, H5T_NATIVE_INT32, &next);
    H5Aclose(attribute);
  });
  EXPECT_THAT(faults(), HasSubstr("it is of format 3, this program reads 2"));
}

TEST_F(Verify, FindsAStructureThatIsNotThatOfTheFormat) {
  const auto complaint = [&](const std::function<void(hid_t)>& change) {
    publish();
    change_trajectories(change);
    return faults();
  };
  EXPECT_THAT(complaint([](hid_t file) {
                H5Adelete_by_name(file, "/county/headcount_ratio", "cell_methods", H5P_DEFAULT);
              }),
              HasSubstr("cell_methods"));
  EXPECT_THAT(complaint([](hid_t file) { H5Ldelete(file, "/county/weight", H5P_DEFAULT); }),
              HasSubstr("weight"));
  EXPECT_THAT(
      complaint([](hid_t file) { H5LTset_attribute_string(file, "/panel/weight", "units", "kg"); }),
      HasSubstr("/panel/weight has another units"));
  EXPECT_THAT(complaint([](hid_t file) {
                const hsize_t length = 1;
                const int value = 1;
                H5LTmake_dataset_int(file, "/events/more", 1, &length, &value);
              }),
              HasSubstr("/events has more, which does not belong there"));
  EXPECT_THAT(complaint([](hid_t file) {
                const hid_t variable = H5Dopen2(file, "/panel/county", H5P_DEFAULT);
                const hid_t scale = H5Dopen2(file, "/panel/household", H5P_DEFAULT);
                H5DSdetach_scale(variable, scale, 0);
                H5Dclose(scale);
                H5Dclose(variable);
              }),
              HasSubstr("/panel/county"));
  EXPECT_THAT(complaint([](hid_t file) {
                const hid_t variable = H5Dopen2(file, "/panel/line_of", H5P_DEFAULT);
                const std::vector<long long> zeros(9, 0);
                H5Dwrite(variable, H5T_NATIVE_LLONG, H5S_ALL, H5S_ALL, H5P_DEFAULT, zeros.data());
                H5Dclose(variable);
              }),
              HasSubstr("/panel/line_of holds other values"));
}

TEST_F(Verify, NotesWhatIsNotOfTheRunAndRefusesWhatIsNoFolder) {
  publish();
  overwrite(dir / "figure.png", "mine");
  const Verdict verdict = verify_run(dir);
  EXPECT_THAT(verdict.faults, IsEmpty());
  ASSERT_EQ(verdict.notes.size(), 1u);
  EXPECT_EQ(verdict.notes[0].file, "figure.png");
  EXPECT_THROW(verify_run(scratch / "nowhere"), IoError);
  EXPECT_THROW(verify_run(dir / "figure.png"), IoError);
}

}  // namespace
}  // namespace terrace::record
