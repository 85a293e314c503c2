// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QTcpServer>

namespace weir::interop {

/// Serves one page to a browser and collects the JSON objects that its script posts to /report.
class PageServer : public QTcpServer
{
    Q_OBJECT

public:
    explicit PageServer(QByteArray page, QObject *parent = nullptr);

    QString url() const;
    const QList<QJsonObject> &reports() const { return m_reports; }
    QList<QJsonObject> reportsOf(const QString &kind) const;

private:
    void serve();
    void answer(class QTcpSocket *socket, const QByteArray &request);

    QByteArray m_page;
    QList<QJsonObject> m_reports;
};

} // namespace weir::interop
