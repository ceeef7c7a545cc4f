"""The public names of Numba 0.68.1: made by tools/introspect_numba_names.py, not to be edited.

NAMES: module -> kind -> names; `a=m:b` means that a stands for b of module m, `a=m` for a of m; what is of
kind module or foreign stands for the module or object named. REDIRECTED: module -> module. BASES: the
classes of a module with their bases, bases first. DEFAULTS: settings of numba.core.config.
"""

VERSION = '0.68.1'

REDIRECTED = {
    'numba.types': 'numba.core.types',
    'numba.config': 'numba.core.config',
    'numba.errors': 'numba.core.errors',
    'numba.core.types.abstract': 'numba.core.types',
    'numba.core.types.common': 'numba.core.types',
    'numba.core.types.containers': 'numba.core.types',
    'numba.core.types.function_type': 'numba.core.types',
    'numba.core.types.functions': 'numba.core.types',
    'numba.core.types.iterators': 'numba.core.types',
    'numba.core.types.misc': 'numba.core.types',
    'numba.core.types.npytypes': 'numba.core.types',
    'numba.core.types.scalars': 'numba.core.types',
}

NAMES = {
    "numba.core.errors": {
        "function": "deprecated new_error_context termcolor",
        "class": """
            ByteCodeSupportError CompilerError ConstantInferenceError DeprecationError ForbiddenConstruct
            ForceLiteralArg IRError InternalError InternalTargetMismatchError LiteralTypingError LoweringError
            NOPColorScheme NonexistentTargetError NotDefinedError NumbaAssertionError NumbaAttributeError
            NumbaDebugInfoWarning NumbaDeprecationWarning NumbaError NumbaExperimentalFeatureWarning
            NumbaIRAssumptionWarning NumbaIndexError NumbaInvalidConfigWarning NumbaKeyError
            NumbaNotImplementedError NumbaParallelSafetyWarning NumbaPedanticWarning
            NumbaPendingDeprecationWarning NumbaPerformanceWarning NumbaRuntimeError NumbaSystemWarning
            NumbaTypeError NumbaTypeSafetyWarning NumbaValueError NumbaWarning RedefinedError
            RequireLiteralValue TypingError UnsupportedBytecodeError UnsupportedError UnsupportedParforsError
            UnsupportedRewriteError UntypedAttributeError VerificationError WarningsFixer""",
        "constant": """
            constant_inference_info error_extras feedback_details interpreter_error_info loc_info
            pedantic_warning_info reportable_issue_info typing_error_info unsupported_error_info""",
        "module": "abc=abc contextlib=contextlib numba=numba os=os warnings=warnings np=numpy",
        "foreign": "abstractmethod=abc:abstractmethod defaultdict=collections:defaultdict wraps=functools:wraps",
    },
    "numba.core.types": {
        "function": """
            argsnkwargs_to_str get_hashable_key is_homogeneous literal maybe_literal parse_integer_bitwidth
            parse_integer_signed unliteral""",
        "class": """
            Array ArrayCTypes ArrayCompatible ArrayFlags ArrayIterator BaseAnonymousTuple BaseContainerIterator
            BaseContainerPayload BaseFunction BaseNamedTuple BaseTuple Boolean BooleanLiteral BoundFunction
            Buffer ByteArray Bytes CPointer Callable CharSeq ClassDataType ClassInstanceType ClassType
            CompileResultWAP Complex ConstSized Container ContextManager Conversion DType DTypeSpec DeferredType
            DictItemsIterableType DictIteratorType DictKeysIterableType DictType DictValuesIterableType
            Dispatcher Dummy EllipsisType EnumClass EnumMember EnumerateType EphemeralArray EphemeralPointer
            ExceptionClass ExceptionInstance ExternalFunction ExternalFunctionPointer Float Function
            FunctionPrototype FunctionType Generator Hashable InitialValue IntEnumClass IntEnumMember Integer
            IntegerLiteral IterableType IteratorType List ListIter ListPayload ListType ListTypeIterableType
            ListTypeIteratorType Literal LiteralList LiteralStrKeyDict MakeFunctionLiteral MemInfoPointer
            MemoryView Module MutableSequence NPDatetime NPTimedelta NamedTuple NamedTupleClass NamedUniTuple
            NestedArray NoneType NumPyRandomBitGeneratorType NumPyRandomGeneratorType Number NumberClass
            NumpyFlatType NumpyNdEnumerateType NumpyNdIndexType NumpyNdIterType ObjModeDispatcher Object Omitted
            Opaque Optional Pair Phantom Poison PolynomialType PyArray PyObject RangeIteratorType RangeType
            RawPointer Record RecursiveCall Sequence Set SetEntry SetIter SetIterableType SetIteratorType
            SetPayload SetType SimpleIterableType SimpleIteratorType Sized SliceLiteral SliceType StarArgTuple
            StarArgUniTuple StringLiteral StructRef StructRefPayload Tuple Type TypeRef UndefVar Undefined
            UndefinedFunctionType UndefinedType UniTuple UniTupleIter UnicodeCharSeq UnicodeIteratorType
            UnicodeType UnionType VarArg WeakType WrapperAddressProtocol ZipType""",
        "constant": """
            bool complex128 complex64 ffi ffi_forced_object float16 float32 float64 int16 int32 int64 int8 none
            pyobject uint16 uint32 uint64 uint8 undefined unicode_type unknown Any all_str code_type
            complex_domain ellipsis integer_domain np_complex_domain np_integer_domain np_number_domain
            np_real_domain np_signed_domain np_unsigned_domain npy_bitgen npy_rng number_domain numpy_version
            py2_string_type py_complex_domain py_integer_domain py_number_domain py_real_domain py_signed_domain
            pyfunc_type range_iter32_type range_iter64_type range_state32_type range_state64_type real_domain
            signed_domain sizeof_unicode_char slice2_type slice3_type unsigned_domain unsigned_range_iter64_type
            unsigned_range_state64_type voidptr""",
        "module": """
            collections=collections ctypes=ctypes enum=enum itertools=itertools logging=logging struct=struct
            textwrap=textwrap traceback=traceback warnings=warnings weakref=weakref abstract common
            config=numba.core.config containers errors=numba.core.errors function_type functions ir=llvmlite.ir
            iterators misc np=numpy npytypes scalars types=numba.core.types utils=numba.core.utils""",
        "foreign": """
            ABCMeta=abc:ABCMeta Iterable=collections.abc:Iterable abstractmethod=abc:abstractmethod
            cached_property=functools:cached_property defaultdict=collections:defaultdict
            get_terminal_size=shutil:get_terminal_size namedtuple=collections:namedtuple
            total_ordering=functools:total_ordering MappingProxyType=types:MappingProxyType ptDict=typing:Dict
            ptType=typing:Type pySequence=collections.abc:Sequence""",
        "alias": """
            LiteralTypingError=numba.core.errors TypingError=numba.core.errors b1=numba.core.types:bool
            bool_=numba.core.types:bool boolean=numba.core.types:bool byte=numba.core.types:uint8
            c16=numba.core.types:complex128 c8=numba.core.types:complex64 c_bool=numba.core.types:bool
            c_float16=numba.core.types:float16 c_float32=numba.core.types:float32
            c_float64=numba.core.types:float64 c_int16=numba.core.types:int16 c_int32=numba.core.types:int32
            c_int64=numba.core.types:int64 c_int8=numba.core.types:int8 c_intp=numba.core.types:int64
            c_uint16=numba.core.types:uint16 c_uint32=numba.core.types:uint32 c_uint64=numba.core.types:uint64
            c_uint8=numba.core.types:uint8 c_uintp=numba.core.types:uint64 char=numba.core.types:int8
            deferred_type=numba.core.types:DeferredType double=numba.core.types:float64
            f2=numba.core.types:float16 f4=numba.core.types:float32 f8=numba.core.types:float64
            i1=numba.core.types:int8 i2=numba.core.types:int16 i4=numba.core.types:int32
            i8=numba.core.types:int64 int_=numba.core.types:int64 intc=numba.core.types:int32
            intp=numba.core.types:int64 long_=numba.core.types:int64 longlong=numba.core.types:int64
            np_bool_=numba.core.types:bool np_char=numba.core.types:int8
            np_complex128=numba.core.types:complex128 np_complex64=numba.core.types:complex64
            np_double=numba.core.types:float64 np_float16=numba.core.types:float16
            np_float32=numba.core.types:float32 np_float64=numba.core.types:float64
            np_float_=numba.core.types:float32 np_int16=numba.core.types:int16 np_int32=numba.core.types:int32
            np_int64=numba.core.types:int64 np_int8=numba.core.types:int8 np_int_=numba.core.types:int64
            np_intc=numba.core.types:int32 np_intp=numba.core.types:int64 np_long=numba.core.types:int64
            np_longlong=numba.core.types:int64 np_short=numba.core.types:int16 np_uchar=numba.core.types:uint8
            np_uint=numba.core.types:uint64 np_uint16=numba.core.types:uint16 np_uint32=numba.core.types:uint32
            np_uint64=numba.core.types:uint64 np_uint8=numba.core.types:uint8 np_uintc=numba.core.types:uint32
            np_uintp=numba.core.types:uint64 np_ulong=numba.core.types:uint64
            np_ulonglong=numba.core.types:uint64 np_ushort=numba.core.types:uint16
            optional=numba.core.types:Optional py_bool=numba.core.types:bool
            py_complex=numba.core.types:complex128 py_float=numba.core.types:float64
            py_int=numba.core.types:int64 short=numba.core.types:int16 size_t=numba.core.types:uint64
            ssize_t=numba.core.types:int64 string=numba.core.types:unicode_type u1=numba.core.types:uint8
            u2=numba.core.types:uint16 u4=numba.core.types:uint32 u8=numba.core.types:uint64
            uchar=numba.core.types:uint8 uint=numba.core.types:uint64 uintc=numba.core.types:uint32
            uintp=numba.core.types:uint64 ulong=numba.core.types:uint64 ulonglong=numba.core.types:uint64
            ushort=numba.core.types:uint16 void=numba.core.types:none""",
    },
    "numba.core.config": {
        "function": "reload_config",
        "constant": """
            ALWAYS_WARN_UNINIT_VAR ANNOTATE BOUNDSCHECK CACHE_DIR CACHE_LOCATOR_CLASSES CHROME_TRACE
            COLOR_SCHEME CPU_FEATURES CPU_NAME CUDA_ARRAY_INTERFACE_SYNC CUDA_DEALLOCS_COUNT CUDA_DEALLOCS_RATIO
            CUDA_DEBUGINFO_DEFAULT CUDA_DEFAULT_PTX_CC CUDA_DRIVER CUDA_ENABLE_MINOR_VERSION_COMPATIBILITY
            CUDA_INCLUDE_PATH CUDA_LOG_API_ARGS CUDA_LOG_LEVEL CUDA_LOG_SIZE CUDA_LOW_OCCUPANCY_WARNINGS
            CUDA_MEMORY_MANAGER CUDA_PER_THREAD_DEFAULT_STREAM CUDA_USE_NVIDIA_BINDING CUDA_VERBOSE_JIT_LOG
            CUDA_WARN_ON_IMPLICIT_COPY DEBUG DEBUGINFO_DEFAULT DEBUG_ARRAY_OPT DEBUG_ARRAY_OPT_RUNTIME
            DEBUG_ARRAY_OPT_STATS DEBUG_CACHE DEBUG_FRONTEND DEBUG_INLINE_CLOSURE DEBUG_JIT DEBUG_NRT
            DEBUG_NRT_STACK_LIMIT DEBUG_PRINT_AFTER DEBUG_PRINT_BEFORE DEBUG_PRINT_WRAP DEBUG_TYPEINFER
            DEVELOPER_MODE DIFF_IR DISABLE_CUDA DISABLE_INTEL_SVML DISABLE_JIT DISABLE_PERFORMANCE_WARNINGS
            DISABLE_TYPEINFER_FAIL_CACHE DUMP_ASSEMBLY DUMP_BYTECODE DUMP_CFG DUMP_FUNC_OPT DUMP_IR DUMP_LLVM
            DUMP_OPTIMIZED DUMP_SSA ENABLE_AVX ENABLE_CUDASIM ENABLE_PROFILING ENABLE_SYS_MONITORING
            EXTEND_VARIABLE_LIFETIMES FORCE_CUDA_CC FULL_TRACEBACKS FUNCTION_CACHE_SIZE GDB_BINARY
            HIGHLIGHT_DUMPS HTML IS_32BITS IS_OSX IS_WIN32 JIT_COVERAGE LLVM_PASS_TIMINGS LLVM_REFPRUNE_FLAGS
            LLVM_REFPRUNE_PASS LOOP_VECTORIZE MACHINE_BITS NRT_STATS NUMBA_DEFAULT_NUM_THREADS NUMBA_NUM_THREADS
            OPT PARALLEL_DIAGNOSTICS PARFOR_MAX_TUPLE_SIZE PYVERSION RUNNING_UNDER_PROFILER SHOW_HELP
            SLP_VECTORIZE THREADING_LAYER THREADING_LAYER_PRIORITY TRACE USE_LLVMLITE_MEMORY_MANAGER USING_SVML""",
        "module": """
            os=os platform=platform re=re shutil=shutil sys=sys traceback=traceback warnings=warnings
            ll=llvmlite.binding""",
    },
    "numba": {
        "function": """
            carray cfunc farray from_dtype gdb gdb_breakpoint gdb_init get_num_threads get_parallel_chunksize
            get_thread_id guvectorize jit jit_module literal_unroll literally njit pndindex set_num_threads
            set_parallel_chunksize stencil test threading_layer typeof vectorize objmode parallel_chunksize""",
        "class": "prange",
        "constant": "version_info",
        "module": """
            llvmlite=llvmlite numba=numba platform=platform re=re sys=sys warnings=warnings cloudpickle
            config=numba.core.config core cpython errors=numba.core.errors experimental extending misc np
            parfors stencils typed types=numba.core.types""",
        "alias": """
            ByteCodeSupportError=numba.core.errors CompilerError=numba.core.errors
            ConstantInferenceError=numba.core.errors DeprecationError=numba.core.errors
            ForbiddenConstruct=numba.core.errors ForceLiteralArg=numba.core.errors IRError=numba.core.errors
            InternalError=numba.core.errors InternalTargetMismatchError=numba.core.errors
            LiteralTypingError=numba.core.errors LoweringError=numba.core.errors
            NonexistentTargetError=numba.core.errors NotDefinedError=numba.core.errors
            NumbaAssertionError=numba.core.errors NumbaAttributeError=numba.core.errors
            NumbaDebugInfoWarning=numba.core.errors NumbaDeprecationWarning=numba.core.errors
            NumbaError=numba.core.errors NumbaExperimentalFeatureWarning=numba.core.errors
            NumbaIRAssumptionWarning=numba.core.errors NumbaIndexError=numba.core.errors
            NumbaInvalidConfigWarning=numba.core.errors NumbaKeyError=numba.core.errors
            NumbaNotImplementedError=numba.core.errors NumbaParallelSafetyWarning=numba.core.errors
            NumbaPedanticWarning=numba.core.errors NumbaPendingDeprecationWarning=numba.core.errors
            NumbaPerformanceWarning=numba.core.errors NumbaRuntimeError=numba.core.errors
            NumbaSystemWarning=numba.core.errors NumbaTypeError=numba.core.errors
            NumbaTypeSafetyWarning=numba.core.errors NumbaValueError=numba.core.errors
            NumbaWarning=numba.core.errors RedefinedError=numba.core.errors
            RequireLiteralValue=numba.core.errors TypingError=numba.core.errors
            UnsupportedBytecodeError=numba.core.errors UnsupportedError=numba.core.errors
            UnsupportedParforsError=numba.core.errors UnsupportedRewriteError=numba.core.errors
            UntypedAttributeError=numba.core.errors VerificationError=numba.core.errors bool=numba.core.types
            complex128=numba.core.types complex64=numba.core.types ffi=numba.core.types
            ffi_forced_object=numba.core.types float32=numba.core.types float64=numba.core.types
            int16=numba.core.types int32=numba.core.types int64=numba.core.types int8=numba.core.types
            none=numba.core.types uint16=numba.core.types uint32=numba.core.types uint64=numba.core.types
            uint8=numba.core.types b1=numba.core.types:bool bool_=numba.core.types:bool
            boolean=numba.core.types:bool byte=numba.core.types:uint8 c16=numba.core.types:complex128
            c8=numba.core.types:complex64 char=numba.core.types:int8 deferred_type=numba.core.types:DeferredType
            double=numba.core.types:float64 f4=numba.core.types:float32 f8=numba.core.types:float64
            i1=numba.core.types:int8 i2=numba.core.types:int16 i4=numba.core.types:int32
            i8=numba.core.types:int64 int_=numba.core.types:int64 intc=numba.core.types:int32
            intp=numba.core.types:int64 long_=numba.core.types:int64 longlong=numba.core.types:int64
            optional=numba.core.types:Optional short=numba.core.types:int16 size_t=numba.core.types:uint64
            ssize_t=numba.core.types:int64 u1=numba.core.types:uint8 u2=numba.core.types:uint16
            u4=numba.core.types:uint32 u8=numba.core.types:uint64 uchar=numba.core.types:uint8
            uint=numba.core.types:uint64 uintc=numba.core.types:uint32 uintp=numba.core.types:uint64
            ulong=numba.core.types:uint64 ulonglong=numba.core.types:uint64 ushort=numba.core.types:uint16
            void=numba.core.types:none""",
    },
    "numba.typed": {
        "class": "Dict List Set",
        "module": "importlib=importlib typeddict typedlist typedset",
    },
    "numba.extending": {
        "function": """
            get_cython_function_address include_path intrinsic is_jitted lower_cast lower_getattr
            lower_getattr_generic lower_setattr lower_setattr_generic make_attribute_wrapper overload
            overload_attribute overload_classmethod overload_method register_jitable sentry_literal_args
            type_callable typeof_impl as_numba_type box infer infer_getattr lower_builtin reflect register_model
            unbox""",
        "class": "BoundLiteralArgs NativeValue ReduceMixin SentryLiteralArgs",
        "module": """
            collections=collections functools=functools numba=numba os=os uuid=uuid weakref=weakref
            config=numba.core.config errors=numba.core.errors models=numba.core.datamodel.models
            types=numba.core.types utils=numba.core.utils""",
        "foreign": "MappingProxyType=types:MappingProxyType",
    },
    "numba.experimental": {
        "function": "jitclass",
        "module": "function_type structref",
    },
    "numba.core.extending": {
        "function": "register_model",
        "module": """
            collections=collections functools=functools numba=numba os=os uuid=uuid weakref=weakref
            config=numba.core.config errors=numba.core.errors models=numba.core.datamodel.models
            types=numba.core.types utils=numba.core.utils""",
        "foreign": "MappingProxyType=types:MappingProxyType",
        "alias": """
            BoundLiteralArgs=numba.extending NativeValue=numba.extending ReduceMixin=numba.extending
            SentryLiteralArgs=numba.extending get_cython_function_address=numba.extending
            include_path=numba.extending intrinsic=numba.extending is_jitted=numba.extending
            lower_cast=numba.extending lower_getattr=numba.extending lower_getattr_generic=numba.extending
            lower_setattr=numba.extending lower_setattr_generic=numba.extending
            make_attribute_wrapper=numba.extending overload=numba.extending overload_attribute=numba.extending
            overload_classmethod=numba.extending overload_method=numba.extending
            register_jitable=numba.extending sentry_literal_args=numba.extending type_callable=numba.extending
            typeof_impl=numba.extending as_numba_type=numba.extending box=numba.extending infer=numba.extending
            infer_getattr=numba.extending lower_builtin=numba.extending reflect=numba.extending
            unbox=numba.extending""",
    },
    "numba.np.numpy_support": {
        "function": """
            as_dtype as_struct_dtype check_is_integer combine_datetime_timedelta_units from_struct_dtype
            is_array is_contiguous is_fortran is_nonelike lt_complex lt_floats map_arrayscalar_type map_layout
            resolve_output_type select_array_wrapper signature supported_ufunc_loop type_can_asarray
            type_is_scalar ufunc_can_cast ufunc_find_matching_loop""",
        "class": "UFuncLoopSpec",
        "constant": "FROM_DTYPE numpy_version re_datetimestr re_typestr",
        "module": """
            collections=collections ctypes=ctypes re=re errors=numba.core.errors np=numpy
            npy_types=numba.np.types types=numba.core.types""",
        "alias": "TypingError=numba.core.errors carray=numba farray=numba from_dtype=numba",
    },
    "numba.cuda": {
        "function": """
            all_sync any_sync as_cuda_array ballot_sync close compile compile_for_current_device compile_ptx
            compile_ptx_for_current_device cuda_error declare_device default_stream defer_cleanup detect
            device_array device_array_like eq_sync event event_elapsed_time external_stream
            from_cuda_array_interface get_current_device grid gridsize is_available is_cuda_array
            is_float16_supported is_supported_version jit legacy_default_stream list_devices managed_array
            mapped mapped_array mapped_array_like open_ipc_array per_thread_default_stream pinned pinned_array
            pinned_array_like prepare_shape_strides_dtype profile_start profile_stop profiling require_context
            select_device set_memory_manager shfl_down_sync shfl_sync shfl_up_sync shfl_xor_sync stream
            synchronize syncthreads syncthreads_and syncthreads_count syncthreads_or test to_device
            current_context""",
        "class": """
            BaseCUDAMemoryManager CudaSupportError GetIpcHandleMixin HostOnlyCUDAMemoryManager In InOut
            IpcHandle KernelRuntimeError MappedMemory MemoryInfo MemoryPointer Out PinnedMemory Reduce
            activemask atomic blockDim blockIdx brev cbrt clz const ffs float32x1 float32x2 float32x3 float32x4
            float64x1 float64x2 float64x3 float64x4 fma fp16 gridDim int16x1 int16x2 int16x3 int16x4 int32x1
            int32x2 int32x3 int32x4 int64x1 int64x2 int64x3 int64x4 int8x1 int8x2 int8x3 int8x4 laneid
            lanemask_lt local match_all_sync match_any_sync nanosleep popc selp shared shfl_sync_intrinsic
            syncwarp threadIdx threadfence threadfence_block threadfence_system uint16x1 uint16x2 uint16x3
            uint16x4 uint32x1 uint32x2 uint32x3 uint32x4 uint64x1 uint64x2 uint64x3 uint64x4 uint8x1 uint8x2
            uint8x3 uint8x4 vote_sync_intrinsic warpsize""",
        "constant": "alias gpus implementation runtime",
        "module": """
            contextlib=contextlib os=os sys=sys api api_util args cg codegen compiler config=numba.core.config
            cuda_paths cudadrv decorators descriptor device_init devicearray=numba.cuda.cudadrv.devicearray
            devices=numba.cuda.cudadrv.devices dispatcher driver=numba.cuda.cudadrv.driver errors extending
            initialize intrinsic_wrapper intrinsics kernels models np=numpy nvvm=numba.cuda.cudadrv.nvvm
            nvvmutils reduction=numba.cuda.kernels.reduction runtests=numba.runtests simulator stubs target
            types ufuncs""",
        "alias": """
            char1=numba.cuda:int8x1 char2=numba.cuda:int8x2 char3=numba.cuda:int8x3 char4=numba.cuda:int8x4
            double1=numba.cuda:float64x1 double2=numba.cuda:float64x2 double3=numba.cuda:float64x3
            double4=numba.cuda:float64x4 float1=numba.cuda:float32x1 float2=numba.cuda:float32x2
            float3=numba.cuda:float32x3 float4=numba.cuda:float32x4 int1=numba.cuda:int32x1
            int2=numba.cuda:int32x2 int3=numba.cuda:int32x3 int4=numba.cuda:int32x4 long1=numba.cuda:int64x1
            long2=numba.cuda:int64x2 long3=numba.cuda:int64x3 long4=numba.cuda:int64x4
            longlong1=numba.cuda:int64x1 longlong2=numba.cuda:int64x2 longlong3=numba.cuda:int64x3
            longlong4=numba.cuda:int64x4 reduce=numba.cuda:Reduce short1=numba.cuda:int16x1
            short2=numba.cuda:int16x2 short3=numba.cuda:int16x3 short4=numba.cuda:int16x4
            uchar1=numba.cuda:uint8x1 uchar2=numba.cuda:uint8x2 uchar3=numba.cuda:uint8x3
            uchar4=numba.cuda:uint8x4 uint1=numba.cuda:uint32x1 uint2=numba.cuda:uint32x2
            uint3=numba.cuda:uint32x3 uint4=numba.cuda:uint32x4 ulong1=numba.cuda:uint64x1
            ulong2=numba.cuda:uint64x2 ulong3=numba.cuda:uint64x3 ulong4=numba.cuda:uint64x4
            ulonglong1=numba.cuda:uint64x1 ulonglong2=numba.cuda:uint64x2 ulonglong3=numba.cuda:uint64x3
            ulonglong4=numba.cuda:uint64x4 ushort1=numba.cuda:uint16x1 ushort2=numba.cuda:uint16x2
            ushort3=numba.cuda:uint16x3 ushort4=numba.cuda:uint16x4""",
    },
    "numba.cuda.cudadrv.error": {
        "class": """
            CudaDriverError CudaRuntimeError NvrtcCompilationError NvrtcError NvrtcSupportError NvvmError
            NvvmSupportError NvvmWarning""",
        "alias": "CudaSupportError=numba.cuda",
    },
    "numba.core": {
        "module": """
            analysis annotations base bytecode byteflow caching callconv callwrapper ccallback cgutils codegen
            compiler compiler_lock compiler_machinery config consts controlflow cpu cpu_options datamodel
            debuginfo decorators descriptors dispatcher entrypoints environment errors event extending externals
            fastmathpass funcdesc generators imputils interpreter intrinsics ir ir_utils itanium_mangler
            llvm_bindings lowering object_mode_passes options postproc pylowering pythonapi registry rewrites
            runtime serialize sigutils ssa target_extension targetconfig tracing transforms typeconv
            typed_passes typeinfer types typing unsafe untyped_passes utils withcontexts""",
    },
    "numba.core.bytecode": {
        "function": "get_code_object get_function_object",
        "class": "ByteCodeInst ByteCodeIter ByteCodePy311 ByteCodePy312 FunctionIdentity opcode_info",
        "module": "errors=numba.core.errors serialize=numba.core.serialize utils=numba.core.utils",
        "alias": "ByteCode=numba.core.bytecode:ByteCodePy312",
    },
    "numba.core.caching": {
        "function": "make_library_cache",
        "class": """
            Cache CacheImpl CodeLibraryCacheImpl CompileResultCacheImpl FunctionCache IPythonCacheLocator
            InTreeCacheLocator InTreeCacheLocatorFsAgnostic IndexDataCacheFile NullCache
            UserProvidedCacheLocator UserWideCacheLocator ZipCacheLocator""",
        "module": "numba=numba compiler=numba.core.compiler config=numba.core.config",
        "alias": "NumbaDeprecationWarning=numba.core.errors NumbaWarning=numba.core.errors",
    },
    "numba.core.ccallback": {
        "class": "CFunc",
        "module": "compiler=numba.core.compiler registry=numba.core.registry",
        "alias": "FunctionCache=numba.core.caching NullCache=numba.core.caching signature=numba.np.numpy_support",
    },
    "numba.core.cgutils": {
        "function": """
            add_global_variable alloca_once alloca_once_value as_bool_bit cbranch_or_continue copy_struct
            create_constant_array create_struct_proxy divmod_by_constant do_boundscheck early_exit_if
            early_exit_if_null for_range for_range_slice for_range_slice_generic gep gep_inbounds
            get_item_pointer get_item_pointer2 get_null_value get_or_insert_function
            get_or_insert_named_metadata get_record_member global_constant guard_memory_error guard_null hexdump
            if_likely if_unlikely if_zero ifnot increment_index insert_pure_function is_empty_tuple is_neg_int
            is_not_null is_not_scalar_zero is_null is_pointer is_scalar_neg is_scalar_zero is_scalar_zero_or_nan
            loop_nest make_anonymous_struct make_bytearray memcpy memset memset_padding muladd_with_overflow
            normalize_ir_text pack_array pack_struct pointer_add printf raw_memcpy raw_memmove sizeof snprintf
            snprintf_stackbuffer terminate unpack_tuple""",
        "class": "DataStructProxy Loop Structure ValueStructProxy",
        "module": """
            numba=numba config=numba.core.config debuginfo=numba.core.debuginfo types=numba.core.types
            utils=numba.core.utils""",
        "alias": """
            is_nonelike=numba.np.numpy_support guard_zero=numba.core.cgutils:guard_null
            is_false=numba.core.cgutils:is_scalar_zero is_true=numba.core.cgutils:is_not_scalar_zero""",
    },
    "numba.core.codegen": {
        "function": "dump get_host_cpu_features initialize_llvm",
        "class": """
            AOTCPUCodegen AOTCodeLibrary CPUCodeLibrary CPUCodegen CodeLibrary Codegen JITCPUCodegen
            JITCodeLibrary JitEngine RuntimeLinker""",
        "module": "cgutils=numba.core.cgutils config=numba.core.config utils=numba.core.utils",
        "alias": "NumbaInvalidConfigWarning=numba.core.errors",
    },
    "numba.core.compiler": {
        "function": """
            compile_extra compile_internal compile_ir compile_result run_frontend
            sanitize_compile_result_entries""",
        "class": "CompileResult Compiler CompilerBase DefaultPassBuilder Flags StateDict",
        "constant": "DEFAULT_FLAGS",
        "module": """
            bytecode=numba.core.bytecode callconv=numba.core.callconv config=numba.core.config
            cpu=numba.core.cpu errors=numba.core.errors interpreter=numba.core.interpreter
            postproc=numba.core.postproc""",
        "alias": "CompilerError=numba.core.errors",
    },
    "numba.core.compiler_lock": {
        "function": "require_global_compiler_lock global_compiler_lock",
        "module": "ev=numba.core.event",
    },
    "numba.core.compiler_machinery": {
        "function": "debug_print register_pass",
        "class": """
            AnalysisPass AnalysisUsage CompilerPass FunctionPass LoweringPass PassManager SSACompliantMixin
            SimpleTimer pass_info pass_timings""",
        "module": """
            config=numba.core.config errors=numba.core.errors ev=numba.core.event
            transforms=numba.core.transforms utils=numba.core.utils""",
        "alias": "global_compiler_lock=numba.core.compiler_lock",
    },
    "numba.core.cpu": {
        "class": "CPUContext CPUTargetOptions ClosureBody EnvBody",
        "module": """
            numba=numba callconv=numba.core.callconv cgutils=numba.core.cgutils codegen=numba.core.codegen
            config=numba.core.config externals=numba.core.externals fastmathpass=numba.core.fastmathpass
            intrinsics=numba.core.intrinsics types=numba.core.types ufunc_db=numba.np.ufunc_db
            utils=numba.core.utils""",
        "alias": "global_compiler_lock=numba.core.compiler_lock",
    },
    "numba.core.datamodel": {
        "module": "manager models packer registry",
    },
    "numba.core.datamodel.models": {
        "function": "handle_bound_function handle_numpy_flat_type handle_numpy_ndenumerate_type",
        "class": """
            ArrayCTypesModel ArrayFlagsModel ArrayIterator ArrayModel BooleanModel CContiguousFlatIter CharSeq
            ComplexModel CompositeModel DataModel DeferredStructModel EnumModel EnumerateType
            EphemeralArrayModel EphemeralPointerModel ExternalFuncPointerModel FlatIter FloatModel
            GeneratorModel IntegerModel ListIterModel ListModel ListPayloadModel MemInfoModel NdIndexModel
            NdIter NestedArrayModel OmittedArgDataModel OpaqueModel OptionalModel PairModel PointerModel
            PrimitiveModel ProxyModel RangeIteratorType RangeModel RecordModel SetEntryModel SetIterModel
            SetModel SetPayloadModel SliceModel StructModel StructPayloadModel StructRefModel TupleModel
            UniTupleIter UniTupleModel UnicodeCharSeq UnionModel ZipType""",
        "module": "cgutils=numba.core.cgutils types=numba.core.types",
    },
    "numba.core.decorators": {
        "module": """
            config=numba.core.config extending=numba.core.extending registry=numba.core.registry
            sigutils=numba.core.sigutils""",
        "alias": """
            DeprecationError=numba.core.errors NumbaDeprecationWarning=numba.core.errors cfunc=numba jit=numba
            jit_module=numba njit=numba stencil=numba""",
    },
    "numba.core.descriptors": {
        "class": "TargetDescriptor",
    },
    "numba.core.dispatcher": {
        "class": "CompilingCounter Dispatcher LiftedCode LiftedLoop LiftedWith ObjModeLiftedWith OmittedArg",
        "module": """
            compiler=numba.core.compiler config=numba.core.config entrypoints=numba.core.entrypoints
            errors=numba.core.errors ev=numba.core.event serialize=numba.core.serialize
            sigutils=numba.core.sigutils types=numba.core.types typing=numba.core.typing utils=numba.core.utils""",
        "alias": """
            FunctionCache=numba.core.caching NullCache=numba.core.caching get_code_object=numba.core.bytecode
            typeof=numba global_compiler_lock=numba.core.compiler_lock""",
    },
    "numba.core.event": {
        "function": """
            broadcast end_event install_listener install_recorder install_timer register start_event
            trigger_event unregister""",
        "class": "Event EventStatus Listener RecordingListener TimingListener",
        "module": "config=numba.core.config utils=numba.core.utils",
    },
    "numba.core.imputils": {
        "function": """
            call_getiter call_iternext call_len fix_returning_optional for_iter force_error_model
            impl_ret_borrowed impl_ret_new_ref impl_ret_untracked iterator_impl iternext_impl lower_constant
            numba_typeref_ctor user_function user_generator""",
        "class": "RefType Registry RegistryLoader",
        "constant": "builtin_registry",
        "module": """
            cgutils=numba.core.cgutils types=numba.core.types typing=numba.core.typing utils=numba.core.utils""",
        "alias": """
            lower_cast=numba.extending lower_getattr=numba.extending lower_getattr_generic=numba.extending
            lower_setattr=numba.extending lower_setattr_generic=numba.extending lower_builtin=numba.extending""",
    },
    "numba.core.ir": {
        "class": """
            AbstractRHS Arg Assign Block Branch Const Del DelAttr DelItem DynamicRaise DynamicTryRaise EnterWith
            EqualityCheckMixin Expr FreeVar FunctionIR Global Inst Jump Loc Loop PopBlock Print Raise Return
            Scope SetAttr SetItem SlotEqualityCheckMixin StaticRaise StaticSetItem StaticTryRaise Stmt StoreMap
            Terminator TryRaise Var VarMap With Yield""",
        "constant": "UNDEFINED unknown_loc",
        "module": "config=numba.core.config consts=numba.core.consts errors=numba.core.errors",
        "alias": """
            ConstantInferenceError=numba.core.errors NotDefinedError=numba.core.errors
            RedefinedError=numba.core.errors UndefinedType=numba.core.types VerificationError=numba.core.errors""",
    },
    "numba.core.ir_utils": {
        "function": """
            add_offset_to_labels apply_copy_propagate build_definitions canonicalize_array_math
            check_and_legalize_ir compile_to_numba_ir convert_code_obj_to_function convert_size_to_var
            copy_propagate dead_code_elimination dprint_func_ir dump_block dump_blocks enforce_no_dels
            enforce_no_phis fill_block_with_call fill_callee_epilogue fill_callee_prologue find_build_sequence
            find_callname find_const find_max_label find_outer_value find_potential_aliases find_topo_order
            fix_setitem_type fixup_var_define_in_scope flatten_labels gen_np_call get_array_accesses
            get_block_copies get_call_table get_canonical_alias get_definition get_global_func_typ
            get_ir_of_code get_name_var_table get_np_ufunc_typ get_stmt_writes get_tuple_table
            get_unused_var_name guard has_no_side_effect index_var_of_get_setitem init_copy_propagate_data
            is_const_call is_get_setitem is_getitem is_immutable_type is_namedtuple_class is_operator_or_getitem
            is_pop_block is_pure is_raise is_return is_setitem is_setup_with is_slice_index is_terminator
            legalize_names legalize_single_scope merge_adjacent_blocks mk_loop_header mk_range_block
            mk_unique_var next_label raise_on_unsupported_feature remove_args remove_dead remove_dead_block
            remove_dead_random_call remove_dels rename_labels replace_arg_nodes replace_returns
            replace_var_callback replace_var_names replace_vars replace_vars_inner replace_vars_stmt require
            resolve_func_from_module restore_copy_var_names set_index_var_of_get_setitem simplify simplify_CFG
            transfer_scope visit_vars visit_vars_inner visit_vars_stmt warn_deprecated""",
        "class": "GuardException",
        "module": """
            numba=numba analysis=numba.core.analysis config=numba.core.config ir=numba.core.ir
            postproc=numba.core.postproc rewrites=numba.core.rewrites types=numba.core.types
            typing=numba.core.typing""",
        "alias": """
            CompilerError=numba.core.errors NumbaPendingDeprecationWarning=numba.core.errors
            TypingError=numba.core.errors UnsupportedError=numba.core.errors signature=numba.np.numpy_support""",
    },
    "numba.core.optional": {
        "function": """
            always_return_false_impl always_return_true_impl any_to_optional optional_getattr optional_is_none
            optional_setattr optional_to_any optional_to_optional""",
        "module": "cgutils=numba.core.cgutils types=numba.core.types typing=numba.core.typing",
        "alias": """
            impl_ret_untracked=numba.core.imputils lower_cast=numba.extending
            lower_getattr_generic=numba.extending lower_setattr_generic=numba.extending
            lower_builtin=numba.extending""",
    },
    "numba.core.options": {
        "function": "include_default_options",
        "class": "DefaultOptions TargetOptions",
        "module": "config=numba.core.config utils=numba.core.utils",
    },
    "numba.core.pythonapi": {
        "class": "EnvironmentManager ObjModeUtils PythonAPI",
        "module": """
            cgutils=numba.core.cgutils config=numba.core.config imputils=numba.core.imputils
            lowering=numba.core.lowering serialize=numba.core.serialize types=numba.core.types
            utils=numba.core.utils""",
        "alias": "NativeValue=numba.extending box=numba.extending reflect=numba.extending unbox=numba.extending",
    },
    "numba.core.registry": {
        "class": "CPUDispatcher CPUTarget DelayedRegistry",
        "constant": "cpu_target",
        "module": """
            cpu=numba.core.cpu dispatcher=numba.core.dispatcher typing=numba.core.typing utils=numba.core.utils""",
        "alias": "TargetDescriptor=numba.core.descriptors",
    },
    "numba.core.rewrites": {
        "module": "ir_print registry static_binop static_getitem static_raise",
    },
    "numba.core.runtime": {
        "module": "nrt nrtdynmod nrtopt",
    },
    "numba.core.runtime.nrt": {
        "function": "typeof_meminfo",
        "constant": "rtsys",
        "module": "config=numba.core.config nrtdynmod=numba.core.runtime.nrtdynmod types=numba.core.types",
        "alias": "typeof_impl=numba.extending global_compiler_lock=numba.core.compiler_lock",
    },
    "numba.core.serialize": {
        "function": "custom_rebuild custom_reduce disable_pickling dumps is_serializable runtime_build_excinfo_struct",
        "class": "NumbaPickler PickleCallableByPath",
        "module": "cloudpickle=numba.cloudpickle",
        "alias": "ReduceMixin=numba.extending",
    },
    "numba.core.sigutils": {
        "function": "is_signature normalize_signature",
        "module": "types=numba.core.types typing=numba.core.typing",
    },
    "numba.core.target_extension": {
        "function": "current_target get_local_target resolve_dispatcher_from_str resolve_target_str",
        "class": "CPU CUDA GPU Generic JitDecorator NPyUfunc Target target_override",
        "constant": "target_registry",
        "alias": """
            CPUDispatcher=numba.core.registry DelayedRegistry=numba.core.registry
            InternalTargetMismatchError=numba.core.errors NonexistentTargetError=numba.core.errors jit=numba
            cpu_target=numba.core.target_extension:CPU""",
    },
    "numba.core.targetconfig": {
        "class": "ConfigStack Option TargetConfig",
        "module": "utils=numba.core.utils",
    },
    "numba.core.typeconv": {
        "module": "castgraph rules typeconv",
        "alias": "Conversion=numba.core.types",
    },
    "numba.core.typed_passes": {
        "function": "fallback_context type_inference_stage",
        "class": """
            AnnotateTypes BaseNativeLowering BaseTypeInference DeadCodeElimination DumpParforDiagnostics
            IRLegalization InlineOverloads NativeLowering NativeParforLowering NoPythonBackend
            NoPythonSupportedFeatureValidation NopythonRewrites NopythonTypeInference ParforFusionPass
            ParforPass ParforPreLoweringPass PartialTypeInference PreLowerStripPhis PreParforPass""",
        "module": """
            config=numba.core.config errors=numba.core.errors funcdesc=numba.core.funcdesc ir=numba.core.ir
            lowering=numba.core.lowering postproc=numba.core.postproc rewrites=numba.core.rewrites
            type_annotations=numba.core.annotations.type_annotations typeinfer=numba.core.typeinfer
            types=numba.core.types typing=numba.core.typing""",
        "alias": """
            AnalysisPass=numba.core.compiler_machinery FunctionPass=numba.core.compiler_machinery
            LoweringPass=numba.core.compiler_machinery build_definitions=numba.core.ir_utils
            check_and_legalize_ir=numba.core.ir_utils dead_code_elimination=numba.core.ir_utils
            get_definition=numba.core.ir_utils guard=numba.core.ir_utils
            is_operator_or_getitem=numba.core.ir_utils raise_on_unsupported_feature=numba.core.ir_utils
            replace_vars=numba.core.ir_utils simplify_CFG=numba.core.ir_utils
            warn_deprecated=numba.core.ir_utils register_pass=numba.core.compiler_machinery""",
    },
    "numba.core.typeinfer": {
        "function": "fold_arg_vars register_dispatcher",
        "class": """
            ArgConstraint BuildListConstraint BuildMapConstraint BuildSetConstraint BuildTupleConstraint
            CallConstraint ConstraintNetwork DelItemConstraint ExhaustIterConstraint GetAttrConstraint
            IntrinsicCallConstraint NOTSET NullDebug PairFirstConstraint PairSecondConstraint PrintConstraint
            Propagate SetAttrConstraint SetItemConstraint SetItemRefinement StaticGetItemConstraint
            StaticSetItemConstraint TypeInferDebug TypeInferer TypeVar TypeVarMap TypedGetItemConstraint""",
        "module": """
            config=numba.core.config ir=numba.core.ir types=numba.core.types typing=numba.core.typing
            utils=numba.core.utils""",
        "alias": """
            CompilerError=numba.core.errors Conversion=numba.core.types ForceLiteralArg=numba.core.errors
            NumbaValueError=numba.core.errors TypingError=numba.core.errors UnsupportedError=numba.core.errors
            UntypedAttributeError=numba.core.errors new_error_context=numba.core.errors
            termcolor=numba.core.errors""",
    },
    "numba.core.typing": {
        "module": "asnumbatype builtins cmathdecl context ctypes_utils npydecl templates typeof",
        "alias": "signature=numba.np.numpy_support",
    },
    "numba.core.typing.asnumbatype": {
        "class": "AsNumbaTypeRegistry",
        "module": "errors=numba.core.errors types=numba.core.types",
        "alias": "typeof=numba as_numba_type=numba.extending",
    },
    "numba.core.typing.cffi_utils": {
        "function": """
            get_pointer is_cffi_func is_ffi_instance make_function_type map_struct_to_record_dtype map_type
            register_module register_type""",
        "class": "FFIAttribute FFI_from_buffer",
        "module": """
            numpy_support=numba.np.numpy_support templates=numba.core.typing.templates types=numba.core.types""",
        "alias": "TypingError=numba.core.errors",
    },
    "numba.core.typing.ctypes_utils": {
        "function": "from_ctypes get_pointer is_ctypes_funcptr make_function_type to_ctypes",
        "module": "config=numba.core.config templates=numba.core.typing.templates types=numba.core.types",
        "alias": "typeof_impl=numba.extending",
    },
    "numba.core.typing.templates": {
        "function": """
            bound_function fold_arguments make_callable_template make_concrete_template make_intrinsic_template
            make_overload_attribute_template make_overload_method_template make_overload_template infer_global""",
        "class": """
            AbstractTemplate AttributeTemplate BaseRegistryLoader CallableTemplate ConcreteTemplate
            FunctionTemplate Registry RegistryLoader Signature""",
        "constant": "builtin_registry",
        "module": "numba=numba targetconfig=numba.core.targetconfig types=numba.core.types utils=numba.core.utils",
        "alias": """
            InternalError=numba.core.errors TypingError=numba.core.errors signature=numba.np.numpy_support
            infer=numba.extending infer_getattr=numba.extending""",
    },
    "numba.core.typing.typeof": {
        "function": "typeof_numpy_polynomial typeof_numpy_random_bitgen typeof_random_generator",
        "class": "Purpose",
        "module": """
            errors=numba.core.errors numpy_support=numba.np.numpy_support types=numba.core.types
            utils=numba.core.utils""",
        "alias": "typeof=numba typeof_impl=numba.extending",
    },
    "numba.core.unsafe": {
        "module": "eh",
    },
    "numba.core.unsafe.bytes": {
        "function": "grab_byte grab_uint64_t memcpy_region",
        "module": "cgutils=numba.core.cgutils types=numba.core.types",
        "alias": "intrinsic=numba.extending",
    },
    "numba.core.unsafe.refcount": {
        "function": "dump_refcount get_refcount",
        "module": "cgutils=numba.core.cgutils types=numba.core.types",
        "alias": "intrinsic=numba.extending",
    },
    "numba.core.untyped_passes": {
        "function": "fallback_context",
        "class": """
            CanonicalizeLoopEntry CanonicalizeLoopExit DeadBranchPrune ExtractByteCode FindLiterallyCalls
            FixupArgs GenericRewrites IRProcessing InlineClosureLikes InlineInlinables IterLoopCanonicalization
            LiteralPropagationSubPipelinePass LiteralUnroll MakeFunctionToJitFunction MixedContainerUnroller
            PreserveIR PrintIRCFG PropagateLiterals ReconstructSSA RewriteDynamicRaises RewriteSemanticConstants
            SimplifyCFG TransformLiteralUnrollConstListToTuple TranslateByteCode WithLifting""",
        "module": """
            bytecode=numba.core.bytecode config=numba.core.config consts=numba.core.consts
            errors=numba.core.errors interpreter=numba.core.interpreter ir=numba.core.ir
            postproc=numba.core.postproc rewrites=numba.core.rewrites transforms=numba.core.transforms
            types=numba.core.types""",
        "alias": """
            AnalysisPass=numba.core.compiler_machinery FunctionPass=numba.core.compiler_machinery
            GuardException=numba.core.ir_utils SSACompliantMixin=numba.core.compiler_machinery
            build_definitions=numba.core.ir_utils compile_to_numba_ir=numba.core.ir_utils
            convert_code_obj_to_function=numba.core.ir_utils find_max_label=numba.core.ir_utils
            fixup_var_define_in_scope=numba.core.ir_utils get_definition=numba.core.ir_utils
            get_name_var_table=numba.core.ir_utils guard=numba.core.ir_utils literal_unroll=numba
            rename_labels=numba.core.ir_utils replace_var_names=numba.core.ir_utils
            resolve_func_from_module=numba.core.ir_utils simplify_CFG=numba.core.ir_utils
            transfer_scope=numba.core.ir_utils register_pass=numba.core.compiler_machinery""",
    },
    "numba.core.utils": {
        "function": """
            benchmark bit_length chain_exception dump_llvm erase_traceback format_time get_nargs_range
            order_by_target_specificity runonce safe_relpath shutting_down stream_list unified_function_type
            unify_function_types""",
        "class": """
            BenchmarkResult ConfigOptions MutableSortedMap MutableSortedSet OrderedSet SortedMap
            ThreadLocalStack UniqueDict threadsafe_cached_property""",
        "constant": "T Tk Tv",
        "module": "config=numba.core.config types=numba.core.types",
        "alias": "get_hashable_key=numba.core.types",
    },
    "numba.core.withcontexts": {
        "function": "typeof_contextmanager",
        "class": "WithContext",
        "constant": "bypass_context call_context",
        "module": """
            numba=numba errors=numba.core.errors ir=numba.core.ir ir_utils=numba.core.ir_utils
            sigutils=numba.core.sigutils types=numba.core.types""",
        "alias": """
            build_definitions=numba.core.ir_utils typeof_impl=numba.extending objmode_context=numba:objmode
            parallel_chunksize=numba""",
    },
    "numba.cpython": {
        "module": "builtins listobj slicing unsafe",
    },
    "numba.cpython.unsafe": {
        "module": "tuple",
    },
    "numba.cpython.unsafe.tuple": {
        "function": "build_full_slice_tuple tuple_setitem unpack_single_tuple",
        "module": "errors=numba.core.errors types=numba.core.types typing=numba.core.typing",
        "alias": "alloca_once=numba.core.cgutils intrinsic=numba.extending",
    },
    "numba.experimental.function_type": {
        "function": """
            box_function_type lower_cast_dispatcher_to_function_type lower_cast_function_type_to_function_type
            lower_constant_dispatcher lower_constant_function_type typeof_function_type unbox_function_type""",
        "class": "FunctionModel FunctionProtoModel",
        "module": """
            cgutils=numba.core.cgutils errors=numba.core.errors models=numba.core.datamodel.models
            types=numba.core.types""",
        "alias": """
            CFunc=numba.core.ccallback Dispatcher=numba.core.dispatcher FunctionPrototype=numba.core.types
            FunctionType=numba.core.types NativeValue=numba.extending UndefinedFunctionType=numba.core.types
            WrapperAddressProtocol=numba.core.types lower_cast=numba.extending
            lower_constant=numba.core.imputils typeof_impl=numba.extending box=numba.extending
            unbox=numba.extending""",
    },
    "numba.experimental.jitclass": {
        "module": "boxing decorators overloads",
        "alias": "jitclass=numba.experimental",
    },
    "numba.experimental.structref": {
        "function": "define_attributes define_boxing define_constructor define_proxy new register structref_is",
        "class": "StructRefProxy",
        "module": """
            cgutils=numba.core.cgutils imputils=numba.core.imputils models=numba.core.datamodel.models
            types=numba.core.types""",
        "alias": """
            AttributeTemplate=numba.core.typing.templates NativeValue=numba.extending
            create_struct_proxy=numba.core.cgutils intrinsic=numba.extending
            lower_getattr_generic=numba.extending lower_setattr_generic=numba.extending njit=numba
            overload=numba.extending box=numba.extending infer_getattr=numba.extending
            lower_builtin=numba.extending unbox=numba.extending""",
    },
    "numba.misc": {
        "module": """
            appdirs coverage_support findlib firstlinefinder init_utils inspection llvm_pass_timings memoryutils
            quicksort special""",
    },
    "numba.misc.special": {
        "alias": """
            gdb=numba gdb_breakpoint=numba gdb_init=numba literal_unroll=numba literally=numba pndindex=numba
            prange=numba typeof=numba as_numba_type=numba.extending""",
    },
    "numba.np": {
        "module": "npdatetime_helpers numpy_support types ufunc ufunc_db unsafe",
    },
    "numba.np.arrayobj": {
        "function": """
            NdStack_typer arr_fill arr_take_along_axis array0d_to_scalar array_T array_argsort
            array_ascontiguousarray array_asfortranarray array_astype array_c_contiguous array_clip
            array_complex_attr array_conj array_contiguous array_copy array_ctypes array_ctypes_data
            array_ctypes_to_pointer array_dot array_dtype array_f_contiguous array_flags
            array_flags_c_contiguous array_flags_f_contiguous array_flatten array_imag_part array_is array_item
            array_itemsize array_len array_nbytes array_ndim array_ravel array_readonly array_real_part
            array_record_getattr array_record_getitem array_repeat array_reshape array_reshape_vararg
            array_shape array_size array_sort array_strides array_to_array array_to_unichrseq array_transpose
            array_transpose_tuple array_transpose_vararg array_view as_strided assign_sequence_to_array
            basic_indexing broadcast_index check_sequence_shape compute_memory_extents compute_sequence_shape
            constant_array constant_bytes constant_record default_lt dtype_eq_impl dtype_type expand_dims
            extents_may_overlap fancy_getitem fancy_getitem_array fancy_setslice fix_integer_index
            generate_getitem_setitem_with_axis get_array_memory_extents get_cfarray_intrinsic get_itemsize
            get_readonly_array get_sort_func get_subspace_shape getitem_array_tuple getitem_arraynd_intp
            getiter_array impl_array_tobytes impl_carray impl_column_stack impl_farray impl_np_array
            impl_np_concatenate impl_np_diag impl_np_dstack impl_np_expand_dims impl_np_frombuffer impl_np_full
            impl_np_full_like impl_np_hstack impl_np_identity impl_np_sort impl_np_stack impl_np_vstack
            impl_numpy_copy impl_shape_unchecked intrin_alloc iternext_numpy_getitem iternext_numpy_getitem_any
            iternext_numpy_getitem_flat load_item lt_implementation make_array make_array_flat_cls
            make_array_flatiter make_array_ndenumerate make_array_ndenumerate_cls make_array_ndindex
            make_array_ndindex_tuple make_array_nditer make_ndindex_cls make_nditer_cls make_view mark_positive
            maybe_copy_source nan_to_num_impl normalize_axis normalize_axis_overloads normalize_axis_tuple
            normalize_axis_tuple_overloads normalize_index normalize_indices normalize_reshape_value np_append
            np_arange np_array np_array_split np_array_typer np_atleast_1d np_atleast_2d np_atleast_3d
            np_cfarray np_clip np_column_stack np_concatenate np_concatenate_typer np_expand_dims np_flip
            np_flip_lr np_flip_ud np_frombuffer np_ravel np_repeat np_repeat_impl_repeats_scaler np_reshape
            np_shape np_size np_split np_stack_common np_unique numpy_broadcast_arrays
            numpy_broadcast_shapes_list numpy_broadcast_to numpy_diagflat numpy_dsplit numpy_empty_like_nd
            numpy_empty_nd numpy_eye numpy_geomspace numpy_hsplit numpy_indices numpy_linspace numpy_logspace
            numpy_moveaxis numpy_resize numpy_rot90 numpy_swapaxes numpy_take numpy_transpose numpy_vsplit
            offset_bounds_from_strides ol_array_hash ol_array_zero_fill ol_bool ol_compatible_view ol_np_empty
            ol_np_empty_like ol_np_ones ol_np_ones_like ol_np_zeros ol_np_zeros_like ol_numpy_broadcast_shapes
            ol_raise_with_shape_context_cpu ol_raise_with_shape_context_generic permute_arrays populate_array
            raise_with_shape_context record_getattr record_setattr record_static_getitem_int
            record_static_getitem_str record_static_setitem_int record_static_setitem_str reshape_unchecked
            set_range_metadata setitem_array sliding_window_view static_getitem_number_clazz store_item
            type_reshape_unchecked update_array_info vararg_to_tuple""",
        "class": """
            BooleanArrayIndexer EntireIndexer FancyIndexer Indexer IntegerArrayIndexer IntegerIndexer
            SliceIndexer SubspaceIndexer""",
        "module": """
            cgutils=numba.core.cgutils errors=numba.core.errors extending=numba.core.extending
            mergesort=numba.misc.mergesort npy_types=numba.np.types quicksort=numba.misc.quicksort
            slicing=numba.cpython.slicing types=numba.core.types typing=numba.core.typing""",
        "alias": """
            RefType=numba.core.imputils StringLiteral=numba.core.types as_dtype=numba.np.numpy_support
            build_full_slice_tuple=numba.cpython.unsafe.tuple carray=numba
            check_is_integer=numba.np.numpy_support farray=numba from_dtype=numba
            impl_ret_borrowed=numba.core.imputils impl_ret_new_ref=numba.core.imputils
            impl_ret_untracked=numba.core.imputils intrinsic=numba.extending
            is_contiguous=numba.np.numpy_support is_fortran=numba.np.numpy_support
            is_nonelike=numba.np.numpy_support iternext_impl=numba.core.imputils literal_unroll=numba
            lower_cast=numba.extending lower_constant=numba.core.imputils lower_getattr=numba.extending
            lower_getattr_generic=numba.extending lower_setattr_generic=numba.extending
            lt_complex=numba.np.numpy_support lt_floats=numba.np.numpy_support overload=numba.extending
            overload_attribute=numba.extending overload_classmethod=numba.extending
            overload_method=numba.extending pndindex=numba register_jitable=numba.extending
            signature=numba.np.numpy_support tuple_setitem=numba.cpython.unsafe.tuple
            type_can_asarray=numba.np.numpy_support type_is_scalar=numba.np.numpy_support
            lower_builtin=numba.extending""",
    },
    "numba.np.extensions": {
    },
    "numba.np.linalg": {
        "function": """
            call_xxdot call_xxgemm call_xxgemv check_blas_return check_c_int check_lapack_return cho_impl
            cond_impl det_impl dot_2 dot_2_impl dot_2_mm dot_2_mv dot_2_vm dot_2_vv dot_3 dot_3_mm
            dot_3_mv_check_args dot_3_vm dot_3_vm_check_args eig_impl eigh_impl eigvals_impl eigvalsh_impl
            ensure_blas ensure_lapack get_blas_kind inv_impl kron_impl lstsq_impl make_constant_slot
            make_contiguous matmul_2 matrix_power_impl matrix_rank_impl matrix_trace_impl norm_impl
            ol_copy_to_fortran_order outer_impl outer_impl_arr outer_impl_none pinv_impl qr_impl slogdet_impl
            solve_impl svd_impl vdot""",
        "module": """
            cgutils=numba.core.cgutils config=numba.core.config np_support=numba.np.numpy_support
            types=numba.core.types""",
        "alias": """
            NumbaPerformanceWarning=numba.core.errors NumbaTypeError=numba.core.errors
            TypingError=numba.core.errors array_copy=numba.np.arrayobj impl_ret_borrowed=numba.core.imputils
            impl_ret_new_ref=numba.core.imputils impl_ret_untracked=numba.core.imputils
            intrinsic=numba.extending make_array=numba.np.arrayobj overload=numba.extending
            register_jitable=numba.extending signature=numba.np.numpy_support
            F_INT_nbtype=numba.core.types:int32 lower_builtin=numba.extending""",
    },
    "numba.np.types": {
        "module": "datetime",
        "alias": "NPDatetime=numba.core.types NPTimedelta=numba.core.types",
    },
    "numba.np.types.datetime": {
        "class": """
            DatetimeCmpEq DatetimeCmpGE DatetimeCmpGt DatetimeCmpLE DatetimeCmpLt DatetimeCmpNe DatetimeCmpOp
            DatetimeMinMax DatetimeMinusDatetime DatetimeMinusTimedelta DatetimePlusTimedelta
            NPDatetimeAttribute NPDatetimeModel NPTimedeltaAttribute TimedeltaAbs TimedeltaBinAdd
            TimedeltaBinMult TimedeltaBinOp TimedeltaBinSub TimedeltaCmpEq TimedeltaCmpGE TimedeltaCmpGt
            TimedeltaCmpLE TimedeltaCmpLt TimedeltaCmpNe TimedeltaCmpOp TimedeltaDivOp TimedeltaFloorDiv
            TimedeltaMixOp TimedeltaOrderedCmpOp TimedeltaTrueDiv TimedeltaUnaryNeg TimedeltaUnaryOp
            TimedeltaUnaryPos""",
        "module": "errors=numba.core.errors npdatetime_helpers=numba.np.npdatetime_helpers types=numba.core.types",
        "alias": """
            AbstractTemplate=numba.core.typing.templates AttributeTemplate=numba.core.typing.templates
            NPDatetime=numba.core.types NPTimedelta=numba.core.types PrimitiveModel=numba.core.datamodel.models
            signature=numba.np.numpy_support infer_getattr=numba.extending
            infer_global=numba.core.typing.templates""",
    },
    "numba.np.ufunc": {
        "module": "decorators dufunc gufunc parallel sigparse ufunc_base ufuncbuilder wrappers",
        "alias": """
            get_num_threads=numba get_parallel_chunksize=numba get_thread_id=numba guvectorize=numba
            set_num_threads=numba set_parallel_chunksize=numba threading_layer=numba vectorize=numba""",
    },
    "numba.np.ufunc.decorators": {
        "class": "GUVectorize Vectorize",
        "module": "dufunc=numba.np.ufunc.dufunc gufunc=numba.np.ufunc.gufunc",
        "alias": "DelayedRegistry=numba.core.registry guvectorize=numba vectorize=numba",
    },
    "numba.np.ufunc.dufunc": {
        "function": "make_dufunc_kernel",
        "class": "DUFunc DUFuncLowerer UfuncAtIterator",
        "module": """
            array_analysis=numba.parfors.array_analysis cgutils=numba.core.cgutils errors=numba.core.errors
            npydecl=numba.core.typing.npydecl numpy_support=numba.np.numpy_support
            serialize=numba.core.serialize sigutils=numba.core.sigutils types=numba.core.types
            ufuncbuilder=numba.np.ufunc.ufuncbuilder""",
        "alias": """
            AbstractTemplate=numba.core.typing.templates intrinsic=numba.extending is_jitted=numba.extending
            jit=numba overload_attribute=numba.extending overload_method=numba.extending
            register_jitable=numba.extending signature=numba.np.numpy_support
            tuple_setitem=numba.cpython.unsafe.tuple typeof=numba global_compiler_lock=numba.core.compiler_lock""",
    },
    "numba.np.ufunc.gufunc": {
        "function": "make_gufunc_kernel",
        "class": "GUFunc GUFuncLowerer",
        "module": """
            errors=numba.core.errors npydecl=numba.core.typing.npydecl serialize=numba.core.serialize
            types=numba.core.types""",
        "alias": """
            AbstractTemplate=numba.core.typing.templates signature=numba.np.numpy_support typeof=numba
            ufunc_find_matching_loop=numba.np.numpy_support""",
    },
    "numba.np.ufunc.parallel": {
        "function": """
            build_gufunc_kernel build_gufunc_wrapper build_ufunc_wrapper gen_snt_check get_thread_count
            ol_get_num_threads ol_get_parallel_chunksize ol_get_thread_id ol_set_num_threads
            ol_set_parallel_chunksize ol_snt_check snt_check""",
        "class": "ParallelGUFuncBuilder ParallelUFuncBuilder",
        "module": """
            cgutils=numba.core.cgutils config=numba.core.config errors=numba.core.errors types=numba.core.types
            ufuncbuilder=numba.np.ufunc.ufuncbuilder""",
        "alias": """
            as_dtype=numba.np.numpy_support get_num_threads=numba get_parallel_chunksize=numba
            get_thread_id=numba intrinsic=numba.extending overload=numba.extending set_num_threads=numba
            set_parallel_chunksize=numba signature=numba.np.numpy_support threading_layer=numba""",
    },
    "numba.np.unsafe": {
        "module": "ndarray",
    },
    "numba.np.unsafe.ndarray": {
        "function": "empty_inferred to_fixed_tuple",
        "module": "types=numba.core.types typing=numba.core.typing",
        "alias": """
            RequireLiteralValue=numba.core.errors TypingError=numba.core.errors
            impl_ret_new_ref=numba.core.imputils intrinsic=numba.extending
            tuple_setitem=numba.cpython.unsafe.tuple unpack_tuple=numba.core.cgutils""",
    },
    "numba.parfors": {
        "module": "array_analysis ir_utils parfor parfor_lowering parfor_lowering_utils",
    },
    "numba.parfors.parfor": {
        "function": """
            apply_copies_parfor arange_parallel_impl argmax_checker argmax_parallel_impl argmin_checker
            argmin_parallel_impl build_parfor_definitions check_conflicting_reduction_operators
            dot_parallel_impl dotmv_parallel_impl dotvm_parallel_impl dotvv_parallel_impl dprint
            dummy_return_in_loop_body ensure_parallel_support expand_aliases fill_parallel_impl
            find_potential_aliases_parfor find_template fix_generator_types fuse_parfors_inner
            get_array_indexed_with_parfor_index get_array_indexed_with_parfor_index_internal get_copies_parfor
            get_expr_args get_index_var get_parfor_array_accesses get_parfor_call_table get_parfor_outputs
            get_parfor_params get_parfor_params_inner get_parfor_pattern_vars get_parfor_reductions
            get_parfor_tuple_table get_parfor_writes get_reduce_nodes get_reduction_init get_type_max_value
            get_type_min_value has_cross_iter_dep init_prange init_prange_overload is_assert_equiv
            linspace_parallel_impl lower_get_type_max_value lower_get_type_min_value lower_parfor_sequential
            max_checker max_parallel_impl maximize_fusion maximize_fusion_inner mean_parallel_impl min_checker
            min_parallel_impl parfor_add_offset_to_labels parfor_defs parfor_find_max_label parfor_insert_dels
            parfor_typeinfer print_wrapped prod_parallel_impl push_call_vars remove_dead_parfor
            remove_dead_parfor_recursive remove_duplicate_definitions repr_arrayexpr simplify_parfor_body_CFG
            std_parallel_impl sum_parallel_impl supported_reduction try_fuse unwrap_parfor_blocks
            var_parallel_impl visit_parfor_pattern_vars visit_vars_parfor wrap_parfor_blocks""",
        "class": """
            ConvertInplaceBinop ConvertLoopPass ConvertNumpyPass ConvertReducePass ConvertSetItemPass
            FusionReport LoopNest MinValInfer Parfor ParforDiagnostics ParforFusionPass ParforPass
            ParforPassStates ParforPreLoweringPass PreParforPass ReduceInfer checker_impl internal_prange""",
        "module": """
            numba=numba analysis=numba.core.analysis array_analysis=numba.parfors.array_analysis
            config=numba.core.config errors=numba.core.errors ir=numba.core.ir ir_utils=numba.core.ir_utils
            npy_types=numba.np.types npydecl=numba.core.typing.npydecl postproc=numba.core.postproc
            rewrites=numba.core.rewrites stencilparfor=numba.stencils.stencilparfor
            typeinfer=numba.core.typeinfer types=numba.core.types typing=numba.core.typing
            utils=numba.core.utils""",
        "alias": """
            AbstractTemplate=numba.core.typing.templates Function=numba.core.types
            GuardException=numba.core.ir_utils add_offset_to_labels=numba.core.ir_utils
            apply_copy_propagate=numba.core.ir_utils as_dtype=numba.np.numpy_support
            build_definitions=numba.core.ir_utils canonicalize_array_math=numba.core.ir_utils
            compile_to_numba_ir=numba.core.ir_utils copy_propagate=numba.core.ir_utils
            dprint_func_ir=numba.core.ir_utils find_build_sequence=numba.core.ir_utils
            find_callname=numba.core.ir_utils find_potential_aliases=numba.core.ir_utils
            find_topo_order=numba.core.ir_utils get_block_copies=numba.core.ir_utils
            get_call_table=numba.core.ir_utils get_definition=numba.core.ir_utils
            get_name_var_table=numba.core.ir_utils get_np_ufunc_typ=numba.core.ir_utils
            get_stmt_writes=numba.core.ir_utils guard=numba.core.ir_utils has_no_side_effect=numba.core.ir_utils
            impl_ret_untracked=numba.core.imputils index_var_of_get_setitem=numba.core.ir_utils
            is_get_setitem=numba.core.ir_utils is_getitem=numba.core.ir_utils is_setitem=numba.core.ir_utils
            mk_loop_header=numba.core.ir_utils mk_range_block=numba.core.ir_utils
            mk_unique_var=numba.core.ir_utils next_label=numba.core.ir_utils overload=numba.extending
            pndindex=numba prange=numba register_jitable=numba.extending remove_dead=numba.core.ir_utils
            rename_labels=numba.core.ir_utils replace_arg_nodes=numba.core.ir_utils
            replace_returns=numba.core.ir_utils replace_var_names=numba.core.ir_utils
            replace_vars=numba.core.ir_utils replace_vars_inner=numba.core.ir_utils require=numba.core.ir_utils
            set_index_var_of_get_setitem=numba.core.ir_utils signature=numba.np.numpy_support
            simplify=numba.core.ir_utils simplify_CFG=numba.core.ir_utils transfer_scope=numba.core.ir_utils
            visit_vars=numba.core.ir_utils visit_vars_inner=numba.core.ir_utils
            infer_global=numba.core.typing.templates lower_builtin=numba.extending""",
    },
    "numba.pycc": {
        "module": "cc compiler decorators llvm_types platform",
        "alias": "NumbaPendingDeprecationWarning=numba.core.errors",
    },
    "numba.stencils": {
        "module": "stencil stencilparfor",
    },
    "numba.stencils.stencil": {
        "function": "raise_if_incompatible_array_sizes slice_addition stencil_dummy_lower",
        "class": "StencilFunc StencilFuncLowerer",
        "module": """
            numba=numba config=numba.core.config ir=numba.core.ir ir_utils=numba.core.ir_utils
            numpy_support=numba.np.numpy_support registry=numba.core.registry types=numba.core.types
            typing=numba.core.typing utils=numba.core.utils""",
        "alias": """
            AbstractTemplate=numba.core.typing.templates CallableTemplate=numba.core.typing.templates
            NumbaValueError=numba.core.errors literal_unroll=numba register_jitable=numba.extending
            signature=numba.np.numpy_support stencil=numba infer_global=numba.core.typing.templates
            lower_builtin=numba.extending""",
    },
    "numba.testing": {
        "function": "load_testsuite run_tests",
        "module": "config=numba.core.config loader main",
    },
    "numba.typed.dictobject": {
        "function": """
            build_map cast_DictType_DictType cast_LiteralStrKeyDict_LiteralStrKeyDict impl_clear impl_contains
            impl_copy impl_delitem impl_dict_getiter impl_equal impl_get impl_getitem impl_hash impl_items
            impl_iterable_getiter impl_keys impl_len impl_len_iters impl_new_dict impl_not_equal impl_pop
            impl_popitem impl_setdefault impl_setitem impl_values literalstrkeydict_banned_impl_delitem
            literalstrkeydict_banned_impl_mutators literalstrkeydict_banned_impl_setitem
            literalstrkeydict_impl_contains literalstrkeydict_impl_copy literalstrkeydict_impl_equals
            literalstrkeydict_impl_get literalstrkeydict_impl_items literalstrkeydict_impl_keys
            literalstrkeydict_impl_len literalstrkeydict_impl_values new_dict ol_dict_update""",
        "class": "DKIX DictIterModel DictModel Status",
        "module": """
            cgutils=numba.core.cgutils models=numba.core.datamodel.models types=numba.core.types
            typing=numba.core.typing""",
        "alias": """
            DictItemsIterableType=numba.core.types DictIteratorType=numba.core.types
            DictKeysIterableType=numba.core.types DictType=numba.core.types
            DictValuesIterableType=numba.core.types LoweringError=numba.core.errors
            NumbaTypeError=numba.core.errors RefType=numba.core.imputils Type=numba.core.types
            TypingError=numba.core.errors impl_ret_borrowed=numba.core.imputils
            impl_ret_untracked=numba.core.imputils intrinsic=numba.extending iternext_impl=numba.core.imputils
            lower_cast=numba.extending make_attribute_wrapper=numba.extending overload=numba.extending
            overload_attribute=numba.extending overload_method=numba.extending lower_builtin=numba.extending""",
    },
    "numba.typed.listobject": {
        "function": """
            compare_helper compare_not_none compare_some_none fix_index getiter_list handle_index handle_slice
            impl_allocated impl_append impl_clear impl_contains impl_copy impl_count impl_delitem impl_dtype
            impl_equals impl_extend impl_getitem impl_greater_than impl_greater_than_or_equal impl_index
            impl_insert impl_is_mutable impl_len impl_less_than impl_less_than_or_equal impl_make_immutable
            impl_make_mutable impl_new_list impl_not_equals impl_pop impl_remove impl_reverse impl_setitem
            list_is new_list ol_getitem_unchecked ol_list_hash ol_list_sort""",
        "class": "ErrorHandler ListIterInstance ListIterModel ListModel ListStatus",
        "module": """
            cgutils=numba.core.cgutils listobj=numba.cpython.listobj models=numba.core.datamodel.models
            types=numba.core.types typing=numba.core.typing""",
        "alias": """
            ListType=numba.core.types ListTypeIterableType=numba.core.types
            ListTypeIteratorType=numba.core.types NoneType=numba.core.types NumbaTypeError=numba.core.errors
            RefType=numba.core.imputils Type=numba.core.types TypingError=numba.core.errors
            impl_ret_borrowed=numba.core.imputils intrinsic=numba.extending iternext_impl=numba.core.imputils
            overload=numba.extending overload_attribute=numba.extending overload_method=numba.extending
            register_jitable=numba.extending INDEXTY=numba.core.types:int64 lower_builtin=numba.extending""",
    },
    "numba.typed.typeddict": {
        "function": "box_dicttype impl_numba_typeref_ctor typeddict_call typeddict_empty unbox_dicttype",
        "module": """
            cgutils=numba.core.cgutils config=numba.core.config dictobject=numba.typed.dictobject
            errors=numba.core.errors types=numba.core.types""",
        "alias": """
            Dict=numba.typed DictType=numba.core.types NativeValue=numba.extending njit=numba
            numba_typeref_ctor=numba.core.imputils overload=numba.extending overload_classmethod=numba.extending
            signature=numba.np.numpy_support type_callable=numba.extending typeof=numba box=numba.extending
            unbox=numba.extending""",
    },
    "numba.typed.typedlist": {
        "function": "box_lsttype impl_numba_typeref_ctor typedlist_call typedlist_empty unbox_listtype",
        "constant": "T T_co",
        "module": """
            cgutils=numba.core.cgutils config=numba.core.config listobject=numba.typed.listobject
            types=numba.core.types""",
        "alias": """
            Dispatcher=numba.core.dispatcher List=numba.typed ListType=numba.core.types
            LoweringError=numba.core.errors NativeValue=numba.extending Signature=numba.core.typing.templates
            TypingError=numba.core.errors njit=numba numba_typeref_ctor=numba.core.imputils
            overload=numba.extending overload_classmethod=numba.extending type_callable=numba.extending
            typeof=numba box=numba.extending unbox=numba.extending""",
    },
    "numba.typed.typedobjectutils": {
        "module": "cgutils=numba.core.cgutils types=numba.core.types typing=numba.core.typing",
        "alias": """
            Conversion=numba.core.types NumbaTypeError=numba.core.errors
            NumbaTypeSafetyWarning=numba.core.errors TypingError=numba.core.errors intrinsic=numba.extending
            cpu_target=numba.core.registry""",
    },
    "numba.typed.typedset": {
        "function": "box_settype impl_numba_typeref_ctor typedset_call typedset_empty unbox_settype",
        "module": """
            cgutils=numba.core.cgutils config=numba.core.config errors=numba.core.errors
            setobject=numba.typed.setobject types=numba.core.types""",
        "alias": """
            NativeValue=numba.extending Set=numba.typed SetType=numba.core.types njit=numba
            numba_typeref_ctor=numba.core.imputils overload=numba.extending overload_classmethod=numba.extending
            signature=numba.np.numpy_support type_callable=numba.extending typeof=numba box=numba.extending
            unbox=numba.extending""",
    },
}

