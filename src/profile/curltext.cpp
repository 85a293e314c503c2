// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/curlcommand.h"

#include "profile/addresstext.h"
#include "profile/importedheader.h"
#include "profile/secretplaces.h"
#include "profile/shellwords.h"

#include <algorithm>

namespace weir::profile {

using namespace subscribe;

using namespace Qt::StringLiterals;

namespace {

class CurlWriter
{
public:
    CurlWriter(const SubscriptionSettings &settings, SecretsShown secretsShown)
        : m_settings(settings)
        , m_isMasked(secretsShown == SecretsShown::No)
    {}

    QString write()
    {
        writeAddress();
        writeRequest();
        writeHeaders();
        writeAuthentication();
        writeTls();
        writeProxy();
        return m_parts.join(u" \\\n  "_s);
    }

private:
    void add(const QString &option, const QString &word = {})
    {
        m_parts << (word.isEmpty() ? option : option + u' ' + word);
    }

    void addText(const QString &option, const QString &text)
    {
        if (!text.isEmpty())
            add(option, shellQuoted(text.toUtf8()));
    }

    /// `before` and `secret` as one word.
    QString withSecret(const QByteArray &before, const QByteArray &secret)
    {
        if (!m_isMasked || secret.isEmpty() || isOnlyVariables(QString::fromUtf8(secret)))
            return shellQuoted(before + secret);
        return (before.isEmpty() ? QString() : shellQuoted(before)) + nextSecret();
    }

    QString nextSecret() { return u"\"$WEIR_SECRET_%1\""_s.arg(++m_secrets); }

    QString maskedAddress(QString text)
    {
        QString words;
        for (const auto &place : AddressText(text).places()) {
            const auto value = AddressText(text).at(place);
            if (value.isEmpty() || isOnlyVariables(value))
                continue;
            // A private-use character marks the place until the rest has been quoted.
            text = AddressText(text).with(place, QString(mark));
        }
        const auto pieces = text.split(mark);
        for (qsizetype i = 0; i < pieces.size(); ++i) {
            words += i > 0 ? nextSecret() : QString();
            words += pieces[i].isEmpty() ? QString() : shellQuoted(pieces[i].toUtf8());
        }
        return words;
    }

    void writeAddress()
    {
        const auto text =
            m_settings.address.isEmpty() ? m_settings.url.toString(QUrl::FullyEncoded) : m_settings.address;
        const bool isGlob = std::ranges::any_of(text, [](QChar c) { return u"[]{}"_s.contains(c); });
        m_parts << (isGlob ? u"curl -N -g "_s : u"curl -N "_s) +
                       (m_isMasked ? maskedAddress(text) : shellQuoted(text.toUtf8()));
    }

    void writeRequest()
    {
        const bool isImplied = m_settings.method == (m_settings.body.isEmpty() ? "GET" : "POST");
        if (!isImplied)
            add(u"-X"_s, shellQuoted(m_settings.method));
        if (!m_settings.body.isEmpty())
            add(u"--data-raw"_s, shellQuoted(m_settings.body));
    }

    bool hasHeader(const QByteArray &name) const
    {
        return std::ranges::any_of(m_settings.headers,
            [&name](const Header &header) { return header.isEnabled && header.name.toLower() == name; });
    }

    void writeHeaders()
    {
        if (!hasHeader("accept"))
            add(u"-H"_s, shellQuoted("Accept: " + acceptOf(m_settings.bodyFormat)));
        writeCodings();
        if (!m_settings.body.isEmpty() && !hasHeader("content-type"))
            add(u"-H"_s, u"'Content-Type:'"_s);
        for (const auto &header : m_settings.headers)
            if (header.isEnabled)
                writeHeader(header);
        if (!m_settings.lastEventId.isEmpty())
            add(u"-H"_s, shellQuoted("Last-Event-ID: " + m_settings.lastEventId));
        if (m_settings.keepsCookies)
            add(u"-b"_s, u"''"_s);
    }

