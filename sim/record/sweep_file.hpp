// The file of a merged sweep, sweep.h5: netCDF-4 with everything in the root, so that one call of
// any reader shows a table of runs. Described in FORMAT.md.
//
// Written here, read back by read_sweep() of <terrace/sweep_results.hpp> (sweep_reader.cpp).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <terrace/sweep_results.hpp>

namespace terrace::record {

/// Of the attribute `terrace_sweep`. Readers refuse others.
inline constexpr std::int32_t kSweepFormat = 1;

/// Words for StudyDimension::Kind, StudyDesign::Kind and RunStatus, in their order.
inline constexpr std::array<const char*, 4> kDimensionKinds{"parameter", "policy", "series",
                                                            "scenario"};
inline constexpr std::array<const char*, 6> kDesignKinds{"grid",  "list",     "latin-hypercube",
                                                         "sobol", "saltelli", "morris"};
inline constexpr std::array<const char*, 3> kStatusWords{"missing", "done", "failed"};

/// What follows the bytes of HDF5 in the file, whose readers look no further than their own end: a
/// line with the XXH3-128 of all bytes before it.
inline constexpr std::string_view kSealStart = "\nterrace sweep, xxh3-128 of all before: ";
inline constexpr std::size_t kSealSize = kSealStart.size() + 32 + 1;
std::string seal_of(std::string_view bytes);

/// What a merged file says of itself, once all of it has been read.
struct MergedFacts {
  std::string fault;  ///< what is wrong with it; empty if it is as it was written
  std::string plan_digest;
  std::size_t runs = 0;
  std::size_t done = 0;
  std::size_t bytes = 0;
};
/// Throws IoError where the system does not let the file be read.
MergedFacts check_merged(const std::filesystem::path& path);

/// The file's bytes. Values are let go of as they are written. `programs`: those that did the runs,
/// one a line. `path` is for messages. Throws IoError.
std::vector<std::byte> sweep_image(SweepResults sweep, const std::string& programs,
                                   const std::string& path);

/// How many values of a variable a run has.
std::size_t values_of_run(const SweepResults& sweep, const SweepVariable& variable);

}  // namespace terrace::record
