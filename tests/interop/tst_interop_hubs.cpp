// SPDX-License-Identifier: GPL-3.0-or-later
// Publishing to the hubs of others: nginx with nchan.
#include "interop/nginx.h"
#include "interop/peers.h"
#include "publish/messagesender.h"
#include "publish/publisher.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace weir::interop;
using namespace weir::publish;

class TestInteropHubs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nchan();
    void nchanRefuses();
};

namespace {

Destination nchanAt(const Nginx &nginx, const QString &path)
{
    HubSettings hub;
    hub.kind = HubSettings::Kind::Nchan;
    hub.url = QUrl(u"http://127.0.0.1:%1%2"_s.arg(nginx.port()).arg(path));
    Destination destination;
    destination.hub = hub;
    return destination;
}

Publication numbered(int n)
{
    Publication publication;
    publication.message.type = n % 2 == 0 ? "even" : "";
    publication.message.data = "{\"n\":{{seq}},\"text\":{{json \"ü\" & two\nlines}}}";
    publication.isTemplate = true;
    return publication;
}

} // namespace

void TestInteropHubs::nchan()
{
    if (const auto missing = lacking({u"/usr/sbin/nginx"_s, Nginx::module()}, false); !missing.isEmpty())
        QSKIP(qPrintable(missing));
    constexpr int count = 50;
    Nginx nginx;
    nginx.start();
    QVERIFY2(isServed(nginx.port()), nginx.program().errors().constData());
    Watch watch;
    watch.watch(
        {u"http://127.0.0.1:%1/sub/hub"_s.arg(nginx.port()), u"--states"_s, u"--max-events"_s, QString::number(count)});
    QTRY_VERIFY_WITH_TIMEOUT(!watch.linesWith("\"state\":\"open\"").isEmpty(), 20000);

    Publisher publisher;
    MessageSender sender(publisher);
    QSignalSpy answered(&sender, &MessageSender::answered);
    for (int n = 1; n <= count; ++n)
        sender.send(numbered(n), nchanAt(nginx, u"/pub/hub"_s), static_cast<std::uint64_t>(n));
    QTRY_COMPARE_WITH_TIMEOUT(answered.size(), count, 20000);
    for (const auto &answer : answered)
        QCOMPARE(answer.at(1).toString(), QString());
    QTRY_VERIFY2_WITH_TIMEOUT(watch.hasEnded(), watch.said().constData(), 20000);
    QCOMPARE(watch.numbers(), upTo(count));
    QCOMPARE(watch.events()[0][u"type"_s].toString(), u"message"_s);
    QCOMPARE(watch.events()[1][u"type"_s].toString(), u"even"_s);
    QVERIFY(watch.events()[1][u"data"_s].toString().contains(u"\"\\\"ü\\\" & two\\nlines\""_s));
}

void TestInteropHubs::nchanRefuses()
{
    if (const auto missing = lacking({u"/usr/sbin/nginx"_s, Nginx::module()}, false); !missing.isEmpty())
        QSKIP(qPrintable(missing));
    Nginx nginx;
    nginx.start();
    QVERIFY2(isServed(nginx.port()), nginx.program().errors().constData());
    Publisher publisher;
    MessageSender sender(publisher);
    QSignalSpy answered(&sender, &MessageSender::answered);
    sender.send(numbered(1), nchanAt(nginx, u"/nowhere"_s), 1);
    QTRY_COMPARE_WITH_TIMEOUT(answered.size(), 1, 20000);
    const auto problem = answered[0].at(1).toString();
    QVERIFY2(problem.contains(u"(40"_s), qPrintable(problem));
}

QTEST_GUILESS_MAIN(TestInteropHubs)
#include "tst_interop_hubs.moc"
