# SPDX-License-Identifier: GPL-3.0-or-later
# Flags live on INTERFACE targets, so that a target's flags are exactly those of what it links.

add_library(weir_options INTERFACE)
target_compile_features(weir_options INTERFACE cxx_std_20)
target_compile_options(weir_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wold-style-cast -Woverloaded-virtual
  -Wnon-virtual-dtor -Wcast-qual -Wformat=2 -Wundef -Wvla -Wdouble-promotion
  $<$<BOOL:${WEIR_WARNINGS_AS_ERRORS}>:-Werror>
  # GCC 12 sees overlaps in std::string's operator+ that are not there (its bug 105651).
  $<$<AND:$<COMPILE_LANG_AND_ID:CXX,GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>
  -fstack-protector-strong)
target_include_directories(weir_options INTERFACE ${PROJECT_SOURCE_DIR}/src)

# What every Qt-using module adds: no implicit conversions between bytes and text, nothing that newer Qt removes.
add_library(weir_qt_options INTERFACE)
target_link_libraries(weir_qt_options INTERFACE weir_options)
target_compile_definitions(weir_qt_options INTERFACE
  QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING QT_NO_FOREACH
  QT_NO_KEYWORDS QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_DISABLE_DEPRECATED_BEFORE=0x060400)

if(WEIR_SANITIZERS)
  # Line numbers are all that a report needs; full debug information would double the time to compile and to link.
  target_compile_options(weir_options INTERFACE
    -fsanitize=${WEIR_SANITIZERS} -fno-sanitize-recover=all -fno-omit-frame-pointer -g1)
  target_link_options(weir_options INTERFACE -fsanitize=${WEIR_SANITIZERS})
endif()

# A hundred test programs are linked; the linker that comes with GCC takes a second for each, ten with sanitizers.
if(WEIR_FAST_LINKER)
  include(CheckLinkerFlag)
  foreach(linker mold lld gold)
    check_linker_flag(CXX -fuse-ld=${linker} WEIR_HAS_${linker})
    if(WEIR_HAS_${linker})
      target_link_options(weir_options INTERFACE -fuse-ld=${linker})
      break()
    endif()
  endforeach()
endif()

if(WEIR_LTO)
  include(CheckIPOSupported)
  check_ipo_supported(LANGUAGES CXX)
  set(CMAKE_INTERPROCEDURAL_OPTIMIZATION ON)
endif()
