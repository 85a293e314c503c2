// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/requestbody.h"

#include <algorithm>
#include <cstring>

namespace weir::subscribe {

RequestBody::RequestBody(const QByteArray &body, QObject *parent)
    : QIODevice(parent)
    , m_body(body)
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

qint64 RequestBody::readData(char *data, qint64 maxSize)
{
    const qint64 count = std::min<qint64>(maxSize, m_body.size() - m_taken);
    if (count == 0 && maxSize > 0)
        return -1;
    std::memcpy(data, m_body.constData() + m_taken, static_cast<std::size_t>(count));
    m_taken += count;
    return count;
}

} // namespace weir::subscribe
