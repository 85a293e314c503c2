// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/connectionpane.h"
#include "gui/eventview.h"
#include "gui/subscriptiondelegate.h"
#include "gui/subscriptionview.h"
#include "gui/windowbench.h"

#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QRegularExpression>

using namespace weir;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using gui::SubscriptionView;
using models::SubscriptionModel;
using test::WindowBench;

/// Groups in the list of subscriptions as their user works them, through the window.
class SubscriptionGroups : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void newGroupIsNamedInPlace();
    void groupActsAsItsMembers();
    void switchStaysAsClicked();
    void movingCanBeUndone();
    void closedGroupsStayClosed();
    void editRenamesAGroup();
    void connectionLogOfTheSelection();
    void connectionRowShowsItsAttempt();
    void heartbeatsPulse();
};

namespace {

struct Bench : WindowBench
{
    explicit Bench(int count)
    {
        for (int i = 0; i < count; ++i)
            window->subscribe(QUrl(u"http://127.0.0.1:1/%1"_s.arg(i)));
    }

    SubscriptionView *list() const { return find<SubscriptionView>("subscriptionView"); }
    models::SubscriptionTree *tree() const { return qobject_cast<models::SubscriptionTree *>(list()->model()); }
    QModelIndex named(const QString &name) const
    {
        const auto found = tree()->match(tree()->index(0, SubscriptionModel::NameColumn), Qt::DisplayRole, name, 1,
            Qt::MatchExactly | Qt::MatchRecursive);
        return found.value(0);
    }
    void select(const QStringList &names)
    {
        list()->clearSelection();
        for (const auto &name : names)
            list()->selectionModel()->select(named(name), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    }
    void choose(const QString &entry)
    {
        auto *menu = find<QMenu>("groupMenu");
        Q_EMIT menu->aboutToShow();
        for (auto *action : menu->actions())
            if (action->text().remove(u'&') == entry)
                return action->trigger();
        QFAIL(qPrintable(u"no "_s + entry));
    }
    /// The editor of a new group's name, with another name typed into it.
    void typeName(const QString &name)
    {
        auto *editor = list()->viewport()->findChild<QLineEdit *>();
        QVERIFY(editor);
        editor->setText(name);
        // A tick of the list does not touch what is being typed.
        QSignalSpy ticks(tree(), &QAbstractItemModel::dataChanged);
        QTRY_VERIFY(!ticks.isEmpty());
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_VERIFY(tree()->indexOfGroup(name).isValid());
    }
};

} // namespace

void SubscriptionGroups::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s));
}

void SubscriptionGroups::newGroupIsNamedInPlace()
{
    Bench bench(3);
    bench.select({u"0"_s, u"2"_s});
    bench.choose(u"New group"_s);
    bench.typeName(u"shop"_s);
    QCOMPARE(bench.tree()->groups(), QStringList{u"shop"_s});
    QCOMPARE(bench.tree()->rowCount(bench.tree()->indexOfGroup(u"shop"_s)), 2);
    QTRY_VERIFY(bench.list()->isExpanded(bench.tree()->indexOfGroup(u"shop"_s)));
    bench.select({u"1"_s});
    bench.choose(u"shop"_s);
    QCOMPARE(bench.tree()->rowCount(), 1);
    bench.choose(u"No group"_s);
    QCOMPARE(bench.tree()->rowCount(), 2);
}

void SubscriptionGroups::groupActsAsItsMembers()
{
    Bench bench(3);
    bench.select({u"0"_s, u"1"_s});
    bench.choose(u"New group"_s);
    bench.typeName(u"shop"_s);
    bench.select({u"shop"_s, u"1"_s, u"2"_s});
    QCOMPARE(bench.list()->selection().size(), 3);
    bench.select({u"shop"_s});
    QCOMPARE(bench.list()->selection().size(), 2);
    bench.action("muteAction")->trigger();
    QVERIFY(bench.named(u"0"_s).data(SubscriptionModel::IsMutedRole).toBool());
    QVERIFY(bench.named(u"1"_s).data(SubscriptionModel::IsMutedRole).toBool());
    QVERIFY(!bench.named(u"2"_s).data(SubscriptionModel::IsMutedRole).toBool());
    QVERIFY(bench.action("muteAction")->isChecked());
    bench.action("disconnectAction")->trigger();
    QTRY_COMPARE(bench.tree()->indexOfGroup(u"shop"_s).data().toString(), u"idle"_s);
    bench.action("removeAction")->trigger();
    QCOMPARE(bench.tree()->rowCount(), 1);
    bench.action("undoAction")->trigger();
    QCOMPARE(bench.tree()->rowCount(bench.tree()->indexOfGroup(u"shop"_s)), 2);
}

