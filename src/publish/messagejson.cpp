// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/messagejson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace weir::publish {

using namespace Qt::StringLiterals;

namespace {

/// Where the value that begins at `at` ends. Requires: well-formed JSON.
qsizetype endOfValue(const QByteArray &json, qsizetype at)
{
    int depth = 0;
    bool isInString = false;
    for (; at < json.size(); ++at) {
        const char c = json[at];
        if (isInString) {
            if (c == '\\')
                ++at;
            else if (c == '"')
                isInString = false;
        } else if (c == '"') {
            isInString = true;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if ((c == '}' || c == ']') && depth-- == 0) {
            return at;
        } else if (c == ',' && depth == 0) {
            return at;
        }
    }
    return at;
}

qsizetype skipSpace(const QByteArray &json, qsizetype at)
{
    while (at < json.size() && QByteArrayView(" \t\r\n").contains(json[at]))
        ++at;
    return at;
}

/// The text of the last member of that name, as it stands in `json`, a well-formed object: a parser would sort the
/// members of an object and round its numbers.
QByteArray rawMember(const QByteArray &json, const QByteArray &name)
{
    QByteArray found;
    qsizetype at = json.indexOf('{') + 1;
    while (true) {
        at = skipSpace(json, at);
        if (at >= json.size() || json[at] == '}')
            return found;
        const qsizetype nameBegin = at + 1;
        qsizetype nameEnd = nameBegin;
        while (json[nameEnd] != '"')
            nameEnd += json[nameEnd] == '\\' ? 2 : 1;
        const qsizetype value = skipSpace(json, json.indexOf(':', nameEnd) + 1);
        at = endOfValue(json, value);
        if (json.mid(nameBegin, nameEnd - nameBegin) == name)
            found = json.mid(value, at - value).trimmed();
        if (at < json.size() && json[at] == ',')
            ++at;
    }
}

std::string textOf(const QByteArray &json, const QString &name, const QJsonValue &value)
{
    if (value.isString())
        return value.toString().toStdString();
    if (const QByteArray raw = rawMember(json, name.toUtf8()); !raw.isNull())
        return raw.toStdString();
    // The name was written with escapes.
    return QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact).mid(1).chopped(1).toStdString();
}

bool takeMember(const QByteArray &json, const QString &name, const QJsonValue &value, MessageJson &result)
{
    sse::Message &message = result.message;
    if (name == "data"_L1)
        message.data = textOf(json, name, value);
    else if (name == "id"_L1 && (value.isString() || value.isDouble()))
        message.id = textOf(json, name, value);
    else if (name == "type"_L1 && value.isString())
        message.type = value.toString().toStdString();
    else if (name == "comment"_L1 && value.isString())
        message.comment = value.toString().toStdString();
    else if (name == "path"_L1 && value.isString() && value.toString().startsWith(u'/'))
        result.path = value.toString();
    else if (name == "retry"_L1 && value.toInteger(-1) >= 0)
        message.retry = std::chrono::milliseconds{value.toInteger()};
    else
        return false;
    return true;
}

} // namespace

MessageJson readMessageJson(const QByteArray &json, PathMember path)
{
    MessageJson result;
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError) {
        result.problem = u"not JSON: %1 at character %2"_s.arg(error.errorString()).arg(error.offset + 1);
        return result;
    }
    if (!document.isObject()) {
        result.problem = u"not a JSON object"_s;
        return result;
    }
    const QJsonObject object = document.object();
    for (auto member = object.begin(); member != object.end(); ++member) {
        const bool isPath = member.key() == "path"_L1;
        if ((!isPath || path == PathMember::Allowed) && takeMember(json, member.key(), member.value(), result))
            continue;
        result.problem = u"field \"%1\" is unknown or of the wrong kind"_s.arg(member.key());
        return result;
    }
    return result;
}

} // namespace weir::publish
