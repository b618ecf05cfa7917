#include "record/netcdf_writer.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <type_traits>

#include <hdf5_hl.h>

namespace terrace::record {
namespace {

constexpr unsigned kKeepOrder = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;

Hdf5Id properties(hid_t kind) {
  Hdf5Id list(H5Pcreate(kind), H5Pclose, "make a property list");
  check_hdf5(H5Pset_attr_creation_order(list, kKeepOrder), "keep the order of attributes");
  check_hdf5(H5Pset_obj_track_times(list, false), "leave times out");
  return list;
}

Hdf5Id simple_space(std::span<const hsize_t> lengths, const hsize_t* most = nullptr) {
  return Hdf5Id(H5Screate_simple(static_cast<int>(lengths.size()), lengths.data(), most), H5Sclose,
                "make a data space");
}

/// How a type of values is called in the file and in memory.
struct NumberType {
  hid_t file;
  hid_t memory;
};
template <typename Value>
NumberType number_type() {
  if constexpr (std::is_same_v<Value, std::int8_t>) return {H5T_STD_I8LE, H5T_NATIVE_INT8};
  if constexpr (std::is_same_v<Value, std::int16_t>) return {H5T_STD_I16LE, H5T_NATIVE_INT16};
  if constexpr (std::is_same_v<Value, std::int32_t>) return {H5T_STD_I32LE, H5T_NATIVE_INT32};
  if constexpr (std::is_same_v<Value, std::int64_t>) return {H5T_STD_I64LE, H5T_NATIVE_INT64};
  if constexpr (std::is_same_v<Value, float>) return {H5T_IEEE_F32LE, H5T_NATIVE_FLOAT};
  if constexpr (std::is_same_v<Value, double>) return {H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE};
}

/// Chunks of these lengths, each shuffled and deflated.
void compress(hid_t creation, std::span<const hsize_t> chunk, const std::string& tried) {
  check_hdf5(H5Pset_chunk(creation, static_cast<int>(chunk.size()), chunk.data()), tried);
  check_hdf5(H5Pset_shuffle(creation), tried);
  check_hdf5(H5Pset_deflate(creation, 1), tried);
}

constexpr hsize_t kGrowingChunk = 16384;  ///< values, of a variable whose dimension may grow

void put_attribute(hid_t object, const char* name, hid_t type, hid_t space, const void* value) {
  const std::string tried = std::string("write attribute ") + name;
  const Hdf5Id attribute(H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
                         tried);
  if (value != nullptr) check_hdf5(H5Awrite(attribute, type, value), tried);
}

}  // namespace

NetcdfImage::NetcdfImage() {
  const Hdf5Id access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "make a property list");
  constexpr std::size_t growth = std::size_t{16} << 20;
  check_hdf5(H5Pset_fapl_core(access, growth, false), "keep a file in memory");
  const Hdf5Id creation = properties(H5P_FILE_CREATE);
  check_hdf5(H5Pset_link_creation_order(creation, kKeepOrder), "keep the order of links");
  file_ = Hdf5Id(H5Fcreate(memory_file_name().c_str(), H5F_ACC_TRUNC, creation, access), H5Fclose,
                 "create a file in memory");
  root_ = Hdf5Id(H5Gopen2(file_, "/", H5P_DEFAULT), H5Gclose, "open the root");
}

std::vector<std::byte> NetcdfImage::bytes() const {
  check_hdf5(H5Fflush(file_, H5F_SCOPE_LOCAL), "complete the file");
  const ssize_t size = check_hdf5(H5Fget_file_image(file_, nullptr, 0), "take the file's size");
  std::vector<std::byte> image(static_cast<std::size_t>(size));
  check_hdf5(H5Fget_file_image(file_, image.data(), image.size()), "take the file's bytes");
  return image;
}

