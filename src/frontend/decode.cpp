// The decoder's frame: reads code units, lets each instruction's rule emit canonical ones, resolves jumps and
// handlers, settles the stack, checks operands.
#include "frontend/decode.h"

#include <fmt/format.h>

#include <algorithm>

#include "frontend/code_tables.h"
#include "frontend/decode_rules.h"
#include "frontend/stack_shape.h"

namespace lancehead {

namespace {

const OpcodeTable* table_for(uint16_t python) {
  switch (python) {
    case 311: return &opcode_table_311();
    case 312: return &opcode_table_312();
    case 313: return &opcode_table_313();
    default: return nullptr;
  }
}

// CPython's "fast locals": local variables, then the cells that are no local variable, then the free
// variables.
std::vector<PyVar> variables_of(const CodeData& data, uint32_t parameters) {
  std::vector<PyVar> vars;
  for (const std::string& name : data.var_names) {
    bool cell = std::find(data.cell_vars.begin(), data.cell_vars.end(), name) != data.cell_vars.end();
    vars.push_back({name, cell ? PyVar::Kind::Cell : PyVar::Kind::Local, vars.size() < parameters});
  }
  for (const std::string& name : data.cell_vars) {
    bool local = std::find(data.var_names.begin(), data.var_names.end(), name) != data.var_names.end();
    if (!local) vars.push_back({name, PyVar::Kind::Cell, false});
  }
  for (const std::string& name : data.free_vars) vars.push_back({name, PyVar::Kind::Free, false});
  return vars;
}

class Decoder {
 public:
  Decoder(const CodeData& data, const OpcodeTable& table, PyCode* code)
      : data_(data),
        table_(table),
        code_(*code),
        units_(static_cast<uint32_t>(data.code.size() / 2)),
        out_(data, code->vars, units_) {}

  // What is wrong with the code, or nothing.
  std::string run() {
    if (data_.code.empty() || data_.code.size() % 2 != 0) return "the code is empty or cut off";
    emit_all();
    if (out_.failed()) return out_.error();
    if (!resolve_targets()) return "a jump leads into the middle of an instruction";
    std::vector<RawHandler> handlers;
    if (!resolve_handlers(&handlers)) return "the exception table is malformed";
    std::vector<PyInst>& insts = out_.insts();
    // A few canonical sequences are one value higher than the instruction they stand for.
    uint32_t max_height = std::min(data_.stack_size, 0xffffu) + 2;
    std::string error = settle_stack(insts, handlers, max_height, &code_.handlers);
    if (!error.empty()) return error;
    code_.insts = std::move(insts);
    return check_operands();
  }

 private:
  uint8_t byte(uint32_t unit, uint32_t which) const {
    return static_cast<uint8_t>(data_.code[2 * unit + which]);
  }

  void emit_all() {
    std::vector<SourceRange> ranges = read_line_table(data_.line_table, units_);
    for (uint32_t unit = 0; unit < units_ && !out_.failed();) {
      RawInst raw;
      if (!read_inst(unit, &raw)) return;
      const OpcodeRow& row = table_[raw.opcode];
      out_.begin(raw, ranges[raw.offset]);
      row.rule(out_, raw, row.op);
      unit = raw.next;
    }
  }

  bool read_inst(uint32_t unit, RawInst* raw) {
    raw->offset = unit;
    while (table_[byte(unit, 0)].rule == rules::extended_arg) {
      raw->arg = (raw->arg | byte(unit, 1)) << 8;
      if (++unit >= units_) {
        out_.fail("a prefix at the end of the code");
        return false;
      }
    }
    raw->opcode = byte(unit, 0);
    raw->arg |= byte(unit, 1);
    const OpcodeRow& row = table_[raw->opcode];
    raw->next = unit + 1 + row.caches;
    if (!row.rule) out_.fail(fmt::format("unknown opcode {} at offset {}", raw->opcode, 2 * unit));
    if (raw->next > units_) out_.fail("the code is cut off");
    return !out_.failed();
  }

  bool resolve_targets() {
    for (PyInst& inst : out_.insts()) {
      PyFlow flow = py_flow(inst.op);
      if (flow != PyFlow::Jump && flow != PyFlow::Branch) continue;
      inst.arg = out_.index_at(inst.arg);
      if (inst.arg == Emitter::kNoTarget) return false;
    }
    return true;
  }

  bool resolve_handlers(std::vector<RawHandler>* handlers) {
    std::vector<ExceptionEntry> entries;
    if (!read_exception_table(data_.exception_table, units_, &entries)) return false;
    for (const ExceptionEntry& entry : entries) {
      uint32_t target = out_.index_at(entry.target);
      if (target == Emitter::kNoTarget) return false;
      uint32_t begin = out_.index_from(entry.begin), end = out_.index_from(entry.end);
      if (begin < end) handlers->push_back({begin, end, target, entry.depth, entry.lasti});
    }
    cover_jumps_back(handlers);
    return true;
  }

