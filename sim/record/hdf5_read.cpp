#include "record/hdf5_read.hpp"

namespace terrace::record {

Hdf5Id open_image(const std::string& bytes) {
  const Hdf5Id access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "make a property list");
  check_hdf5(H5Pset_fapl_core(access, std::size_t{1} << 20, false), "keep a file in memory");
  // The library only copies from the buffer.
  check_hdf5(H5Pset_file_image(access, const_cast<char*>(bytes.data()), bytes.size()),
             "take a file from memory");
  return Hdf5Id(H5Fopen(memory_file_name().c_str(), H5F_ACC_RDONLY, access), H5Fclose,
                "open the file");
}

Hdf5Id open_group(hid_t file, const std::string& name) {
  return Hdf5Id(H5Gopen2(file, name.c_str(), H5P_DEFAULT), H5Gclose, "open group " + name);
}

Hdf5Id open_variable(hid_t group, const std::string& name) {
  return Hdf5Id(H5Dopen2(group, name.c_str(), H5P_DEFAULT), H5Dclose, "open variable " + name);
}

std::vector<hsize_t> shape(hid_t variable) {
  const Hdf5Id space(H5Dget_space(variable), H5Sclose, "read a variable's shape");
  const int rank = check_hdf5(H5Sget_simple_extent_ndims(space), "read a variable's shape");
  std::vector<hsize_t> lengths(static_cast<std::size_t>(rank));
  check_hdf5(H5Sget_simple_extent_dims(space, lengths.data(), nullptr), "read a variable's shape");
  return lengths;
}

bool has(hid_t group, const char* name) { return H5Lexists(group, name, H5P_DEFAULT) > 0; }

namespace {

struct OpenAttribute {
  OpenAttribute(hid_t object, const char* name)
      : tried(std::string("read attribute ") + name),
        id(H5Aopen(object, name, H5P_DEFAULT), H5Aclose, tried),
        type(H5Aget_type(id), H5Tclose, tried),
        space(H5Aget_space(id), H5Sclose, tried) {}
  hssize_t values() const { return H5Sget_simple_extent_npoints(space); }

  std::string tried;
  Hdf5Id id;
  Hdf5Id type;
  Hdf5Id space;
};

}  // namespace

std::string text_attribute(hid_t object, const char* name) {
  const OpenAttribute attribute(object, name);
  if (H5Sget_simple_extent_type(attribute.space) == H5S_NULL) return "";
  if (H5Tget_class(attribute.type) != H5T_STRING || H5Tis_variable_str(attribute.type) != 0 ||
      attribute.values() != 1) {
    throw Hdf5Error(std::string("attribute ") + name + " is not a text");
  }
  std::string text(H5Tget_size(attribute.type), '\0');
  check_hdf5(H5Aread(attribute.id, attribute.type, text.data()), attribute.tried);
  return text;
}

std::int32_t number_attribute(hid_t object, const char* name) {
  const OpenAttribute attribute(object, name);
  if (attribute.values() != 1) throw Hdf5Error(std::string(name) + " is not a number");
  std::int32_t number = 0;
  check_hdf5(H5Aread(attribute.id, H5T_NATIVE_INT32, &number), attribute.tried);
  return number;
}

std::vector<double> numbers_attribute(hid_t object, const char* name) {
  const OpenAttribute attribute(object, name);
  const hssize_t count = check_hdf5(attribute.values(), attribute.tried);
  std::vector<double> numbers(static_cast<std::size_t>(count));
  check_hdf5(H5Aread(attribute.id, H5T_NATIVE_DOUBLE, numbers.data()), attribute.tried);
  return numbers;
}

bool has_attribute(hid_t object, const char* name) { return H5Aexists(object, name) > 0; }

std::vector<std::string> read_texts(hid_t variable) {
  const Hdf5Id type = variable_text_type();
  std::vector<char*> texts = read_values<char*>(variable, type, "of texts");
  std::vector<std::string> copies;
  for (const char* text : texts) copies.emplace_back(text == nullptr ? "" : text);
  const Hdf5Id space(H5Dget_space(variable), H5Sclose, "read a variable's shape");
  if (!texts.empty()) H5Dvlen_reclaim(type, space, H5P_DEFAULT, texts.data());
  return copies;
}

std::vector<std::string> read_texts(hid_t group, const char* name) {
  return read_texts(open_variable(group, name));
}

std::vector<std::string> names(hid_t group, H5_index_t order) {
  H5G_info_t info{};
  check_hdf5(H5Gget_info(group, &info), "list a group");
  std::vector<std::string> found;
  for (hsize_t i = 0; i < info.nlinks; ++i) {
    const auto name = [&](char* text, std::size_t size) {
      return check_hdf5(
          H5Lget_name_by_idx(group, ".", order, H5_ITER_INC, i, text, size, H5P_DEFAULT),
          "list a group");
    };
    std::string text(static_cast<std::size_t>(name(nullptr, 0)), '\0');
    name(text.data(), text.size() + 1);  // the library adds the final zero
    found.push_back(text);
  }
  return found;
}

}  // namespace terrace::record
