// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace weir::gui {

/// How the window was left. Holds places, sizes, filters and paths of columns: no URL, no header, no text of a message.
struct WindowState
{
    QByteArray geometry;
    QByteArray docks;
    QByteArray detail;     ///< splitter between the views and the detail pane
    QByteArray event;      ///< tab and switches of the selected event
    QByteArray connection; ///< splitter of the connection log
    QByteArray subscriptions;
    QByteArray publisher;
    QByteArray allEvents;
    QByteArray views;     ///< of subscriptions
    int arrangement = -1; ///< ViewArea::Arrangement; -1: none saved
};

/// Reads the user's settings file; called once, before the window is shown. What cannot be read is as if never saved.
WindowState loadWindowState();
/// Writes the settings file on a pool thread. A home that cannot be written to is harmless and not worth a word.
void saveWindowState(const WindowState &state);

} // namespace weir::gui