void put_text(hid_t object, const char* name, std::string_view text) {
  const Hdf5Id type(H5Tcopy(H5T_C_S1), H5Tclose, "make a text type");
  check_hdf5(H5Tset_size(type, std::max<std::size_t>(text.size(), 1)), "make a text type");
  check_hdf5(H5Tset_cset(type, H5T_CSET_UTF8), "make a text type");
  const Hdf5Id space(H5Screate(text.empty() ? H5S_NULL : H5S_SCALAR), H5Sclose,
                     "make a data space");
  put_attribute(object, name, type, space, text.empty() ? nullptr : text.data());
}

void put_numbers(hid_t object, const char* name, std::span<const double> values) {
  const hsize_t count = values.size();
  const std::string tried = std::string("write attribute ") + name;
  const Hdf5Id space = simple_space({&count, 1});
  const Hdf5Id attribute(H5Acreate2(object, name, H5T_IEEE_F64LE, space, H5P_DEFAULT, H5P_DEFAULT),
                         H5Aclose, tried);
  check_hdf5(H5Awrite(attribute, H5T_NATIVE_DOUBLE, values.data()), tried);
}

void put_number(hid_t object, const char* name, std::int32_t value) {
  constexpr hsize_t one = 1;
  const Hdf5Id space = simple_space({&one, 1});
  const Hdf5Id attribute(H5Acreate2(object, name, H5T_STD_I32LE, space, H5P_DEFAULT, H5P_DEFAULT),
                         H5Aclose, std::string("write attribute ") + name);
  check_hdf5(H5Awrite(attribute, H5T_NATIVE_INT32, &value), std::string("write attribute ") + name);
}

