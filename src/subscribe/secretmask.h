// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QUrl>

namespace weir::subscribe {

/// Takes secret texts out of what is shown, wherever they stand, as they are or percent-encoded. Texts of less than
/// three characters are left: they would be found everywhere. Value.
class SecretMask
{
public:
    explicit SecretMask(const QStringList &secrets);

    QByteArray masked(QByteArray text) const;
    QString masked(const QString &text) const { return QString::fromUtf8(masked(text.toUtf8())); }
    QUrl masked(const QUrl &url) const;

private:
    QByteArrayList m_spellings; ///< the longest first
};

} // namespace weir::subscribe