void SubscriptionGroups::switchStaysAsClicked()
{
    Bench bench(3);
    bench.select({u"0"_s, u"1"_s, u"2"_s});
    QSignalSpy toggled(bench.action("muteAction"), &QAction::toggled);
    bench.action("muteAction")->trigger();
    QTRY_VERIFY(bench.named(u"2"_s).data(SubscriptionModel::IsMutedRole).toBool());
    QCOMPARE(toggled.size(), 1);
}

void SubscriptionGroups::movingCanBeUndone()
{
    Bench bench(2);
    bench.select({u"0"_s, u"1"_s});
    bench.choose(u"New group"_s);
    bench.action("undoAction")->trigger();
    QVERIFY(bench.tree()->groups().isEmpty());
    bench.action("redoAction")->trigger();
    QCOMPARE(bench.tree()->groups(), QStringList{u"New group"_s});
}

void SubscriptionGroups::closedGroupsStayClosed()
{
    Bench bench(3);
    bench.select({u"0"_s});
    bench.choose(u"New group"_s);
    bench.typeName(u"shop"_s);
    const auto group = bench.tree()->indexOfGroup(u"shop"_s);
    QTRY_VERIFY(bench.list()->isExpanded(group));
    bench.list()->collapse(group);
    bench.select({u"1"_s});
    bench.choose(u"shop"_s);
    bench.select({u"2"_s});
    bench.choose(u"New group"_s);
    QTRY_VERIFY(bench.list()->isExpanded(bench.tree()->indexOfGroup(u"New group"_s)));
    QVERIFY(!bench.list()->isExpanded(bench.tree()->indexOfGroup(u"shop"_s)));
}

void SubscriptionGroups::editRenamesAGroup()
{
    Bench bench(1);
    bench.select({u"0"_s});
    bench.choose(u"New group"_s);
    bench.typeName(u"shop"_s);
    bench.select({u"shop"_s});
    bench.list()->setCurrentIndex(bench.tree()->indexOfGroup(u"shop"_s, SubscriptionModel::NameColumn));
    bench.action("editAction")->trigger();
    bench.typeName(u"store"_s);
    QCOMPARE(bench.tree()->groups(), QStringList{u"store"_s});
    QTRY_COMPARE(bench.list()->selectedGroup(), u"store"_s);
}

void SubscriptionGroups::connectionLogOfTheSelection()
{
    Bench bench(1);
    bench.select({u"0"_s});
    bench.action("connectionLogAction")->trigger();
    QVERIFY(bench.window->findChild<gui::ConnectionPane *>()->isVisible());
}

void SubscriptionGroups::connectionRowShowsItsAttempt()
{
    Bench bench(1);
    auto *pane = bench.views()->allEvents();
    auto *log = bench.window->findChild<gui::ConnectionPane *>();
    QTRY_VERIFY(bench.rows(pane) > 0);
    QVERIFY(!log->isVisible());
    pane->findChild<gui::EventView *>()->setCurrentEvent(pane->eventModel()->numberAt(0));
    QVERIFY(log->isVisible());
    QVERIFY(log->findChild<QPlainTextEdit *>()->toPlainText().startsWith(u"Attempt 1\n"_s));
}

void SubscriptionGroups::heartbeatsPulse()
{
    store::EventLog log;
    subscribe::Ingest ingest(log);
    SubscriptionModel list(ingest);
    const auto id = list.add(list.suggest(QUrl(u"http://127.0.0.1:1/x"_s)));
    auto &counters = const_cast<subscribe::Counters &>(*list.find(id)->counters);
    const auto index = list.index(0, 0);
    const store::MonotonicTime now{100s};
    QCOMPARE(gui::pulseStrength(index, now), 0.0);
    counters.lastCommentNs = std::chrono::nanoseconds(now.time_since_epoch()).count();
    QCOMPARE(gui::pulseStrength(index, now), 1.0);
    QVERIFY(gui::pulseStrength(index, now + 500ms) < 0.6);
    QCOMPARE(gui::pulseStrength(index, now + 2s), 0.0);
}

QTEST_MAIN(SubscriptionGroups)
#include "tst_subscriptiongroups.moc"
