// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/settings.h"

#include <QRandomGenerator>

namespace weir::test {

/// Settings of all kinds for property tests; the same seed gives the same ones.
class RandomSettings
{
public:
    explicit RandomSettings(quint32 seed)
        : m_random(seed)
    {}

    bool chance() { return m_random.bounded(2) == 1; }
    int below(int bound) { return m_random.bounded(bound); }

    /// Printable and odd characters, quotes and line ends among them.
    QString text(int maxLength = 12)
    {
        static const QString alphabet = QStringLiteral("abcXYZ019 -_.,:;'\"\\$!`&|<>()*?#~%@^=+/€äß\n\t\U0001F600");
        QString text;
        for (int i = below(maxLength + 1); i > 0; --i) {
            const auto at = below(static_cast<int>(alphabet.size()));
            if (!alphabet[at].isSurrogate())
                text += alphabet[at];
        }
        return text;
    }

    /// Fit for a header value or name of something: no line ends, no blanks around, not empty.
    QString line()
    {
        const auto text = this->text().simplified();
        return text.isEmpty() ? QStringLiteral("v") : text;
    }

    QString word() { return QStringLiteral("w%1").arg(below(1000)); }

    QByteArray body()
    {
        auto bytes = text(40).toUtf8();
        if (below(4) == 0)
            bytes += "\xFF\xFE\x01";
        return bytes;
    }

    QUrl url()
    {
        static const QStringList urls{QStringLiteral("https://example.org/a/b?x=1&y=%20z"),
            QStringLiteral("http://[::1]:8080/s"), QStringLiteral("http://user:p%40ss@h.example/x"),
            QStringLiteral("http://h/x?token=s3cr%26t&q=[a]"), QStringLiteral("http://TOKEN@h/"),
            QStringLiteral("https://h/'quoted'?a=$b"), QStringLiteral("http://h:81/#f")};
        return QUrl(urls[below(static_cast<int>(urls.size()))]);
    }

    subscribe::Header header()
    {
        static const QList<QByteArray> names{"X-One", "Cookie", "X-Api-Key", "Referer", "x-two"};
        subscribe::Header header{names[below(static_cast<int>(names.size()))], line().toUtf8()};
        const auto text = QString::fromUtf8(header.value);
        header.isSecret = subscribe::isSecretHeader(header.name) ||
                          (header.name == "Referer" && subscribe::displayUrl(QUrl(text)) != text);
        return header;
    }

    subscribe::TransportSettings transport()
    {
        using namespace subscribe;
        TransportSettings transport;
        if (chance())
            transport.tls = {line(), line(), line(), text(), chance()};
        const int kind = below(4);
        transport.proxy.kind = static_cast<ProxyKind>(kind);
        if (kind >= 2)
            transport.proxy = {static_cast<ProxyKind>(kind), QStringLiteral("proxy.example"),
                static_cast<quint16>(1 + below(60000)), word(), chance() ? text() : QString()};
        if (chance())
            transport.httpVersion = HttpVersion::Http2;
        else
            transport.addressFamily = static_cast<AddressFamily>(below(3));
        return transport;
    }

    /// All that a request consists of.
    subscribe::SubscriptionSettings request()
    {
        using namespace subscribe;
        SubscriptionSettings settings;
        settings.url = url();
        settings.name = suggestedName(settings.url);
        static const QList<QByteArray> methods{"GET", "POST", "REPORT"};
        settings.method = methods[below(3)];
        settings.body = chance() ? body() : QByteArray();
        for (int i = below(4); i > 0; --i)
            settings.headers.append(header());
        const int kind = below(3);
        if (kind == 1)
            settings.authentication = {AuthenticationKind::Basic, word(), text()};
        else if (kind == 2)
            settings.authentication = {AuthenticationKind::Bearer, {}, word()};
        settings.keepsCookies = chance();
        settings.lastEventId = chance() ? line().toUtf8() : QByteArray();
        settings.codings = {chance(), chance(), chance(), chance()};
        settings.transport = transport();
        return settings;
    }

    /// All there is.
    subscribe::SubscriptionSettings settings()
    {
        using namespace subscribe;
        using std::chrono::milliseconds;
        auto settings = request();
        settings.name = text();
        settings.group = chance() ? text() : QString();
        settings.colourIndex = below(7);
        settings.bodyFormat = chance() ? BodyFormat::JsonLines : BodyFormat::EventStream;
        settings.acceptsAnyContentType = chance();
        for (auto &each : settings.headers)
            each.isEnabled = chance();
        settings.headerDeadline = milliseconds{below(100000)};
        settings.idleTimeout = milliseconds{below(100000)};
        settings.maxEventBytes = static_cast<std::size_t>(1 + below(1 << 30));
        settings.maxDecodedBytesPerRead = static_cast<std::size_t>(1 + below(1 << 30));
        settings.http2MemoryCeiling = static_cast<std::size_t>(1 + below(1 << 30));
        settings.consumption = {
            static_cast<std::uint64_t>(below(1 << 20)), std::nullopt, milliseconds{below(1000)}, below(100)};
        if (chance())
            settings.consumption.stopsAfter = static_cast<std::uint64_t>(below(1 << 20));
        settings.reconnect.isEnabled = chance();
        settings.reconnect.isStrict = chance();
        settings.reconnect.isFinishedAtEnd = chance();
        settings.reconnect.reconnectionTime = milliseconds{below(100000)};
        settings.reconnect.jitter = below(11) / 10.0;
        settings.reconnect.backOffFactor = 1 + below(30) / 7.0;
        settings.reconnect.maxAttempts = below(10);
        return settings;
    }

private:
    QRandomGenerator m_random;
};

} // namespace weir::test
