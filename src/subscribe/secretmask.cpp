// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/secretmask.h"

#include <algorithm>

namespace weir::subscribe {

SecretMask::SecretMask(const QStringList &secrets)
{
    constexpr qsizetype shortest = 3;
    for (const QString &secret : secrets) {
        if (secret.size() < shortest)
            continue;
        for (const QByteArray &spelling :
            {secret.toUtf8(), QUrl::toPercentEncoding(secret), QUrl::toPercentEncoding(secret, "!$&'()*+,;=:@/?")}) {
            if (!m_spellings.contains(spelling))
                m_spellings << spelling;
        }
    }
    std::sort(m_spellings.begin(), m_spellings.end(),
        [](const QByteArray &a, const QByteArray &b) { return a.size() > b.size(); });
}

QByteArray SecretMask::masked(QByteArray text) const
{
    for (const QByteArray &spelling : m_spellings)
        text.replace(spelling, "***");
    return text;
}

QUrl SecretMask::masked(const QUrl &url) const
{
    return m_spellings.isEmpty() ? url : QUrl::fromEncoded(masked(url.toEncoded()));
}

} // namespace weir::subscribe
