// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/negotiation.h"

#include <QList>

#include <algorithm>
#include <array>
#include <optional>

namespace weir::publish {

namespace {

/// RFC 9110, "Quality Values": from 0 to 1, 1 if none is given; null if it is something else.
std::optional<double> weightIn(const QList<QByteArray> &parameters)
{
    for (const QByteArray &parameter : parameters) {
        const QByteArray text = parameter.trimmed().toLower();
        if (!text.startsWith("q="))
            continue;
        const QByteArray digits = text.mid(2).trimmed();
        const bool isDecimal =
            std::all_of(digits.begin(), digits.end(), [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
        bool isNumber = false;
        const double weight = digits.toDouble(&isNumber);
        return isDecimal && isNumber && weight <= 1 ? std::optional(weight) : std::nullopt;
    }
    return 1;
}

/// The weight that an Accept-Encoding value gives to a coding by its name; null if it does not name it.
std::optional<double> weightOf(const QByteArray &acceptEncoding, const QByteArray &coding)
{
    for (const QByteArray &element : acceptEncoding.toLower().split(',')) {
        QList<QByteArray> parts = element.split(';');
        if (parts.takeFirst().trimmed() == coding)
            return weightIn(parts).value_or(0);
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
            isAccepted = weightIn(parts) != 0.0;
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
