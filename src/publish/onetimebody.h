// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QIODevice>

namespace weir::publish {

/// The body of a POST, to be sent once. QNAM sends a request again by itself when the connection breaks before the
/// answer; from a device that cannot go back it cannot, so that no event is published twice.
class OneTimeBody : public QIODevice
{
    Q_OBJECT

public:
    explicit OneTimeBody(const QByteArray &body, QObject *parent = nullptr);

    bool isSequential() const override { return true; }
    bool reset() override { return false; }
    bool seek(qint64) override { return false; }
    qint64 bytesAvailable() const override { return m_body.size() - m_taken + QIODevice::bytesAvailable(); }

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    const QByteArray m_body;
    qint64 m_taken = 0;
};

} // namespace weir::publish
