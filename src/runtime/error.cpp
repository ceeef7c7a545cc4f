#include "runtime/error.h"

#include <iterator>
#include <new>

#include "runtime/hooks.h"
#include "runtime/memory.h"
#include "runtime/signature.h"

namespace lancehead {
namespace {

// As deep as CPython's recursion; compiled functions call each other millions of levels deep.
constexpr ptrdiff_t kMaxTrace = 1000;

void destroy_error(void* payload) {
  static_cast<ErrorObject*>(payload)->~ErrorObject();
}

// What stands for every error that there is no memory for.
struct PermanentError {
  MemoryHeader header{{int64_t{1} << 62}, sizeof(ErrorObject), nullptr, nullptr, {}};
  ErrorObject error;
};
static_assert(offsetof(PermanentError, error) == sizeof(MemoryHeader));

OwnerWord permanent_error() {
  static PermanentError* const instance = [] {
    alignas(PermanentError) static unsigned char place[sizeof(PermanentError)];
    auto* made = new (place) PermanentError;
    made->error.permanent = true;
    return made;
  }();
  return owner_of(&instance->header);
}

OwnerWord make_error() {
  MemoryHeader* header = allocate_block(sizeof(ErrorObject), false, destroy_error);
  if (!header) return permanent_error();
  new (header->payload()) ErrorObject;
  return owner_of(header);
}

void* class_of(const ErrorObject& error) {
  switch (error.source) {
    case ErrorObject::Source::Class: return error.cls;
    case ErrorObject::Source::Python: return python_hooks().class_of_exception(error.exception);
    case ErrorObject::Source::Row: break;
  }
  auto class_of_row = python_hooks().class_of_row;
  return class_of_row ? class_of_row(static_cast<int64_t>(error.row)) : nullptr;
}

bool is_in_contexts_of(OwnerWord error, OwnerWord sought) {
  for (; error != 0; error = error_object(error).context)
    if (error == sought) return true;
  return false;
}

OwnerWord last_context_of(OwnerWord error) {
  while (error_object(error).context != 0) error = error_object(error).context;
  return error;
}

// Cuts the chain of `handled` before the first error that is in the chain of `error`, too.
void cut_where_it_joins(OwnerWord handled, OwnerWord error) {
  if (last_context_of(handled) != last_context_of(error)) return;
  for (ErrorObject* link = &error_object(handled); link->context != 0; link = &error_object(link->context)) {
    if (!is_in_contexts_of(error, link->context)) continue;
    lh_release(link->context);
    link->context = 0;
    return;
  }
}

// One after the other: a chain may be longer than the stack is deep.
void release_contexts(OwnerWord error) {
  while (error != 0 && header_of(error)->references.load(std::memory_order_acquire) == 1) {
    OwnerWord next = error_object(error).context;
    error_object(error).context = 0;
    lh_release(error);
    error = next;
  }
  lh_release(error);
}

}  // namespace

ErrorObject::~ErrorObject() {
  if (!slots.empty()) python_hooks().release_leaves(type, slots.data());
  if (exception) lh_release(python_owner(exception));
  lh_release(cause);
  release_contexts(context);
}

ErrorObject& error_object(OwnerWord error) {
  return *static_cast<ErrorObject*>(header_of(error)->payload());
}

OwnerWord make_python_error(void* exception) {
  OwnerWord error = make_error();
  ErrorObject& object = error_object(error);
  if (object.permanent) {
    lh_release(python_owner(exception));
    return error;
  }
  object.source = ErrorObject::Source::Python;
  object.exception = exception;
  return error;
}

extern "C" {

Status lh_raise_builtin(Context* ctx, int64_t row, int64_t a, int64_t b, int64_t c, const char* text) {
  OwnerWord error = make_error();
  ErrorObject& object = error_object(error);
  if (!object.permanent) {
    object.source = ErrorObject::Source::Row;
    object.row = static_cast<ErrorRowId>(row);
    // A negative index here is one that wrapping moved: it is shown as it was written.
    object.parameters[0] = object.row == ErrorRowId::IndexOutOfBounds && a < 0 ? a - c : a;
    object.parameters[1] = b;
    object.parameters[2] = c;
    object.text = text;
  }
  lh_error_set(ctx, error);
  return kRaised;
}

OwnerWord lh_error_make(Context*, void* cls, int64_t type, const Slot* slots) {
  OwnerWord error = make_error();
  ErrorObject& object = error_object(error);
  if (object.permanent) return error;
  object.source = ErrorObject::Source::Class;
  object.cls = cls;
  object.type = static_cast<uint32_t>(type);
  if (!python_hooks().slot_count) return error;
  object.slots.assign(slots, slots + python_hooks().slot_count(object.type));
  if (!object.slots.empty()) python_hooks().retain_leaves(object.type, object.slots.data());
  return error;
}

bool lh_error_matches(OwnerWord error, void* cls) {
  void* raised = class_of(error_object(error));
  if (raised == cls) return true;
  return python_hooks().is_subclass && raised && python_hooks().is_subclass(raised, cls);
}

void lh_error_set(Context* ctx, OwnerWord error) {
  OwnerWord pending = ctx->error;
  ctx->error = error;
  if (pending == 0) return;
  lh_error_context(error, pending);
  lh_release(pending);
}

OwnerWord lh_error_take(Context* ctx) {
  // An interruption without an error reaches a handler as KeyboardInterrupt.
  if (ctx->error == 0) raise_row(ctx, ErrorRowId::Interrupted);
  OwnerWord error = ctx->error;
  ctx->error = 0;
  return error;
}

Status lh_error_trace(Context* ctx, const void* function, int64_t line_offset) {
  if (ctx->error == 0) return kInterrupted;
  ErrorObject& object = error_object(ctx->error);
  if (object.permanent) return kRaised;
  if (std::ssize(object.trace) == kMaxTrace)  // the innermost entries stay, and the outermost
    object.trace.erase(object.trace.begin() + kMaxTrace / 2, object.trace.begin() + kMaxTrace * 3 / 4);
  object.trace.push_back({function, line_offset});
  return kRaised;
}

void lh_error_cause(OwnerWord error, OwnerWord cause) {
  ErrorObject& object = error_object(error);
  if (object.permanent || error == cause) return;
  lh_retain(cause);
  lh_release(object.cause);
  object.cause = cause;
  object.suppress_context = true;
}

void lh_error_no_cause(OwnerWord error) {
  lh_error_cause(error, 0);
}

void lh_error_context(OwnerWord error, OwnerWord handled) {
  if (error == handled || handled == 0) return;
  ErrorObject& object = error_object(error);
  if (object.permanent) return;
  // As CPython: where the chain of what was handled comes back to this error, it is cut, so that there is no
  // cycle.
  for (ErrorObject* link = &error_object(handled); link->context != 0; link = &error_object(link->context)) {
    if (link->context != error) continue;
    link->context = 0;
    lh_release(error);
    break;
  }
  lh_retain(handled);
  lh_release(object.context);
  object.context = handled;
}

// What is raised in a handler's callee, or was chained in a handler within this one, has contexts already.
void lh_error_chain(OwnerWord error, OwnerWord handled) {
  if (handled == 0 || is_in_contexts_of(error, handled)) return;
  ErrorObject& last = error_object(last_context_of(error));
  if (last.permanent) return;
  cut_where_it_joins(handled, error);
  lh_retain(handled);
  last.context = handled;
}

}  // extern "C"

LH_MATCHES_ROW(lh_raise_builtin);
LH_MATCHES_ROW(lh_error_make);
LH_MATCHES_ROW(lh_error_matches);
LH_MATCHES_ROW(lh_error_set);
LH_MATCHES_ROW(lh_error_take);
LH_MATCHES_ROW(lh_error_trace);
LH_MATCHES_ROW(lh_error_cause);
LH_MATCHES_ROW(lh_error_no_cause);
LH_MATCHES_ROW(lh_error_context);
LH_MATCHES_ROW(lh_error_chain);

}  // namespace lancehead
