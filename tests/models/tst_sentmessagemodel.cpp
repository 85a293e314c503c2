// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sentmessagemodel.h"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using weir::models::SentMessage;
using weir::models::SentMessageModel;

namespace {

SentMessage message(std::string data, QByteArray id = "1")
{
    SentMessage sent;
    sent.time = QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5, 6));
    sent.id = std::move(id);
    sent.publication.message.type = "trade";
    sent.publication.message.data = std::move(data);
    return sent;
}

QString shown(const SentMessageModel &model, int row, int column, int role = Qt::DisplayRole)
{
    return model.index(row, column).data(role).toString();
}

} // namespace

class TestSentMessageModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void listsNewestFirst();
    void keepsRowsInTheirPlace();
    void forgetsTheOldestBeyondTheNumber();
    void forgetsTheOldestBeyondTheBytes();
    void keepsOneThatIsTooLargeAlone();
    void showsTheBeginningOfData_data();
    void showsTheBeginningOfData();
    void saysWhatAMessageWithoutDataHolds();
};

void TestSentMessageModel::listsNewestFirst()
{
    SentMessageModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.add(message("old", "7"));
    model.add(message("new", "8"));
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(shown(model, 0, SentMessageModel::Time), u"03:04:05"_s);
    QVERIFY(shown(model, 0, SentMessageModel::Time, Qt::ToolTipRole).endsWith(u"03:04:05.006"_s));
    QCOMPARE(shown(model, 0, SentMessageModel::Id), u"8"_s);
    QCOMPARE(shown(model, 0, SentMessageModel::Type), u"trade"_s);
    QCOMPARE(shown(model, 0, SentMessageModel::Data), u"new"_s);
    QCOMPARE(shown(model, 1, SentMessageModel::Data), u"old"_s);
    QCOMPARE(model.columnCount(model.index(0, 0)), 0);
    QVERIFY(!model.index(2, 0).isValid());
}

void TestSentMessageModel::keepsRowsInTheirPlace()
{
    SentMessageModel model;
    model.add(message("a"));
    const QPersistentModelIndex selected(model.index(0, 0));
    model.add(message("b"));
    QCOMPARE(selected.row(), 1);
}

void TestSentMessageModel::forgetsTheOldestBeyondTheNumber()
{
    SentMessageModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.limits().messages, 100);
    const QSignalSpy removed(&model, &SentMessageModel::rowsRemoved);
    for (int i = 0; i < 105; ++i)
        model.add(message(std::to_string(i)));
    QCOMPARE(model.rowCount(), 100);
    QCOMPARE(removed.count(), 5);
    QCOMPARE(shown(model, 0, SentMessageModel::Data), u"104"_s);
    QCOMPARE(shown(model, 99, SentMessageModel::Data), u"5"_s);
}

void TestSentMessageModel::forgetsTheOldestBeyondTheBytes()
{
    SentMessageModel model({100, 100}, nullptr);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (int i = 0; i < 5; ++i)
        model.add(message(std::string(35, static_cast<char>('a' + i)))); // 40 with the type
    QCOMPARE(model.rowCount(), 2);
    model.add(message(std::string(90, 'z')));
    QCOMPARE(model.rowCount(), 1);
    model.add(message("x"));
    QCOMPARE(model.rowCount(), 1);
    model.add(message("y"));
    QCOMPARE(model.rowCount(), 2);
}

void TestSentMessageModel::keepsOneThatIsTooLargeAlone()
{
    SentMessageModel model({100, 10}, nullptr);
    model.add(message("small"));
    model.add(message(std::string(1000, 'x')));
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.at(0).publication.message.data->size(), std::size_t{1000});
}

void TestSentMessageModel::showsTheBeginningOfData_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QString>("text");
    QTest::newRow("plain") << QByteArray("x") << u"x"_s;
    QTest::newRow("lines") << QByteArray("a\nb\r\nc\rd") << u"a⏎b⏎c⏎d"_s;
    QTest::newRow("as much as fits") << QByteArray(256, 'x') << QString(256, u'x');
    QTest::newRow("one too many") << QByteArray(257, 'x') << QString(256, u'x') + u"…"_s;
    QTest::newRow("never half a character") << QByteArray(255, 'x') + "é" << QString(255, u'x') + u"…"_s;
}

void TestSentMessageModel::showsTheBeginningOfData()
{
    QFETCH(QByteArray, data);
    SentMessageModel model;
    model.add(message(data.toStdString()));
    QTEST(shown(model, 0, SentMessageModel::Data), "text");
}

void TestSentMessageModel::saysWhatAMessageWithoutDataHolds()
{
    QLocale::setDefault(QLocale::c());
    SentMessageModel model;
    SentMessage sent;
    model.add(sent);
    QCOMPARE(shown(model, 0, SentMessageModel::Data), u"(no data)"_s);
    sent.publication.message.retry = std::chrono::milliseconds(50);
    model.add(sent);
    QCOMPARE(shown(model, 0, SentMessageModel::Data), u"(reconnection time 50 ms)"_s);
    sent.publication.message.comment = "hello";
    model.add(sent);
    QCOMPARE(shown(model, 0, SentMessageModel::Data), u"(comment) hello"_s);
}

QTEST_GUILESS_MAIN(TestSentMessageModel)
#include "tst_sentmessagemodel.moc"
