// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/requestline.h"

#include <algorithm>
#include <array>

namespace weir::publish {

namespace {

bool isHexDigit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool isTarget(QByteArrayView text)
{
    constexpr QByteArrayView forbidden = "#\"<>\\";
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c <= ' ' || c >= '\x7f' || forbidden.contains(c))
            return false;
        if (c != '%')
            continue;
        if (i + 2 >= text.size() || !isHexDigit(text[i + 1]) || !isHexDigit(text[i + 2]))
            return false;
        if (text[i + 1] == '0' && text[i + 2] == '0')
            return false;
    }
    return !text.isEmpty();
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

int statusOfVersion(QByteArrayView version)
{
    if (version.size() != 8 || !version.startsWith("HTTP/") || !isDigit(version[5]) || version[6] != '.' ||
        !isDigit(version[7]))
        return 400;
    return version[5] == '1' ? 0 : 505;
}

Method methodOf(QByteArrayView name)
{
    if (name == "GET")
        return Method::Get;
    if (name == "HEAD")
        return Method::Head;
    if (name == "POST" || name == "PUT")
        return Method::Publish;
    return name == "OPTIONS" ? Method::Options : Method::Other;
}

bool isKnown(QByteArrayView method)
{
    constexpr std::array<QByteArrayView, 9> known{
        "GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH", "CONNECT", "TRACE"};
    return std::find(known.begin(), known.end(), method) != known.end();
}

/// The length of the scheme of an absolute target with what follows it; 0 if it has another one.
qsizetype schemeLength(QByteArrayView target)
{
    for (const QByteArrayView scheme : {QByteArrayView("http://"), QByteArrayView("https://")}) {
        if (target.first(std::min(scheme.size(), target.size())).compare(scheme, Qt::CaseInsensitive) == 0)
            return scheme.size();
    }
    return 0;
}

/// Splits an origin-form or absolute-form target; false if it is neither.
bool splitTarget(QByteArrayView target, RequestLine &line)
{
    if (target == "*") {
        line.path = "*";
        return line.method == Method::Options;
    }
    if (!target.startsWith('/')) {
        const qsizetype length = schemeLength(target);
        if (length == 0)
            return false;
        const QByteArrayView rest = target.sliced(length);
        const auto end = std::find_if(rest.begin(), rest.end(), [](char c) { return c == '/' || c == '?'; });
        line.authority = QByteArray(rest.begin(), end - rest.begin());
        target = rest.sliced(end - rest.begin());
    }
    const qsizetype question = target.indexOf('?');
    const QByteArrayView path = question < 0 ? target : target.first(question);
    line.path = path.isEmpty() ? QByteArray("/") : QByteArray::fromPercentEncoding(path.toByteArray());
    if (question >= 0)
        line.query = target.sliced(question + 1).toByteArray();
    return line.authority.isNull() || !line.authority.isEmpty();
}

int judge(QByteArrayView text, RequestLine &line)
{
    const qsizetype firstSpace = text.indexOf(' ');
    const qsizetype lastSpace = text.lastIndexOf(' ');
    if (firstSpace < 0 || firstSpace == lastSpace)
        return 400;
    const QByteArrayView method = text.first(firstSpace);
    const QByteArrayView target = text.sliced(firstSpace + 1, lastSpace - firstSpace - 1);
    const QByteArrayView version = text.sliced(lastSpace + 1);
    if (!isToken(method))
        return 400;
    if (const int status = statusOfVersion(version))
        return status;
    if (!isKnown(method))
        return 501;
    line.method = methodOf(method);
    if (method == "CONNECT")
        return 405;
    if (target.size() > maxTargetBytes)
        return 414;
    if (!isTarget(target) || !splitTarget(target, line))
        return 400;
    const char minor = version[7] == '0' ? '0' : '1';
    line.normalised = method.toByteArray() + ' ' + target.toByteArray() + " HTTP/1." + minor + "\r\n";
    return 0;
}

} // namespace

bool isToken(QByteArrayView text)
{
    constexpr QByteArrayView others = "!#$%&'*+-.^_`|~";
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [&others](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || others.contains(c);
    });
}

RequestLine parseRequestLine(QByteArrayView line)
{
    RequestLine result;
    result.errorStatus = judge(line.chopped(2), result);
    return result;
}

} // namespace weir::publish
