// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/clienttestcases.h"

#include "publish/clienttestevidence.h"

namespace weir::publish {

using namespace Qt::StringLiterals;

namespace rules {

QString processing()
{
    return u"HTML Standard, Server-sent events, “Processing model”"_s;
}

QString parsing()
{
    return u"HTML Standard, Server-sent events, “Parsing an event stream”"_s;
}

QString interpreting()
{
    return u"HTML Standard, Server-sent events, “Interpreting an event stream”"_s;
}

QString lastEventId()
{
    return u"HTML Standard, Server-sent events, “The `Last-Event-ID` header”"_s;
}

} // namespace rules

QList<ClientTestCase> ClientTestCases::all()
{
    // First what needs a client that has received nothing; last what ends it for good.
    return requests() + returns() + delays() + ids() + reading() + lineEnds() + responses() + staying() + redirects() +
           ends() + wrongTypes() + redirectEnds();
}

ClientTestScript ClientTestCases::opening(const QByteArray &id)
{
    return ClientTestScript::stream().body("retry: 200\n\nid: " + id + "\ndata: x\n\n");
}

QString ClientTestCases::idIn(const ClientTestRequest &request)
{
    const QByteArray id = request.lastEventId();
    if (id.isNull())
        return tr("without Last-Event-ID");
    return id.isEmpty() ? tr("with an empty Last-Event-ID") : tr("with Last-Event-ID “%1”").arg(printable(id, 100));
}

ClientTestJudgement ClientTestCases::judgeId(const ClientTestRequest &request, const QByteArray &expected)
{
    const QByteArray id = request.lastEventId();
    if (expected.isEmpty() ? id.isNull() : id == expected)
        return pass(tr("It came back %1.").arg(idIn(request)));
    if (expected.isEmpty())
        return fail(tr("It came back %1; there must be no such header then.").arg(idIn(request)));
    return fail(tr("It came back %1 instead of “%2”.").arg(idIn(request), printable(expected, 100)));
}

ClientTestCase ClientTestCases::reads(const QString &name, const QString &checks, const QString &rule,
    const ClientTestScript &script, const QByteArray &expected)
{
    ClientTestCase made{.name = name, .checks = checks, .rule = rule, .answers = {opening("before"), script}};
    // It came back after a plain stream, so it must after this one.
    made.mustComeBackAfter = 1;
    made.judge = [expected](const ClientTestObservation &seen) {
        const auto &second = seen.requests.at(1);
        if (second.lastEventId() != "before") {
            return unclear(tr("What it reads cannot be seen, because it does not bring back even a plain id: it came "
                              "back %1 instead of “before”.")
                               .arg(idIn(second)));
        }
        return judgeId(seen.requests.at(2), expected);
    };
    return made;
}

ClientTestCase ClientTestCases::reads(
    const QString &name, const QString &checks, const QString &rule, const QByteArray &body, const QByteArray &expected)
{
    return reads(name, checks, rule, ClientTestScript::stream().body(body), expected);
}

ClientTestCase ClientTestCases::stops(
    const QString &name, const QString &checks, const QString &rule, const ClientTestScript &script)
{
    ClientTestCase made{.name = name, .checks = checks, .rule = rule, .answers = {opening("before"), script}};
    made.stops = true;
    made.judge = [](const ClientTestObservation &seen) {
        if (seen.requests.size() == 2)
            return pass(tr("It did not ask again."));
        return fail(
            tr("It asked again after %1, though it has to give up for good.").arg(inSeconds(seen.delayAfter(1))));
    };
    return made;
}

ClientTestCase ClientTestCases::comesBack(const QString &name, const QString &checks, const ClientTestScript &script)
{
    ClientTestCase made{.name = name, .checks = checks, .rule = rules::processing(), .answers = {script}};
    made.mustComeBackAfter = 0;
    made.judge = [](const ClientTestObservation &seen) {
        if (seen.requests.at(1).isDuringAnswer)
            return fail(tr("It opened a further connection before the answer had ended."));
        return pass(tr("It connected again after %1.").arg(inSeconds(seen.delayAfter(0))));
    };
    return made;
}

} // namespace weir::publish
