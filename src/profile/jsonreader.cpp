// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/jsonreader.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>
#include <cmath>
#include <utility>

namespace weir::profile {

using namespace Qt::StringLiterals;

namespace {

struct JsonText
{
    Q_DECLARE_TR_FUNCTIONS(JsonText)
};

constexpr auto byteOrderMark = "\xEF\xBB\xBF";

} // namespace

std::optional<QJsonObject> jsonObjectFrom(const QByteArray &bytes, QString *problem)
{
    QJsonParseError error;
    // Chrome's HAR files have none, those of some proxies do.
    const qsizetype skipped = bytes.startsWith(byteOrderMark) ? 3 : 0;
    const auto document = QJsonDocument::fromJson(bytes.mid(skipped), &error);
    if (error.error != QJsonParseError::NoError) {
        // The parser has taken the character that it stumbles over.
        const auto before = bytes.left(skipped + std::max(error.offset - 1, 0));
        const auto column = QString::fromUtf8(before.mid(before.lastIndexOf('\n') + 1)).size() + 1;
        *problem =
            JsonText::tr("line %1, column %2: %3").arg(before.count('\n') + 1).arg(column).arg(error.errorString());
        return {};
    }
    if (!document.isObject()) {
        *problem = JsonText::tr("line 1, column 1: an object { … } was expected");
        return {};
    }
    return document.object();
}

JsonReader::JsonReader(QJsonObject object, QString path, QStringList &problems)
    : m_object(std::move(object))
    , m_path(std::move(path))
    , m_problems(&problems)
{}

QString JsonReader::pathOf(const QString &key) const
{
    return m_path.isEmpty() ? key : m_path + u'.' + key;
}

void JsonReader::report(const QString &key, const QString &problem)
{
    *m_problems << pathOf(key) + u": "_s + problem;
}

QJsonValue JsonReader::take(const QString &key)
{
    m_asked << key;
    return m_object.value(key);
}

QStringList JsonReader::unknownKeys() const
{
    QStringList unknown;
    for (const auto &key : m_object.keys())
        if (!m_asked.contains(key))
            unknown << pathOf(key);
    return unknown;
}

std::optional<QString> JsonReader::text(const QString &key)
{
    const auto value = take(key);
    if (value.isString())
        return value.toString();
    if (!value.isUndefined())
        report(key, JsonText::tr("must be a text"));
    return {};
}

std::optional<QByteArray> JsonReader::bytes(const QString &key)
{
    const auto value = take(key);
    if (value.isString())
        return value.toString().toUtf8();
    if (value.isUndefined())
        return {};
    const auto decoded = QByteArray::fromBase64Encoding(
        value.toObject().value("base64"_L1).toString().toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    if (decoded && value.toObject().contains("base64"_L1))
        return decoded.decoded;
    report(key, JsonText::tr("must be a text, or an object with \"base64\""));
    return {};
}

std::optional<bool> JsonReader::boolean(const QString &key)
{
    const auto value = take(key);
    if (value.isBool())
        return value.toBool();
    if (!value.isUndefined())
        report(key, JsonText::tr("must be true or false"));
    return {};
}

std::optional<qint64> JsonReader::integer(const QString &key, qint64 least, qint64 most)
{
    const auto value = take(key);
    const double real = value.toDouble(std::nan(""));
    if (real == std::floor(real) && real >= static_cast<double>(least) && real <= static_cast<double>(most))
        return static_cast<qint64>(real);
    if (!value.isUndefined())
        report(key, JsonText::tr("must be a whole number from %1 to %2").arg(least).arg(most));
    return {};
}

std::optional<double> JsonReader::number(const QString &key, double least, double most)
{
    const auto value = take(key);
    const double real = value.toDouble(std::nan(""));
    if (real >= least && real <= most)
        return real;
    if (!value.isUndefined())
        report(key, JsonText::tr("must be a number from %1 to %2").arg(least).arg(most));
    return {};
}

std::optional<qsizetype> JsonReader::oneOf(const QString &key, const QStringList &words)
{
    const auto value = take(key);
    const auto index = value.isString() ? words.indexOf(value.toString()) : -1;
    if (index >= 0)
        return index;
    if (!value.isUndefined())
        report(key, JsonText::tr("must be one of %1").arg(words.join(u", "_s)));
    return {};
}

QStringList JsonReader::texts(const QString &key)
{
    const auto value = take(key);
    if (!value.isUndefined() && !value.isArray())
        report(key, JsonText::tr("must be a list"));
    QStringList texts;
    const auto array = value.toArray();
    for (qsizetype i = 0; i < array.size(); ++i) {
        if (array[i].isString())
            texts << array[i].toString();
        else
            report(u"%1[%2]"_s.arg(key).arg(i), JsonText::tr("must be a text"));
    }
    return texts;
}

std::optional<JsonReader> JsonReader::object(const QString &key)
{
    const auto value = take(key);
    if (value.isObject())
        return JsonReader(value.toObject(), pathOf(key), *m_problems);
    if (!value.isUndefined())
        report(key, JsonText::tr("must be an object"));
    return {};
}

QList<JsonReader> JsonReader::objects(const QString &key)
{
    const auto value = take(key);
    if (!value.isUndefined() && !value.isArray())
        report(key, JsonText::tr("must be a list"));
    QList<JsonReader> readers;
    const auto array = value.toArray();
    for (qsizetype i = 0; i < array.size(); ++i) {
        const auto name = u"%1[%2]"_s.arg(key).arg(i);
        if (array[i].isObject())
            readers << JsonReader(array[i].toObject(), pathOf(name), *m_problems);
        else
            report(name, JsonText::tr("must be an object"));
    }
    return readers;
}

bool JsonReader::isSecret(const QString &key)
{
    const auto value = m_object.value(key);
    const bool isMarked = value.isObject() && value.toObject().value("secret"_L1).toBool();
    if (isMarked)
        m_asked << key;
    return isMarked;
}

QJsonValue jsonBytes(const QByteArray &bytes)
{
    const auto text = QString::fromUtf8(bytes);
    if (text.toUtf8() == bytes)
        return text;
    return QJsonObject{{u"base64"_s, QString::fromLatin1(bytes.toBase64())}};
}

QByteArray jsonText(const QJsonObject &object)
{
    QByteArray result;
    // Texts hold no raw line ends in JSON, so each line's leading blanks are indentation.
    for (const auto &line : QJsonDocument(object).toJson(QJsonDocument::Indented).split('\n')) {
        qsizetype blanks = 0;
        while (blanks < line.size() && line[blanks] == ' ')
            ++blanks;
        result += QByteArray(blanks / 2, ' ') + line.mid(blanks) + '\n';
    }
    result.chop(1);
    return result;
}

} // namespace weir::profile
