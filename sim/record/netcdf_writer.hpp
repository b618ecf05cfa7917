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
void put_numbers(hid_t object, const char* name, std::span<const double> values);
/// The meaning of an int8 variable of flags `first`, `first` + 1, ..., as CF has it. `meanings`:
/// words between blanks.
void put_flags(hid_t variable, std::string_view meanings, std::int8_t first = 0);
/// The same for one of int16, where there may be more meanings than int8 has numbers.
void put_short_flags(hid_t variable, std::string_view meanings);
/// The same for a variable of floats, in which NaN may stand for a missing value.
void put_float_flags(hid_t variable, std::string_view meanings);

class NetcdfGroup {
 public:
  NetcdfGroup(hid_t root, const std::string& name);
  /// The root itself, as a place for dimensions and variables.
  explicit NetcdfGroup(const NetcdfImage& image);

  hid_t id() const { return id_; }

  /// A dimension with its coordinate variable, which is returned for its attributes. One without
  /// values may grow, as netCDF wants it of those. Values: int32 or int64.
  template <typename Value>
  hid_t add_dimension(const std::string& name, std::span<const Value> values);
  /// Counted through from 0; may grow.
  hid_t add_growing_dimension(const std::string& name, std::size_t length);

  /// A one-dimensional variable, written at once; along a dimension that may grow it is compressed.
  /// Values: int8, int16, int32, int64, float or double.
  template <typename Value>
  Hdf5Id add(const std::string& name, const std::string& dimension, std::span<const Value> values);
  template <typename Value>
  Hdf5Id add(const std::string& name, const std::string& dimension,
             const std::vector<Value>& values) {
    return add(name, dimension, std::span<const Value>(values));
  }
  Hdf5Id add(const std::string& name, const std::string& dimension,
             const std::vector<std::string>& values);

  /// A compressed variable of several dimensions, in chunks of these lengths (no longer than the
  /// dimensions). Where nothing is written floating-point values are NaN.
  template <typename Value>
  Hdf5Id add_field(const std::string& name, const std::vector<std::string>& dimensions,
                   const std::vector<std::size_t>& chunk);
  /// Writes all of one step of the first dimension.
  template <typename Value>
  void write_step(hid_t field, std::size_t step, std::span<const Value> values) const {
    write_steps(field, step, 1, values);
  }
  /// Writes all of `count` steps of the first dimension, from `first` on.
  template <typename Value>
  void write_steps(hid_t field, std::size_t first, std::size_t count,
                   std::span<const Value> values) const;

  std::size_t length(const std::string& dimension) const {
    return dimensions_.at(dimension).length;
  }

 private:
  struct Dimension {
    hsize_t length = 0;
    bool growing = false;
    Hdf5Id scale;
  };

  hid_t add_scale(const std::string& name, hid_t file_type, hid_t memory_type, const void* values,
                  std::size_t count, bool growing);
  Hdf5Id create(const std::string& name, hid_t type, const std::vector<std::string>& dimensions,
                hid_t properties) const;
  Hdf5Id add_values(const std::string& name, const std::string& dimension, hid_t file_type,
                    hid_t memory_type, const void* values, std::size_t count) const;

  std::string name_;
  Hdf5Id id_;
  std::map<std::string, Dimension> dimensions_;
};

}  // namespace terrace::record
