// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/onetimebody.h"

#include <algorithm>

namespace weir::publish {

OneTimeBody::OneTimeBody(const QByteArray &body, QObject *parent)
    : QIODevice(parent)
    , m_body(body)
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

qint64 OneTimeBody::readData(char *data, qint64 maxSize)
{
    const qint64 count = std::min<qint64>(maxSize, m_body.size() - m_taken);
    if (count == 0 && maxSize > 0)
        return -1;
    std::copy_n(m_body.constData() + m_taken, count, data);
    m_taken += count;
    return count;
}

} // namespace weir::publish
