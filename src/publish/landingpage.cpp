// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/landingpage.h"

#include <QCryptographicHash>
#include <QFile>
#include <QString>

namespace weir::publish {

namespace {

QByteArray between(const QByteArray &text, const QByteArray &start, const QByteArray &end)
{
    const qsizetype from = text.indexOf(start) + start.size();
    return text.mid(from, text.indexOf(end, from) - from);
}

QByteArray source(const QByteArray &inlineText)
{
    return "'sha256-" + QCryptographicHash::hash(inlineText, QCryptographicHash::Sha256).toBase64() + '\'';
}

} // namespace

LandingPage::LandingPage()
{
    QFile file(QStringLiteral(":/publisher/index.html"));
    if (file.open(QIODevice::ReadOnly))
        m_page = file.readAll();
    m_headers = "Content-Security-Policy: default-src 'none'; script-src " +
                source(between(m_page, "<script>", "</script>")) + "; style-src " +
                source(between(m_page, "<style>", "</style>")) +
                "; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'\r\n"
                "Referrer-Policy: no-referrer\r\nCache-Control: no-store\r\n";
}

const LandingPage &LandingPage::instance()
{
    static const LandingPage page;
    return page;
}

QByteArray LandingPage::html(const QList<QByteArray> &channels) const
{
    QString options;
    for (const QByteArray &path : channels) {
        const QString text = QString::fromUtf8(path).toHtmlEscaped();
        options += QStringLiteral("<option value=\"%1\">%1</option>").arg(text);
    }
    QByteArray page = m_page;
    return page.replace("<!--channels-->", options.toUtf8());
}

} // namespace weir::publish
