// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/negotiation.h"

#include <QRegularExpression>
#include <QTest>

namespace weir::publish {

/// Content negotiation by the Accept header.
class AcceptTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(
            QRegularExpression(QStringLiteral("^(?!This plugin does not support propagateSizeHints)")));
    }

    void decides_data();
    void decides();
};

void AcceptTest::decides_data()
{
    QTest::addColumn<QByteArray>("accept");
    QTest::addColumn<bool>("accepts");
    QTest::addColumn<bool>("names");
    QTest::newRow("absent") << QByteArray() << true << false;
    QTest::newRow("empty") << QByteArray(" ") << true << false;
    QTest::newRow("all") << QByteArray("*/*") << true << false;
    QTest::newRow("text") << QByteArray("text/*;q=0.1") << true << false;
    QTest::newRow("named") << QByteArray("text/event-stream") << true << true;
    QTest::newRow("named among others") << QByteArray("text/html, Text/Event-Stream ; q=0.5") << true << true;
    QTest::newRow("parameter") << QByteArray("text/event-stream;charset=utf-8") << true << true;
    QTest::newRow("other") << QByteArray("application/json") << false << false;
    QTest::newRow("zero") << QByteArray("text/event-stream;q=0") << false << false;
    QTest::newRow("zero, long") << QByteArray("text/event-stream; q=0.000") << false << false;
    QTest::newRow("not zero") << QByteArray("text/event-stream;q=0.001") << true << true;
    QTest::newRow("the specific one decides") << QByteArray("text/event-stream;q=0, */*") << false << false;
    QTest::newRow("the specific one decides, other order")
        << QByteArray("*/*, text/event-stream;q=0") << false << false;
    QTest::newRow("all but others refused") << QByteArray("text/html;q=0, */*;q=0.2") << true << false;
    QTest::newRow("all refused, text not") << QByteArray("*/*;q=0, text/*") << true << false;
    QTest::newRow("a browser's page load") << QByteArray("text/html,application/xhtml+xml,*/*;q=0.8") << true << false;
    QTest::newRow("garbage") << QByteArray(";;,,=") << false << false;
}

void AcceptTest::decides()
{
    QFETCH(QByteArray, accept);
    QTEST(acceptsEventStream(accept), "accepts");
    QTEST(namesEventStream(accept), "names");
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::AcceptTest)
#include "tst_accept.moc"
