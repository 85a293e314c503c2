// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "interop/program.h"

#include <QJsonObject>
#include <QTemporaryDir>

namespace weir::interop {

/// A loopback port that nobody listens on at the moment, for peers that cannot choose one and tell.
quint16 freePort();
/// True as soon as somebody listens there; waits for it.
bool isServed(quint16 port);
/// The file of a peer beside this one.
QString peerFile(const QString &name);
/// The Python that Debian's packages are for.
QString python();
/// What is missing of Python modules, as a sentence for QSKIP; empty if nothing is.
QString lackingModules(const QStringList &modules);

/// A server that prints `port N` as soon as it listens.
class Server : public Program
{
    Q_OBJECT

public:
    using Program::Program;
    /// Starts it and waits for its port. False: it did not come up; see errors().
    bool serve(const QString &program, const QStringList &arguments);
    quint16 port() const { return m_port; }
    QString url(const QString &pathAndQuery, const QString &scheme = QStringLiteral("http")) const;
    /// What it was asked for.
    QList<QJsonObject> requests() const;

private:
    quint16 m_port = 0;
};

/// The test certificate and its key as files.
class CertificateFiles
{
public:
    CertificateFiles();
    QString certificate() const { return m_folder.filePath(QStringLiteral("cert.pem")); }
    QString key() const { return m_folder.filePath(QStringLiteral("key.pem")); }

private:
    QTemporaryDir m_folder;
};

/// `weir watch`.
class Watch : public Program
{
    Q_OBJECT

public:
    using Program::Program;
    void watch(const QStringList &arguments);

    QList<QJsonObject> events() const;
    /// The member `n` of each event's data.
    QList<int> numbers() const;
    /// At how many different times events arrived: those of one network read have the same.
    qsizetype arrivals() const;
    QList<QJsonObject> states() const;
    /// For failure messages.
    QByteArray said() const;
};

/// 1 to `count`.
QList<int> upTo(int count);

} // namespace weir::interop
