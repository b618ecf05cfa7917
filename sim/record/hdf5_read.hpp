// Reading HDF5: a file in memory, its groups and variables. Everything throws Hdf5Error.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "record/hdf5_handle.hpp"

namespace terrace::record {

/// Opens a file whose bytes are in memory; they are copied.
Hdf5Id open_image(const std::string& bytes);
Hdf5Id open_group(hid_t file, const std::string& name);
Hdf5Id open_variable(hid_t group, const std::string& name);

bool has(hid_t group, const char* name);
std::vector<hsize_t> shape(hid_t variable);
/// Names of what is in a group, in the order in which it was made, if the file keeps that, or of
/// the alphabet.
std::vector<std::string> names(hid_t group, H5_index_t order = H5_INDEX_CRT_ORDER);

template <typename Value>
std::vector<Value> read_values(hid_t variable, hid_t type, const std::string& name) {
  std::size_t count = 1;
  for (const hsize_t length : shape(variable)) count *= length;
  std::vector<Value> values(count);
  check_hdf5(H5Dread(variable, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
             "read variable " + name);
  return values;
}

template <typename Value>
std::vector<Value> read_values(hid_t group, const char* name, hid_t type) {
  return read_values<Value>(open_variable(group, name), type, name);
}

/// An attribute of text as netcdf_writer puts it.
std::string text_attribute(hid_t object, const char* name);
/// An attribute of one whole number.
std::int32_t number_attribute(hid_t object, const char* name);
/// An attribute of numbers in a row.
std::vector<double> numbers_attribute(hid_t object, const char* name);
bool has_attribute(hid_t object, const char* name);

/// Texts of variable length.
std::vector<std::string> read_texts(hid_t variable);
std::vector<std::string> read_texts(hid_t group, const char* name);

}  // namespace terrace::record
