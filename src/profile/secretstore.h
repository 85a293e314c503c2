// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>
#include <QString>

#include <functional>
#include <optional>

namespace weir::profile {

/// Where secrets are kept between sessions. Keys are free texts. Nothing waits: answers come on the caller's thread,
/// later or at once, and not at all once the receiver is gone.
class SecretStore : public QObject
{
    Q_OBJECT

public:
    using Answer = std::function<void(const std::optional<QString> &value)>;

    using QObject::QObject;

    /// Whether secrets outlive the session. May become false when the first one is asked for.
    virtual bool isLasting() const = 0;
    /// Tells `answer` the value, or nothing if there is none or it cannot be had.
    virtual void read(const QString &key, QObject *receiver, Answer answer) = 0;
    virtual void write(const QString &key, const QString &value) = 0;
    virtual void remove(const QString &key) = 0;

Q_SIGNALS:
    /// Plain words for people, once: secrets live for this session only, and why.
    void unavailable(const QString &reason);
};

/// Keeps secrets in memory, for this session.
class SessionSecrets : public SecretStore
{
    Q_OBJECT

public:
    using SecretStore::SecretStore;

    bool isLasting() const override { return false; }
    void read(const QString &key, QObject *receiver, Answer answer) override;
    void write(const QString &key, const QString &value) override;
    void remove(const QString &key) override;

private:
    QHash<QString, QString> m_values;
};

/// The key store of the desktop (Secret Service, KWallet), under the service "weir". What cannot be kept there is kept
/// for the session, never in a file.
class KeyStore : public SecretStore
{
    Q_OBJECT

public:
    explicit KeyStore(QObject *parent = nullptr);

    bool isLasting() const override { return m_isLasting; }
    void read(const QString &key, QObject *receiver, Answer answer) override;
    void write(const QString &key, const QString &value) override;
    void remove(const QString &key) override;

private:
    void giveUp(const QString &reason);

    SessionSecrets m_session;
    bool m_isLasting;
    bool m_isToldUnavailable = false;
};

} // namespace weir::profile
