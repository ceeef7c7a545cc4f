// Chooses what lowers an instruction.
#include "backend/function_lowering.h"
#include "base/check.h"

namespace lancehead {

void FunctionLowering::lower(const Inst& inst) {
  scratch_used_ = 0;
  switch (inst.op) {
    case Op::Const: return lower_const(inst);
    case Op::Known: return;  // no leaves
    case Op::Undef: return lower_undef(inst);

    case Op::Add:
    case Op::Sub:
    case Op::Mul:
    case Op::Div: return lower_arithmetic(inst);
    case Op::FloorDiv:
    case Op::Mod:
    case Op::Rem: return lower_division(inst);
    case Op::Neg:
    case Op::Abs:
    case Op::Invert: return lower_unary(inst);
    case Op::And:
    case Op::Or:
    case Op::Xor: return lower_bitwise(inst);
    case Op::Shl:
    case Op::Shr: return lower_shift(inst);
    case Op::Min:
    case Op::Max: return lower_minmax(inst);
    case Op::Math: return lower_math(inst);
    case Op::Eq:
    case Op::Ne:
    case Op::Lt:
    case Op::Le:
    case Op::Gt:
    case Op::Ge: return lower_compare(inst);
    case Op::Select: return lower_select(inst);
    case Op::Cast: return lower_cast(inst);
    case Op::ComplexMake:
    case Op::ComplexReal:
    case Op::ComplexImag: return lower_complex(inst);

    case Op::TupleMake: return lower_tuple_make(inst);
    case Op::TupleGet: return lower_tuple_get(inst);
    case Op::TupleAt: return lower_tuple_at(inst);
    case Op::OptionalMake:
    case Op::OptionalNone:
    case Op::OptionalHas:
    case Op::OptionalGet: return lower_optional(inst);

    case Op::Check: return lower_check(inst);
    case Op::WrapIndex:
    case Op::Offset:
    case Op::ArrayDim:
    case Op::ArrayStride:
    case Op::ArrayData:
    case Op::ArrayAddress: return lower_array_part(inst);
    case Op::CheckIndex: return lower_check_index(inst);
    case Op::CheckAssigned: return lower_check_assigned(inst);
    case Op::Poll: return lower_poll(inst);

    case Op::StackAlloc: return lower_stack_alloc(inst);
    case Op::ArrayAlloc: return lower_array_alloc(inst);
    case Op::ArrayView: return lower_array_view(inst);
    case Op::Load:
    case Op::ArrayLoad: return lower_array_load(inst);
    case Op::Store:
    case Op::ArrayStore: return lower_array_store(inst);
    case Op::ListMake: return lower_list_make(inst);
    case Op::ListLen: return lower_list_len(inst);
    case Op::ListGet: return lower_list_get(inst);
    case Op::ListSet: return lower_list_set(inst);
    case Op::ListAppend: return lower_list_append(inst);
    case Op::ParLoop: return lower_parloop(inst);

    case Op::Call: return lower_call(inst);
    case Op::RtCall: return lower_rtcall(inst);
    case Op::ObjectCall: return lower_object_call(inst);
    case Op::ErrorMake: return lower_error_make(inst);
    case Op::ErrorMatches: return lower_error_matches(inst);
    case Op::Catch: return lower_catch(inst);
    case Op::Throw: return lower_throw(inst);
    case Op::Reraise: return lower_reraise(inst);
    case Op::Resume: return lower_resume(inst);
    case Op::Retain: return lower_retain(inst, RtFn::Retain);
    case Op::Release: return lower_retain(inst, RtFn::Release);

    case Op::Br: return lower_br(inst);
    case Op::CondBr: return lower_condbr(inst);
    case Op::Return: return lower_return(inst);
    case Op::Unreachable: b_.CreateUnreachable(); return;
    default: LH_UNREACHABLE("op is not legal in final IR: " + std::string(op_info(inst.op).text));
  }
}

}  // namespace lancehead
