// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/requestmodel.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QLocale>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using weir::models::RequestModel;
using weir::publish::RequestRecord;

namespace {

RequestRecord record(std::uint64_t number, int status = 200, const QByteArray &target = "/events")
{
    RequestRecord one;
    one.number = number;
    one.time = QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5, 67), Qt::UTC);
    one.address = u"127.0.0.1:%1"_s.arg(40000 + number);
    one.method = "GET";
    one.target = target;
    one.status = status;
    one.bytes = 300;
    one.duration = std::chrono::milliseconds{12};
    one.userAgent = "curl/7 <b>";
    return one;
}

QList<RequestRecord> records(std::uint64_t first, std::uint64_t count)
{
    QList<RequestRecord> list;
    for (std::uint64_t i = 0; i < count; ++i)
        list.append(record(first + i));
    return list;
}

} // namespace

/// The access log as a table.
class TestRequestModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QLocale::setDefault(QLocale::c());
        QTest::failOnWarning(QRegularExpression(u"."_s));
    }
    void showsEveryColumn();
    void replacesWhatGoesOn();
    void keepsTheLast();
    void filters();
    void becomesText();
    void takesAFlood();
};

void TestRequestModel::showsEveryColumn()
{
    RequestModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.add({record(1, 404, "/none?x=1"), record(2, 0)}, 0);
    const auto shown = [&model](int column) { return model.index(0, column).data().toString(); };
    QCOMPARE(shown(RequestModel::Status), u"404"_s);
    QCOMPARE(shown(RequestModel::Method), u"GET"_s);
    QCOMPARE(shown(RequestModel::Target), u"/none?x=1"_s);
    QCOMPARE(shown(RequestModel::Address), u"127.0.0.1:40001"_s);
    QCOMPARE(shown(RequestModel::Bytes), u"300"_s);
    QCOMPARE(shown(RequestModel::Duration), u"12 ms"_s);
    QVERIFY(shown(RequestModel::Time).endsWith(u":04:05.067"_s));
    QCOMPARE(model.index(0, RequestModel::UserAgent).data(Qt::ToolTipRole).toString(), u"curl/7 &lt;b&gt;"_s);
    QCOMPARE(model.index(1, RequestModel::Status).data().toString(), u"–"_s);
    for (int column = 0; column < model.columnCount(); ++column)
        QVERIFY(!model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().isEmpty());
}

void TestRequestModel::replacesWhatGoesOn()
{
    RequestModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    RequestRecord stream = record(2);
    stream.isOpen = true;
    model.add({record(1), stream, record(3)}, 0);
    QCOMPARE(model.index(1, RequestModel::Duration).data().toString(), u"open"_s);
    const QSignalSpy changed(&model, &RequestModel::dataChanged);
    stream.isOpen = false;
    stream.note = u"closed by the client"_s;
    model.add({stream}, 0);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.total(), 3u);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(model.index(1, RequestModel::Note).data().toString(), u"closed by the client"_s);
    // Begun and ended in one batch; and one that is not held any more.
    RequestRecord brief = record(4);
    brief.note = u"over"_s;
    model.add({record(4), brief, record(0)}, 0);
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(model.index(3, RequestModel::Note).data().toString(), u"over"_s);
}

void TestRequestModel::keepsTheLast()
{
    RequestModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.add(records(1, 6000), 0);
    model.add(records(6001, 6000), 500);
    QCOMPARE(model.rowCount(), RequestModel::limit);
    QCOMPARE(model.total(), 12'500u);
    QCOMPARE(model.leftOut(), 500u);
    QCOMPARE(model.index(0, RequestModel::Address).data().toString(), u"127.0.0.1:42001"_s);
    model.clear();
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.total(), 0u);
}

void TestRequestModel::filters()
{
    RequestModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    RequestRecord first = record(1, 404, "/None");
    RequestRecord third = record(3, 404, "/other");
    first.note = third.note = u"gone"_s;
    model.add({first, record(2), third}, 0);
    model.setFilter(u"none"_s);
    QCOMPARE(model.rowCount(), 1);
    model.add({record(4), record(5, 200, "/nonesuch")}, 0);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(1, RequestModel::Target).data().toString(), u"/nonesuch"_s);
    model.setFilter(u"GONE"_s);
    QCOMPARE(model.rowCount(), 2);
    model.add(records(10, RequestModel::limit - 4), 0);
    QCOMPARE(model.rowCount(), 1); // the oldest that matched went
    model.setFilter({});
    QCOMPARE(model.rowCount(), RequestModel::limit);
}

void TestRequestModel::becomesText()
{
    RequestModel model;
    model.add({record(1), record(2, 431, "/a\tb")}, 0);
    const QStringList lines = model.text({1}).split(u'\n');
    QCOMPARE(lines.size(), 3);
    QVERIFY(lines.at(0).startsWith(u"Time\tStatus\tMethod\tPath"_s));
    QVERIFY(lines.at(1).contains(u"\t431\tGET\t/a b\t127.0.0.1:40002\t300\t12 ms\tcurl/7 <b>\t"_s));
}

void TestRequestModel::takesAFlood()
{
    RequestModel model;
    model.setFilter(u"curl"_s);
    QElapsedTimer clock;
    clock.start();
    // Ten seconds of 20,000 requests a second.
    for (std::uint64_t batch = 0; batch < 40; ++batch)
        model.add(records(batch * 2500 + 1, 2500), 2500);
    QCOMPARE(model.rowCount(), RequestModel::limit);
    QVERIFY2(clock.elapsed() < 5000, qPrintable(QString::number(clock.elapsed())));
}

QTEST_GUILESS_MAIN(TestRequestModel)
#include "tst_requestmodel.moc"
