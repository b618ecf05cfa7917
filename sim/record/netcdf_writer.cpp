#include "record/netcdf_writer.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

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

Hdf5Id simple_space(std::span<const hsize_t> lengths) {
  return Hdf5Id(H5Screate_simple(static_cast<int>(lengths.size()), lengths.data(), nullptr),
                H5Sclose, "make a data space");
}

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

void put_number(hid_t object, const char* name, std::int32_t value) {
  constexpr hsize_t one = 1;
  const Hdf5Id space = simple_space({&one, 1});
  const Hdf5Id attribute(H5Acreate2(object, name, H5T_STD_I32LE, space, H5P_DEFAULT, H5P_DEFAULT),
                         H5Aclose, std::string("write attribute ") + name);
  check_hdf5(H5Awrite(attribute, H5T_NATIVE_INT32, &value), std::string("write attribute ") + name);
}

void put_flags(hid_t variable, std::string_view meanings) {
  std::vector<std::int8_t> flags;
  for (std::int8_t i = 0; i <= std::ranges::count(meanings, ' '); ++i) flags.push_back(i);
  const hsize_t count = flags.size();
  put_attribute(variable, "flag_values", H5T_STD_I8LE, simple_space({&count, 1}), flags.data());
  put_text(variable, "flag_meanings", meanings);
}

NetcdfGroup::NetcdfGroup(hid_t root, const std::string& name) : name_(name) {
  const Hdf5Id creation = properties(H5P_GROUP_CREATE);
  check_hdf5(H5Pset_link_creation_order(creation, kKeepOrder), "keep the order of links");
  id_ = Hdf5Id(H5Gcreate2(root, name.c_str(), H5P_DEFAULT, creation, H5P_DEFAULT), H5Gclose,
               "create group " + name);
}

hid_t NetcdfGroup::add_dimension(const std::string& name, std::span<const std::int32_t> values) {
  const std::string tried = "write " + name_ + "/" + name;
  const hsize_t length = values.size();
  const Hdf5Id space = simple_space({&length, 1});
  Hdf5Id scale(H5Dcreate2(id_, name.c_str(), H5T_STD_I32LE, space, H5P_DEFAULT,
                          properties(H5P_DATASET_CREATE), H5P_DEFAULT),
               H5Dclose, tried);
  check_hdf5(H5Dwrite(scale, H5T_NATIVE_INT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
             tried);
  check_hdf5(H5DSset_scale(scale, name.c_str()), tried);
  return dimensions_.insert_or_assign(name, Dimension{length, std::move(scale)})
      .first->second.scale;
}

Hdf5Id NetcdfGroup::create(const std::string& name, hid_t type,
                           const std::vector<std::string>& dimensions, hid_t creation) const {
  std::vector<hsize_t> lengths;
  for (const std::string& dimension : dimensions) {
    lengths.push_back(dimensions_.at(dimension).length);
  }
  const std::string tried = "create " + name_ + "/" + name;
  Hdf5Id variable(H5Dcreate2(id_, name.c_str(), type, simple_space(lengths), H5P_DEFAULT, creation,
                             H5P_DEFAULT),
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
  Hdf5Id variable = create(name, file_type, {dimension}, properties(H5P_DATASET_CREATE));
  check_hdf5(H5Dwrite(variable, memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values),
             "write " + name_ + "/" + name);
  return variable;
}

Hdf5Id NetcdfGroup::add(const std::string& name, const std::string& dimension,
                        std::span<const std::int8_t> values) {
  return add_values(name, dimension, H5T_STD_I8LE, H5T_NATIVE_INT8, values.data(), values.size());
}

Hdf5Id NetcdfGroup::add(const std::string& name, const std::string& dimension,
                        std::span<const std::int32_t> values) {
  return add_values(name, dimension, H5T_STD_I32LE, H5T_NATIVE_INT32, values.data(), values.size());
}

Hdf5Id NetcdfGroup::add(const std::string& name, const std::string& dimension,
                        std::span<const double> values) {
  return add_values(name, dimension, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, values.data(),
                    values.size());
}

// Of variable length, because netCDF's readers crash on data of fixed-length text.
Hdf5Id NetcdfGroup::add(const std::string& name, const std::string& dimension,
                        const std::vector<std::string>& values) {
  std::vector<const char*> texts;
  for (const std::string& value : values) texts.push_back(value.c_str());
  const Hdf5Id type = variable_text_type();
  return add_values(name, dimension, type, type, texts.data(), texts.size());
}

Hdf5Id NetcdfGroup::add_field(const std::string& name, const std::vector<std::string>& dimensions) {
  const Hdf5Id creation = properties(H5P_DATASET_CREATE);
  std::vector<hsize_t> chunk{1};
  hsize_t row = sizeof(double);  // bytes of all dimensions after the second
  for (std::size_t i = 2; i < dimensions.size(); ++i) row *= dimensions_.at(dimensions[i]).length;
  constexpr hsize_t most = hsize_t{1} << 20;
  for (std::size_t i = 1; i < dimensions.size(); ++i) {
    const hsize_t length = dimensions_.at(dimensions[i]).length;
    chunk.push_back(i == 1 ? std::clamp<hsize_t>(most / row, 1, length) : length);
  }
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::string tried = "create " + name_ + "/" + name;
  check_hdf5(H5Pset_chunk(creation, static_cast<int>(chunk.size()), chunk.data()), tried);
  check_hdf5(H5Pset_shuffle(creation), tried);
  check_hdf5(H5Pset_deflate(creation, 1), tried);
  check_hdf5(H5Pset_fill_value(creation, H5T_NATIVE_DOUBLE, &nan), tried);
  Hdf5Id field = create(name, H5T_IEEE_F64LE, dimensions, creation);
  constexpr hsize_t one = 1;
  put_attribute(field, "_FillValue", H5T_IEEE_F64LE, simple_space({&one, 1}), &nan);
  return field;
}

void NetcdfGroup::write_step(hid_t field, std::size_t step, std::span<const double> values) const {
  const Hdf5Id in_file(H5Dget_space(field), H5Sclose, "select in " + name_);
  std::vector<hsize_t> count(static_cast<std::size_t>(H5Sget_simple_extent_ndims(in_file)));
  H5Sget_simple_extent_dims(in_file, count.data(), nullptr);
  count[0] = 1;
  std::vector<hsize_t> start(count.size(), 0);
  start[0] = step;
  check_hdf5(
      H5Sselect_hyperslab(in_file, H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr),
      "select in " + name_);
  const hsize_t length = values.size();
  const Hdf5Id in_memory = simple_space({&length, 1});
  check_hdf5(H5Dwrite(field, H5T_NATIVE_DOUBLE, in_memory, in_file, H5P_DEFAULT, values.data()),
             "write in " + name_);
}

}  // namespace terrace::record
