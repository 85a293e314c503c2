# SPDX-License-Identifier: GPL-3.0-or-later
# One function per kind of target; a module's CMakeLists.txt is a list of names.

# moc 6.4 cannot parse libstdc++'s <compare> and <chrono> unless <cstddef> came first.
set(CMAKE_AUTOMOC_MOC_OPTIONS --include cstddef)

# Parsing Qt's headers is most of the work of a compiler here. What each kind of source includes anyway is parsed once.
set(weir_common_headers <algorithm> <chrono> <cstdint> <functional> <map> <memory> <optional> <string> <string_view>
  <unordered_map> <vector>)
set(weir_core_headers ${weir_common_headers} <QtCore/QtCore>)
set(weir_widget_headers ${weir_core_headers} <QtWidgets/QtWidgets>)

function(weir_precompile target)
  if(WEIR_PRECOMPILED_HEADERS)
    target_precompile_headers(${target} PRIVATE ${ARGN})
  endif()
endfunction()

# weir_module(NAME [QT] SOURCES ... LINKS ...): the library weir_NAME of the folder src/NAME, static but for
# WEIR_SHARED_MODULES.
# QT says that the module has QObjects (runs moc) and takes Qt's strict defines.
function(weir_module name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "QT" "" "SOURCES;LINKS")
  if(WEIR_SHARED_MODULES)
    add_library(weir_${name} SHARED ${arg_SOURCES})
  else()
    add_library(weir_${name} STATIC ${arg_SOURCES})
  endif()
  target_link_libraries(weir_${name} PUBLIC weir_options ${arg_LINKS})
  if(arg_QT)
    set_target_properties(weir_${name} PROPERTIES AUTOMOC ON)
    if(WEIR_JOINED_SOURCES)
      # Most of a compiler's time goes to reading the headers. The price: what is local to a file must have a name of
      # its own in its module, and a missing include goes unseen here; the release build, which joins nothing, sees it.
      set_target_properties(weir_${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
    endif()
    target_link_libraries(weir_${name} PUBLIC weir_qt_options)
    if(WEIR_SANITIZERS)
      # Compiles twice as fast, and only the modules without Qt have work that would be slow so.
      target_compile_options(weir_${name} PRIVATE -O0)
    endif()
    if("Qt6::Widgets" IN_LIST arg_LINKS)
      weir_precompile(weir_${name} ${weir_widget_headers})
    else()
      weir_precompile(weir_${name} ${weir_core_headers})
    endif()
  endif()
endfunction()

# weir_shared_headers(NAME LIBRARY): the headers of all tests that link LIBRARY, parsed once for all of them instead of
# once for each. A compiler takes them only if its options and Qt's definitions are the same, see weir_test.
function(weir_shared_headers name library)
  if(NOT EXISTS ${PROJECT_BINARY_DIR}/${name}.cpp) # a newer file would have every test compiled again
    file(WRITE ${PROJECT_BINARY_DIR}/${name}.cpp "")
  endif()
  add_library(${name} OBJECT ${PROJECT_BINARY_DIR}/${name}.cpp)
  weir_test_options(${name} ${library})
  target_precompile_headers(${name} PRIVATE ${ARGN} <QtTest/QtTest> <QtNetwork/QtNetwork>)
endfunction()

# Tests themselves have no need to be fast, and are compiled in half the time so. Where a test lies is of no use to it,
# but would make its headers unlike those of all others.
function(weir_test_options target library)
  target_link_libraries(${target} PRIVATE weir_qt_options Qt6::Test Qt6::Network ${library})
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_compile_options(${target} PRIVATE -O0 -UQT_TESTCASE_BUILDDIR -UQT_TESTCASE_SOURCEDIR)
endfunction()

# Once Qt has been found, and before the first weir_test.
function(weir_prepare_tests)
  if(WEIR_PRECOMPILED_HEADERS)
    weir_shared_headers(weir_core_test_headers Qt6::Core ${weir_core_headers})
    weir_shared_headers(weir_widget_test_headers Qt6::Widgets ${weir_widget_headers})
  endif()
endfunction()

# Runs moc on those of a test's files that need it. CMake's AUTOMOC would add a step that looks for them and an empty file
# to compile, to every one of the tests. moc takes headers that it does not find for empty: a test's own classes are all
# that it must know.
function(weir_moc target)
  foreach(source IN LISTS ARGN)
    cmake_path(ABSOLUTE_PATH source)
    cmake_path(GET source STEM name)
    cmake_path(GET source EXTENSION LAST_ONLY kind)
    file(STRINGS ${source} objects REGEX "^ *Q_OBJECT" LIMIT_COUNT 1)
    if(NOT objects)
      continue()
    endif()
    set(folder ${CMAKE_CURRENT_BINARY_DIR}/${target}_moc)
    set(output ${folder}/${name}.moc)
    if(kind STREQUAL ".h")
      set(output ${folder}/moc_${name}.cpp)
    endif()
    add_custom_command(OUTPUT ${output} DEPENDS ${source} VERBATIM
      COMMAND Qt6::moc ${source} -o ${output})
    target_sources(${target} PRIVATE ${output})
    target_include_directories(${target} PRIVATE ${folder})
  endforeach()
endfunction()

# Builds what ctest -L threads runs: the tests that are worth a run under ThreadSanitizer.
add_custom_target(weir_thread_tests)

# weir_test(NAME [GUI] [THREADS] SOURCES ... LINKS ...): one QtTest executable and one ctest of the same name.
# A deadlock never fails by itself, so every test has a time limit. THREADS: also run under ThreadSanitizer.
function(weir_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "GUI;THREADS" "TIMEOUT" "SOURCES;LINKS")
  if(NOT arg_SOURCES)
    set(arg_SOURCES ${name}.cpp)
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 60)
  endif()
  add_executable(${name} ${arg_SOURCES})
  weir_moc(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_LINKS})
  if("weir_gui" IN_LIST arg_LINKS)
    weir_test_options(${name} Qt6::Widgets)
    set(headers weir_widget_test_headers)
  else()
    weir_test_options(${name} Qt6::Core)
    set(headers weir_core_test_headers)
  endif()
  if(WEIR_PRECOMPILED_HEADERS AND NOT "Qt6::Gui" IN_LIST arg_LINKS)
    target_precompile_headers(${name} REUSE_FROM ${headers})
  endif()
  add_test(NAME ${name} COMMAND ${name})
  # Of several at a time the longest begin first, so that none is left running alone.
  set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT} COST ${arg_TIMEOUT}
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/support/lsan.supp;TSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/support/tsan.supp")
  if(arg_THREADS)
    set_tests_properties(${name} PROPERTIES LABELS threads)
    add_dependencies(weir_thread_tests ${name})
  endif()
endfunction()
