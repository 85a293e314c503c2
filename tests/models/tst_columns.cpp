// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/eventmodel.h"
#include "support/eventstream.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace weir;
using namespace weir::models;
using namespace Qt::StringLiterals;

// The columns of a view: which there are, and what those of JSON data show.
class ColumnsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void hasTheFixedColumns();
    void insertsAndRemovesColumns();
    void movesColumnsByTakingThemOut();
    void leavesOutTheSecondOfTwo();
    void changesATitleInPlace();
    void showsValuesOfJsonData_data();
    void showsValuesOfJsonData();
    void alignsByContent();
    void hasNoValuesOfOtherKinds();
    void readsLargeEventsOnAThread();
    void dropsLateValuesOfOtherColumns();
    void showsNumberKindAttemptAndRead();
};

namespace {

filter::JsonPath path(const char *text)
{
    return filter::JsonPath::compile(text).value();
}

struct Bench
{
    Bench()
        : feed(streams.log)
        , model(feed)
        , tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest)
    {}

    void setJsonColumns(const std::vector<const char *> &paths)
    {
        auto columns = fixedColumns();
        for (const auto *text : paths)
            columns.append(jsonColumn(path(text)));
        model.setColumns(columns);
    }
    QModelIndex cell(int row, const Column &column) const { return model.index(row, model.columnOf(column)); }
    QString text(int row, const char *json) const { return cell(row, jsonColumn(path(json))).data().toString(); }
    QString text(int row, ColumnKind kind) const { return cell(row, Column{kind}).data().toString(); }
    bool hasRows(int count)
    {
        return QTest::qWaitFor([&] { return model.rowCount() == count; });
    }

    test::EventStreams streams;
    LogFeed feed;
    EventModel model;
    QAbstractItemModelTester tester;
};

} // namespace

void ColumnsTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"."_s));
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
}

void ColumnsTest::hasTheFixedColumns()
{
    Bench bench;
    QCOMPARE(bench.model.columns(), fixedColumns());
    QStringList titles;
    for (int column = 0; column < bench.model.columnCount(); ++column) {
        titles << bench.model.headerData(column, Qt::Horizontal).toString();
        QVERIFY(!bench.model.headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString().isEmpty());
    }
    const QStringList expected{u"Time"_s, u"Gap"_s, u"Source"_s, u"Id"_s, u"Type"_s, u"Data"_s, u"Size"_s, u"Number"_s,
        u"Kind"_s, u"Attempt"_s, u"Read"_s};
    QCOMPARE(titles, expected);
}

void ColumnsTest::insertsAndRemovesColumns()
{
    Bench bench;
    bench.streams.feedEvents(1, 10);
    QVERIFY(bench.hasRows(10));
    QSignalSpy inserted(&bench.model, &QAbstractItemModel::columnsInserted);
    QSignalSpy removed(&bench.model, &QAbstractItemModel::columnsRemoved);
    QSignalSpy reset(&bench.model, &QAbstractItemModel::modelReset);
    bench.setJsonColumns({"data.price", "data.symbol"});
    QCOMPARE(inserted.size(), 2);
    QCOMPARE(removed.size(), 0);
    QCOMPARE(bench.model.columnCount(), fixedColumnCount + 2);
    bench.setJsonColumns({"data.symbol"});
    QCOMPARE(removed.size(), 1);
    QCOMPARE(inserted.size(), 2);
    QCOMPARE(bench.model.columnOf(jsonColumn(path("data.price"))), -1);
    QCOMPARE(bench.model.columnOf(jsonColumn(path("data.symbol"))), fixedColumnCount);
    bench.model.setColumns({Column{ColumnKind::Data}});
    QCOMPARE(bench.model.columnCount(), 1);
    QCOMPARE(bench.text(3, ColumnKind::Data), u"event 3"_s);
    QCOMPARE(reset.size(), 0);
}

void ColumnsTest::movesColumnsByTakingThemOut()
{
    Bench bench;
    const Columns wanted{
        Column{ColumnKind::Size}, jsonColumn(path("data.a")), Column{ColumnKind::Time}, Column{ColumnKind::Data}};
    bench.model.setColumns(wanted);
    QCOMPARE(bench.model.columns(), wanted);
    Columns turned(wanted.rbegin(), wanted.rend());
    bench.model.setColumns(turned);
    QCOMPARE(bench.model.columns(), turned);
}

void ColumnsTest::leavesOutTheSecondOfTwo()
{
    Bench bench;
    auto named = jsonColumn(path("data.a"));
    named.title = u"again"_s;
    bench.model.setColumns({jsonColumn(path("data.a")), named, Column{ColumnKind::Data}, Column{ColumnKind::Data}});
    QCOMPARE(bench.model.columns(), (Columns{jsonColumn(path("data.a")), Column{ColumnKind::Data}}));
}

void ColumnsTest::changesATitleInPlace()
{
    Bench bench;
    bench.setJsonColumns({"data[\"odd key\"].price"});
    const auto title = [&] { return bench.model.headerData(fixedColumnCount, Qt::Horizontal).toString(); };
    QCOMPARE(title(), u"data[\"odd key\"].price"_s);
    QSignalSpy inserted(&bench.model, &QAbstractItemModel::columnsInserted);
    QSignalSpy changed(&bench.model, &QAbstractItemModel::headerDataChanged);
    auto columns = bench.model.columns();
    columns.last().title = u"Price"_s;
    bench.model.setColumns(columns);
    QCOMPARE(title(), u"Price"_s);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(inserted.size(), 0);
}

