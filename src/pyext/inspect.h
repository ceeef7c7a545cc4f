// What a Dispatcher shows of its specialisations: signatures, overloads, statistics, listings.
#pragma once

#include <Python.h>

#include "pyext/dispatcher_state.h"

namespace lancehead {

bool init_inspection_types();

PyObject* shown_signatures(const DispatcherState& state);           // list of tuples of types
PyObject* shown_nopython_signatures(const DispatcherState& state);  // list of Signature
PyObject* shown_overloads(const DispatcherState& state);            // dict: tuple of types -> CompileResult
PyObject* shown_stats(const DispatcherState& state);
// dict: tuple of types -> text; or the text of the one signature whose argument types `only` are, where it is
// not None.
PyObject* shown_listings(DispatcherObject* self, bool assembly, PyObject* only);

}  // namespace lancehead
