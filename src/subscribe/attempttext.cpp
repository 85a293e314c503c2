// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/attemptreport.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace weir::subscribe {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Nanoseconds = std::chrono::nanoseconds;

namespace {

/// Functions have no tr() of their own.
struct AttemptText
{
    Q_DECLARE_TR_FUNCTIONS(AttemptText)
};

constexpr int labelWidth = 16; // in a fixed font the values stand below one another

QString timeText(Nanoseconds time)
{
    const QLocale locale;
    const double seconds = std::chrono::duration<double>(time).count();
    if (time < 1s)
        return AttemptText::tr("%1 ms").arg(locale.toString(seconds * 1000, 'f', time < 100ms ? 1 : 0));
    if (time < 1min)
        return AttemptText::tr("%1 s").arg(locale.toString(seconds, 'f', 3));
    const auto minutes = std::chrono::floor<std::chrono::minutes>(time);
    const auto rest = std::chrono::floor<std::chrono::seconds>(time - minutes);
    return AttemptText::tr("%1 min %2 s").arg(locale.toString(qlonglong{minutes.count()})).arg(rest.count());
}

QString count(std::uint64_t number)
{
    return QLocale().toString(qulonglong{number});
}

/// An id from a server may hold what a terminal would obey.
QString withoutControls(QString text)
{
    for (QChar &c : text) {
        if (c.category() == QChar::Other_Control)
            c = QChar::ReplacementCharacter;
    }
    return text;
}

/// Collects lines of a label and a value; what has no value makes no line.
class Lines
{
public:
    void heading(const QString &text)
    {
        if (!m_text.isEmpty())
            m_text += u'\n';
        m_text += text + u'\n';
    }

    void add(const QString &label, const QString &value)
    {
        if (!value.isEmpty())
            m_text += u"  "_s + label.leftJustified(labelWidth) + withoutControls(value) + u'\n';
    }

    void add(const QString &label, const std::optional<Nanoseconds> &time)
    {
        if (time)
            add(label, timeText(*time));
    }

    /// The lines of a message head as they are, behind a mark for their direction.
    void addHead(QChar mark, const QByteArray &head)
    {
        auto text = QString::fromUtf8(head).replace(u"\r\n"_s, u"\n"_s);
        // A lone CR or another control would move or hide what follows it.
        std::replace_if(
            text.begin(), text.end(), [](QChar c) { return c.category() == QChar::Other_Control && c != u'\n'; },
            QChar(u'\uFFFD'));
        for (const auto &line : text.split(u'\n', Qt::SkipEmptyParts))
            m_text += u"    "_s + mark + u' ' + line + u'\n';
    }

