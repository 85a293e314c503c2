// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/valuedecoding.h"

#include "models/base64text.h"
#include "models/byteview.h"
#include "models/jsonindent.h"
#include "models/jsontokens.h"
#include "models/jwtdecoding.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <cmath>

namespace weir::models {

using namespace Qt::StringLiterals;
using FormKind = DecodedForm::Kind;

namespace {

struct ValueDecoding
{
    Q_DECLARE_TR_FUNCTIONS(ValueDecoding)
};

/// Shorter ones are more often words that happen to fit.
constexpr qsizetype leastBase64 = 8;
constexpr qsizetype leastBinaryBase64 = 24;
constexpr qsizetype leastFaultyBase64 = 20;

bool isHex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

std::optional<DecodedForm> decodeJson(const QByteArray &value)
{
    if (!value.startsWith('{') && !value.startsWith('['))
        return std::nullopt;
    DecodedForm form{FormKind::Json, ValueDecoding::tr("JSON"), {}, {}};
    if (const auto json = indentJson(viewOf(value))) {
        form.text = QString::fromStdString(*json);
        return form;
    }
    JsonTokens tokens(viewOf(value));
    std::size_t count = 0;
    while (tokens.next())
        ++count;
    // A lone bracket in front of words is no attempt at JSON.
    if (count < 2)
        return std::nullopt;
    form.problem = ValueDecoding::tr("No JSON %1.").arg(problemText(*tokens.problem(), viewOf(value)));
    return form;
}

/// `data:image/png;base64,` and the like.
qsizetype dataUrlHead(const QByteArray &value)
{
    const qsizetype comma = value.indexOf(',');
    return value.startsWith("data:") && comma > 0 && value.left(comma).endsWith(";base64") ? comma + 1 : 0;
}

bool looksLikeBase64(const QByteArray &text)
{
    const auto blanks = std::ranges::count_if(text, [](char c) { return c == ' ' || c == '.' || c == '%'; });
    const bool hasLower = std::ranges::any_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
    const bool hasUpper = std::ranges::any_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
    return text.size() >= leastBase64 && blanks == 0 && hasLower && hasUpper;
}

std::optional<DecodedForm> decodeBase64Value(const QByteArray &value)
{
    const qsizetype head = dataUrlHead(value);
    const QByteArray text = value.mid(head);
    if (head == 0 && !looksLikeBase64(text))
        return std::nullopt;
    const auto decoded = decodeBase64(text);
    const auto readable = readableBytes(decoded.bytes);
    const QString name = decoded.isUrlSafe ? u"base64url"_s : u"Base64"_s;
    DecodedForm form{FormKind::Base64, name, readable.text, {}};
    if (!readable.remark.isEmpty())
        form.title += u", "_s + readable.remark;
    const bool isSure = head > 0 || readable.isText || (!decoded.faultAt && text.size() >= leastBinaryBase64);
    if (!decoded.faultAt)
        return isSure ? std::optional(form) : std::nullopt;
    // Nearly: a long run of its letters comes before the fault, and what it says makes sense.
    if (!isSure || (head == 0 && std::min(*decoded.faultAt, text.size()) < leastFaultyBase64))
        return std::nullopt;
    form.problem = ValueDecoding::tr("Decoded is what comes before a fault: %1.").arg(base64FaultText(decoded, text));
    return form;
}

/// The first `%` that no two hexadecimal digits follow; -1: there is none.
qsizetype percentFault(const QByteArray &value)
{
    for (qsizetype at = value.indexOf('%'); at >= 0; at = value.indexOf('%', at + 1)) {
        if (at + 2 >= value.size() || !isHex(value[at + 1]) || !isHex(value[at + 2]))
            return at;
    }
    return -1;
}

std::optional<DecodedForm> decodePercent(const QByteArray &value)
{
    static const QRegularExpression triplet(u"%[0-9a-fA-F]{2}"_s);
    if (!triplet.match(QString::fromLatin1(value)).hasMatch())
        return std::nullopt;
    const auto readable = readableBytes(QByteArray::fromPercentEncoding(value));
    DecodedForm form{FormKind::Percent, ValueDecoding::tr("URL-decoded"), readable.text, {}};
    if (!readable.remark.isEmpty())
        form.title += u", "_s + readable.remark;
    if (const qsizetype fault = percentFault(value); fault >= 0)
        form.problem = ValueDecoding::tr("No two hexadecimal digits follow the percent sign at byte %1.").arg(fault);
    return form;
}

/// Between 1973 and 2100 in one of the usual units.
std::optional<DecodedForm> decodeUnixTime(const QByteArray &value)
{
    struct Unit
    {
        QString name;
        double perSecond;
    };
    const std::array<Unit, 4> units = {{{ValueDecoding::tr("seconds"), 1}, {ValueDecoding::tr("milliseconds"), 1e3},
        {ValueDecoding::tr("microseconds"), 1e6}, {ValueDecoding::tr("nanoseconds"), 1e9}}};
    static const QRegularExpression plainNumber(u"^\\d{9,19}(\\.\\d+)?$"_s);
    if (!plainNumber.match(QString::fromLatin1(value)).hasMatch())
        return std::nullopt;
    const double number = value.toDouble();
    for (const auto &unit : units) {
        const double seconds = number / unit.perSecond;
        if (seconds >= 1e8 && seconds < 4.1e9)
            return DecodedForm{FormKind::UnixTime, ValueDecoding::tr("Time: %1 since 1970").arg(unit.name),
                unixTimeText(std::llround(std::floor(seconds * 1000))), {}};
    }
    return std::nullopt;
}

} // namespace

std::vector<DecodedForm> decodeValue(const QByteArray &value)
{
    std::vector<DecodedForm> forms;
    const QByteArray text = value.trimmed();
    if (text.isEmpty() || text.size() > mostDecodedBytes)
        return forms;
    for (const auto decode : {decodeJwt, decodeJson, decodeUnixTime, decodePercent, decodeBase64Value}) {
        if (auto form = decode(text))
            forms.push_back(std::move(*form));
    }
    return forms;
}

} // namespace weir::models
