// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

namespace weir::gui {

/// The filter expressions that were in force, the latest first, each once. Shared by all views. GUI thread only.
class FilterHistory : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype most = 50;

    using QObject::QObject;

    const QStringList &expressions() const { return m_expressions; }
    /// What is longer than the most is left out, as are blank ones and those that come again.
    void setExpressions(const QStringList &expressions);
    /// Puts it to the front.
    void add(const QString &expression);
    void clear();

Q_SIGNALS:
    void changed();

private:
    QStringList m_expressions;
};

} // namespace weir::gui
