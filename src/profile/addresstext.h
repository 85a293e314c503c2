// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace weir::profile {

/// The secrets inside an address as it was written; it may hold variables, so it need not be a URL yet. Works on the
/// text itself, so that all the rest stays as it was.
class AddressText
{
public:
    explicit AddressText(const QString &text);

    /// `urlUser`, `urlPassword`, `query:NAME`, `query:NAME#2` …
    QStringList places() const;
    QString at(const QString &place) const;
    /// `value` goes in as it is.
    QString with(const QString &place, const QString &value) const;

private:
    struct Part
    {
        QString place;
        qsizetype begin = 0;
        qsizetype end = 0;
    };

    void findUserInfo();
    void findQueryItems();
    const Part *find(const QString &place) const;

    QString m_text;
    QList<Part> m_parts;
};

} // namespace weir::profile