  // CPython leaves some jumps back, and the branches in front of them, out of the try block that the whole
  // loop stands in: interruptions there would miss its handler.
  void cover_jumps_back(std::vector<RawHandler>* handlers) {
    auto covering = [&](uint32_t inst) {
      return std::find_if(handlers->begin(), handlers->end(),
                          [&](const RawHandler& h) { return h.begin <= inst && inst < h.end; });
    };
    for (RawHandler& handler : *handlers) {
      bool jumped = false;
      for (uint32_t at = handler.end; !jumped && at < out_.insts().size(); ++at) {
        const PyInst& inst = out_.insts()[at];
        jumped = py_flow(inst.op) == PyFlow::Jump;
        bool branches = py_flow(inst.op) == PyFlow::Branch && inst.op != PyOp::ForIter;
        if (covering(at) != handlers->end() || !(jumped || branches)) break;
        auto around = inst.arg < at ? covering(inst.arg) : handlers->end();
        if (around != handlers->end() && around->target == handler.target) handler.end = at + 1;
      }
    }
  }

  std::string check_operands() const {
    for (const PyInst& inst : code_.insts) {
      if (!operand_in_range(inst))
        return fmt::format("operand {} of {} is out of range", inst.arg, py_op_text(inst.op));
    }
    return {};
  }

  bool operand_in_range(const PyInst& inst) const {
    switch (py_operand(inst.op)) {
      case PyOperand::Const: return inst.arg < data_.consts.size();
      case PyOperand::CountConst:
        return is_name_tuple(inst.arg2, inst.arg, inst.op == PyOp::BuildMapConstKeys);
      case PyOperand::FunctionParts:
        return inst.arg < 16 && inst.arg2 < data_.consts.size() && data_.consts[inst.arg2].is(PyKind::Code);
      case PyOperand::Var:
        return inst.arg < code_.vars.size() && suits_variable(inst.op, code_.vars[inst.arg].kind);
      case PyOperand::Name: return inst.arg < data_.names.size();
      case PyOperand::Operator: return inst.arg <= static_cast<uint32_t>(PyOperator::Xor);
      case PyOperand::Comparison: return inst.arg <= static_cast<uint32_t>(PyComparison::GreaterEqual);
      case PyOperand::Invert: return inst.arg <= 1;
      case PyOperand::Conversion: return inst.arg >= 1 && inst.arg <= 3;
      case PyOperand::Count:
        return inst.op != PyOp::BuildSlice && inst.op != PyOp::Raise ? true : count_in_range(inst);
      default: return true;
    }
  }

  static bool count_in_range(const PyInst& inst) {
    if (inst.op == PyOp::Raise) return inst.arg <= 2;
    return inst.arg == 2 || inst.arg == 3;
  }

  // A constant tuple: of as many keys as values, or of at most as many names as arguments.
  bool is_name_tuple(uint32_t constant, uint32_t count, bool exact) const {
    if (constant >= data_.consts.size() || !data_.consts[constant].is(PyKind::Tuple)) return false;
    const std::vector<PyValue>& names = data_.consts[constant].items;
    if (exact) return names.size() == count;
    bool all_strings =
        std::all_of(names.begin(), names.end(), [](const PyValue& v) { return v.is(PyKind::Str); });
    return names.size() <= count && all_strings;
  }

  static bool suits_variable(PyOp op, PyVar::Kind kind) {
    bool local = kind == PyVar::Kind::Local;
    switch (op) {
      case PyOp::LoadVar: return local;
      case PyOp::StoreVar:
      case PyOp::DeleteVar:
      case PyOp::LoadVarAndClear: return true;
      default: return !local;
    }
  }

  const CodeData& data_;
  const OpcodeTable& table_;
  PyCode& code_;
  const uint32_t units_;
  Emitter out_;
};

}  // namespace

Expected<PyCode> decode(std::shared_ptr<const CodeData> data) {
  const OpcodeTable* table = table_for(data->python);
  if (!table) {
    std::string version = fmt::format("{}.{}", data->python / 100, data->python % 100);
    return make_diagnostic(DiagId::UnsupportedPython, {version});
  }
  PyCode code;
  code.data = data;
  uint32_t parameters = code.parameter_count();
  if (data->arg_count > 0xffff || data->kwonly_count > 0xffff || data->posonly_count > data->arg_count ||
      parameters > data->var_names.size()) {
    return make_diagnostic(DiagId::BadBytecode, {"the parameters are not among the variables"});
  }
  code.vars = variables_of(*data, parameters);
  std::string error = Decoder(*data, *table, &code).run();
  if (!error.empty()) return make_diagnostic(DiagId::BadBytecode, {error});
  return code;
}

}  // namespace lancehead
