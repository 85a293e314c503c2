// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QIODevice>

namespace weir::subscribe {

/// The body of a request, to be sent once. QNAM sends a request again by itself when the connection breaks before the
/// response, a POST as well; from a sequential device it cannot, and says so. Ingest thread.
class RequestBody : public QIODevice
{
    Q_OBJECT

public:
    explicit RequestBody(const QByteArray &body, QObject *parent = nullptr);

    bool isSequential() const override { return true; }
    /// The library asks for this before it sends a request again.
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

} // namespace weir::subscribe
