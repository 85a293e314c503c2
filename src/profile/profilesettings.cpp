// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/profilesettings.h"

#include "profile/importedheader.h"
#include "profile/profiletext.h"
#include "profile/secretplaces.h"

#include <QCoreApplication>

#include <limits>
#include <utility>

namespace weir::profile {

using namespace subscribe;

using namespace Qt::StringLiterals;

namespace {

using std::chrono::milliseconds;

constexpr qint64 maxMs = std::numeric_limits<int>::max(); // of a timer: 24 days
constexpr qint64 maxBytes = qint64{1} << 40;

/// Puts members into an object unless they have their defaults. Has the same functions as MemberReader, so that one
/// walk over the settings serves both ways.
class MemberWriter
{
public:
    explicit MemberWriter(const QStringList &secrets)
        : m_secrets(secrets)
    {}

    QJsonObject object;

    void text(const QString &key, const QString &value)
    {
        if (!value.isEmpty())
            object.insert(key, value);
    }
    void bytes(const QString &key, const QByteArray &value, const QByteArray &standard)
    {
        if (value != standard)
            object.insert(key, jsonBytes(value));
    }
    void boolean(const QString &key, bool value, bool standard)
    {
        if (value != standard)
            object.insert(key, value);
    }
    template <typename Integer>
    void integer(const QString &key, Integer value, Integer standard, qint64 /*least*/, qint64 /*most*/)
    {
        if (value != standard)
            object.insert(key, static_cast<qint64>(value));
    }
    void optionalInteger(const QString &key, std::optional<std::uint64_t> value, qint64 /*most*/)
    {
        if (value)
            object.insert(key, static_cast<qint64>(*value));
    }
    void time(const QString &key, milliseconds value, milliseconds standard)
    {
        if (value != standard)
            object.insert(key, static_cast<qint64>(value.count()));
    }
    void number(const QString &key, double value, double standard, double /*least*/, double /*most*/)
    {
        if (value < standard || value > standard)
            object.insert(key, value);
    }
    template <typename Enum>
    void oneOf(const QString &key, Enum value, Enum standard, const QStringList &words)
    {
        if (value != standard)
            object.insert(key, words[static_cast<qsizetype>(value)]);
    }
    void secret(const QString &key, const QString &value, const QString &place)
    {
        if (m_secrets.contains(place))
            object.insert(key, QJsonObject{{u"secret"_s, true}});
        else
            text(key, value);
    }
    template <typename Visit>
    void members(const QString &key, Visit visit)
    {
        MemberWriter writer(m_secrets);
        visit(writer);
        if (!writer.object.isEmpty())
            object.insert(key, writer.object);
    }

private:
    const QStringList &m_secrets;
};

class MemberReader
{
public:
    MemberReader(JsonReader &json, QStringList &secrets, QStringList &unknown)
        : m_json(json)
        , m_secrets(secrets)
        , m_unknown(unknown)
    {}

    void text(const QString &key, QString &value) { take(m_json.text(key), value); }
    void bytes(const QString &key, QByteArray &value, const QByteArray &) { take(m_json.bytes(key), value); }
    void boolean(const QString &key, bool &value, bool) { take(m_json.boolean(key), value); }
    template <typename Integer>
    void integer(const QString &key, Integer &value, Integer, qint64 least, qint64 most)
    {
        if (const auto read = m_json.integer(key, least, most))
            value = static_cast<Integer>(*read);
    }
    void optionalInteger(const QString &key, std::optional<std::uint64_t> &value, qint64 most)
    {
        if (const auto read = m_json.integer(key, 0, most))
            value = static_cast<std::uint64_t>(*read);
    }
    void time(const QString &key, milliseconds &value, milliseconds)
    {
        if (const auto read = m_json.integer(key, 0, maxMs))
            value = milliseconds{*read};
    }
    void number(const QString &key, double &value, double, double least, double most)
    {
        take(m_json.number(key, least, most), value);
    }
    template <typename Enum>
    void oneOf(const QString &key, Enum &value, Enum, const QStringList &words)
    {
        if (const auto index = m_json.oneOf(key, words))
            value = static_cast<Enum>(*index);
    }
    void secret(const QString &key, QString &value, const QString &place)
    {
        if (m_json.isSecret(key))
            m_secrets << place;
        else
            text(key, value);
    }
    template <typename Visit>
    void members(const QString &key, Visit visit)
    {
        auto json = m_json.object(key);
        if (!json)
            return;
        MemberReader reader(*json, m_secrets, m_unknown);
        visit(reader);
        m_unknown << json->unknownKeys();
    }

private:
    template <typename T>
    static void take(const std::optional<T> &read, T &value)
    {
        if (read)
            value = *read;
    }

