// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/windowstate.h"

#include <QSettings>
#include <QThreadPool>

namespace weir::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr int schema = 1; // raised when an older state can no longer be understood

QString organization()
{
    return u"weir"_s;
}

} // namespace

WindowState loadWindowState()
{
    QSettings settings(QSettings::IniFormat, QSettings::UserScope, organization(), u"weir"_s);
    settings.beginGroup(u"window"_s);
    if (settings.value(u"schema"_s).toInt() != schema)
        return {};
    WindowState state;
    state.geometry = settings.value(u"geometry"_s).toByteArray();
    state.docks = settings.value(u"docks"_s).toByteArray();
    state.detail = settings.value(u"detail"_s).toByteArray();
    state.event = settings.value(u"event"_s).toByteArray();
    state.connection = settings.value(u"connection"_s).toByteArray();
    state.subscriptions = settings.value(u"subscriptions"_s).toByteArray();
    state.publisher = settings.value(u"publisher"_s).toByteArray();
    state.allEvents = settings.value(u"allEvents"_s).toByteArray();
    state.views = settings.value(u"views"_s).toByteArray();
    state.arrangement = settings.value(u"arrangement"_s, -1).toInt();
    return state;
}

void saveWindowState(const WindowState &state)
{
    QThreadPool::globalInstance()->start([state] {
        QSettings settings(QSettings::IniFormat, QSettings::UserScope, organization(), u"weir"_s);
        settings.beginGroup(u"window"_s);
        settings.setValue(u"schema"_s, schema);
        settings.setValue(u"geometry"_s, state.geometry);
        settings.setValue(u"docks"_s, state.docks);
        settings.setValue(u"detail"_s, state.detail);
        settings.setValue(u"event"_s, state.event);
        settings.setValue(u"connection"_s, state.connection);
        settings.setValue(u"subscriptions"_s, state.subscriptions);
        settings.setValue(u"publisher"_s, state.publisher);
        settings.setValue(u"allEvents"_s, state.allEvents);
        settings.setValue(u"views"_s, state.views);
        settings.setValue(u"arrangement"_s, state.arrangement);
    });
}

} // namespace weir::gui
