// The front end alone (front_end_check.h).
#include "driver/front_end_check.h"

#include <unordered_set>

#include "frontend/build.h"
#include "frontend/decode.h"
#include "ir/verify.h"

namespace lancehead {
namespace {

class FrontEndCheck {
 public:
  explicit FrontEndCheck(const std::shared_ptr<const CodeData>& code) {
    module_.code = code;
    bind_names(*code);
  }

  void check(const std::shared_ptr<const CodeData>& code) {
    FrontEndReport report;
    report.qualname = code->qualname;
    report.line = code->first_line;
    if (Expected<PyCode> decoded = decode(code)) {
      report.instructions = static_cast<uint32_t>(decoded->insts.size());
      build(code, &report);
    } else {
      report.decode_error = decoded.error().message();
    }
    reports.push_back(std::move(report));
    for (const PyValue& constant : code->consts)
      if (constant.code) check(constant.code);
  }

  std::vector<FrontEndReport> reports;

 private:
  void bind_names(const CodeData& code) {
    for (const std::string& name : code.names) {
      if (!bound_.insert(name).second) continue;
      PyObjectData object;
      object.object_class = PyObjectClass::Callable;
      object.name = name;
      module_.globals.emplace_back(name, PyValue::of_object(std::move(object)));
    }
    for (const PyValue& constant : code.consts)
      if (constant.code) bind_names(*constant.code);
  }

  void build(const std::shared_ptr<const CodeData>& code, FrontEndReport* report) const {
    Expected<BuiltFunction> built = build_function(module_, code);
    if (!built) {
      report->refusal = built.error().message();
      return;
    }
    if (auto broken = verify(built->function, "build")) report->broken = broken->message();
    for (const Diagnostic& d : built->unsupported) report->unsupported.push_back(d.message());
  }

  Snapshot module_;
  std::unordered_set<std::string> bound_;
};

}  // namespace

std::vector<FrontEndReport> check_front_end(std::shared_ptr<const CodeData> code) {
  FrontEndCheck check(code);
  check.check(code);
  return std::move(check.reports);
}

}  // namespace lancehead
