// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/clienttestcase.h"

#include <QCoreApplication>

namespace weir::publish {

/// The cases of a client test, made of the HTML Standard's rules for event streams and of bugs that clients have had.
///
/// A case about reading begins with an event whose id is `before`, and puts the id `right` where only a client that
/// reads correctly takes it, and `wrong` where only one that does not; what it took is the Last-Event-ID it brings.
class ClientTestCases
{
    Q_DECLARE_TR_FUNCTIONS(ClientTestCases)

public:
    static QList<ClientTestCase> all();

private:
    static QList<ClientTestCase> requests();
    static QList<ClientTestCase> returns();
    static QList<ClientTestCase> delays();
    static QList<ClientTestCase> ids();
    static QList<ClientTestCase> reading();
    static QList<ClientTestCase> lineEnds();
    static ClientTestCase splitLineEnd();
    static QList<ClientTestCase> responses();
    static ClientTestCase compressed();
    static QList<ClientTestCase> staying();
    static QList<ClientTestCase> redirects();
    static QList<ClientTestCase> ends();
    static QList<ClientTestCase> wrongTypes();
    static QList<ClientTestCase> redirectEnds();

    /// A stream that sets a short reconnection time and the last event ID `id`.
    static ClientTestScript opening(const QByteArray &id);
    /// A case about reading: after the opening comes `script`, and then the client has to come back with `expected`
    /// (empty: without the header).
    static ClientTestCase reads(const QString &name, const QString &checks, const QString &rule,
        const ClientTestScript &script, const QByteArray &expected = "right");
    static ClientTestCase reads(const QString &name, const QString &checks, const QString &rule, const QByteArray &body,
        const QByteArray &expected = "right");
    template <class Table>
    static QList<ClientTestCase> readings(const Table &table);
    /// A case in which the client must not ask again after `script`.
    static ClientTestCase stops(
        const QString &name, const QString &checks, const QString &rule, const ClientTestScript &script);
    /// A case in which the client must come back after `script`.
    static ClientTestCase comesBack(const QString &name, const QString &checks, const ClientTestScript &script);

    static ClientTestJudgement pass(const QString &reason) { return {ClientTestVerdict::Pass, reason}; }
    static ClientTestJudgement fail(const QString &reason) { return {ClientTestVerdict::Fail, reason}; }
    static ClientTestJudgement unclear(const QString &reason) { return {ClientTestVerdict::Unclear, reason}; }
    static ClientTestJudgement judgeId(const ClientTestRequest &request, const QByteArray &expected);
    /// "with Last-Event-ID “x”" or "without Last-Event-ID".
    static QString idIn(const ClientTestRequest &request);
};

/// The sections that cases refer to.
namespace rules {
QString processing();   ///< HTML Standard, "Processing model" of server-sent events
QString parsing();      ///< HTML Standard, "Parsing an event stream"
QString interpreting(); ///< HTML Standard, "Interpreting an event stream"
QString lastEventId();  ///< HTML Standard, "The `Last-Event-ID` header"
} // namespace rules

} // namespace weir::publish
