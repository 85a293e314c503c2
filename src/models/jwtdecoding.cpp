// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/jwtdecoding.h"

#include "filter/jsonpath.h"
#include "models/base64text.h"
#include "models/byteview.h"
#include "models/jsonindent.h"
#include "models/jsontokens.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QTimeZone>

#include <array>
#include <utility>

namespace weir::models {

using namespace Qt::StringLiterals;

namespace {

struct Jwt
{
    Q_DECLARE_TR_FUNCTIONS(Jwt)
};

constexpr qsizetype signedParts = 3;
constexpr qsizetype encryptedParts = 5;

/// What is wrong with the part, if anything; `begin` is where it begins in the token.
QString partProblem(const QString &name, const Base64Text &decoded, const QByteArray &part, qsizetype begin)
{
    if (decoded.faultAt)
        return Jwt::tr("The %1, from byte %2 on, is no base64url: %3.")
            .arg(name)
            .arg(begin)
            .arg(base64FaultText(decoded, part));
    const auto json = viewOf(decoded.bytes);
    JsonTokens tokens(json);
    while (tokens.next())
        continue;
    if (!tokens.problem())
        return {};
    return Jwt::tr("The %1 is no JSON %2.").arg(name, problemText(*tokens.problem(), json));
}

QString shown(const Base64Text &decoded)
{
    if (const auto json = indentJson(viewOf(decoded.bytes)))
        return QString::fromStdString(*json);
    return readableBytes(decoded.bytes).text;
}

QString timeLines(const QByteArray &payload)
{
    const std::array<std::pair<const char *, QString>, 4> claims = {{{"iat", Jwt::tr("issued")},
        {"nbf", Jwt::tr("not before")}, {"exp", Jwt::tr("expires")}, {"auth_time", Jwt::tr("authenticated")}}};
    QString lines;
    for (const auto &[claim, meaning] : claims) {
        const auto value = filter::JsonPath().key(claim).valueText(viewOf(payload));
        bool isNumber = false;
        const double seconds = QByteArray::fromStdString(value.value_or("")).toDouble(&isNumber);
        if (isNumber && seconds > -1e11 && seconds < 1e11)
            lines += u"%1 (%2): %3\n"_s.arg(
                QString::fromLatin1(claim), meaning, unixTimeText(static_cast<qint64>(seconds * 1000)));
    }
    return lines;
}

} // namespace

QString unixTimeText(qint64 milliseconds)
{
    const auto utc = QDateTime::fromMSecsSinceEpoch(milliseconds, Qt::UTC);
    const auto local = utc.toLocalTime();
    const int minutes = local.offsetFromUtc() / 60;
    const QString offset = u"%1%2:%3"_s.arg(minutes < 0 ? u"-"_s : u"+"_s)
                               .arg(std::abs(minutes) / 60, 2, 10, QChar(u'0'))
                               .arg(std::abs(minutes) % 60, 2, 10, QChar(u'0'));
    return u"%1 %2 (%3 UTC)"_s.arg(
        local.toString(u"yyyy-MM-dd HH:mm:ss.zzz"), offset, utc.toString(u"yyyy-MM-dd HH:mm:ss.zzz"));
}

std::optional<DecodedForm> decodeJwt(const QByteArray &value)
{
    const qsizetype begin = value.startsWith("Bearer ") ? 7 : 0;
    const QByteArray token = value.mid(begin).trimmed();
    const auto parts = token.split('.');
    // `{"` in base64url: every header begins with it.
    if (!token.startsWith("eyJ") || (parts.size() != signedParts && parts.size() != encryptedParts))
        return std::nullopt;
    DecodedForm form{DecodedForm::Kind::Jwt, Jwt::tr("JWT, not verified"), {}, {}};
    const auto header = decodeBase64(parts[0]);
    form.problem = partProblem(Jwt::tr("header"), header, parts[0], begin);
    form.text = Jwt::tr("Header") + u'\n' + shown(header) + u'\n';
    if (parts.size() == encryptedParts) {
        form.text += Jwt::tr("The rest is encrypted.");
        return form;
    }
    const auto payload = decodeBase64(parts[1]);
    if (form.problem.isEmpty())
        form.problem = partProblem(Jwt::tr("payload"), payload, parts[1], begin + parts[0].size() + 1);
    form.text += Jwt::tr("Payload") + u'\n' + shown(payload) + u'\n' + timeLines(payload.bytes);
    form.text += Jwt::tr("Signature: %1 bytes, not verified; nothing was sent anywhere.")
                     .arg(decodeBase64(parts[2]).bytes.size());
    return form;
}

} // namespace weir::models
