# SPDX-License-Identifier: GPL-3.0-or-later
# llhttp: the system's library where there is one (Debian 13: libllhttp-dev), else the C sources that Debian 12's
# package node-llhttp ships, built here as a static library. Either way the target is weir_llhttp.

find_path(LLHTTP_INCLUDE llhttp.h PATHS /usr/include /usr/share/include/llhttp NO_DEFAULT_PATH)
find_library(LLHTTP_LIBRARY llhttp)
if(LLHTTP_INCLUDE AND LLHTTP_LIBRARY)
  add_library(weir_llhttp INTERFACE)
  target_link_libraries(weir_llhttp INTERFACE ${LLHTTP_LIBRARY})
  target_include_directories(weir_llhttp SYSTEM INTERFACE ${LLHTTP_INCLUDE})
elseif(LLHTTP_INCLUDE AND EXISTS /usr/share/llhttp/llhttp.c)
  add_library(weir_llhttp STATIC /usr/share/llhttp/llhttp.c /usr/share/llhttp/api.c /usr/share/llhttp/http.c)
  set_target_properties(weir_llhttp PROPERTIES POSITION_INDEPENDENT_CODE ON)
  target_include_directories(weir_llhttp SYSTEM PUBLIC ${LLHTTP_INCLUDE})
  # Version 8 is lenient unless told otherwise; version 9 is strict.
  target_compile_definitions(weir_llhttp PUBLIC LLHTTP_STRICT_MODE=1)
else()
  message(FATAL_ERROR "llhttp not found: install libllhttp-dev, or node-llhttp (its C sources are built)")
endif()