ALL = {
    "numba.core.errors": """
        ByteCodeSupportError CompilerError ConstantInferenceError DeprecationError ForbiddenConstruct
        ForceLiteralArg IRError InternalError InternalTargetMismatchError LiteralTypingError LoweringError
        NonexistentTargetError NotDefinedError NumbaAssertionError NumbaAttributeError NumbaDebugInfoWarning
        NumbaDeprecationWarning NumbaError NumbaExperimentalFeatureWarning NumbaIRAssumptionWarning
        NumbaIndexError NumbaInvalidConfigWarning NumbaKeyError NumbaNotImplementedError
        NumbaParallelSafetyWarning NumbaPedanticWarning NumbaPendingDeprecationWarning NumbaPerformanceWarning
        NumbaRuntimeError NumbaSystemWarning NumbaTypeError NumbaTypeSafetyWarning NumbaValueError NumbaWarning
        RedefinedError RequireLiteralValue TypingError UnsupportedBytecodeError UnsupportedError
        UnsupportedParforsError UnsupportedRewriteError UntypedAttributeError VerificationError""",
    "numba.core.types": """
        int8 int16 int32 int64 uint8 uint16 uint32 uint64 intp uintp intc uintc ssize_t size_t boolean float32
        float64 complex64 complex128 bool_ byte char uchar short ushort int_ uint long_ ulong longlong ulonglong
        double void none b1 i1 i2 i4 i8 u1 u2 u4 u8 f4 f8 c8 c16 optional ffi_forced_object ffi deferred_type
        bool""",
    "numba": """
        cfunc from_dtype guvectorize jit experimental njit stencil jit_module typeof prange gdb gdb_breakpoint
        gdb_init vectorize objmode literal_unroll get_num_threads set_num_threads set_parallel_chunksize
        get_parallel_chunksize parallel_chunksize int8 int16 int32 int64 uint8 uint16 uint32 uint64 intp uintp
        intc uintc ssize_t size_t boolean float32 float64 complex64 complex128 bool_ byte char uchar short
        ushort int_ uint long_ ulong longlong ulonglong double void none b1 i1 i2 i4 i8 u1 u2 u4 u8 f4 f8 c8 c16
        optional ffi_forced_object ffi deferred_type bool ByteCodeSupportError CompilerError
        ConstantInferenceError DeprecationError ForbiddenConstruct ForceLiteralArg IRError InternalError
        InternalTargetMismatchError LiteralTypingError LoweringError NonexistentTargetError NotDefinedError
        NumbaAssertionError NumbaAttributeError NumbaDebugInfoWarning NumbaDeprecationWarning NumbaError
        NumbaExperimentalFeatureWarning NumbaIRAssumptionWarning NumbaIndexError NumbaInvalidConfigWarning
        NumbaKeyError NumbaNotImplementedError NumbaParallelSafetyWarning NumbaPedanticWarning
        NumbaPendingDeprecationWarning NumbaPerformanceWarning NumbaRuntimeError NumbaSystemWarning
        NumbaTypeError NumbaTypeSafetyWarning NumbaValueError NumbaWarning RedefinedError RequireLiteralValue
        TypingError UnsupportedBytecodeError UnsupportedError UnsupportedParforsError UnsupportedRewriteError
        UntypedAttributeError VerificationError""",
}

