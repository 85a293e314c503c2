// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace weir::subscribe {

/// Raises the process's soft limit of open files as far as the hard one allows (at most 65,536: more is never needed,
/// and some libraries work through the whole range). Every stream takes one to two descriptors, and many desktops start
/// programs with a limit of 1,024.
void raiseDescriptorLimit();

/// True if four fifths of the descriptors are in use: the rest is for files, the window system and the publisher.
bool areDescriptorsScarce();

} // namespace weir::subscribe
