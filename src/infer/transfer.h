// The transfer functions: from the types and facts of an instruction's operands to those of its results.
#pragma once

#include <string>

#include "infer/bind.h"
#include "infer/session.h"
#include "ir/builder.h"

namespace lancehead {

// How the library in Python calls the methods of arrays.
inline const std::string kArrayMethod = "numpy.ndarray.";
inline const std::string kListMethod = "builtins.list.";

// Whether a tuple of such items has more parts, or is nested deeper, than can be compiled.
bool is_too_large(const std::vector<TypeId>& items);

class Transfer {
 public:
  Transfer(Session& session, Instance& instance) : session_(session), in_(instance), f_(instance.function) {}

  // One sweep over the reachable blocks, in order; true if anything changed.
  bool sweep();

 private:
  bool block(BlockId id);  // false: control does not reach its end
  bool inst(InstId id);    // false: it does not go on after this instruction
  void terminator(const Inst& inst);
  void returns(const Inst& inst);
  void edge(const Edge& edge);
  void evaluate(InstId id);

  // transfer_values.cpp
  void constant(const Inst& inst);
  void known(const Inst& inst);
  void build_tuple(const Inst& inst);
  ValueId item_put(ValueId tuple, size_t k) const;
  std::optional<size_t> item_index(ValueId tuple, ValueId index) const;
  Facts item_facts(ValueId tuple, size_t k) const;
  void build_slice(const Inst& inst);
  void unpack(InstId id);
  void get_attribute(InstId id);
  void closure(const Inst& inst);
  void python_value(ValueId result, const PyValue& value, InstId at);
  // transfer_operators.cpp
  void lookup(InstId id, Lookup found, DiagId otherwise, std::vector<std::string> text);
  void binary(InstId id, bool inplace);
  void unary(InstId id);
  void compare(InstId id);
  void is(InstId id);
  void contains(InstId id);
  void truth(InstId id, bool negate);
  void get_item(InstId id);
  bool constant_bounds(ValueId slice, SliceBounds& bounds) const;
  void set_item(InstId id);
  void set_attribute(InstId id);
  void iter(InstId id);
  void next(InstId id);
  void match_error(const Inst& inst);
  void delete_item(InstId id);
  // transfer_lists.cpp
  bool waits_for_items(const Inst& inst) const;
  void build_list(InstId id);
  bool put(InstId id, TypeId list, TypeId item, bool weak);
  bool put_all(InstId id, TypeId list, ValueId iterable);
  bool iterated(ValueId iterable, TypeId& item, bool& weak);
  void unite_items(TypeId tuple);
  void extend_in_place(InstId id);
  bool put_by_method(InstId id, std::string_view name);
  bool compare_lists(InstId id, CompareOp op);
  void call_list_method(InstId id, std::string_view name, std::vector<uint32_t> operands);
  // transfer_calls.cpp
  void call(InstId id);
  void call_library(InstId id, std::string_view name, bool method);
  void call_jit(InstId id, uint32_t handle);
  void call_closure(InstId id);
  void call_exception(InstId id);
  void call_instance(InstId id, Instance* callee);
  void add_callee(InstId id, Instance* callee);
  // What implements a library function in Python: a question that is not answered yet counts as Yes.
  enum class Implemented : uint8_t { No, OtherArguments, Yes };
  Implemented call_implementation(InstId id, const std::string& name, const ActualArguments& actual);
  bool call_operator(InstId id, const std::string& name);
  bool call_with_arrays(InstId id, const std::string& name, const Query& q, bool method);
  bool operator_with_arrays(InstId id, std::string_view ufunc, bool inplace);
  bool actual_arguments(InstId id, bool method, ActualArguments& actual);
  bool bind_arguments(InstId id, const Snapshot* snapshot, const CodeData& code,
                      std::vector<ParamSpec>& params, const std::string& name);
  bool bind(InstId id, const Snapshot* snapshot, const CodeData& code, const ActualArguments& actual,
            std::vector<ParamSpec>& params, const std::string& name, bool with_constants);
  void name_dtypes(InstId id, const CodeData& code, std::vector<ParamSpec>& params);
  ParamSpec param_of(const ArgumentSource& source, InstId id, bool with_constants) const;
  void error_of_spread(InstId id, ValueId operand);
  Argument item_argument(ValueId tuple, size_t item) const;

  SourcePlace place_of_block(BlockId id) const;
  Argument argument(ValueId v) const;
  Query query(const Inst& inst, std::string_view name, size_t first = 0);
  InstNote& note(InstId id) { return in_.notes[id.index]; }
  void set(ValueId v, TypeId type, Facts facts = {});
  void set_constant(ValueId v, Constant constant, bool weak);
  void error(InstId id, DiagId diag, std::vector<std::string> args);
  void error(InstId id, Diagnostic diagnostic);
  bool untyped(ValueId v) const { return f_.type(v) == ty::Untyped; }
  std::string spelled(ValueId v) const { return spell(in_.lists.closed(f_.type(v))); }
  TypeId viewed(ValueId v) const { return in_.lists.view(f_.type(v)); }

  Session& session_;
  Instance& in_;
  Function& f_;
  bool changed_ = false;
};

}  // namespace lancehead
