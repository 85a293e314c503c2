// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/request.h"

#include <QStringList>

#include <algorithm>

namespace weir::subscribe {

using namespace Qt::StringLiterals;

namespace {

struct Field
{
    QByteArray name;
    QByteArray value;
    bool isSecret = false;
};

/// QNAM does nothing clever on its own: redirects, cookies, authentication and the cache would act behind our back.
void setAttributes(QNetworkRequest &request)
{
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
}

QByteArray hostField(const QUrl &url)
{
    const QString host = url.host(QUrl::FullyEncoded);
    const QByteArray name = host.contains(u':') ? '[' + host.toLatin1() + ']' : host.toLatin1();
    return url.port() == -1 ? name : name + ':' + QByteArray::number(url.port());
}

/// QNAM's own decompression keeps every byte ever received, so it is never left to choose; and proxies hold back what
/// they compress, so nothing is offered unless the user asks.
QByteArray acceptEncoding(const ContentCodings &codings)
{
    QByteArrayList names;
    if (codings.gzip)
        names << "gzip";
    if (codings.deflate)
        names << "deflate";
    if (codings.brotli)
        names << "br";
    if (codings.zstd)
        names << "zstd";
    return names.isEmpty() ? QByteArray("identity") : names.join(", ");
}

QByteArray accept(BodyFormat format)
{
    return format == BodyFormat::EventStream ? "text/event-stream" : "application/x-ndjson, application/jsonl";
}

QList<Field> ownFields(const SubscriptionSettings &settings)
{
    return {{"Accept", accept(settings.bodyFormat)}, {"Accept-Encoding", acceptEncoding(settings.codings)},
        {"Accept-Language", "*"}, {"Cache-Control", "no-cache"}, {"User-Agent", "Weir/" WEIR_VERSION}};
}

QByteArray authorization(const SubscriptionSettings &settings)
{
    const auto basic = [](const QString &name, const QString &password) {
        return "Basic " + (name + u':' + password).toUtf8().toBase64();
    };
    switch (settings.authentication.kind) {
    case AuthenticationKind::Basic:
        return basic(settings.authentication.userName, settings.authentication.secret);
    case AuthenticationKind::Bearer:
        return "Bearer " + settings.authentication.secret.toUtf8();
    case AuthenticationKind::None:
        break;
    }
    const QUrl &url = settings.url;
    return url.userInfo().isEmpty() ? QByteArray()
                                    : basic(url.userName(QUrl::FullyDecoded), url.password(QUrl::FullyDecoded));
}

Field *find(QList<Field> &fields, const QByteArray &name)
{
    const auto found = std::find_if(fields.begin(), fields.end(),
        [&](const Field &field) { return field.name.compare(name, Qt::CaseInsensitive) == 0; });
    return found == fields.end() ? nullptr : &*found;
}

/// The first of a name replaces what Weir would send; further ones of that name join it.
void addUserHeaders(QList<Field> &fields, const QList<Header> &headers)
{
    QByteArrayList seen;
    for (const Header &header : headers) {
        if (!header.isEnabled)
            continue;
        const Field given{header.name, header.value, header.isSecret};
        const bool isRepeated = seen.contains(header.name.toLower());
        seen << header.name.toLower();
        Field *present = find(fields, header.name);
        if (!present) {
            fields << given;
        } else if (isRepeated) {
            present->value += (given.name.toLower() == "cookie" ? "; " : ", ") + given.value;
            present->isSecret = present->isSecret || given.isSecret;
        } else {
            *present = given;
        }
    }
}

void addCookies(QList<Field> &fields, const QByteArray &cookies)
{
    if (cookies.isEmpty())
        return;
    if (Field *present = find(fields, "Cookie"))
        present->value += "; " + cookies;
    else
        fields << Field{"Cookie", cookies};
}

/// Fetch Standard, *request-body-header name*.
void dropBodyFields(QList<Field> &fields)
{
    static const QByteArrayList names{"content-encoding", "content-language", "content-location", "content-type"};
    fields.removeIf([](const Field &field) { return names.contains(field.name.toLower()); });
}

QList<Field> fieldsOf(const SubscriptionSettings &settings, const RequestState &state, const QByteArray &body)
{
    QList<Field> fields{{"Host", hostField(state.url)}};
    fields << ownFields(settings);
    if (!state.isForeign) {
        if (const QByteArray credentials = authorization(settings); !credentials.isEmpty())
            fields << Field{"Authorization", credentials};
        addUserHeaders(fields, settings.headers);
    }
    if (state.isTurnedIntoGet)
        dropBodyFields(fields);
    addCookies(fields, state.cookies);
    if (!state.lastEventId.isEmpty() && isSendable(state.lastEventId))
        fields << Field{"Last-Event-ID", state.lastEventId};
    const bool hasLength = !body.isEmpty() || settings.method == "POST" || settings.method == "PUT";
    if (hasLength && !state.isTurnedIntoGet && !state.isForeign)
        fields << Field{"Content-Length", QByteArray::number(body.size())};
    if (settings.transport.httpVersion == HttpVersion::Http1)
        fields << Field{"Connection", "keep-alive"};
    return fields;
}

/// The scheme of the credentials tells much about a refusal and is no secret.
QByteArray maskedValue(const Field &field)
{
    const bool isSecret = field.isSecret || isSecretHeader(field.name);
    if (!isSecret && field.name.compare("Referer", Qt::CaseInsensitive) == 0)
        return displayUrl(QUrl::fromEncoded(field.value)).toUtf8();
    if (!isSecret)
        return field.value;
    const bool hasScheme = field.name.compare("Authorization", Qt::CaseInsensitive) == 0;
    const qsizetype space = field.value.indexOf(' ');
    return hasScheme && space > 0 ? field.value.left(space + 1) + "***" : QByteArray("***");
}

QByteArray maskedTarget(const QUrl &url)
{
    QUrl masked(displayUrl(url));
    const QByteArray path = masked.path(QUrl::FullyEncoded).toLatin1();
    const QByteArray query = masked.hasQuery() ? '?' + masked.query(QUrl::FullyEncoded).toLatin1() : QByteArray();
    return (path.isEmpty() ? QByteArray("/") : path) + query;
}

QByteArray maskedHead(const QByteArray &method, const QUrl &url, const QList<Field> &fields)
{
    QByteArray head = method + ' ' + maskedTarget(url) + " HTTP/1.1\r\n";
    for (const Field &field : fields)
        head += field.name + ": " + maskedValue(field) + "\r\n";
    return head + "\r\n";
}

} // namespace

bool isSendable(const QByteArray &lastEventId)
{
    return std::none_of(lastEventId.begin(), lastEventId.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\t') || byte == 0x7F;
    });
}

