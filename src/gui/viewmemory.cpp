// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/viewmemory.h"

#include <QCryptographicHash>
#include <QDataStream>
#include <QIODevice>

#include <algorithm>

namespace weir::gui {

namespace {

constexpr quint32 memoryVersion = 1;

QByteArray keyOf(const QString &name)
{
    return QCryptographicHash::hash(name.toUtf8(), QCryptographicHash::Sha256);
}

} // namespace

void ViewMemory::note(const QString &name, const QByteArray &state)
{
    const auto key = keyOf(name);
    m_states.removeIf([&](const auto &entry) { return entry.first == key; });
    m_states.append({key, state});
    if (m_states.size() > mostViews)
        m_states.removeFirst();
}

QByteArray ViewMemory::find(const QString &name) const
{
    const auto key = keyOf(name);
    const auto found = std::ranges::find(m_states, key, &std::pair<QByteArray, QByteArray>::first);
    return found == m_states.end() ? QByteArray() : found->second;
}

QByteArray ViewMemory::save() const
{
    QByteArray saved;
    QDataStream stream(&saved, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_0);
    stream << memoryVersion << static_cast<quint32>(m_states.size());
    for (const auto &[key, state] : m_states)
        stream << key << state;
    return saved;
}

ViewMemory ViewMemory::restored(const QByteArray &saved)
{
    QDataStream stream(saved);
    stream.setVersion(QDataStream::Qt_6_0);
    quint32 version = 0;
    quint32 count = 0;
    stream >> version >> count;
    if (stream.status() != QDataStream::Ok || version != memoryVersion || count > mostViews)
        return {};
    ViewMemory memory;
    for (quint32 i = 0; i < count; ++i) {
        QByteArray key;
        QByteArray state;
        stream >> key >> state;
        if (stream.status() != QDataStream::Ok)
            return {};
        memory.m_states.append({key, state});
    }
    return memory;
}

} // namespace weir::gui
