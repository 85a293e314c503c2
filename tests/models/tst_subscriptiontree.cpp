// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/subscriptiontree.h"
#include "store/eventlog.h"
#include "subscribe/ingest.h"

#include <QAbstractItemModelTester>
#include <QMimeData>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace weir;
using namespace Qt::StringLiterals;
using models::SubscriptionModel;
using models::SubscriptionTree;

namespace {

struct Bench
{
    store::EventLog log;
    subscribe::Ingest ingest{log};
    SubscriptionModel list{ingest};
    SubscriptionTree tree{list};
    QAbstractItemModelTester tester{&tree, QAbstractItemModelTester::FailureReportingMode::QtTest};

    Bench()
    {
        // What the window does through its undo stack.
        QObject::connect(&tree, &SubscriptionTree::groupWanted, &tree,
            [this](const QList<store::SubscriptionId> &ids, const QString &group) {
                for (const auto id : ids)
                    setGroup(id, group);
            });
    }

    store::SubscriptionId add(const QString &name, const QString &group = {})
    {
        auto settings = list.suggest(QUrl(u"http://127.0.0.1:1/x"_s), name);
        settings.group = group;
        return list.add(settings);
    }
    void setGroup(store::SubscriptionId id, const QString &group)
    {
        auto settings = list.find(id)->settings;
        settings.group = group;
        list.setSettings(id, settings);
    }
    QString text(const QModelIndex &index) const { return index.data().toString(); }
    /// All names with their depth: `shop( a b ) c`.
    QString outline(const QModelIndex &parent = {}) const
    {
        QStringList words;
        for (int row = 0; row < tree.rowCount(parent); ++row) {
            const auto index = tree.index(row, 0, parent);
            const auto name = text(tree.index(row, SubscriptionModel::NameColumn, parent));
            words << (tree.isGroup(index) ? name + u"( "_s + outline(index) + u" )"_s : name);
        }
        return words.join(u' ');
    }
};

} // namespace

class SubscriptionTreeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void groupsComeFirstByName();
    void takesWhatIsThereAlready();
    void followsRemovalAndReturn();
    void groupGoesWithItsLastMember();
    void renamesAGroup();
    void emptyNameIsNoName();
    void dragsToAnotherGroup();
    void sumsUp();
    void tickCostsASignalForEachGroup();
    void manyOfThem();
};

void SubscriptionTreeTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s));
}

void SubscriptionTreeTest::groupsComeFirstByName()
{
    Bench bench;
    bench.add(u"a"_s);
    bench.add(u"b"_s, u"shop"_s);
    bench.add(u"c"_s, u"logs"_s);
    bench.add(u"d"_s, u"shop"_s);
    QCOMPARE(bench.outline(), u"logs( c ) shop( b d ) a"_s);
    QCOMPARE(bench.tree.groups(), (QStringList{u"logs"_s, u"shop"_s}));
}

void SubscriptionTreeTest::takesWhatIsThereAlready()
{
    Bench bench;
    bench.add(u"a"_s, u"g"_s);
    bench.add(u"b"_s);
    SubscriptionTree late(bench.list);
    QCOMPARE(late.rowCount(), 2);
    QCOMPARE(late.rowCount(late.index(0, 0)), 1);
}

void SubscriptionTreeTest::followsRemovalAndReturn()
{
    Bench bench;
    bench.add(u"a"_s, u"g"_s);
    const auto middle = bench.add(u"b"_s, u"g"_s);
    bench.add(u"c"_s, u"g"_s);
    bench.add(u"d"_s);
    const int row = bench.list.park(middle);
    QCOMPARE(bench.outline(), u"g( a c ) d"_s);
    QVERIFY(!bench.tree.indexOf(middle).isValid());
    bench.list.restore(middle, row);
    QCOMPARE(bench.outline(), u"g( a b c ) d"_s);
    QCOMPARE(bench.tree.idAt(bench.tree.indexOf(middle)), middle);
}

void SubscriptionTreeTest::groupGoesWithItsLastMember()
{
    Bench bench;
    const auto only = bench.add(u"a"_s, u"g"_s);
    bench.add(u"b"_s);
    bench.list.park(only);
    QCOMPARE(bench.outline(), u"b"_s);
    bench.list.restore(only, 0);
    QCOMPARE(bench.outline(), u"g( a ) b"_s);
}

void SubscriptionTreeTest::renamesAGroup()
{
    Bench bench;
    for (const auto &name : {u"a"_s, u"b"_s, u"c"_s})
        bench.add(name, u"old"_s);
    bench.add(u"d"_s, u"new"_s);
    const auto group = bench.tree.indexOfGroup(u"old"_s, SubscriptionModel::NameColumn);
    QVERIFY(bench.tree.flags(group).testFlag(Qt::ItemIsEditable));
    const QPersistentModelIndex member(bench.tree.indexOf(bench.list.at(1).id));
    QVERIFY(bench.tree.setData(group, u" new "_s));
    QCOMPARE(bench.outline(), u"new( a b c d )"_s);
    // A move, no removal: what is selected stays selected.
    QVERIFY(member.isValid());
    QCOMPARE(bench.tree.idAt(member), bench.list.at(1).id);
}

