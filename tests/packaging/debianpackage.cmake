# SPDX-License-Identifier: GPL-3.0-or-later
# Makes the .deb, unpacks it and starts what it would install. Installing for real needs root and is left to a person.
find_program(DPKG_DEB dpkg-deb)
if(NOT DPKG_DEB)
  message("dpkg-deb is not here: nothing checked")
  return()
endif()
set(folder ${BUILD}/debian-package)
file(REMOVE_RECURSE ${folder})
file(MAKE_DIRECTORY ${folder})
execute_process(COMMAND ${CMAKE_CPACK_COMMAND} -G DEB -B ${folder} --config ${BUILD}/CPackConfig.cmake
  WORKING_DIRECTORY ${BUILD} OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
file(GLOB package ${folder}/*.deb)
execute_process(COMMAND ${DPKG_DEB} -x ${package} ${folder}/root COMMAND_ERROR_IS_FATAL ANY)
foreach(file bin/weir share/applications/io.github.weir.Weir.desktop share/metainfo/io.github.weir.Weir.metainfo.xml
    share/icons/hicolor/scalable/apps/io.github.weir.Weir.svg share/man/man1/weir.1.gz share/doc/weir/copyright
    share/doc/weir/changelog.gz)
  if(NOT EXISTS ${folder}/root/usr/${file})
    message(FATAL_ERROR "the package lacks usr/${file}")
  endif()
endforeach()
execute_process(COMMAND ${folder}/root/usr/bin/weir --version OUTPUT_VARIABLE version COMMAND_ERROR_IS_FATAL ANY)
if(NOT version MATCHES "^weir [0-9]")
  message(FATAL_ERROR "the packaged program says: ${version}")
endif()
execute_process(COMMAND ${DPKG_DEB} -f ${package} Depends OUTPUT_VARIABLE depends COMMAND_ERROR_IS_FATAL ANY)
if(NOT depends MATCHES "libqt6widgets6")
  message(FATAL_ERROR "the package does not depend on Qt: ${depends}")
endif()
