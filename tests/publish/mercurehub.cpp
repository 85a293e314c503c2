// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/mercurehub.h"

#include <QStringList>

#include <algorithm>

namespace weir::publish {

using namespace Qt::StringLiterals;

namespace {

/// WHATWG URL, "application/x-www-form-urlencoded parsing".
QList<QPair<QByteArray, QByteArray>> formFields(const QByteArray &body)
{
    QList<QPair<QByteArray, QByteArray>> fields;
    for (QByteArray part : body.split('&')) {
        part.replace('+', ' ');
        const auto sign = part.indexOf('=');
        fields.append({QByteArray::fromPercentEncoding(part.left(sign)),
            sign < 0 ? QByteArray() : QByteArray::fromPercentEncoding(part.mid(sign + 1))});
    }
    return fields;
}

QString headFault(const test::Request &request, const QByteArray &expectedToken)
{
    if (request.method != "POST")
        return u"not a POST"_s;
    if (request.value("Content-Type") != "application/x-www-form-urlencoded")
        return u"content type "_s + QString::fromUtf8(request.value("Content-Type"));
    if (request.value("Authorization") != "Bearer " + expectedToken)
        return u"token"_s;
    if (request.value("Content-Length") != QByteArray::number(request.body.size()) || request.has("Transfer-Encoding"))
        return u"length"_s;
    return {};
}

QString takeField(const QByteArray &name, const QByteArray &value, MercureUpdate &update)
{
    const auto once = [&](QByteArray &target) {
        const bool isFirst = target.isNull();
        target = value.isNull() ? QByteArray("") : value;
        return isFirst ? QString() : QString::fromUtf8(name) + u" comes twice"_s;
    };
    if (name == "topic") {
        update.topics.append(value);
        return value.isEmpty() ? u"empty topic"_s : QString();
    }
    if (name == "private") {
        update.isPrivate = true;
        return {};
    }
    if (name == "data")
        return once(update.data);
    if (name == "id")
        return value.startsWith('#') ? u"reserved id"_s : once(update.id);
    if (name == "type")
        return once(update.type);
    if (name == "retry") {
        const bool isNumber = std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
        return isNumber ? once(update.retry) : u"retry is no number"_s;
    }
    return u"unknown field "_s + QString::fromUtf8(name);
}

} // namespace

MercureUpdate readUpdate(const test::Request &request, const QByteArray &expectedToken)
{
    MercureUpdate update;
    update.fault = headFault(request, expectedToken);
    for (const auto &[name, value] : formFields(request.body)) {
        if (update.fault.isEmpty())
            update.fault = takeField(name, value, update);
    }
    if (update.fault.isEmpty() && update.topics.isEmpty())
        update.fault = u"no topic"_s;
    return update;
}

HubSettings hubSettings(const QUrl &url, HubSettings::Kind kind)
{
    HubSettings hub;
    hub.kind = kind;
    hub.url = url;
    hub.token = "a.b.c";
    if (kind == HubSettings::Kind::Mercure)
        hub.topics = {u"https://example.com/books/1"_s};
    return hub;
}

} // namespace weir::publish
