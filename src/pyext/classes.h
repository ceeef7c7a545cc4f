// Classes and callables of the Python package that the extension uses; the package hands them over when it is
// imported.
#pragma once

#include <Python.h>

#include <string>

#include "types/type.h"

namespace lancehead {

// set_exceptions: name -> class of lancehead.errors. A new reference to the dict is kept.
void set_exception_classes(PyObject* dict);
// The class of that name, borrowed: one of lancehead.errors, else a builtin, else RuntimeError.
PyObject* exception_class(const char* name);

// set_type_factory: id -> facade.
void set_type_factory(PyObject* factory);
// The facade of a type, new; the id as an int where there is no factory. Null with a Python error if the
// factory fails.
PyObject* facade(TypeId type);
// A tuple of facades.
PyObject* facades(const std::vector<TypeId>& types);
// lancehead.signatures.Signature(result, args).
PyObject* signature_object(const std::vector<TypeId>& args, TypeId result);

}  // namespace lancehead
