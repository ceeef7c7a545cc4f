// The store as Python dictionaries (cache_functions.h).
#include "pyext/cache_functions.h"

#include <nanobind/stl/string.h>

#include "driver/cache_settings.h"
#include "driver/cache_upkeep.h"
#include "driver/cache_writer.h"

namespace nb = nanobind;

namespace lancehead {
namespace {

nb::object path_object(const std::string& path) {
  return nb::steal(PyUnicode_DecodeFSDefaultAndSize(path.data(), static_cast<Py_ssize_t>(path.size())));
}

std::string path_of(nb::handle path) {
  nb::object bytes = nb::steal(PyUnicode_EncodeFSDefault(path.ptr()));
  if (!bytes.is_valid()) nb::raise_python_error();
  return PyBytes_AS_STRING(bytes.ptr());
}

nb::object text_or_none(const std::string& text) {
  return text.empty() ? nb::none() : path_object(text);
}

nb::dict listing_of(nb::handle path) {
  StoreListing store = list_store(path_of(path));
  nb::list entries;
  for (const ListedEntry& e : store.entries) {
    nb::dict one;
    one["file"] = path_object(e.file);
    one["bytes"] = e.bytes;
    one["function"] = text_or_none(e.title);
    one["reason"] = text_or_none(e.refused);
    entries.append(one);
  }
  nb::dict out;
  out["path"] = path_object(store.folder);
  out["reason"] = text_or_none(store.why);
  out["limit"] = store.limit;
  out["files"] = entries;
  return out;
}

nb::dict cleared(nb::handle path) {
  ClearedStore done = clear_store(path_of(path));
  nb::list failed;
  for (const std::string& file : done.failed) failed.append(path_object(file));
  nb::dict out;
  out["removed"] = done.removed;
  out["failed"] = failed;
  return out;
}

}  // namespace

void define_cache_functions(nb::module_& m) {
  m.def("user_cache_folder", [] { return path_object(user_cache_folder()); });
  m.def("list_store", listing_of, nb::arg("folder"));
  m.def("clear_store", cleared, nb::arg("folder"));
  m.def("finish_cache_writes", finish_cache_writes, nb::call_guard<nb::gil_scoped_release>());
  m.def(
      "set_cache_settings",
      [](nb::handle folder, const std::string& limit) { set_cache_settings(path_of(folder), limit); },
      nb::arg("folder"), nb::arg("limit"));
}

}  // namespace lancehead