void ColumnsTest::showsValuesOfJsonData_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QByteArray>("place");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, const char *data, const char *place, const QString &text) {
        QTest::newRow(name) << QByteArray(data) << QByteArray(place) << text;
    };
    row("number", R"({"price": 1.50})", "data.price", u"1.50"_s);
    row("twenty digits", R"({"id": 12345678901234567890})", "data.id", u"12345678901234567890"_s);
    row("string", R"({"a": {"b": ["x", "y\nz"]}})", "data.a.b[1]", u"y↵z"_s);
    row("escapes", R"({"a": "caf\u00e9"})", "data.a", u"café"_s);
    row("null", R"({"a": null})", "data.a", u"null"_s);
    row("object", R"({"a": {"b": 1}})", "data.a", u"{\"b\": 1}"_s);
    row("no such key", R"({"b": 1})", "data.a", QString());
    row("no JSON", "price 5", "data.price", QString());
    row("odd key", R"({"odd key": true})", "data[\"odd key\"]", u"true"_s);
}

void ColumnsTest::showsValuesOfJsonData()
{
    QFETCH(QByteArray, data);
    QFETCH(QByteArray, place);
    Bench bench;
    bench.setJsonColumns({"data.other", place.constData()});
    bench.streams.feed(1, "data: " + data.toStdString() + "\n\n");
    QVERIFY(bench.hasRows(1));
    QTEST(bench.text(0, place.constData()), "text");
    QCOMPARE(bench.text(0, "data.other"), QString());
}

void ColumnsTest::alignsByContent()
{
    Bench bench;
    bench.setJsonColumns({"data.a"});
    bench.streams.feed(1, "data: {\"a\":1}\n\ndata: {\"a\":\"1\"}\n\n");
    QVERIFY(bench.hasRows(2));
    const auto alignment = [&](int row) {
        return bench.cell(row, jsonColumn(path("data.a"))).data(Qt::TextAlignmentRole).value<Qt::Alignment>();
    };
    QVERIFY(alignment(0) & Qt::AlignRight);
    QVERIFY(alignment(1) & Qt::AlignLeft);
    auto columns = bench.model.columns();
    columns.last().alignment = ColumnAlignment::Right;
    bench.model.setColumns(columns);
    QVERIFY(alignment(1) & Qt::AlignRight);
}

void ColumnsTest::hasNoValuesOfOtherKinds()
{
    Bench bench;
    bench.setJsonColumns({"data.a"});
    bench.streams.connection(1, store::ConnectionState::Closed, R"({"a":1})");
    QVERIFY(bench.hasRows(1));
    QCOMPARE(bench.text(0, "data.a"), QString());
}

void ColumnsTest::readsLargeEventsOnAThread()
{
    Bench bench;
    bench.setJsonColumns({"data.last", "data.first"});
    for (int i = 0; i < 20; ++i) {
        const auto filler = std::string(JsonCells::mostDirectBytes * 10, 'x');
        bench.streams.feed(
            1, "data: {\"first\":1,\"filler\":\"" + filler + "\",\"last\":" + std::to_string(i) + "}\n\n");
    }
    QVERIFY(bench.hasRows(20));
    QCOMPARE(bench.text(0, "data.last"), u"…"_s);
    // As a view does: it asks for what it shows whenever something has come.
    QTRY_COMPARE(bench.text(0, "data.last"), u"0"_s);
    QCOMPARE(bench.text(0, "data.first"), u"1"_s);
    QSignalSpy changed(&bench.model, &QAbstractItemModel::dataChanged);
    QCOMPARE(bench.text(19, "data.first"), u"…"_s);
    QTRY_COMPARE(changed.size(), 1);
    QCOMPARE(bench.text(19, "data.last"), u"19"_s);
    QCOMPARE(bench.text(18, "data.last"), u"…"_s);
    QTRY_COMPARE(bench.text(18, "data.last"), u"18"_s);
}

void ColumnsTest::dropsLateValuesOfOtherColumns()
{
    Bench bench;
    bench.setJsonColumns({"data.a"});
    const auto filler = std::string(std::size_t{4} << 20, 'x');
    bench.streams.feed(1, "data: {\"a\":1,\"filler\":\"" + filler + "\",\"b\":2}\n\n");
    QVERIFY(bench.hasRows(1));
    QCOMPARE(bench.text(0, "data.a"), u"…"_s);
    bench.setJsonColumns({"data.b"});
    QTRY_COMPARE(bench.text(0, "data.b"), u"2"_s);
}

void ColumnsTest::showsNumberKindAttemptAndRead()
{
    Bench bench;
    bench.streams.feed(1, "data: a\n\n");
    bench.streams.feed(1, "data: b\n\n");
    bench.streams.connection(1, store::ConnectionState::Closed, "ended");
    QVERIFY(bench.hasRows(3));
    QCOMPARE(bench.text(1, ColumnKind::Number), u"2"_s);
    QCOMPARE(bench.text(1, ColumnKind::Kind), u"event"_s);
    QCOMPARE(bench.text(2, ColumnKind::Kind), u"connection"_s);
    QCOMPARE(bench.text(1, ColumnKind::Attempt), u"1"_s);
    QCOMPARE(bench.text(1, ColumnKind::Read), u"1"_s);
    QCOMPARE(bench.text(2, ColumnKind::Read), QString());
}

QTEST_GUILESS_MAIN(ColumnsTest)
#include "tst_columns.moc"
