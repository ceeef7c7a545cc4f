// Inference of one request (contract C6): a fixpoint over the reachable blocks of a specialisation and of all
// that it calls. It runs until it needs an answer from Python, and resumes when the driver has added it.
// Types only grow: every value's type is joined with what it was, so the fixpoint ends; a limit on visits
// turns endless growth into an error.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "frontend/build.h"
#include "frontend/question.h"
#include "infer/instance.h"

namespace lancehead {

class Session {
 public:
  enum class State : uint8_t { Questions, Done, Failed };

  Session(Semantics semantics, uint32_t root_function, std::vector<ParamSpec> params, TypeId wanted_result);

  State run();
  const std::vector<Question>& questions() const { return questions_; }
  void answer(const Question& question, Answer answer);
  const Diagnostic& error() const { return *error_; }

  Instance& root() { return *root_; }
  const std::vector<std::unique_ptr<Instance>>& instances() const { return instances_; }
  const Semantics& semantics() const { return semantics_; }
  uint32_t root_function() const { return root_function_; }
  const std::vector<ParamSpec>& root_params() const { return root_params_; }
  TypeId wanted_result() const { return wanted_result_; }
  // Questions asked and answered so far, in order: what a cache manifest lists.
  const std::vector<std::pair<Question, Answer>>& answers() const { return answered_; }

  // ---- what was compiled before: with `wait`, jitted callees without constant parameters are awaited, and
  // the session stops as for a question until each of them is taken as known or to be inferred.
  void await_callees(bool wait) { awaits_ = wait; }
  std::vector<Instance*> awaited() const;
  void take_known(Instance& callee, std::shared_ptr<const KnownSpecialisation> known);
  void infer_awaited(Instance& callee);

  // ---- used by the transfer functions
  const Answer* ask(const Question& question);  // null: not answered yet, the question is noted
  // The specialisation of a function, inferred as far as it can be now.
  Instance* instance_of(std::shared_ptr<const Snapshot> snapshot, std::shared_ptr<const CodeData> code,
                        std::vector<ParamSpec> params, std::string name, const Semantics& semantics,
                        bool may_be_known = false, TypeId hint = {});
  Instance* add_instance(std::unique_ptr<Instance> instance) {
    instances_.push_back(std::move(instance));
    return instances_.back().get();
  }
  // Inner functions, by the handle that closure types hold.
  const std::shared_ptr<const CodeData>& inner_code(uint32_t handle) const { return inner_[handle].code; }
  const std::shared_ptr<const Snapshot>& inner_snapshot(uint32_t handle) const {
    return inner_[handle].snapshot;
  }

 private:
  struct InnerFunction {
    std::shared_ptr<const CodeData> code;
    std::shared_ptr<const Snapshot> outer;     // of the function that it stands in
    std::shared_ptr<const Snapshot> snapshot;  // the same with the inner function's defaults
  };

  void infer(Instance& instance);
  bool build(Instance& instance);
  bool close_lists();  // true if a list's item type is final now
  bool settle();       // one round over the dirty instances; true if anything was dirty
  void find_error();
  void forget_old_callees();
  void check_result();
  uint32_t inner_handle(const BuiltFunction& built, uint32_t index,
                        const std::shared_ptr<const Snapshot>& outer);

  Semantics semantics_;  // the root's
  uint32_t root_function_;
  std::vector<ParamSpec> root_params_;
  TypeId wanted_result_;
  bool awaits_ = false;
  Instance* root_ = nullptr;
  std::vector<std::unique_ptr<Instance>> instances_;
  std::map<std::string, Instance*> by_key_;
  std::vector<InnerFunction> inner_;
  std::vector<Question> questions_;
  std::vector<std::pair<Question, Answer>> answered_;
  std::unique_ptr<Diagnostic> error_;
};

}  // namespace lancehead