void SubscriptionTreeTest::emptyNameIsNoName()
{
    Bench bench;
    bench.add(u"a"_s, u"g"_s);
    QVERIFY(!bench.tree.setData(bench.tree.indexOfGroup(u"g"_s, SubscriptionModel::NameColumn), u"  "_s));
    QCOMPARE(bench.outline(), u"g( a )"_s);
    QVERIFY(!bench.tree.flags(bench.tree.indexOf(bench.list.at(0).id, SubscriptionModel::NameColumn))
                 .testFlag(Qt::ItemIsEditable));
}

void SubscriptionTreeTest::dragsToAnotherGroup()
{
    Bench bench;
    const auto a = bench.add(u"a"_s, u"g"_s);
    const auto b = bench.add(u"b"_s);
    bench.add(u"c"_s, u"h"_s);
    const std::unique_ptr<QMimeData> both(
        bench.tree.mimeData({bench.tree.indexOf(a), bench.tree.indexOf(a, 1), bench.tree.indexOf(b)}));
    QVERIFY(bench.tree.dropMimeData(both.get(), Qt::MoveAction, -1, -1, bench.tree.indexOfGroup(u"h"_s)));
    QCOMPARE(bench.outline(), u"h( a b c )"_s);
    QVERIFY(bench.tree.dropMimeData(both.get(), Qt::MoveAction, 0, 0, {}));
    QCOMPARE(bench.outline(), u"h( c ) a b"_s);
    QMimeData urls;
    urls.setText(u"http://127.0.0.1:1/x"_s);
    QVERIFY(!bench.tree.canDropMimeData(&urls, Qt::MoveAction, 0, 0, {}));
}

void SubscriptionTreeTest::sumsUp()
{
    Bench bench;
    const auto a = bench.add(u"a"_s, u"g"_s);
    auto settings = bench.list.suggest(QUrl(u"https://127.0.0.1:1/x"_s), u"b"_s);
    settings.group = u"g"_s;
    settings.transport.tls.acceptInvalid = true;
    const auto b = bench.list.add(settings);
    for (const auto &[id, events] : {std::pair(a, 3U), std::pair(b, 40U)})
        std::const_pointer_cast<subscribe::Counters>(bench.list.find(id)->counters)->events = events;
    const auto group = bench.tree.indexOfGroup(u"g"_s);
    QCOMPARE(bench.text(bench.tree.indexOfGroup(u"g"_s, SubscriptionModel::EventsColumn)), u"43"_s);
    QCOMPARE(bench.text(group), u"idle"_s);
    QVERIFY(group.data(SubscriptionModel::CertificateMarkRole).toBool());
    QVERIFY(!bench.tree.indexOf(a).data(SubscriptionModel::CertificateMarkRole).toBool());
    QVERIFY(bench.tree.indexOf(b).data(SubscriptionModel::CertificateMarkRole).toBool());
    QVERIFY(bench.tree.indexOf(b).data(Qt::ToolTipRole).toString().contains(u"certificate"_s));
    QVERIFY(bench.tree.indexOf(b, SubscriptionModel::NameColumn)
                .data(Qt::AccessibleTextRole)
                .toString()
                .contains(u"certificate"_s));
    QCOMPARE(bench.tree.idsAt(group), (QList{a, b}));
    QVERIFY(!group.data(SubscriptionModel::IsMutedRole).toBool());
    bench.list.setMuted(a, true);
    bench.list.setMuted(b, true);
    QVERIFY(group.data(SubscriptionModel::IsMutedRole).toBool());
}

void SubscriptionTreeTest::tickCostsASignalForEachGroup()
{
    Bench bench;
    for (int i = 0; i < 30; ++i)
        bench.add(QString::number(i), i % 3 == 0 ? QString() : u"group %1"_s.arg(i % 3));
    QSignalSpy changed(&bench.tree, &QAbstractItemModel::dataChanged);
    QSignalSpy reset(&bench.tree, &QAbstractItemModel::modelReset);
    QSignalSpy ticks(&bench.list, &QAbstractItemModel::dataChanged);
    QTRY_COMPARE(ticks.size(), 1);
    QCOMPARE(changed.size(), 3);
    QCOMPARE(reset.size(), 0);
}

void SubscriptionTreeTest::manyOfThem()
{
    store::EventLog log;
    subscribe::Ingest ingest(log);
    SubscriptionModel list(ingest);
    SubscriptionTree tree(list);
    for (int i = 0; i < 1000; ++i) {
        auto settings = list.suggest(QUrl(u"http://127.0.0.1:1/%1"_s.arg(i)));
        settings.group = u"group %1"_s.arg(i % 7);
        list.add(settings);
    }
    QCOMPARE(tree.rowCount(), 7);
    int total = 0;
    for (int row = 0; row < 7; ++row)
        total += tree.rowCount(tree.index(row, 0));
    QCOMPARE(total, 1000);
    QCOMPARE(tree.idAt(tree.indexOf(list.at(999).id)), list.at(999).id);
}

QTEST_GUILESS_MAIN(SubscriptionTreeTest)
#include "tst_subscriptiontree.moc"