bool isIdempotent(const QByteArray &method)
{
    static const QByteArrayList methods{
        "GET", "HEAD", "OPTIONS", "PUT", "DELETE", "REPORT", "PROPFIND", "SEARCH", "QUERY"};
    return methods.contains(method);
}

StreamRequest streamRequest(const SubscriptionSettings &settings, const RequestState &state)
{
    const bool isBare = state.isTurnedIntoGet || state.isForeign;
    StreamRequest result;
    result.method = state.isTurnedIntoGet ? QByteArray("GET") : settings.method;
    result.body = isBare ? QByteArray() : settings.body;
    result.request.setUrl(state.url.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveFragment));
    setAttributes(result.request);
    const QList<Field> fields = fieldsOf(settings, state, result.body);
    for (const Field &field : fields)
        result.request.setRawHeader(field.name, field.value);
    result.secretTexts = settings.secretTexts;
    result.maskedHead = maskedHead(result.method, state.url, fields);
    return result;
}

QByteArray asHttp2Head(const QByteArray &head, const QUrl &url)
{
    QByteArrayList lines = head.split('\n');
    const QByteArrayList requestLine = lines.takeFirst().split(' ');
    QByteArray result = ":method: " + requestLine.value(0) + "\r\n:authority: " + hostField(url) +
                        "\r\n:path: " + requestLine.value(1) + "\r\n:scheme: " + url.scheme().toLatin1() + "\r\n";
    for (const QByteArray &line : lines) {
        const QByteArray name = line.left(line.indexOf(':')).toLower();
        if (line.contains(':') && name != "host" && name != "connection")
            result += name + line.mid(name.size()) + '\n';
    }
    return result + "\r\n";
}

} // namespace weir::subscribe
