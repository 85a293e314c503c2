// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QMenuBar;
class QWidget;

namespace weir::gui {

/// Opens a list of all actions of the menus with their shortcuts. Returns at once; the dialog deletes itself.
void showShortcuts(const QMenuBar &menus, QWidget *parent);
/// Opens a box with name, version and licence. Returns at once; the box deletes itself.
void showAbout(QWidget *parent);

} // namespace weir::gui
