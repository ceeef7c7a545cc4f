// What a Dispatcher shows of its specialisations: signatures, overloads, statistics, listings.
#pragma once

#include <Python.h>

#include "driver/compiler.h"
#include "pyext/dispatcher_state.h"

namespace lancehead {

bool init_inspection_types();

PyObject* shown_signatures(const DispatcherState& state);           // list of tuples of types
PyObject* shown_nopython_signatures(const DispatcherState& state);  // list of Signature
PyObject* shown_stats(const DispatcherState& state);
PyObject* shown_overloads(DispatcherObject* self);  // dict: tuple of types -> CompileResult
PyObject* shown_overload(DispatcherObject* self, const Overload& overload);  // a CompileResult
// dict: tuple of types -> text or metadata; or that of the signature `only` where it is not None.
PyObject* shown_listings(DispatcherObject* self, Listing which, PyObject* only);
PyObject* shown_metadata(DispatcherObject* self, PyObject* only);

}  // namespace lancehead
