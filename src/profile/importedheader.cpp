// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/importedheader.h"

#include "profile/importtext.h"
#include "profile/variables.h"

#include <QCoreApplication>

#include <optional>

namespace weir::profile {

using namespace subscribe;

using namespace Qt::StringLiterals;

namespace {

std::optional<ContentCodings> codingsFrom(const QByteArray &value)
{
    ContentCodings codings;
    for (const auto &each : value.toLower().split(',')) {
        const auto coding = each.trimmed();
        if (coding == "gzip")
            codings.gzip = true;
        else if (coding == "deflate")
            codings.deflate = true;
        else if (coding == "br")
            codings.brotli = true;
        else if (coding == "zstd")
            codings.zstd = true;
        else if (coding != "identity")
            return {};
    }
    return codings;
}

std::optional<Authentication> basicFrom(const QByteArray &value)
{
    const QByteArray code = value.mid(6);
    const auto decoded = QByteArray::fromBase64Encoding(code, QByteArray::AbortOnBase64DecodingErrors);
    const auto credentials = QString::fromUtf8(decoded.decoded);
    const auto colon = credentials.indexOf(u':');
    if (!decoded || colon < 0 || credentials.toUtf8().toBase64() != code)
        return {};
    return Authentication{AuthenticationKind::Basic, credentials.left(colon), credentials.mid(colon + 1)};
}

std::optional<Authentication> authenticationFrom(const QByteArray &value)
{
    if (value.startsWith("Basic "))
        return basicFrom(value);
    if (!value.startsWith("Bearer "))
        return {};
    const Authentication bearer{AuthenticationKind::Bearer, {}, QString::fromUtf8(value.mid(7))};
    if (!validateAuthentication(bearer, nullptr) || bearer.secret.toUtf8() != value.mid(7))
        return {};
    return bearer;
}

bool isSecretReferer(const QByteArray &lowerName, const QByteArray &value)
{
    const auto text = QString::fromUtf8(value);
    return lowerName == "referer" && displayUrl(QUrl(text)) != text;
}

/// True if the field says nothing that other settings do not say.
bool isTakenElsewhere(SubscriptionSettings &settings, const QByteArray &lowerName, const QByteArray &value)
{
    if (lowerName == "accept" && value == acceptOf(BodyFormat::JsonLines)) {
        settings.bodyFormat = BodyFormat::JsonLines;
        return true;
    }
    if (lowerName == "accept")
        return value == acceptOf(BodyFormat::EventStream);
    if (lowerName == "accept-encoding") {
        if (const auto codings = codingsFrom(value)) {
            settings.codings.gzip |= codings->gzip;
            settings.codings.deflate |= codings->deflate;
            settings.codings.brotli |= codings->brotli;
            settings.codings.zstd |= codings->zstd;
            return true;
        }
    }
    if (lowerName == "last-event-id" && validateLastEventId(value, nullptr)) {
        settings.lastEventId = value;
        return true;
    }
    if (lowerName == "authorization" && settings.authentication.kind == AuthenticationKind::None) {
        if (const auto authentication = authenticationFrom(value)) {
            settings.authentication = *authentication;
            return true;
        }
    }
    return false;
}

} // namespace

void takeImportedHeader(
    SubscriptionSettings &settings, const QByteArray &name, const QByteArray &value, QStringList &notes)
{
    const auto lowerName = name.toLower();
    if (isTakenElsewhere(settings, lowerName, value))
        return;
    const Header header{name, value, isSecretHeader(name) || isSecretReferer(lowerName, value), true};
    auto error = SettingsError::HeaderNameInvalid;
    if (validateHeader(header, &error)) {
        settings.headers.append(header);
        return;
    }
    const bool isOfConnection =
        lowerName == "content-length" || lowerName == "connection" || lowerName == "keep-alive" || lowerName == "te";
    if (!isOfConnection)
        notes << ImportText::tr("The header %1 is left out: %2").arg(QString::fromUtf8(name), text(error));
}

QByteArray acceptOf(BodyFormat format)
{
    return format == BodyFormat::EventStream ? "text/event-stream" : "application/x-ndjson, application/jsonl";
}

QString takeImportedAddress(SubscriptionSettings &settings, const QString &address)
{
    if (holdsVariable(address)) {
        settings.address = address.trimmed();
        return {};
    }
    auto error = SettingsError::UrlInvalid;
    settings.url = urlFromUserInput(address, &error);
    return settings.url.isValid() ? QString() : text(error);
}

} // namespace weir::profile
