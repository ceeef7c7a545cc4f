// Drives compile jobs (compile.h).
#include "pyext/compile.h"

#include <chrono>

#include "base/timing.h"
#include "pyext/describe.h"
#include "pyext/handles.h"
#include "pyext/raise_diagnostic.h"
#include "pyext/ref.h"
#include "pyext/snapshot.h"
#include "runtime/hooks.h"

namespace lancehead {
namespace {

PyValue unbound(const std::string& name) {
  PyObjectData data;
  data.object_class = PyObjectClass::Unbound;
  data.name = name;
  return PyValue::of_object(std::move(data));
}

PyValue attribute_of(const Question& question) {
  PyObject* object = object_of(question.handle);
  Ref value = object ? Ref::steal(PyObject_GetAttrString(object, question.name.c_str())) : Ref();
  PyErr_Clear();
  return value ? describe(value.get()) : unbound(question.name);
}

// lancehead.library.implementation(name) is the Python function that implements a library function, or None.
std::shared_ptr<const Snapshot> library_snapshot(const std::string& name) {
  Ref library = Ref::steal(PyImport_ImportModule("lancehead.library"));
  Ref found =
      library ? Ref::steal(PyObject_CallMethod(library.get(), "implementation", "s", name.c_str())) : Ref();
  if (found) return snapshot_of(found.get());
  if (library || !PyErr_ExceptionMatches(PyExc_ModuleNotFoundError)) PyErr_WriteUnraisable(library.get());
  PyErr_Clear();
  return nullptr;
}

Answer answer_of(const Question& question) {
  Answer answer;
  switch (question.kind) {
    case Question::Kind::Snapshot:
      if (PyObject* object = object_of(question.handle)) answer.snapshot = snapshot_of(object);
      break;
    case Question::Kind::Attribute: answer.value = attribute_of(question); break;
    case Question::Kind::Library: answer.snapshot = library_snapshot(question.name); break;
  }
  return answer;
}

CompileJob::State run_without_gil(CompileJob& job) {
  PyThreadState* thread = PyEval_SaveThread();
  GilMark mark(false);  // the thread may be inside a compiled call, which has marked it as holding the GIL
  CompileJob::State state = job.run();
  PyEval_RestoreThread(thread);
  return state;
}

// Runs the job to its end; false with a Python error if a signal handler raised.
bool finish(CompileJob& job) {
  while (run_without_gil(job) == CompileJob::State::Questions) {
    if (PyErr_CheckSignals() < 0) return false;
    PhaseTimer timer(Phase::Questions);
    std::vector<Question> questions = job.questions();
    for (const Question& question : questions) job.answer(question, answer_of(question));
  }
  return true;
}

}  // namespace

CompileOutcome compile(CompileRequest request) {
  CompileOutcome outcome;
  HoldObjects hold;
  auto start = std::chrono::steady_clock::now();
  CompileJob job(std::move(request));
  if (!finish(job)) return outcome;
  outcome.code = job.code();
  outcome.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (!outcome.code) outcome.diagnostic = job.error();
  return outcome;
}

PyObject* listing(CompileRequest request, Listing which, PyObject* function) {
  request.options.allow_cache = false;  // the cache has the object alone
  HoldObjects hold;
  CompileJob job(std::move(request));
  if (!finish(job)) return nullptr;
  if (!job.code()) {
    raise_diagnostic(job.error(), function);
    return nullptr;
  }
  PyThreadState* thread = PyEval_SaveThread();
  GilMark mark(false);
  std::string text = job.listing(which);
  PyEval_RestoreThread(thread);
  return PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "replace");
}

}  // namespace lancehead