BASES = {
    "numba.core.types": """
        Type IterableType:Type ArrayCompatible:Type Buffer:IterableType,ArrayCompatible Array:Buffer
        ArrayCTypes:Type ArrayFlags:Type IteratorType:IterableType SimpleIteratorType:IteratorType
        ArrayIterator:SimpleIteratorType Sized:Type ConstSized:Sized Hashable:Type BaseTuple:ConstSized,Hashable
        BaseAnonymousTuple:BaseTuple BaseContainerIterator:SimpleIteratorType BaseContainerPayload:Type
        Callable:Type BaseFunction:Callable BaseNamedTuple:BaseTuple Boolean:Hashable Literal:Type
        BooleanLiteral:Literal,Boolean Dummy:Type Opaque:Dummy BoundFunction:Callable,Opaque ByteArray:Buffer
        Bytes:Buffer CPointer:Type CharSeq:Type ClassDataType:Type ClassInstanceType:Type
        ClassType:Callable,Opaque WrapperAddressProtocol:ABC CompileResultWAP:WrapperAddressProtocol
        Number:Hashable Complex:Number Container:Sized,IterableType Phantom:Dummy
        ContextManager:Callable,Phantom Conversion:IntEnum DTypeSpec:Type DType:DTypeSpec,Opaque
        DeferredType:Type SimpleIterableType:IterableType DictItemsIterableType:SimpleIterableType
        DictIteratorType:SimpleIteratorType DictKeysIterableType:SimpleIterableType InitialValue
        DictType:IterableType,InitialValue DictValuesIterableType:SimpleIterableType WeakType:Type
        Dispatcher:WeakType,Callable,Dummy EllipsisType:Opaque EnumClass:Dummy EnumMember:Type
        EnumerateType:SimpleIteratorType EphemeralArray:Type EphemeralPointer:CPointer
        ExceptionClass:Callable,Phantom ExceptionInstance:Phantom Function:BaseFunction,Opaque
        ExternalFunction:Function ExternalFunctionPointer:BaseFunction Float:Number FunctionPrototype:Type
        FunctionType:Type Generator:SimpleIteratorType IntEnumClass:EnumClass IntEnumMember:EnumMember
        Integer:Number IntegerLiteral:Literal,Integer Sequence:Container MutableSequence:Sequence
        List:MutableSequence,InitialValue ListIter:BaseContainerIterator ListPayload:BaseContainerPayload
        ListType:IterableType ListTypeIterableType:SimpleIterableType ListTypeIteratorType:SimpleIteratorType
        LiteralList:Literal,ConstSized,Hashable LiteralStrKeyDict:Literal,ConstSized,Hashable
        MakeFunctionLiteral:Literal,Opaque MemInfoPointer:Type MemoryView:Buffer Module:Dummy
        _NPDatetimeBase:Type NPDatetime:_NPDatetimeBase NPTimedelta:_NPDatetimeBase
        _HeterogeneousTuple:BaseTuple NamedTuple:_HeterogeneousTuple,BaseNamedTuple
        NamedTupleClass:Callable,Opaque _HomogeneousTuple:Sequence,BaseTuple
        NamedUniTuple:_HomogeneousTuple,BaseNamedTuple NestedArray:Array NoneType:Opaque
        NumPyRandomBitGeneratorType:Type NumPyRandomGeneratorType:Type NumberClass:Callable,DTypeSpec,Opaque
        NumpyFlatType:SimpleIteratorType,MutableSequence NumpyNdEnumerateType:SimpleIteratorType
        NumpyNdIndexType:SimpleIteratorType NumpyNdIterType:IteratorType ObjModeDispatcher:Dispatcher
        Object:Type Omitted:Opaque Optional:Type Pair:Type Poison:Type PolynomialType:Type PyArray:Buffer
        PyObject:Dummy RangeIteratorType:SimpleIteratorType RangeType:SimpleIterableType RawPointer:Opaque
        Record:Type RecursiveCall:Opaque Set:Container SetEntry:Type SetIter:BaseContainerIterator
        SetIterableType:SimpleIterableType SetIteratorType:SimpleIteratorType SetPayload:BaseContainerPayload
        SetType:IterableType,InitialValue SliceType:Type SliceLiteral:Literal,SliceType _StarArgTupleMixin
        Tuple:BaseAnonymousTuple,_HeterogeneousTuple StarArgTuple:_StarArgTupleMixin,Tuple
        UniTuple:BaseAnonymousTuple,_HomogeneousTuple,Sequence StarArgUniTuple:_StarArgTupleMixin,UniTuple
        StringLiteral:Literal,Dummy StructRef:Type StructRefPayload:Type TypeRef:Dummy UndefVar:Dummy
        Undefined:Dummy UndefinedFunctionType:FunctionType EqualityCheckMixin UndefinedType:EqualityCheckMixin
        UniTupleIter:BaseContainerIterator UnicodeCharSeq:Type UnicodeIteratorType:SimpleIteratorType
        UnicodeType:IterableType,Hashable UnionType:Type VarArg:Type ZipType:SimpleIteratorType""",
    "numba.core.errors": """
        NumbaError:Exception ByteCodeSupportError:NumbaError CompilerError:NumbaError
        ConstantInferenceError:NumbaError DeprecationError:NumbaError LoweringError:NumbaError
        ForbiddenConstruct:LoweringError ForceLiteralArg:NumbaError IRError:NumbaError InternalError:NumbaError
        InternalTargetMismatchError:InternalError TypingError:NumbaError LiteralTypingError:TypingError
        _ColorScheme _DummyColorScheme:_ColorScheme NOPColorScheme:_DummyColorScheme
        NonexistentTargetError:InternalError NotDefinedError:IRError NumbaAssertionError:TypingError
        NumbaAttributeError:TypingError NumbaWarning:Warning NumbaDebugInfoWarning:NumbaWarning
        NumbaDeprecationWarning:NumbaWarning,DeprecationWarning NumbaExperimentalFeatureWarning:NumbaWarning
        NumbaPedanticWarning:NumbaWarning NumbaIRAssumptionWarning:NumbaPedanticWarning
        NumbaIndexError:TypingError NumbaInvalidConfigWarning:NumbaWarning NumbaKeyError:TypingError
        NumbaNotImplementedError:TypingError NumbaParallelSafetyWarning:NumbaWarning
        NumbaPendingDeprecationWarning:NumbaWarning,PendingDeprecationWarning
        NumbaPerformanceWarning:NumbaWarning NumbaRuntimeError:NumbaError NumbaSystemWarning:NumbaWarning
        NumbaTypeError:TypingError NumbaTypeSafetyWarning:NumbaWarning NumbaValueError:TypingError
        RedefinedError:IRError RequireLiteralValue:TypingError UnsupportedBytecodeError:Exception
        UnsupportedError:NumbaError UnsupportedParforsError:NumbaError UnsupportedRewriteError:UnsupportedError
        UntypedAttributeError:TypingError VerificationError:IRError WarningsFixer""",
}