    void writeHeader(const Header &header)
    {
        if (header.value.isEmpty())
            return add(u"-H"_s, shellQuoted(header.name + ';'));
        const bool isSecret = header.isSecret || isSecretHeader(header.name);
        const auto start = header.name + ": ";
        add(u"-H"_s, isSecret ? withSecret(start, header.value) : shellQuoted(start + header.value));
    }

    void writeCodings()
    {
        const auto &codings = m_settings.codings;
        QByteArrayList names;
        if (codings.gzip)
            names << "gzip";
        if (codings.deflate)
            names << "deflate";
        if (codings.brotli)
            names << "br";
        if (codings.zstd)
            names << "zstd";
        if (names.size() == 4)
            add(u"--compressed"_s);
        else if (!names.isEmpty())
            add(u"-H"_s, shellQuoted("Accept-Encoding: " + names.join(", ")));
    }

    void writeAuthentication()
    {
        const auto &authentication = m_settings.authentication;
        const auto userName = authentication.userName.toUtf8();
        const bool isAlone = authentication.secret.isEmpty() && !isOnlyVariables(authentication.userName);
        if (authentication.kind == AuthenticationKind::Basic && m_isMasked && isAlone && !userName.isEmpty())
            add(u"-u"_s, nextSecret() + u':');
        else if (authentication.kind == AuthenticationKind::Basic)
            add(u"-u"_s, withSecret(userName + ':', authentication.secret.toUtf8()));
        else if (authentication.kind == AuthenticationKind::Bearer)
            add(u"-H"_s, withSecret("Authorization: Bearer ", authentication.secret.toUtf8()));
    }

    void writeTls()
    {
        const auto &tls = m_settings.transport.tls;
        addText(u"--cacert"_s, tls.caFile);
        auto certificate = tls.certificateFile;
        addText(u"--cert"_s, certificate.replace(u'\\', u"\\\\"_s).replace(u':', u"\\:"_s));
        addText(u"--key"_s, tls.keyFile);
        if (!tls.keyPassphrase.isEmpty())
            add(u"--pass"_s, withSecret({}, tls.keyPassphrase.toUtf8()));
        if (tls.acceptInvalid)
            add(u"--insecure"_s);
        if (m_settings.transport.httpVersion == HttpVersion::Http2)
            add(u"--http2"_s);
        else if (m_settings.url.scheme() == "https"_L1)
            add(u"--http1.1"_s);
        if (m_settings.transport.addressFamily != AddressFamily::Any)
            add(m_settings.transport.addressFamily == AddressFamily::IPv4 ? u"-4"_s : u"-6"_s);
    }

    void writeProxy()
    {
        const auto &proxy = m_settings.transport.proxy;
        if (proxy.kind == ProxyKind::None)
            return add(u"--noproxy"_s, u"'*'"_s);
        if (proxy.kind == ProxyKind::System)
            return;
        const bool isAddress = proxy.host.contains(u':') && !proxy.host.startsWith(u'[');
        const auto host = isAddress ? u'[' + proxy.host + u']' : proxy.host;
        const auto scheme = proxy.kind == ProxyKind::Socks5 ? "socks5h"_L1 : "http"_L1;
        add(u"-x"_s, shellQuoted(u"%1://%2:%3"_s.arg(scheme, host).arg(proxy.port).toUtf8()));
        if (!proxy.userName.isEmpty() || !proxy.password.isEmpty())
            add(u"-U"_s, withSecret(proxy.userName.toUtf8() + ':', proxy.password.toUtf8()));
    }

    static constexpr QChar mark{u'\uF8FF'};

    const SubscriptionSettings &m_settings;
    bool m_isMasked;
    int m_secrets = 0;
    QStringList m_parts;
};

} // namespace

QString curlText(const SubscriptionSettings &settings, SecretsShown secretsShown)
{
    return CurlWriter(settings, secretsShown).write();
}

} // namespace weir::profile
