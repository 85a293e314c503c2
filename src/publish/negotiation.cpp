// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/negotiation.h"

#include <QList>

#include <array>

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

} // namespace weir::publish
