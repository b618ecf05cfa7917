// Writes HDF5 that is netCDF-4 at the same time: every axis of every variable has a dimension scale
// in its own group, order of creation is kept, and nothing depends on the clock.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "record/hdf5_handle.hpp"

namespace terrace::record {

/// An HDF5 file in memory, never on disk: the library fails badly on a full one.
class NetcdfImage {
 public:
  NetcdfImage();
  hid_t root() const { return root_; }
  /// Its bytes as they stand now.
  std::vector<std::byte> bytes() const;

 private:
  Hdf5Id file_;
  Hdf5Id root_;
};

void put_text(hid_t object, const char* name, std::string_view text);
void put_number(hid_t object, const char* name, std::int32_t value);
/// The meaning of a variable of flags 0, 1, ..., as CF has it. `meanings`: words between blanks.
void put_flags(hid_t variable, std::string_view meanings);

class NetcdfGroup {
 public:
  NetcdfGroup(hid_t root, const std::string& name);

  hid_t id() const { return id_; }

  /// A dimension with its coordinate variable, which is returned for its attributes.
  hid_t add_dimension(const std::string& name, std::span<const std::int32_t> values);

  // One-dimensional variables, written at once.
  Hdf5Id add(const std::string& name, const std::string& dimension,
             std::span<const std::int8_t> values);
  Hdf5Id add(const std::string& name, const std::string& dimension,
             std::span<const std::int32_t> values);
  Hdf5Id add(const std::string& name, const std::string& dimension, std::span<const double> values);
  Hdf5Id add(const std::string& name, const std::string& dimension,
             const std::vector<std::string>& values);

  /// A compressed variable of doubles, NaN where nothing is written. Chunks are one step of the
  /// first dimension long and about a megabyte at most.
  Hdf5Id add_field(const std::string& name, const std::vector<std::string>& dimensions);
  /// Writes all of one step of the first dimension.
  void write_step(hid_t field, std::size_t step, std::span<const double> values) const;

 private:
  struct Dimension {
    hsize_t length = 0;
    Hdf5Id scale;
  };

  Hdf5Id create(const std::string& name, hid_t type, const std::vector<std::string>& dimensions,
                hid_t properties) const;
  Hdf5Id add_values(const std::string& name, const std::string& dimension, hid_t file_type,
                    hid_t memory_type, const void* values, std::size_t count) const;

  std::string name_;
  Hdf5Id id_;
  std::map<std::string, Dimension> dimensions_;
};

}  // namespace terrace::record
