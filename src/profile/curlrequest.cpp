// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/curloptions.h"
#include "profile/curlwords.h"
#include "profile/importedheader.h"

#include <QCoreApplication>

#include <algorithm>

namespace weir::profile {

using namespace subscribe;

using namespace Qt::StringLiterals;

namespace {

/// `name:secret`; without a colon there is no secret.
std::pair<QString, QString> credentialsFrom(const QByteArray &text)
{
    const auto colon = text.indexOf(':');
    if (colon < 0)
        return {QString::fromUtf8(text), {}};
    return {QString::fromUtf8(text.left(colon)), QString::fromUtf8(text.mid(colon + 1))};
}

/// The file name ends at the first colon that has no backslash before it; backslashes escape.
std::pair<QByteArray, QByteArray> certificateFrom(const QByteArray &text)
{
    QByteArray file;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool isEscape = text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == ':' || text[i + 1] == '\\');
        if (isEscape)
            ++i;
        else if (text[i] == ':')
            return {file, text.mid(i + 1)};
        file += text[i];
    }
    return {file, {}};
}

} // namespace

QString CurlRequest::setAddress(const QByteArray &address)
{
    if (m_address.isEmpty())
        m_address = address;
    else
        notes << CurlText::tr("Only the first address of a command is taken.");
    return {};
}

QString CurlRequest::refuseFile(const QByteArray &name) const
{
    return CurlText::tr("it reads the file %1, and importing reads no files; put its content in its place")
        .arg(QString::fromUtf8(name));
}

bool CurlRequest::hasHeader(const QByteArray &name) const
{
    const auto isNamed = [&name](const Header &header) { return header.name.toLower() == name; };
    return m_removedHeaders.contains(name) || std::ranges::any_of(settings.headers, isNamed);
}

QString CurlRequest::addHeader(const QByteArray &line)
{
    if (line.startsWith('@'))
        return refuseFile(line.mid(1));
    const auto colon = line.indexOf(':');
    if (colon < 0) {
        if (!line.endsWith(';')) // `Name;` is how curl is told to send an empty field
            return CurlText::tr("a header is written 'Name: value'");
        takeImportedHeader(settings, line.chopped(1).trimmed(), {}, notes);
        return {};
    }
    const auto name = line.left(colon).trimmed();
    const auto value = line.mid(colon + 1).trimmed();
    if (value.isEmpty())
        m_removedHeaders << name.toLower();
    else
        takeImportedHeader(settings, name, value, notes);
    return {};
}

QString CurlRequest::setMethod(const QByteArray &method)
{
    auto error = SettingsError::MethodInvalid;
    if (!validateMethod(method, &error))
        return text(error);
    m_method = method;
    return {};
}

QString CurlRequest::addData(const QByteArray &data)
{
    return data.startsWith('@') ? refuseFile(data.mid(1)) : addRawData(data);
}

QString CurlRequest::addRawData(const QByteArray &data)
{
    m_data = m_data ? *m_data + '&' + data : data;
    return {};
}

QString CurlRequest::addEncodedData(const QByteArray &data)
{
    const auto equals = data.indexOf('=');
    const auto at = data.indexOf('@');
    if (at >= 0 && (equals < 0 || at < equals))
        return refuseFile(data.mid(at + 1));
    const auto name = equals > 0 ? data.left(equals + 1) : QByteArray();
    return addRawData(name + data.mid(equals + 1).toPercentEncoding());
}

QString CurlRequest::addJson(const QByteArray &data)
{
    if (data.startsWith('@'))
        return refuseFile(data.mid(1));
    m_isJson = true;
    m_data = m_data.value_or(QByteArray()) + data;
    return {};
}

QString CurlRequest::setCredentials(const QByteArray &credentials)
{
    const auto [user, password] = credentialsFrom(credentials);
    settings.authentication = {AuthenticationKind::Basic, user, password};
    if (!credentials.contains(':'))
        notes << CurlText::tr("The password, which curl would ask for, is still missing.");
    return {};
}

