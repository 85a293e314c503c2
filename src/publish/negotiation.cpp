// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/negotiation.h"

#include <QList>

#include <array>
#include <optional>

namespace weir::publish {

namespace {

/// True for `0`, `0.`, `0.000`.
bool isZero(QByteArray quality)
{
    quality = quality.trimmed();
    return quality.startsWith('0') && quality.count('0') + quality.count('.') == quality.size();
}

bool isRefused(const QList<QByteArray> &parameters)
{
    for (const QByteArray &parameter : parameters) {
        const QByteArray text = parameter.trimmed().toLower();
        if (text.startsWith("q="))
            return isZero(text.mid(2));
    }
    return false;
}

/// The weight that an Accept-Encoding value gives to a coding by its name; null if it does not name it.
std::optional<double> weightOf(const QByteArray &acceptEncoding, const QByteArray &coding)
{
    for (const QByteArray &element : acceptEncoding.toLower().split(',')) {
        const QList<QByteArray> parts = element.split(';');
        if (parts.first().trimmed() != coding)
            continue;
        const QByteArray parameter = parts.value(1).trimmed();
        bool isNumber = false;
        const double weight = parameter.startsWith("q=") ? parameter.mid(2).trimmed().toDouble(&isNumber) : 1;
        return isNumber || !parameter.startsWith("q=") ? weight : 0;
    }
    return std::nullopt;
}

} // namespace

bool acceptsEventStream(const QByteArray &accept)
{
    if (accept.trimmed().isEmpty())
        return true;
    static const std::array<QByteArray, 3> ranges{"*/*", "text/*", "text/event-stream"};
    std::size_t bestRange = 0;
    bool isAccepted = false;
    for (const QByteArray &element : accept.split(',')) {
        QList<QByteArray> parts = element.split(';');
        const QByteArray name = parts.takeFirst().trimmed().toLower();
        for (std::size_t range = bestRange; range < ranges.size(); ++range) {
            if (name != ranges[range])
                continue;
            bestRange = range;
            isAccepted = !isRefused(parts);
        }
    }
    return isAccepted;
}

bool namesEventStream(const QByteArray &accept)
{
    return accept.toLower().contains("text/event-stream") && acceptsEventStream(accept);
}

bool acceptsGzip(const QByteArray &acceptEncoding)
{
    std::optional<double> gzip = weightOf(acceptEncoding, "gzip");
    for (const char *other : {"x-gzip", "*"}) {
        if (!gzip)
            gzip = weightOf(acceptEncoding, other);
    }
    return gzip.value_or(0) > 0 && *gzip >= weightOf(acceptEncoding, "identity").value_or(0);
}

} // namespace weir::publish
