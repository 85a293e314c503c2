// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/excerpt.h"

#include "subscribe/contentdecoder.h"

namespace weir::subscribe {

QByteArray readableExcerpt(const QByteArray &beginning, const QByteArray &contentEncoding)
{
    QString unsupported;
    const auto decoder = ContentDecoder::forCodings(contentEncoding, &unsupported);
    if (!decoder || beginning.isEmpty())
        return beginning;
    decoder->feed(std::string_view(beginning.constData(), static_cast<std::size_t>(beginning.size())));
    QByteArray decoded(excerptBytes, Qt::Uninitialized);
    std::size_t size = 0;
    while (size < static_cast<std::size_t>(excerptBytes)) {
        const std::size_t more = decoder->take(decoded.data() + size, static_cast<std::size_t>(excerptBytes) - size);
        if (more == 0)
            break;
        size += more;
    }
    decoded.truncate(static_cast<qsizetype>(size));
    return decoded;
}

} // namespace weir::subscribe