QString CurlRequest::setBearer(const QByteArray &token)
{
    settings.authentication = {AuthenticationKind::Bearer, {}, QString::fromUtf8(token)};
    auto error = SettingsError::BearerTokenInvalid;
    return validateAuthentication(settings.authentication, &error) ? QString() : text(error);
}

QString CurlRequest::addCookies(const QByteArray &cookies)
{
    if (cookies.isEmpty()) {
        settings.keepsCookies = true;
        return {};
    }
    if (!cookies.contains('=') && !cookies.contains("{{"))
        return refuseFile(cookies);
    takeImportedHeader(settings, "Cookie", cookies, notes);
    return {};
}

QString CurlRequest::setProxy(const QByteArray &proxy)
{
    auto &target = settings.transport.proxy;
    if (proxy.isEmpty()) {
        target.kind = ProxyKind::None;
        return {};
    }
    const auto text = QString::fromUtf8(proxy);
    const QUrl url(text.contains("://"_L1) ? text : u"http://"_s + text);
    const auto scheme = url.scheme();
    if (scheme == "http"_L1)
        target.kind = ProxyKind::HttpConnect;
    else if (scheme == "socks5h"_L1 || scheme == "socks5"_L1)
        target.kind = ProxyKind::Socks5;
    else
        return CurlText::tr("only http, socks5 and socks5h proxies can be used");
    if (scheme == "socks5"_L1)
        notes << CurlText::tr("The proxy looks names up, as with socks5h.");
    if (!url.isValid() || url.host().isEmpty())
        return CurlText::tr("a proxy is written [scheme://]host[:port]");
    target.host = url.host();
    target.port = static_cast<quint16>(url.port(1080)); // curl's own default for every kind
    if (!url.userInfo().isEmpty()) {
        target.userName = url.userName(QUrl::FullyDecoded);
        target.password = url.password(QUrl::FullyDecoded);
    }
    return {};
}

QString CurlRequest::setProxyCredentials(const QByteArray &credentials)
{
    auto &proxy = settings.transport.proxy;
    std::tie(proxy.userName, proxy.password) = credentialsFrom(credentials);
    return {};
}

QString CurlRequest::setNoProxy(const QByteArray &hosts)
{
    m_hasNoProxy = hosts.trimmed() == "*";
    if (!m_hasNoProxy)
        notes << CurlText::tr("--noproxy is left out: only '*', for no proxy at all, can be taken over.");
    return {};
}

QString CurlRequest::setCertificate(const QByteArray &certificate)
{
    const auto [file, passphrase] = certificateFrom(certificate);
    settings.transport.tls.certificateFile = QString::fromUtf8(file);
    if (!passphrase.isEmpty())
        settings.transport.tls.keyPassphrase = QString::fromUtf8(passphrase);
    return {};
}

QString CurlRequest::moveDataIntoAddress()
{
    auto fragment = m_address.indexOf('#');
    if (fragment < 0)
        fragment = m_address.size();
    const char separator = m_address.left(fragment).contains('?') ? '&' : '?';
    m_address.insert(fragment, separator + *m_data);
    m_data.reset();
    return {};
}

QString CurlRequest::finish()
{
    if (m_address.isEmpty())
        return CurlText::tr("The command has no address.");
    if (m_isGet && m_data)
        moveDataIntoAddress();
    if (m_data) {
        settings.body = *m_data;
        if (!hasHeader("content-type"))
            settings.headers.append(
                Header{"Content-Type", m_isJson ? "application/json" : "application/x-www-form-urlencoded"});
        if (m_isJson && !hasHeader("accept"))
            settings.headers.append(Header{"Accept", "application/json"});
    }
    settings.method = !m_method.isEmpty() ? m_method : m_data ? QByteArray("POST") : QByteArray("GET");
    if (m_hasNoProxy)
        settings.transport.proxy = {ProxyKind::None, {}, 0, {}, {}};
    if (const auto problem = takeImportedAddress(settings, QString::fromUtf8(m_address)); !problem.isEmpty())
        return problem;
    settings.name = suggestedName(settings.url);
    auto error = SettingsError::ProxyHostMissing;
    return validateTransport(settings.transport, &error) ? QString() : text(error);
}

} // namespace weir::profile
