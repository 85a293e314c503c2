// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/clientmodel.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using weir::models::ClientModel;
using weir::publish::ClientStatus;

namespace {

ClientStatus client(std::uint64_t id, std::uint64_t events = 0)
{
    ClientStatus status;
    status.id = id;
    status.address = u"127.0.0.1:%1"_s.arg(40000 + id);
    status.path = u"/events"_s;
    status.userAgent = "curl/7.88.1 <b>";
    status.lastEventId = "e4f2-7";
    status.since = QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5));
    status.eventsSent = events;
    status.bytesSent = 2048;
    status.bytesQueued = 17;
    return status;
}

QList<ClientStatus> clients(std::initializer_list<std::uint64_t> ids)
{
    QList<ClientStatus> list;
    for (const auto id : ids)
        list.append(client(id));
    return list;
}

QList<quint64> idsOf(const ClientModel &model)
{
    QList<quint64> ids;
    for (int row = 0; row < model.rowCount(); ++row)
        ids.append(model.index(row, 0).data(ClientModel::IdRole).toULongLong());
    return ids;
}

} // namespace

class TestClientModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void showsEveryColumn();
    void changesFromListToList_data();
    void changesFromListToList();
    void keepsSelectionWhileNumbersChange();
    void isSilentWhenNothingDiffers();
    void answersNothingBeyondItsEdges();
};

void TestClientModel::showsEveryColumn()
{
    QLocale::setDefault(QLocale::c());
    ClientModel model;
    model.setClients({client(1, 1234)});
    const auto shown = [&model](int column) { return model.index(0, column).data().toString(); };
    QCOMPARE(shown(ClientModel::Address), u"127.0.0.1:40001"_s);
    QCOMPARE(shown(ClientModel::Path), u"/events"_s);
    QCOMPARE(shown(ClientModel::Since), u"03:04:05"_s);
    QCOMPARE(shown(ClientModel::LastEventId), u"e4f2-7"_s);
    QCOMPARE(shown(ClientModel::SentEvents), u"1234"_s);
    QCOMPARE(shown(ClientModel::SentBytes), u"2.0 KiB"_s);
    QCOMPARE(shown(ClientModel::QueuedBytes), u"17 bytes"_s);
    QCOMPARE(model.index(0, 0).data(Qt::ToolTipRole).toString(), u"curl/7.88.1 &lt;b&gt;"_s);
    QCOMPARE(model.index(0, ClientModel::Path).data(Qt::AccessibleTextRole).toString(), u"Path: /events"_s);
    for (int column = 0; column < model.columnCount(); ++column)
        QVERIFY(!model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().isEmpty());
}

void TestClientModel::changesFromListToList_data()
{
    using Ids = QList<quint64>;
    QTest::addColumn<QList<quint64>>("before");
    QTest::addColumn<QList<quint64>>("after");
    QTest::addColumn<int>("insertions");
    QTest::addColumn<int>("removals");
    QTest::newRow("first comes") << Ids{} << Ids{1} << 1 << 0;
    QTest::newRow("last goes") << Ids{1} << Ids{} << 0 << 1;
    QTest::newRow("one comes") << Ids{1, 2} << Ids{1, 2, 3} << 1 << 0;
    QTest::newRow("first goes") << Ids{1, 2, 3} << Ids{2, 3} << 0 << 1;
    QTest::newRow("neighbours go at once") << Ids{1, 2, 3, 4} << Ids{1, 4} << 0 << 1;
    QTest::newRow("every second goes") << Ids{1, 2, 3, 4, 5} << Ids{2, 4} << 0 << 3;
    QTest::newRow("all are exchanged") << Ids{1, 2} << Ids{3, 4} << 1 << 1;
    QTest::newRow("both ends go, one comes") << Ids{1, 2, 3} << Ids{2, 9} << 1 << 2;
}

void TestClientModel::changesFromListToList()
{
    QFETCH(QList<quint64>, before);
    QFETCH(QList<quint64>, after);
    const auto list = [](const QList<quint64> &ids) {
        QList<ClientStatus> statuses;
        for (const auto id : ids)
            statuses.append(client(id));
        return statuses;
    };
    ClientModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setClients(list(before));
    const QSignalSpy inserted(&model, &ClientModel::rowsInserted);
    const QSignalSpy removed(&model, &ClientModel::rowsRemoved);
    model.setClients(list(after));
    QCOMPARE(idsOf(model), after);
    QTEST(static_cast<int>(inserted.count()), "insertions");
    QTEST(static_cast<int>(removed.count()), "removals");
}

void TestClientModel::keepsSelectionWhileNumbersChange()
{
    ClientModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setClients(clients({1, 2, 3}));
    QItemSelectionModel selection(&model);
    selection.select(model.index(1, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    const QSignalSpy changed(&model, &ClientModel::dataChanged);

    model.setClients({client(2, 5), client(3), client(4)});

    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.first().at(0).toModelIndex().row(), 0);
    QCOMPARE(selection.selectedRows().size(), 1);
    QCOMPARE(selection.selectedRows().first().data(ClientModel::IdRole).toULongLong(), quint64{2});
    QCOMPARE(model.index(0, ClientModel::SentEvents).data().toString(), u"5"_s);
}

void TestClientModel::isSilentWhenNothingDiffers()
{
    ClientModel model;
    model.setClients(clients({1, 2}));
    const QSignalSpy changed(&model, &ClientModel::dataChanged);
    const QSignalSpy inserted(&model, &ClientModel::rowsInserted);
    model.setClients(clients({1, 2}));
    QCOMPARE(changed.count(), 0);
    QCOMPARE(inserted.count(), 0);
}

void TestClientModel::answersNothingBeyondItsEdges()
{
    ClientModel model;
    model.setClients(clients({1}));
    QCOMPARE(model.columnCount(model.index(0, 0)), 0);
    QCOMPARE(model.rowCount(model.index(0, 0)), 0);
    QVERIFY(!model.index(0, model.columnCount()).isValid());
    QVERIFY(!model.data({}, Qt::DisplayRole).isValid());
    QVERIFY(!model.headerData(model.columnCount(), Qt::Horizontal, Qt::DisplayRole).isValid());
}

QTEST_GUILESS_MAIN(TestClientModel)
#include "tst_clientmodel.moc"
