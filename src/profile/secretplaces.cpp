// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/secretplaces.h"

#include "profile/addresstext.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace weir::profile {

using namespace subscribe;

using namespace Qt::StringLiterals;

namespace {

struct PlaceText
{
    Q_DECLARE_TR_FUNCTIONS(PlaceText)
};

/// Visits each secret header with its key.
template <typename Headers, typename Visit>
void visitHeaders(Headers &headers, Visit visit)
{
    const auto places = headerPlaces(headers);
    for (qsizetype i = 0; i < places.size(); ++i)
        if (!places[i].isEmpty())
            visit(headers[i], places[i]);
}

template <typename Settings>
auto *fieldAt(Settings &settings, const QString &place)
{
    using Field = std::conditional_t<std::is_const_v<Settings>, const QString, QString>;
    Field *field = nullptr;
    if (place == "authentication"_L1 && settings.authentication.kind != AuthenticationKind::None)
        field = &settings.authentication.secret;
    else if (place == "authenticationUser"_L1 && settings.authentication.kind == AuthenticationKind::Basic)
        field = &settings.authentication.userName;
    else if (place == "proxy"_L1)
        field = &settings.transport.proxy.password;
    else if (place == "keyPassphrase"_L1)
        field = &settings.transport.tls.keyPassphrase;
    return field;
}

/// As in `curl -u KEY:`.
bool isUserNameAlone(const Authentication &authentication)
{
    return authentication.kind == AuthenticationKind::Basic && authentication.secret.isEmpty();
}

bool isInAddress(const QString &place)
{
    return place.startsWith("url"_L1) || place.startsWith("query:"_L1);
}

QString placeholder()
{
    return u"***"_s;
}

QString addressOf(const SubscriptionSettings &settings)
{
    return settings.address.isEmpty() ? settings.url.toString(QUrl::FullyEncoded) : settings.address;
}

void setAddress(SubscriptionSettings &settings, const QString &text)
{
    if (settings.address.isEmpty())
        settings.url = QUrl(text, QUrl::TolerantMode);
    else
        settings.address = text;
}

QString encoded(const QString &place, const QString &value)
{
    if (isOnlyVariables(value) || value == placeholder())
        return value;
    // What can stand there as it is, is taken as encoded already: it may have been read there.
    static const QRegularExpression fit(u"^(?:[A-Za-z0-9._~!$'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*$"_s);
    const bool isQuery = place.startsWith("query:"_L1);
    if (fit.match(value).hasMatch() && (isQuery || !value.contains(QRegularExpression(u"[@/?]"_s))))
        return value;
    const QByteArray allowed = isQuery ? QByteArray("!$'()*+,;=:@/?") : QByteArray("!$'()*+,;=");
    return QString::fromLatin1(QUrl::toPercentEncoding(value, allowed));
}

} // namespace

bool isOnlyVariables(const QString &value)
{
    static const QRegularExpression pattern(u"^\\s*(?:(?:Basic|Bearer|Token|Digest|ApiKey|Negotiate)\\s+)?"
                                            "(?:[A-Za-z0-9_.-]+=)?\\{\\{\\s*[\\w.-]+\\s*\\}\\}"
                                            "(?:;\\s*(?:[A-Za-z0-9_.-]+=)?\\{\\{\\s*[\\w.-]+\\s*\\}\\})*\\s*$"_s,
        QRegularExpression::CaseInsensitiveOption);
    return pattern.match(value).hasMatch();
}

QStringList headerPlaces(const QList<Header> &headers)
{
    QStringList places;
    QList<QByteArray> seen;
    for (const auto &header : headers) {
        if (!header.isSecret && !isSecretHeader(header.name)) {
            places << QString();
            continue;
        }
        seen << header.name.toLower();
        const auto number = seen.count(seen.last());
        places << u"header:"_s + QString::fromUtf8(header.name) + (number > 1 ? u"#%1"_s.arg(number) : QString());
    }
    return places;
}

QStringList possibleSecretPlaces(const SubscriptionSettings &settings)
{
    QStringList places = AddressText(addressOf(settings)).places();
    visitHeaders(settings.headers, [&](const Header &, const QString &place) { places << place; });
    for (const auto &place : {u"authentication"_s, u"proxy"_s, u"keyPassphrase"_s})
        if (fieldAt(settings, place))
            places << place;
    if (isUserNameAlone(settings.authentication))
        places << u"authenticationUser"_s;
    return places;
}

QStringList secretPlaces(const SubscriptionSettings &settings)
{
    QStringList places;
    for (const auto &place : possibleSecretPlaces(settings)) {
        if (!isLeftOut(settings, place) && !isOnlyVariables(secretAt(settings, place)))
            places << place;
    }
    return places;
}

QString secretAt(const SubscriptionSettings &settings, const QString &place)
{
    if (isInAddress(place))
        return AddressText(addressOf(settings)).at(place);
    if (const auto *field = fieldAt(settings, place))
        return *field;
    QString value;
    visitHeaders(settings.headers, [&](const Header &header, const QString &each) {
        if (each.compare(place, Qt::CaseInsensitive) == 0)
            value = QString::fromUtf8(header.value);
    });
    return value;
}

bool setSecretAt(SubscriptionSettings &settings, const QString &place, const QString &value)
{
    if (isInAddress(place)) {
        const AddressText address(addressOf(settings));
        if (!address.places().contains(place))
            return false;
        setAddress(settings, address.with(place, encoded(place, value)));
        return true;
    }
    if (auto *field = fieldAt(settings, place)) {
        *field = value;
        return true;
    }
    bool isFound = false;
    visitHeaders(settings.headers, [&](Header &header, const QString &each) {
        if (each.compare(place, Qt::CaseInsensitive) != 0)
            return;
        header.value = value.toUtf8();
        isFound = true;
    });
    return isFound;
}

SubscriptionSettings withoutSecrets(const SubscriptionSettings &settings)
{
    return withoutSecrets(settings, secretPlaces(settings));
}

SubscriptionSettings withoutSecrets(SubscriptionSettings settings, const QStringList &places)
{
    for (const auto &place : places)
        setSecretAt(settings, place, isInAddress(place) ? placeholder() : QString());
    return settings;
}

bool isLeftOut(const SubscriptionSettings &settings, const QString &place)
{
    const auto value = secretAt(settings, place);
    return value.isEmpty() || (isInAddress(place) && value == placeholder());
}

QString displayAddress(const SubscriptionSettings &settings)
{
    if (settings.address.isEmpty())
        return displayUrl(settings.url);
    SubscriptionSettings address;
    address.address = settings.address;
    return withoutSecrets(address).address;
}

QString placeText(const QString &place)
{
    if (place == "authentication"_L1)
        return PlaceText::tr("password or token");
    if (place == "authenticationUser"_L1)
        return PlaceText::tr("user name, sent without password");
    if (place == "proxy"_L1)
        return PlaceText::tr("password for the proxy");
    if (place == "keyPassphrase"_L1)
        return PlaceText::tr("passphrase of the key");
    if (place == "urlUser"_L1)
        return PlaceText::tr("user name in the address");
    if (place == "urlPassword"_L1)
        return PlaceText::tr("password in the address");
    if (place.startsWith("query:"_L1))
        return PlaceText::tr("%1 in the address").arg(place.mid(6));
    return PlaceText::tr("header %1").arg(place.mid(7));
}

} // namespace weir::profile
