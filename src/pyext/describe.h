// Python objects as snapshot values (frontend/snapshot.h): plain data where they have it, else a handle with
// a class and a name. What an Object's parts hold beyond what snapshot.h says:
//   Jit       handle is the Dispatcher's; asking for its snapshot gives that of its py_func under the same
//             handle
//   Module, Callable, TypeClass, Exception   name is canonical (qualified_name.h) where the object has such
//             a name
//   TypeClass, DType, TypeFacade   type is the scalar or other type that the object names, if we have it
//   Array     no handle: `array` has one of its own if it is large
//   Other     name is "<module.Class object>": the repr of a user's object may do anything
#pragma once

#include <Python.h>

#include "frontend/snapshot.h"

namespace lancehead {

PyValue describe(PyObject* object);

// The type that an instance of lancehead.types stands for; invalid if `object` is none or we do not have the
// type.
TypeId type_of_facade(PyObject* object);

}  // namespace lancehead
