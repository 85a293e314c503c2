# SPDX-License-Identifier: GPL-3.0-or-later
# The libraries that decode compressed bodies, as one target: weir_codings. Brotli ships no CMake package, and zstd only
# in newer releases, so both are looked for by name.

find_package(ZLIB REQUIRED)
find_path(BROTLI_INCLUDE brotli/decode.h)
find_library(BROTLIDEC_LIBRARY brotlidec)
find_path(ZSTD_INCLUDE zstd.h)
find_library(ZSTD_LIBRARY zstd)
foreach(needed BROTLI_INCLUDE BROTLIDEC_LIBRARY ZSTD_INCLUDE ZSTD_LIBRARY)
  if(NOT ${needed})
    message(FATAL_ERROR "${needed} not found: install libbrotli-dev and libzstd-dev")
  endif()
endforeach()

add_library(weir_codings INTERFACE)
target_link_libraries(weir_codings INTERFACE ZLIB::ZLIB ${BROTLIDEC_LIBRARY} ${ZSTD_LIBRARY})
target_include_directories(weir_codings SYSTEM INTERFACE ${BROTLI_INCLUDE} ${ZSTD_INCLUDE})
target_compile_definitions(weir_codings INTERFACE ZLIB_CONST)
