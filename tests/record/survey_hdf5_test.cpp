// Surveys in HDF5: read as the same people in CSV would be, or refused with the dataset's name.
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <hdf5.h>

#include <terrace/survey_sample.hpp>

#include "record/hdf5_handle.hpp"
#include "record/scratch.hpp"
#include "scenario/survey_assembly.hpp"
#include "scenario/survey_reader.hpp"

namespace terrace::record {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

/// Writes datasets with the library's own calls.
class Writer {
 public:
  explicit Writer(const fs::path& path)
      : file_(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), H5Fclose, "make") {}
  void group(const char* name) {
    group_ =
        Hdf5Id(H5Gcreate2(file_, name, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Gclose, "make");
  }
  void put(const char* name, hid_t type, const void* values, std::vector<hsize_t> shape) {
    const Hdf5Id space(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr),
                       H5Sclose, "make");
    const Hdf5Id data(H5Dcreate2(group_, name, type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
                      H5Dclose, "make");
    check_hdf5(H5Dwrite(data, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values), "write");
  }
  void numbers(const char* name, const std::vector<double>& values) {
    put(name, H5T_NATIVE_DOUBLE, values.data(), {values.size()});
  }
  void integers(const char* name, const std::vector<std::int16_t>& values) {
    put(name, H5T_NATIVE_INT16, values.data(), {values.size()});
  }
  void texts(const char* name, const std::vector<const char*>& values) {
    put(name, variable_text_type(), values.data(), {values.size()});
  }
  /// Texts of a fixed length, filled up with zeros as h5py does.
  void fixed(const char* name, const std::vector<std::string>& values, std::size_t width) {
    std::string bytes;
    for (std::string value : values) {
      value.resize(width);
      bytes += value;
    }
    const Hdf5Id type(H5Tcopy(H5T_C_S1), H5Tclose, "make");
    H5Tset_size(type, width);
    H5Tset_strpad(type, H5T_STR_NULLPAD);
    put(name, type, bytes.data(), {values.size()});
  }

 private:
  Hdf5Id file_;
  Hdf5Id group_;
};

Layout two_provinces() {
  Layout layout;
  layout.provinces = {{"Hill", Region::west, 700, 0.1, 2, 1, true},
                      {"Plain", Region::east, 300, 0.05, 0, 3, false}};
  return layout;
}

void write_households(Writer& out) {
  out.group("households");
  out.integers("household_id", {1, 2});
  out.numbers("weight", {1.5, 2});
  out.texts("province", {"Hill", ""});
  out.numbers("land_mu", {3.25, std::nan("")});
  out.fixed("house", {"D", ""}, 3);
}

void write_persons(Writer& out) {
  out.group("persons");
  out.integers("household_id", {1, 2, 1});
  out.integers("age", {38, 70, 40});
  out.fixed("sex", {"woman", "woman", "man"}, 5);
  out.texts("relation", {"spouse", "head", "head"});
  out.integers("schooling", {7, 0, 9});
}

using Write = std::function<void(Writer&)>;

class SurveyHdf5 : public testing::Test {
 protected:
  fs::path file() const { return scratch_.path() / "s.h5"; }
  void write(const Write& households = write_households,
             const Write& persons = write_persons) const {
    Writer out(file());
    if (households) households(out);
    if (persons) persons(out);
  }
  /// Mistakes of the file, one a line.
  std::string mistakes() const {
    scenario::Problems problems;
    sample_ = scenario::read_survey({file(), "s.h5", {}, "source"}, nullptr, two_provinces(),
                                    read_survey_hdf5, problems);
    std::string out;
    for (const auto& d : problems.sorted()) out += scenario::to_string(d) + '\n';
    return out;
  }
  /// What the reader says of a file with this beside the right households.
  std::string beside(const Write& more) const {
    write([&](Writer& out) {
      write_households(out);
      more(out);
    });
    return mistakes();
  }

