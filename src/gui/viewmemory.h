// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <utility>

namespace weir::gui {

/// How the views of subscriptions were left, by the names of the subscriptions: a view that comes back, in this session
/// or a later one, looks as before. The names themselves are not kept, only what recognises them. A value.
class ViewMemory
{
public:
    /// The views that were seen longest ago are forgotten beyond this.
    static constexpr qsizetype mostViews = 200;

    void note(const QString &name, const QByteArray &state);
    QByteArray find(const QString &name) const; ///< empty: not known

    QByteArray save() const;
    /// What is damaged or of another version is as if never saved.
    static ViewMemory restored(const QByteArray &saved);

private:
    QList<std::pair<QByteArray, QByteArray>> m_states; ///< by the hash of the name, the latest last
};

} // namespace weir::gui