DEFAULTS = {
    'ALWAYS_WARN_UNINIT_VAR': 0,
    'ANNOTATE': 0,
    'BOUNDSCHECK': None,
    'CACHE_LOCATOR_CLASSES': '',
    'CHROME_TRACE': '',
    'CUDA_ARRAY_INTERFACE_SYNC': 1,
    'CUDA_DEALLOCS_COUNT': 10,
    'CUDA_DEALLOCS_RATIO': 0.2,
    'CUDA_DEBUGINFO_DEFAULT': 0,
    'CUDA_DRIVER': '',
    'CUDA_ENABLE_MINOR_VERSION_COMPATIBILITY': 0,
    'CUDA_LOG_API_ARGS': 0,
    'CUDA_LOG_LEVEL': '',
    'CUDA_LOG_SIZE': 1024,
    'CUDA_LOW_OCCUPANCY_WARNINGS': 1,
    'CUDA_MEMORY_MANAGER': 'default',
    'CUDA_PER_THREAD_DEFAULT_STREAM': 0,
    'CUDA_USE_NVIDIA_BINDING': 0,
    'CUDA_VERBOSE_JIT_LOG': 1,
    'CUDA_WARN_ON_IMPLICIT_COPY': 1,
    'DEBUG': 0,
    'DEBUGINFO_DEFAULT': 0,
    'DEBUG_ARRAY_OPT': 0,
    'DEBUG_ARRAY_OPT_RUNTIME': 0,
    'DEBUG_ARRAY_OPT_STATS': 0,
    'DEBUG_CACHE': 0,
    'DEBUG_FRONTEND': 0,
    'DEBUG_INLINE_CLOSURE': 0,
    'DEBUG_JIT': 0,
    'DEBUG_NRT': 0,
    'DEBUG_NRT_STACK_LIMIT': 0,
    'DEBUG_PRINT_AFTER': 'none',
    'DEBUG_PRINT_BEFORE': 'none',
    'DEBUG_PRINT_WRAP': 'none',
    'DEBUG_TYPEINFER': 0,
    'DEVELOPER_MODE': 0,
    'DIFF_IR': 0,
    'DISABLE_CUDA': 0,
    'DISABLE_INTEL_SVML': False,
    'DISABLE_JIT': 0,
    'DISABLE_PERFORMANCE_WARNINGS': 0,
    'DISABLE_TYPEINFER_FAIL_CACHE': 0,
    'DUMP_ASSEMBLY': 0,
    'DUMP_BYTECODE': 0,
    'DUMP_CFG': 0,
    'DUMP_FUNC_OPT': 0,
    'DUMP_IR': 0,
    'DUMP_LLVM': 0,
    'DUMP_OPTIMIZED': 0,
    'DUMP_SSA': 0,
    'ENABLE_AVX': True,
    'ENABLE_CUDASIM': 0,
    'ENABLE_PROFILING': 0,
    'ENABLE_SYS_MONITORING': 0,
    'EXTEND_VARIABLE_LIFETIMES': 0,
    'FORCE_CUDA_CC': None,
    'FULL_TRACEBACKS': 0,
    'FUNCTION_CACHE_SIZE': 128,
    'HIGHLIGHT_DUMPS': 0,
    'HTML': None,
    'JIT_COVERAGE': 0,
    'LLVM_PASS_TIMINGS': 0,
    'LLVM_REFPRUNE_FLAGS': 'all',
    'LLVM_REFPRUNE_PASS': 1,
    'LOOP_VECTORIZE': 1,
    'NRT_STATS': 0,
    'PARALLEL_DIAGNOSTICS': 0,
    'PARFOR_MAX_TUPLE_SIZE': 100,
    'RUNNING_UNDER_PROFILER': False,
    'SHOW_HELP': 0,
    'SLP_VECTORIZE': 0,
    'THREADING_LAYER': 'default',
    'TRACE': 0,
    'USE_LLVMLITE_MEMORY_MANAGER': None,
    'USING_SVML': False,
}
