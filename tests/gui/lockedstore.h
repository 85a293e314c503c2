// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "profile/secretstore.h"

#include <QList>
#include <QStringList>

namespace weir::test {

/// A locked key store: it answers when the test says so, or never.
class LockedStore : public profile::SecretStore
{
public:
    bool isLasting() const override { return true; }
    void read(const QString &, QObject *, Answer answer) override { waiting.append(std::move(answer)); }
    void write(const QString &key, const QString &) override { written.append(key); }
    void remove(const QString &) override {}

    QList<Answer> waiting;
    QStringList written; ///< keys
};

} // namespace weir::test
