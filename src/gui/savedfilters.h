// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QString>

#include <optional>

namespace weir::gui {

/// A filter with a name, switched on and off by a button. A value.
struct SavedFilter
{
    quint32 id = 0; ///< stays when it is renamed or moved; 0: not given yet
    QString name;
    QString expression;
    bool isOnAtStart = false;

    friend bool operator==(const SavedFilter &, const SavedFilter &) = default;
};

QByteArray toJson(const QList<SavedFilter> &filters);
/// Nothing where `json` is no list of saved filters. Whether their expressions are understood is not looked at.
std::optional<QList<SavedFilter>> savedFiltersFromJson(const QByteArray &json);

/// The saved filters of all views, in the order of their buttons. GUI thread only.
class SavedFilters : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    const QList<SavedFilter> &list() const { return m_list; }
    /// Gives IDs to those that have none, or one that came before in the list.
    void setList(QList<SavedFilter> filters);

Q_SIGNALS:
    void changed();

private:
    QList<SavedFilter> m_list;
    quint32 m_lastId = 0;
};

} // namespace weir::gui
