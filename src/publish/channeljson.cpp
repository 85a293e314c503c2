// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/channelsettings.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <array>

namespace weir::publish {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array idNames{"counter"_L1, "time"_L1, "own"_L1, "none"_L1};
constexpr std::array compressionNames{"none"_L1, "gzip"_L1};

QString nameOf(IdPolicy policy)
{
    return idNames[static_cast<std::size_t>(policy)];
}

/// Takes members out of an object, each by its name, and remembers the first that is not as it must be.
class Members
{
public:
    explicit Members(const QJsonObject &object)
        : m_object(object)
    {}

    const QString &wrong() const { return m_wrong; } ///< a name; empty: none so far

    void text(QLatin1StringView name, QString &target)
    {
        if (const QJsonValue value = m_object.value(name); value.isString())
            target = value.toString();
        else
            note(name, value);
    }
    void flag(QLatin1StringView name, bool &target)
    {
        if (const QJsonValue value = m_object.value(name); value.isBool())
            target = value.toBool();
        else
            note(name, value);
    }
    qint64 number(QLatin1StringView name, qint64 fallback, qint64 most = Q_INT64_C(1) << 52)
    {
        const QJsonValue value = m_object.value(name);
        const qint64 number = value.toInteger(-1);
        if (value.isDouble() && number >= 0 && number <= most)
            return number;
        note(name, value);
        return fallback;
    }
    template <std::size_t Count>
    std::size_t choice(QLatin1StringView name, const std::array<QLatin1StringView, Count> &names)
    {
        const QJsonValue value = m_object.value(name);
        for (std::size_t i = 0; i < Count; ++i) {
            if (value.isString() && value.toString() == names[i])
                return i;
        }
        note(name, value);
        return 0;
    }
    QList<std::pair<QByteArray, QByteArray>> headers(QLatin1StringView name)
    {
        QList<std::pair<QByteArray, QByteArray>> result;
        const QJsonValue value = m_object.value(name);
        if (!value.isArray())
            note(name, value);
        for (const QJsonValueConstRef element : value.toArray()) {
            const QJsonObject header = element.toObject();
            if (!header.value("name"_L1).isString() || !header.value("value"_L1).isString())
                note(name, element);
            result.append({header.value("name"_L1).toString().toUtf8(), header.value("value"_L1).toString().toUtf8()});
        }
        return result;
    }

private:
    void note(QLatin1StringView name, const QJsonValue &value)
    {
        if (!value.isUndefined() && m_wrong.isEmpty())
            m_wrong = name;
    }

    const QJsonObject &m_object;
    QString m_wrong;
};

QJsonArray headersToJson(const QList<std::pair<QByteArray, QByteArray>> &headers)
{
    QJsonArray array;
    for (const auto &[name, value] : headers)
        array.append(QJsonObject{{u"name"_s, QString::fromUtf8(name)}, {u"value"_s, QString::fromUtf8(value)}});
    return array;
}

ChannelSettings read(Members &members)
{
    ChannelSettings settings;
    members.text("path"_L1, settings.path);
    settings.ids = static_cast<IdPolicy>(members.choice("ids"_L1, idNames));
    settings.historyEvents =
        static_cast<int>(members.number("historyEvents"_L1, settings.historyEvents, std::numeric_limits<int>::max()));
    settings.historyBytes = members.number("historyBytes"_L1, settings.historyBytes);
    settings.historyAge = std::chrono::seconds{members.number("historyAgeS"_L1, 0)};
    settings.sendLast = static_cast<int>(members.number("sendLast"_L1, 0, std::numeric_limits<int>::max()));
    settings.heartbeat = std::chrono::milliseconds{
        members.number("heartbeatMs"_L1, settings.heartbeat.count(), std::numeric_limits<int>::max())};
    if (const qint64 retry = members.number("retryMs"_L1, -1); retry >= 0)
        settings.retry = std::chrono::milliseconds{retry};
    settings.maxLife = std::chrono::milliseconds{members.number("maxLifeMs"_L1, 0, std::numeric_limits<int>::max())};
    settings.returnSpread =
        std::chrono::milliseconds{members.number("returnSpreadMs"_L1, 0, std::numeric_limits<int>::max())};
    settings.headers = members.headers("headers"_L1);
    settings.compression = static_cast<Compression>(members.choice("compression"_L1, compressionNames));
    members.flag("padding"_L1, settings.hasPadding);
    members.flag("chunked"_L1, settings.isChunked);
    members.flag("ended"_L1, settings.hasEnded);
    return settings;
}

} // namespace

QJsonObject toJson(const ChannelSettings &settings)
{
    QJsonObject object{{u"path"_s, settings.path}, {u"ids"_s, nameOf(settings.ids)},
        {u"historyEvents"_s, settings.historyEvents}, {u"historyBytes"_s, settings.historyBytes},
        {u"historyAgeS"_s, static_cast<qint64>(settings.historyAge.count())}, {u"sendLast"_s, settings.sendLast},
        {u"heartbeatMs"_s, static_cast<qint64>(settings.heartbeat.count())},
        {u"maxLifeMs"_s, static_cast<qint64>(settings.maxLife.count())},
        {u"returnSpreadMs"_s, static_cast<qint64>(settings.returnSpread.count())},
        {u"headers"_s, headersToJson(settings.headers)},
        {u"compression"_s, QString(compressionNames[static_cast<std::size_t>(settings.compression)])},
        {u"padding"_s, settings.hasPadding}, {u"chunked"_s, settings.isChunked}, {u"ended"_s, settings.hasEnded}};
    if (settings.retry)
        object.insert(u"retryMs"_s, static_cast<qint64>(settings.retry->count()));
    return object;
}

std::optional<ChannelSettings> channelSettingsFromJson(const QJsonObject &object, QString &error)
{
    Members members(object);
    const ChannelSettings settings = read(members);
    if (members.wrong().isEmpty())
        error = faultOf(settings);
    else
        error =
            QCoreApplication::translate("weir::publish::ChannelSettings", "“%1” is of the wrong kind or out of range.")
                .arg(members.wrong());
    return error.isEmpty() ? std::optional(settings) : std::nullopt;
}

} // namespace weir::publish
