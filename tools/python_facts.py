"""Prints what the build needs to know of the interpreter that runs it, as a CMake list.

Tag (311), include folder, suffix of extension modules, NumPy's include folder, nanobind's folder.
"""
import os
import sys
import sysconfig

import nanobind
import numpy

print(";".join([
    f"{sys.version_info.major}{sys.version_info.minor}",
    sysconfig.get_path("include"),
    sysconfig.get_config_var("EXT_SUFFIX"),
    numpy.get_include(),
    os.path.dirname(nanobind.__file__),
]))
