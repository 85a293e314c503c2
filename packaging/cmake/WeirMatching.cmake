# SPDX-License-Identifier: GPL-3.0-or-later
# What the filter language is built on, as one target: weir_matching. PCRE2 ships no CMake package in Debian, and
# newer headers of simdjson would not be system headers if its package were used; both are looked for by name.

find_path(PCRE2_INCLUDE pcre2.h)
find_library(PCRE2_LIBRARY pcre2-8)
find_path(SIMDJSON_INCLUDE simdjson.h)
find_library(SIMDJSON_LIBRARY simdjson)
foreach(needed PCRE2_INCLUDE PCRE2_LIBRARY SIMDJSON_INCLUDE SIMDJSON_LIBRARY)
  if(NOT ${needed})
    message(FATAL_ERROR "${needed} not found: install libpcre2-dev and libsimdjson-dev")
  endif()
endforeach()

add_library(weir_matching INTERFACE)
target_link_libraries(weir_matching INTERFACE ${PCRE2_LIBRARY} ${SIMDJSON_LIBRARY})
target_include_directories(weir_matching SYSTEM INTERFACE ${PCRE2_INCLUDE} ${SIMDJSON_INCLUDE})
target_compile_definitions(weir_matching INTERFACE PCRE2_CODE_UNIT_WIDTH=8)
