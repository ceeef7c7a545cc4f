# _lancehead.<abi>.so for each interpreter in LANCEHEAD_PYTHONS: pyext and runtime/py, compiled against that CPython,
# with the core, the driver and the runtime, which are compiled once. Nothing of libpython is linked.
file(GLOB pyext_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/pyext/*.cpp)
file(GLOB runtime_py_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/runtime/py/*.cpp)

function(lancehead_extension python)
  execute_process(COMMAND ${python} ${CMAKE_SOURCE_DIR}/tools/python_facts.py
                  OUTPUT_VARIABLE facts OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  list(POP_FRONT facts tag include_dir suffix numpy_include nanobind_dir)

  # A version's target builds all that its interpreter needs.
  add_custom_target(python${tag})
  if(NOT pyext_sources)
    return()
  endif()

  set(nanobind lancehead_nanobind_${tag})
  add_library(${nanobind} STATIC ${nanobind_dir}/src/nb_combined.cpp)
  target_compile_definitions(${nanobind} PUBLIC NB_COMPACT_ASSERTIONS)
  target_compile_options(${nanobind} PRIVATE -fno-strict-aliasing -w)
  target_include_directories(${nanobind} SYSTEM PRIVATE ${nanobind_dir}/ext/robin_map/include)
  target_include_directories(${nanobind} SYSTEM PUBLIC ${nanobind_dir}/include ${include_dir})

  set(runtime_py "")
  if(runtime_py_sources)
    set(runtime_py lancehead_runtime_py_${tag})
    add_library(${runtime_py} STATIC ${runtime_py_sources})
    lancehead_see(${runtime_py} runtime runtime/py ${tables})
    target_include_directories(${runtime_py} SYSTEM PRIVATE ${include_dir})
  endif()

  set(module lancehead_module_${tag})
  add_library(${module} MODULE ${pyext_sources})
  set_target_properties(${module} PROPERTIES PREFIX "" OUTPUT_NAME _lancehead SUFFIX ${suffix}
                        LIBRARY_OUTPUT_DIRECTORY ${LANCEHEAD_LIB_DIR})
  lancehead_see(${module} pyext base types ${snapshot} driver runtime runtime/py)
  target_include_directories(${module} SYSTEM PRIVATE ${numpy_include})
  target_compile_definitions(${module} PRIVATE NPY_NO_DEPRECATED_API=NPY_2_0_API_VERSION
                             NPY_TARGET_VERSION=NPY_2_0_API_VERSION)
  lancehead_link(${module} ${nanobind})
  # The driver's table of runtime functions names those of runtime/py too, which call the runtime in turn.
  set(group "")
  foreach(library lancehead_driver lancehead_runtime ${runtime_py})
    if(TARGET ${library})
      list(APPEND group ${library})
    endif()
  endforeach()
  if(group)
    list(JOIN group "," group)
    target_link_libraries(${module} PUBLIC "$<LINK_GROUP:RESCAN,${group}>")
  endif()
  set_property(GLOBAL APPEND PROPERTY LANCEHEAD_MODULES ${module})
  target_link_options(${module} PRIVATE -Wl,--gc-sections -Wl,--exclude-libs,ALL)
  add_dependencies(python${tag} ${module})
  foreach(shared lancehead_llvm lancehead_parallel)
    if(TARGET ${shared})
      add_dependencies(python${tag} ${shared})
    endif()
  endforeach()
endfunction()

foreach(python IN LISTS LANCEHEAD_PYTHONS)
  lancehead_extension(${python})
endforeach()