  Scratch scratch_;
  mutable std::shared_ptr<const SurveySample> sample_;
};

TEST_F(SurveyHdf5, HoldsThePeopleThatCsvWould) {
  write();
  ASSERT_EQ(mistakes(), "");
  const std::string digest = sample_->digest;
  EXPECT_EQ(sample_->persons_file, "");
  std::ofstream(scratch_.path() / "h.csv") << "household_id,weight,province,land_mu,house\n"
                                              "1,1.5,Hill,3.25,D\n2,2,,,\n";
  std::ofstream(scratch_.path() / "p.csv") << "household_id,age,sex,relation,schooling\n"
                                              "1,38,woman,spouse,7\n2,70,woman,head,0\n"
                                              "1,40,man,head,9\n";
  scenario::Problems problems;
  const scenario::NamedFile persons{scratch_.path() / "p.csv", "p.csv", {}, "persons"};
  const auto same = scenario::read_survey({scratch_.path() / "h.csv", "h.csv", {}, "source"},
                                          &persons, two_provinces(), {}, problems);
  ASSERT_TRUE(same);
  EXPECT_EQ(same->digest, digest);
}

TEST_F(SurveyHdf5, MistakesInValuesNameTheRow) {
  write([](Writer& out) {
    write_households(out);
    out.integers("designated", {0, 2});
    out.integers("x_anything", {5, 6});
  });
  EXPECT_EQ(mistakes(), "s.h5: households[2].designated: 2 is out of range; accepted: 0 or 1\n");
  EXPECT_THAT(beside([](Writer& out) { out.integers("land_my", {0, 1}); }),
              HasSubstr("s.h5: households: unknown column 'land_my'; did you mean 'land_mu'?"));
  write(
      [](Writer& out) {
        write_households(out);
        out.texts("x_text", {"", ""});
      },
      [](Writer& out) {
        out.group("persons");
        out.texts("household_id", {"1", "a\x01"});
        out.integers("age", {40, 40});
        out.texts("sex", {"man", "man"});
        out.texts("relation", {"head", "head"});
        out.numbers("schooling", {9, std::nan("")});
      });
  EXPECT_EQ(mistakes(),
            "s.h5: persons[2].household_id: a control character (byte 1)\n"
            "s.h5: persons[2].schooling: a value is missing\n");
}

TEST_F(SurveyHdf5, DatasetsOfTheWrongShapeOrTypeAreRefused) {
  EXPECT_EQ(beside([](Writer& out) { out.integers("durables", {1, 2, 3}); }),
            "source: 's.h5': households/house has 2 values; households/durables has 3\n");
  const std::int32_t square[4] = {1, 2, 3, 4};
  EXPECT_EQ(beside([&](Writer& out) { out.put("durables", H5T_NATIVE_INT32, square, {2, 2}); }),
            "source: 's.h5': households/durables has 2 dimensions; 1 is due\n");
  EXPECT_EQ(
      beside([&](Writer& out) { out.put("durables", H5T_NATIVE_B32, square, {2}); }),
      "source: 's.h5': households/durables holds neither whole numbers nor numbers nor texts\n");
  EXPECT_EQ(beside([](Writer& out) { out.fixed("x_long", {"", ""}, 1001); }),
            "source: 's.h5': households/x_long holds texts of more than 1000 bytes\n");
}

TEST_F(SurveyHdf5, GroupsAreNeeded) {
  write({});
  EXPECT_EQ(mistakes(), "source: 's.h5': there is no group households\n");
  write(write_households, {});
  EXPECT_EQ(mistakes(), "source: 's.h5': there is no group persons\n");
  write([](Writer& out) { out.group("households"); });
  EXPECT_EQ(mistakes(),
            "s.h5: households: column 'household_id' is missing\n"
            "s.h5: households: column 'weight' is missing\n");
}

TEST_F(SurveyHdf5, WhatIsNoHdf5FileIsRefused) {
  EXPECT_EQ(mistakes(), "source: 's.h5': cannot be read: No such file or directory\n");
  std::ofstream(file()) << "household_id,weight\n";
  EXPECT_THAT(mistakes(), HasSubstr("HDF5 failed to open the file"));
  write();
  const auto whole = fs::file_size(file());
  for (const std::uintmax_t length : {whole / 2, std::uintmax_t{512}, std::uintmax_t{8}}) {
    write();
    fs::resize_file(file(), length);
    EXPECT_THAT(mistakes(), HasSubstr("HDF5 failed to open the file")) << length;
  }
}

}  // namespace
}  // namespace terrace::record