namespace {

template <typename Value>
void put_flag_values(hid_t variable, std::string_view meanings, Value first) {
  std::vector<Value> flags;
  for (std::ptrdiff_t i = 0; i <= std::ranges::count(meanings, ' '); ++i) {
    flags.push_back(static_cast<Value>(first + static_cast<Value>(i)));
  }
  const hsize_t count = flags.size();
  const auto [in_file, in_memory] = number_type<Value>();
  const Hdf5Id space = simple_space({&count, 1});
  const Hdf5Id attribute(
      H5Acreate2(variable, "flag_values", in_file, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
      "write attribute flag_values");
  check_hdf5(H5Awrite(attribute, in_memory, flags.data()), "write attribute flag_values");
  put_text(variable, "flag_meanings", meanings);
}

}  // namespace

void put_flags(hid_t variable, std::string_view meanings, std::int8_t first) {
  put_flag_values(variable, meanings, first);
}

void put_short_flags(hid_t variable, std::string_view meanings) {
  put_flag_values(variable, meanings, std::int16_t{0});
}

void put_float_flags(hid_t variable, std::string_view meanings) {
  put_flag_values(variable, meanings, 0.0F);
}

NetcdfGroup::NetcdfGroup(hid_t root, const std::string& name) : name_(name) {
  const Hdf5Id creation = properties(H5P_GROUP_CREATE);
  check_hdf5(H5Pset_link_creation_order(creation, kKeepOrder), "keep the order of links");
  id_ = Hdf5Id(H5Gcreate2(root, name.c_str(), H5P_DEFAULT, creation, H5P_DEFAULT), H5Gclose,
               "create group " + name);
}

NetcdfGroup::NetcdfGroup(const NetcdfImage& image)
    : id_(H5Gopen2(image.root(), "/", H5P_DEFAULT), H5Gclose, "open the root") {}

hid_t NetcdfGroup::add_scale(const std::string& name, hid_t file_type, hid_t memory_type,
                             const void* values, std::size_t count, bool growing) {
  const std::string tried = "write " + name_ + "/" + name;
  const hsize_t length = count;
  const hsize_t most = growing ? H5S_UNLIMITED : length;
  const Hdf5Id space = simple_space({&length, 1}, &most);
  const Hdf5Id creation = properties(H5P_DATASET_CREATE);
  if (growing) compress(creation, {&kGrowingChunk, 1}, tried);
  Hdf5Id scale(H5Dcreate2(id_, name.c_str(), file_type, space, H5P_DEFAULT, creation, H5P_DEFAULT),
               H5Dclose, tried);
  check_hdf5(H5Dwrite(scale, memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values), tried);
  check_hdf5(H5DSset_scale(scale, name.c_str()), tried);
  return dimensions_.insert_or_assign(name, Dimension{length, growing, std::move(scale)})
      .first->second.scale;
}

template <typename Value>
hid_t NetcdfGroup::add_dimension(const std::string& name, std::span<const Value> values) {
  const auto [in_file, in_memory] = number_type<Value>();
  return add_scale(name, in_file, in_memory, values.data(), values.size(), values.empty());
}

hid_t NetcdfGroup::add_growing_dimension(const std::string& name, std::size_t length) {
  std::vector<std::int32_t> places(length);
  std::iota(places.begin(), places.end(), 0);
  const auto [in_file, in_memory] = number_type<std::int32_t>();
  return add_scale(name, in_file, in_memory, places.data(), length, true);
}

Hdf5Id NetcdfGroup::create(const std::string& name, hid_t type,
                           const std::vector<std::string>& dimensions, hid_t creation) const {
  std::vector<hsize_t> lengths;
  std::vector<hsize_t> most;
  for (const std::string& dimension : dimensions) {
    const Dimension& of = dimensions_.at(dimension);
    lengths.push_back(of.length);
    most.push_back(of.growing ? H5S_UNLIMITED : of.length);
  }
  const std::string tried = "create " + name_ + "/" + name;
  Hdf5Id variable(H5Dcreate2(id_, name.c_str(), type, simple_space(lengths, most.data()),
                             H5P_DEFAULT, creation, H5P_DEFAULT),
                  H5Dclose, tried);
  for (unsigned axis = 0; axis < dimensions.size(); ++axis) {
    check_hdf5(H5DSattach_scale(variable, dimensions_.at(dimensions[axis]).scale, axis), tried);
  }
  return variable;
}

Hdf5Id NetcdfGroup::add_values(const std::string& name, const std::string& dimension,
                               hid_t file_type, hid_t memory_type, const void* values,
                               std::size_t count) const {
  if (count != dimensions_.at(dimension).length) {
    throw std::logic_error(name_ + "/" + name + " has not the length of its dimension");
  }
  const Hdf5Id creation = properties(H5P_DATASET_CREATE);
  const std::string tried = "create " + name_ + "/" + name;
  if (dimensions_.at(dimension).growing) {
    if (H5Tis_variable_str(file_type) > 0) {
      // What is stored are addresses of the texts, not compressed: no room for more than there are.
      const hsize_t chunk = std::clamp<hsize_t>(count, 1, kGrowingChunk);
      check_hdf5(H5Pset_chunk(creation, 1, &chunk), tried);
    } else {
      compress(creation, {&kGrowingChunk, 1}, tried);
    }
  }
  Hdf5Id variable = create(name, file_type, {dimension}, creation);
  check_hdf5(H5Dwrite(variable, memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values),
             "write " + name_ + "/" + name);
  return variable;
}

template <typename Value>
Hdf5Id NetcdfGroup::add(const std::string& name, const std::string& dimension,
                        std::span<const Value> values) {
  const auto [in_file, in_memory] = number_type<Value>();
  return add_values(name, dimension, in_file, in_memory, values.data(), values.size());
}

// Of variable length, because netCDF's readers crash on data of fixed-length text.
Hdf5Id NetcdfGroup::add(const std::string& name, const std::string& dimension,
                        const std::vector<std::string>& values) {
  std::vector<const char*> texts;
  for (const std::string& value : values) texts.push_back(value.c_str());
  const Hdf5Id type = variable_text_type();
  return add_values(name, dimension, type, type, texts.data(), texts.size());
}

template <typename Value>
Hdf5Id NetcdfGroup::add_field(const std::string& name, const std::vector<std::string>& dimensions,
                              const std::vector<std::size_t>& chunk) {
  const std::string tried = "create " + name_ + "/" + name;
  const Hdf5Id creation = properties(H5P_DATASET_CREATE);
  std::vector<hsize_t> lengths(chunk.begin(), chunk.end());
  for (hsize_t& length : lengths) length = std::max<hsize_t>(length, 1);
  compress(creation, lengths, tried);
  const auto [in_file, in_memory] = number_type<Value>();
  if constexpr (std::is_floating_point_v<Value>) {
    const Value nan = std::numeric_limits<Value>::quiet_NaN();
    check_hdf5(H5Pset_fill_value(creation, in_memory, &nan), tried);
    Hdf5Id field = create(name, in_file, dimensions, creation);
    constexpr hsize_t one = 1;
    put_attribute(field, "_FillValue", in_file, simple_space({&one, 1}), &nan);
    return field;
  } else {
    return create(name, in_file, dimensions, creation);
  }
}

template <typename Value>
void NetcdfGroup::write_steps(hid_t field, std::size_t first, std::size_t steps,
                              std::span<const Value> values) const {
  if (values.empty()) return;
  const Hdf5Id in_file(H5Dget_space(field), H5Sclose, "select in " + name_);
  std::vector<hsize_t> count(static_cast<std::size_t>(H5Sget_simple_extent_ndims(in_file)));
  H5Sget_simple_extent_dims(in_file, count.data(), nullptr);
  count[0] = steps;
  std::vector<hsize_t> start(count.size(), 0);
  start[0] = first;
  check_hdf5(
      H5Sselect_hyperslab(in_file, H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr),
      "select in " + name_);
  const hsize_t length = values.size();
  const Hdf5Id in_memory = simple_space({&length, 1});
  check_hdf5(
      H5Dwrite(field, number_type<Value>().memory, in_memory, in_file, H5P_DEFAULT, values.data()),
      "write in " + name_);
}

// The kinds of values that files hold.
template hid_t NetcdfGroup::add_dimension(const std::string&, std::span<const std::int32_t>);
template hid_t NetcdfGroup::add_dimension(const std::string&, std::span<const std::int64_t>);
template Hdf5Id NetcdfGroup::add(const std::string&, const std::string&,
                                 std::span<const std::int8_t>);
template Hdf5Id NetcdfGroup::add(const std::string&, const std::string&,
                                 std::span<const std::int16_t>);
template Hdf5Id NetcdfGroup::add(const std::string&, const std::string&,
                                 std::span<const std::int32_t>);
template Hdf5Id NetcdfGroup::add(const std::string&, const std::string&,
                                 std::span<const std::int64_t>);
template Hdf5Id NetcdfGroup::add(const std::string&, const std::string&, std::span<const float>);
template Hdf5Id NetcdfGroup::add(const std::string&, const std::string&, std::span<const double>);
template Hdf5Id NetcdfGroup::add_field<std::int8_t>(const std::string&,
                                                    const std::vector<std::string>&,
                                                    const std::vector<std::size_t>&);
template Hdf5Id NetcdfGroup::add_field<float>(const std::string&, const std::vector<std::string>&,
                                              const std::vector<std::size_t>&);
template Hdf5Id NetcdfGroup::add_field<double>(const std::string&, const std::vector<std::string>&,
                                               const std::vector<std::size_t>&);
template void NetcdfGroup::write_steps(hid_t, std::size_t, std::size_t,
                                       std::span<const std::int8_t>) const;
template void NetcdfGroup::write_steps(hid_t, std::size_t, std::size_t,
                                       std::span<const float>) const;
template void NetcdfGroup::write_steps(hid_t, std::size_t, std::size_t,
                                       std::span<const double>) const;

}  // namespace terrace::record
