// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/secretstore.h"

#include <QPointer>

#include <qt6keychain/keychain.h>

#include <utility>

namespace weir::profile {

using namespace Qt::StringLiterals;

namespace {

QString service()
{
    return u"weir"_s;
}

/// Without a session bus there is nobody to ask; QtKeychain would try to start one.
bool hasSessionBus()
{
    return qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS");
}

} // namespace

void SessionSecrets::read(const QString &key, QObject *, Answer answer)
{
    const auto found = m_values.constFind(key);
    answer(found == m_values.cend() ? std::nullopt : std::optional(*found));
}

void SessionSecrets::write(const QString &key, const QString &value)
{
    m_values.insert(key, value);
}

void SessionSecrets::remove(const QString &key)
{
    m_values.remove(key);
}

KeyStore::KeyStore(QObject *parent)
    : SecretStore(parent)
    , m_isLasting(hasSessionBus())
{}

void KeyStore::giveUp(const QString &reason)
{
    m_isLasting = false;
    if (!std::exchange(m_isToldUnavailable, true))
        Q_EMIT unavailable(tr("Secrets are kept for this session only and asked for each time: %1").arg(reason));
}

void KeyStore::read(const QString &key, QObject *receiver, Answer answer)
{
    if (!m_isLasting) {
        giveUp(tr("there is no key store in this session."));
        return m_session.read(key, receiver, std::move(answer));
    }
    auto *job = new QKeychain::ReadPasswordJob(service(), this);
    job->setKey(key);
    connect(
        job, &QKeychain::Job::finished, this, [this, job, key, guard = QPointer(receiver), answer = std::move(answer)] {
            const bool isFound = job->error() == QKeychain::NoError;
            const auto value = job->textData();
            if (!isFound && job->error() != QKeychain::EntryNotFound)
                giveUp(job->errorString());
            if (!guard)
                return;
            if (isFound)
                answer(value);
            else
                m_session.read(key, guard, answer);
        });
    job->start();
}

void KeyStore::write(const QString &key, const QString &value)
{
    m_session.write(key, value);
    if (!m_isLasting)
        return giveUp(tr("there is no key store in this session."));
    auto *job = new QKeychain::WritePasswordJob(service(), this);
    job->setKey(key);
    job->setTextData(value);
    connect(job, &QKeychain::Job::finished, this, [this, job] {
        if (job->error() != QKeychain::NoError)
            giveUp(job->errorString());
    });
    job->start();
}

void KeyStore::remove(const QString &key)
{
    m_session.remove(key);
    if (!m_isLasting)
        return;
    auto *job = new QKeychain::DeletePasswordJob(service(), this);
    job->setKey(key);
    job->start();
}

} // namespace weir::profile
