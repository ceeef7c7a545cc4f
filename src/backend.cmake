# liblancehead_llvm.so: the backend with LLVM linked statically. Small and quick to open: only the seam's functions
# are exported, sections nobody reaches are dropped, equal functions are folded, all is bound within the library.
set(LANCEHEAD_LLVM_ROOT /usr/lib/llvm-19 CACHE PATH "Where LLVM 19 is installed")

lancehead_library(backend FOLDERS backend SEES base types ir ${calls}
                  LINKS lancehead_ir lancehead_types lancehead_base fmt::fmt)
if(NOT TARGET lancehead_backend)
  return()
endif()

# Components only, without the pass builder and the JIT libraries: both are big and neither is used.
set(llvm_components x86codegen vectorize scalaropts instcombine bitreader mc)
execute_process(COMMAND ${LANCEHEAD_LLVM_ROOT}/bin/llvm-config --link-static --libfiles ${llvm_components}
                OUTPUT_VARIABLE llvm_archives OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
separate_arguments(llvm_archives)
# The run-time names serve where the development packages, which only add links to them, are not installed.
find_library(LANCEHEAD_ZLIB NAMES z libz.so.1 REQUIRED)
find_library(LANCEHEAD_ZSTD NAMES zstd libzstd.so.1 REQUIRED)

target_include_directories(lancehead_backend SYSTEM PRIVATE ${LANCEHEAD_LLVM_ROOT}/include)
target_compile_definitions(lancehead_backend PRIVATE __STDC_CONSTANT_MACROS __STDC_FORMAT_MACROS __STDC_LIMIT_MACROS)
target_link_libraries(lancehead_backend INTERFACE ${llvm_archives} -Wl,--as-needed ${LANCEHEAD_ZLIB} ${LANCEHEAD_ZSTD})

file(WRITE ${CMAKE_BINARY_DIR}/empty.cpp "")
add_library(lancehead_llvm SHARED ${CMAKE_BINARY_DIR}/empty.cpp)
set_target_properties(lancehead_llvm PROPERTIES LIBRARY_OUTPUT_DIRECTORY ${LANCEHEAD_LIB_DIR}
                      LINK_DEPENDS ${CMAKE_SOURCE_DIR}/src/backend/exports.map)
target_link_libraries(lancehead_llvm PRIVATE -Wl,--whole-archive lancehead_backend -Wl,--no-whole-archive)
set(llvm_link_options -B${LANCEHEAD_LLVM_ROOT}/bin -fuse-ld=lld)
target_link_options(lancehead_llvm PRIVATE ${llvm_link_options}
                    -Wl,--version-script=${CMAKE_SOURCE_DIR}/src/backend/exports.map
                    -Wl,--gc-sections -Wl,--icf=all -Wl,-Bsymbolic -Wl,-z,now -Wl,-z,pack-relative-relocs
                    -Wl,-O1)
if(NOT LANCEHEAD_SANITIZE)  # whose functions are found when the program starts, and whose reports name ours
  target_link_options(lancehead_llvm PRIVATE -Wl,-z,defs $<$<CONFIG:Release>:-s>)
endif()