    JsonReader &m_json;
    QStringList &m_secrets;
    QStringList &m_unknown;
};

template <typename Members, typename Policy>
void visitReconnect(Members &members, Policy &policy)
{
    const ReconnectPolicy standard;
    members.boolean(u"enabled"_s, policy.isEnabled, standard.isEnabled);
    members.boolean(u"strict"_s, policy.isStrict, standard.isStrict);
    members.boolean(u"finishedAtEnd"_s, policy.isFinishedAtEnd, standard.isFinishedAtEnd);
    members.time(u"timeMs"_s, policy.reconnectionTime, standard.reconnectionTime);
    members.time(u"floorMs"_s, policy.floor, standard.floor);
    members.time(u"ceilingMs"_s, policy.ceiling, standard.ceiling);
    members.time(u"retryCeilingMs"_s, policy.retryCeiling, standard.retryCeiling);
    members.number(u"backOffFactor"_s, policy.backOffFactor, standard.backOffFactor, 1, 1000);
    members.number(u"jitter"_s, policy.jitter, standard.jitter, 0, 1);
    members.integer(u"maxAttempts"_s, policy.maxAttempts, standard.maxAttempts, 0, std::numeric_limits<int>::max());
}

template <typename Members, typename Value>
void visitConsumption(Members &members, Value &value)
{
    members.integer(u"bytesPerSecond"_s, value.bytesPerSecond, std::uint64_t{0}, 0, maxBytes);
    members.optionalInteger(u"stopsAfterBytes"_s, value.stopsAfter, maxBytes);
    members.time(u"stopsForMs"_s, value.stopsFor, std::chrono::milliseconds{0});
    members.integer(u"extraConnections"_s, value.extraConnections, 0, 0, subscribe::maxExtraConnections);
}

template <typename Members, typename Transport>
void visitTransport(Members &members, Transport &transport)
{
    members.members(u"tls"_s, [&](auto &tls) {
        tls.text(u"caFile"_s, transport.tls.caFile);
        tls.text(u"certificateFile"_s, transport.tls.certificateFile);
        tls.text(u"keyFile"_s, transport.tls.keyFile);
        tls.secret(u"keyPassphrase"_s, transport.tls.keyPassphrase, u"keyPassphrase"_s);
        tls.boolean(u"acceptInvalid"_s, transport.tls.acceptInvalid, false);
    });
    members.members(u"proxy"_s, [&](auto &proxy) {
        proxy.oneOf(
            u"kind"_s, transport.proxy.kind, ProxyKind::System, {u"system"_s, u"none"_s, u"http"_s, u"socks5"_s});
        proxy.text(u"host"_s, transport.proxy.host);
        proxy.integer(u"port"_s, transport.proxy.port, quint16{0}, 0, std::numeric_limits<quint16>::max());
        proxy.text(u"userName"_s, transport.proxy.userName);
        proxy.secret(u"password"_s, transport.proxy.password, u"proxy"_s);
    });
    members.oneOf(u"httpVersion"_s, transport.httpVersion, HttpVersion::Http1, {u"1.1"_s, u"2"_s});
    members.oneOf(u"addressFamily"_s, transport.addressFamily, AddressFamily::Any, {u"any"_s, u"ipv4"_s, u"ipv6"_s});
}

/// All but address, headers and codings.
template <typename Members, typename Settings>
void visitSettings(Members &members, Settings &settings)
{
    const SubscriptionSettings standard;
    members.text(u"name"_s, settings.name);
    members.text(u"group"_s, settings.group);
    members.integer(u"colour"_s, settings.colourIndex, -1, 0, subscriptionColours - 1); // always written
    members.bytes(u"method"_s, settings.method, standard.method);
    members.bytes(u"body"_s, settings.body, standard.body);
    members.bytes(u"lastEventId"_s, settings.lastEventId, standard.lastEventId);
    members.members(u"authentication"_s, [&](auto &authentication) {
        auto &value = settings.authentication;
        authentication.oneOf(u"kind"_s, value.kind, AuthenticationKind::None, {u"none"_s, u"basic"_s, u"bearer"_s});
        authentication.secret(u"userName"_s, value.userName, u"authenticationUser"_s);
        const bool isBearer = value.kind == AuthenticationKind::Bearer;
        authentication.secret(isBearer ? u"token"_s : u"password"_s, value.secret, u"authentication"_s);
    });
    members.boolean(u"keepsCookies"_s, settings.keepsCookies, standard.keepsCookies);
    members.boolean(u"acceptsAnyContentType"_s, settings.acceptsAnyContentType, standard.acceptsAnyContentType);
    members.oneOf(u"bodyFormat"_s, settings.bodyFormat, standard.bodyFormat, {u"eventStream"_s, u"jsonLines"_s});
    members.time(u"headerDeadlineMs"_s, settings.headerDeadline, standard.headerDeadline);
    members.time(u"idleTimeoutMs"_s, settings.idleTimeout, standard.idleTimeout);
    members.integer(u"maxEventBytes"_s, settings.maxEventBytes, standard.maxEventBytes, 1, maxBytes);
    members.integer(
        u"maxDecodedBytesPerRead"_s, settings.maxDecodedBytesPerRead, standard.maxDecodedBytesPerRead, 1, maxBytes);
    members.integer(u"http2MemoryCeiling"_s, settings.http2MemoryCeiling, standard.http2MemoryCeiling, 1, maxBytes);
    members.members(u"consumption"_s, [&](auto &consumption) { visitConsumption(consumption, settings.consumption); });
    members.members(u"reconnect"_s, [&](auto &reconnect) { visitReconnect(reconnect, settings.reconnect); });
    visitTransport(members, settings.transport);
}

constexpr std::array codingNames{"gzip"_L1, "deflate"_L1, "br"_L1, "zstd"_L1};
constexpr std::array codingMembers{
    &ContentCodings::gzip, &ContentCodings::deflate, &ContentCodings::brotli, &ContentCodings::zstd};

QJsonArray codingsJson(const ContentCodings &codings)
{
    QJsonArray array;
    for (std::size_t i = 0; i < codingNames.size(); ++i)
        if (codings.*codingMembers[i])
            array.append(codingNames[i]);
    return array;
}

void readCodings(JsonReader &reader, ContentCodings &codings)
{
    for (const auto &name : reader.texts(u"codings"_s)) {
        const auto *found = std::ranges::find(codingNames, name);
        if (found == codingNames.end())
            reader.report(u"codings"_s, ProfileText::tr("must name only gzip, deflate, br and zstd"));
        else
            codings.*codingMembers[static_cast<std::size_t>(found - codingNames.begin())] = true;
    }
}

QJsonArray headersJson(const QList<Header> &headers, const QStringList &secrets)
{
    QJsonArray array;
    const auto places = headerPlaces(headers);
    for (qsizetype i = 0; i < headers.size(); ++i) {
        QJsonObject object{{u"name"_s, QString::fromUtf8(headers[i].name)}};
        const bool isLeftOut = secrets.contains(places[i]);
        if (!isLeftOut)
            object.insert(u"value"_s, jsonBytes(headers[i].value));
        if (isLeftOut || headers[i].isSecret)
            object.insert(u"secret"_s, true);
        if (!headers[i].isEnabled)
            object.insert(u"enabled"_s, false);
        array.append(object);
    }
    return array;
}

void check(JsonReader &reader, const Header &header)
{
    auto error = SettingsError::HeaderNameInvalid;
    if (validateHeader(header, &error))
        return;
    reader.report(error == SettingsError::HeaderValueInvalid ? u"value"_s : u"name"_s, text(error));
}

void readHeaders(JsonReader &reader, ProfileSubscription &subscription, QStringList &unknown)
{
    QList<bool> isLeftOut;
    auto &headers = subscription.settings.headers;
    for (auto &json : reader.objects(u"headers"_s)) {
        const auto name = json.text(u"name"_s);
        if (!name) {
            if (!json.has(u"name"_s))
                json.report(u"name"_s, ProfileText::tr("is missing"));
            continue;
        }
        Header header{name->toUtf8(), json.bytes(u"value"_s).value_or(QByteArray())};
        header.isSecret = json.boolean(u"secret"_s).value_or(false);
        header.isEnabled = json.boolean(u"enabled"_s).value_or(true);
        isLeftOut << (header.isSecret && !json.has(u"value"_s));
        check(json, header);
        headers << header;
        unknown << json.unknownKeys();
    }
    const auto places = headerPlaces(headers);
    for (qsizetype i = 0; i < places.size(); ++i)
        if (isLeftOut[i])
            subscription.secrets << places[i];
}

void readAddress(JsonReader &reader, SubscriptionSettings &settings)
{
    const auto url = reader.text(u"url"_s);
    const auto address = reader.text(u"address"_s);
    const auto key = address ? u"address"_s : u"url"_s;
    if (!url && !address) {
        if (!reader.has(u"url"_s) && !reader.has(u"address"_s))
            reader.report(u"url"_s, ProfileText::tr("is missing"));
        return;
    }
    const auto text = address.value_or(url.value_or(QString()));
    if (const auto problem = takeImportedAddress(settings, text); !problem.isEmpty()) {
        // Kept as it is, so that it can be put right in the window.
        settings.address = text;
        reader.report(key, problem);
    }
}

} // namespace

QJsonObject subscriptionJson(const ProfileSubscription &subscription)
{
    auto places = secretPlaces(subscription.settings);
    // Then the name stands alone only because its password was left out.
    if (subscription.secrets.contains("authentication"_L1))
        places.removeAll(u"authenticationUser"_s);
    const auto settings = withoutSecrets(subscription.settings, places);
    const auto possible = possibleSecretPlaces(subscription.settings);
    auto secrets = places;
    for (const auto &place : subscription.secrets)
        if (possible.contains(place) && isLeftOut(subscription.settings, place))
            secrets << place;
    MemberWriter writer(secrets);
    visitSettings(writer, settings);
    auto object = writer.object;
    if (!settings.address.isEmpty())
        object.insert(u"address"_s, settings.address);
    else
        object.insert(u"url"_s, settings.url.toString(QUrl::FullyEncoded));
    if (!settings.headers.isEmpty())
        object.insert(u"headers"_s, headersJson(settings.headers, secrets));
    if (settings.codings != ContentCodings())
        object.insert(u"codings"_s, codingsJson(settings.codings));
    return object;
}

ProfileSubscription subscriptionFrom(JsonReader &reader, QStringList &unknown)
{
    ProfileSubscription subscription;
    auto &settings = subscription.settings;
    MemberReader members(reader, subscription.secrets, unknown);
    visitSettings(members, settings);
    readAddress(reader, settings);
    readHeaders(reader, subscription, unknown);
    readCodings(reader, settings.codings);
    auto error = SettingsError::MethodInvalid;
    if (!validateMethod(settings.method, &error))
        reader.report(u"method"_s, text(error));
    for (const auto &place : possibleSecretPlaces(settings))
        if (isLeftOut(settings, place) && !secretAt(settings, place).isEmpty())
            subscription.secrets << place;
    unknown << reader.unknownKeys();
    return subscription;
}

} // namespace weir::profile