    QString take() { return std::move(m_text); }

private:
    QString m_text;
};

QString fingerprint(const QByteArray &digits)
{
    QStringList pairs;
    for (qsizetype i = 0; i < digits.size(); i += 2)
        pairs << QString::fromLatin1(digits.mid(i, 2)).toUpper();
    return pairs.join(u':');
}

void addCertificate(Lines &lines, const CertificateReport &certificate)
{
    lines.add(AttemptText::tr("Certificate"), certificate.subject);
    lines.add(AttemptText::tr("  issued by"), certificate.issuer);
    lines.add(AttemptText::tr("  for"), certificate.alternativeNames.join(u", "_s));
    if (certificate.validFrom.isValid() && certificate.validTo.isValid())
        lines.add(AttemptText::tr("  valid"),
            AttemptText::tr("%1 to %2")
                .arg(certificate.validFrom.toString(Qt::ISODate), certificate.validTo.toString(Qt::ISODate)));
    lines.add(AttemptText::tr("  SHA-256"), fingerprint(certificate.sha256));
}

void addTls(Lines &lines, const TlsReport &tls)
{
    QStringList agreed{tls.protocol, tls.cipher};
    agreed.removeAll(QString());
    lines.add(AttemptText::tr("TLS"), agreed.join(u", "_s));
    for (const auto &problem : tls.problems)
        lines.add(tls.isAcceptedAnyway ? AttemptText::tr("TLS, accepted") : AttemptText::tr("TLS problem"), problem);
    if (tls.isAcceptedAnyway)
        lines.add(AttemptText::tr("Not safe"), AttemptText::tr("the certificate was accepted by choice all the same"));
    for (const auto &certificate : tls.chain)
        addCertificate(lines, certificate);
}

void addHopTimes(Lines &lines, const HopReport &hop)
{
    if (hop.started > 0ns)
        lines.add(AttemptText::tr("Begun after"), timeText(hop.started));
    lines.add(AttemptText::tr("TLS after"), hop.encrypted);
    lines.add(AttemptText::tr("Sent after"), hop.sent);
    lines.add(AttemptText::tr("Head after"), hop.headReceived);
}

void addHop(Lines &lines, const HopReport &hop, qsizetype number)
{
    lines.heading((number == 0 ? AttemptText::tr("Request %1") : AttemptText::tr("Redirected to %1"))
                      .arg(QString::fromLatin1(hop.method) + u' ' + hop.url.toDisplayString()));
    lines.add(AttemptText::tr("Proxy"), hop.proxy);
    lines.addHead(u'>', hop.requestHead);
    if (hop.requestBodyBytes > 0)
        lines.add(AttemptText::tr("Body"),
            AttemptText::tr("%1 bytes").arg(count(static_cast<std::uint64_t>(hop.requestBodyBytes))));
    if (hop.hiddenResends > 0)
        lines.add(AttemptText::tr("Sent again by the library"), AttemptText::tr("%1 ×").arg(hop.hiddenResends));
    if (hop.tls)
        addTls(lines, *hop.tls);
    if (hop.status != 0)
        lines.add(AttemptText::tr("Response"), QString::number(hop.status) + u' ' + hop.httpVersion);
    else
        lines.add(AttemptText::tr("Response"), AttemptText::tr("none"));
    lines.addHead(u'<', hop.responseHead);
    addHopTimes(lines, hop);
}

QString bytesText(const AttemptReport &report)
{
    if (report.wireBytes == report.bytes)
        return AttemptText::tr("%1 bytes").arg(count(report.bytes));
    return AttemptText::tr("%1 bytes, decoded from %2").arg(count(report.bytes), count(report.wireBytes));
}

void addStream(Lines &lines, const AttemptReport &report)
{
    lines.heading(report.isOver() ? AttemptText::tr("Stream") : AttemptText::tr("Stream so far"));
    lines.add(AttemptText::tr("Open after"), report.opened);
    lines.add(AttemptText::tr("First byte"), report.firstByte);
    lines.add(AttemptText::tr("First event"), report.firstEvent);
    lines.add(AttemptText::tr("Received"), bytesText(report));
    lines.add(AttemptText::tr("Events"), count(report.events));
    lines.add(AttemptText::tr("Comments"), count(report.comments));
    lines.add(AttemptText::tr("Last event ID"), QString::fromUtf8(report.lastEventIdAfter));
}

} // namespace

QString text(const AttemptReport &report)
{
    Lines lines;
    lines.heading(AttemptText::tr("Attempt %1").arg(report.attempt));
    lines.add(AttemptText::tr("Begun because"), report.startedBecause);
    lines.add(AttemptText::tr("Last-Event-ID"), QString::fromUtf8(report.lastEventIdSent));
    for (const auto &warning : report.warnings)
        lines.add(AttemptText::tr("Warning"), warning);
    for (qsizetype i = 0; i < report.hops.size(); ++i)
        addHop(lines, report.hops[i], i);
    if (report.opened || report.bytes > 0)
        addStream(lines, report);
    if (report.isOver()) {
        lines.heading(AttemptText::tr("End"));
        lines.add(AttemptText::tr("Ended after"), report.ended);
        lines.add(AttemptText::tr("How"), report.ending);
        lines.add(AttemptText::tr("Next"), report.next);
    }
    return lines.take();
}

} // namespace weir::subscribe
