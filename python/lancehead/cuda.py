"""numba.cuda's names. No device is supported yet: kernels can be defined, and launching one raises CudaSupportError."""

_NO_DEVICE = "CUDA devices are not supported yet in Lancehead; a function decorated with njit runs on the CPU"


class CudaSupportError(ImportError):
    """There is no device to run on."""


def _no_device(*args, **kwargs):
    raise CudaSupportError(_NO_DEVICE)


def is_available():
    """Whether kernels can be launched."""
    return False


def detect():
    """Prints the devices; returns whether there are any."""
    print("Found 0 CUDA devices")
    return False


# What asks for a device at once.
to_device = device_array = device_array_like = pinned_array = mapped_array = managed_array = _no_device
current_context = get_current_device = select_device = require_context = synchronize = _no_device
stream = default_stream = event = close = as_cuda_array = _no_device


class _Devices:
    """The devices; looking at them needs a driver."""

    __iter__ = __len__ = __getitem__ = _no_device

    @property
    def current(self):
        return _no_device()


gpus = _Devices()


def list_devices():
    return gpus


class Kernel:
    """A kernel or device function: `kernel[grid, block](...)` launches it."""

    def __init__(self, func, launched_by_call=False, **options):
        self.py_func = self.__wrapped__ = func
        self.__name__ = func.__name__
        self.__doc__ = func.__doc__
        self.targetoptions = options
        self._launched_by_call = launched_by_call

    def __repr__(self):
        return f"CUDADispatcher({self.py_func})"

    def __getitem__(self, launch_configuration):
        return _no_device

    def forall(self, ntasks, tpb=0, stream=0, sharedmem=0):
        return _no_device

    def __call__(self, *args):
        if self._launched_by_call or self.targetoptions.get("device"):
            return _no_device()
        raise ValueError(
            "Kernel launch configuration was not specified. Use the syntax:\n\n"
            "kernel_function[blockspergrid, threadsperblock](arg0, arg1, ..., argn)"
        )


def jit(func_or_sig=None, **options):
    """Decorates a kernel, or with device=True a function that kernels call."""

    def decorate(func):
        return Kernel(func, **options)

    return decorate(func_or_sig) if isinstance(func_or_sig, type(jit)) else decorate


def __getattr__(name):
    from lancehead import numba_api

    return numba_api.attribute_of("numba.cuda", name, __name__)


def __dir__():
    from lancehead import numba_api

    return numba_api.names_of("numba.cuda") | set(globals())
