// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/clienttestcase.h"

#include <QByteArray>
#include <QDateTime>

namespace weir::publish {

/// The results of a run, to be kept and shown. A value.
struct ClientTestReport
{
    QDateTime time;
    QString command; ///< empty: a person started the client
    QList<ClientTestResult> results;

    int count(ClientTestVerdict verdict) const;
    /// Takes the place of an earlier result of the same case.
    void add(const ClientTestResult &result);

    /// For people: one line per case, the evidence of all that did not pass, and a sum. `showsAll`: all evidence.
    QString toText(bool showsAll = false) const;
    /// For programs; the words for verdicts and evidence are never translated.
    QByteArray toJson() const;
};

/// The evidence of a case, one line per entry and per further line of it.
QString evidenceText(const ClientTestResult &result);
/// "Passed: 41, failed: 2, unclear: 0, not run: 1".
QString sumText(const ClientTestReport &report);

} // namespace weir::publish
