// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/columnbench.h"
#include "gui/columncommands.h"
#include "gui/columndialog.h"
#include "gui/columnsdialog.h"
#include "gui/viewmemory.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QCompleter>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace weir;
using namespace weir::gui;
using namespace Qt::StringLiterals;
using models::Column;
using models::ColumnKind;
using models::TimeMode;

// The columns of one view, as its user chooses them.
class EventColumnsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void addsAColumnBesideTheData();
    void checksThePathWhileItIsTyped_data();
    void checksThePathWhileItIsTyped();
    void offersPathsThatWereSeen();
    void renamesAColumn();
    void removesAColumnFromTheHeader();
    void ordersColumnsInTheDialog();
    void keepsOneColumnInTheDialog();
    void resetsInTheDialog();
    void changesNothingWhenCancelled();
    void fitsAColumnToTheRowsInSight();
    void restoresEverything();
    void widthsFollowTheFont();
    void ignoresDamagedStates();
    void ignoresColumnsOfANewerVersion();
    void remembersViewsByName();
};

namespace {

using Bench = test::ColumnBench;
using test::path;

QPushButton *ok(QDialog *dialog)
{
    return dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
}

} // namespace

void EventColumnsTest::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
}

void EventColumnsTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s));
}

void EventColumnsTest::addsAColumnBesideTheData()
{
    Bench bench;
    QVERIFY(bench.addPrices(5));
    bench.pane.addColumn(path("data.price"));
    QCOMPARE(bench.shownTitles(),
        (QStringList{u"Time"_s, u"Gap"_s, u"Source"_s, u"Id"_s, u"Type"_s, u"price"_s, u"Data"_s, u"Size"_s}));
    QCOMPARE(bench.model().index(3, bench.column("data.price")).data().toString(), u"3"_s);
    QVERIFY(!bench.view().visualRect(bench.model().index(3, bench.column("data.price"))).isEmpty());
    bench.pane.addColumn(path("data.price"));
    QCOMPARE(bench.model().columnCount(), models::fixedColumnCount + 1);
}

void EventColumnsTest::checksThePathWhileItIsTyped_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<bool>("isValid");
    QTest::addColumn<QString>("path");
    QTest::newRow("empty") << QString() << false << QString();
    QTest::newRow("whole") << u"data.a[0].b"_s << true << u"data.a[0].b"_s;
    QTest::newRow("key alone") << u"price"_s << true << u"data.price"_s;
    QTest::newRow("JSONPath") << u"$.price"_s << true << u"data.price"_s;
    QTest::newRow("odd key") << u"data[\"odd key\"]"_s << true << u"data[\"odd key\"]"_s;
    QTest::newRow("key that begins so") << u"database"_s << true << u"data.database"_s;
    QTest::newRow("all data") << u"data"_s << false << QString();
    QTest::newRow("unclosed") << u"data[0"_s << false << QString();
    QTest::newRow("no key") << u"data."_s << false << QString();
}

void EventColumnsTest::checksThePathWhileItIsTyped()
{
    QFETCH(QString, typed);
    QFETCH(bool, isValid);
    QFETCH(QString, path);
    QWidget parent;
    auto *dialog = new ColumnDialog(Column{ColumnKind::Json}, &parent);
    QSignalSpy confirmed(dialog, &ColumnDialog::confirmed);
    dialog->findChild<QLineEdit *>(u"pathEdit"_s)->setText(typed);
    QCOMPARE(ok(dialog)->isEnabled(), isValid);
    QVERIFY(isValid || !dialog->findChild<QLabel *>(u"pathNote"_s)->text().isEmpty());
    dialog->accept();
    QCOMPARE(confirmed.size(), isValid ? 1 : 0);
    if (isValid)
        QCOMPARE(QString::fromStdString(confirmed[0][0].value<Column>().path.text()), path);
}

void EventColumnsTest::offersPathsThatWereSeen()
{
    Bench bench;
    QVERIFY(bench.addPrices(300));
    bench.view().columnCommands()->addColumn();
    auto *dialog = bench.dialog<ColumnDialog>();
    QVERIFY(dialog);
    auto *edit = dialog->findChild<QLineEdit *>(u"pathEdit"_s);
    QTRY_VERIFY(edit->completer());
    edit->completer()->setCompletionPrefix(u"sym"_s);
    QCOMPARE(edit->completer()->currentCompletion(), u"data.symbol"_s);
    edit->setText(u"symbol"_s);
    QVERIFY(dialog->findChild<QLabel *>(u"pathNote"_s)->text().contains(u"ABC"_s));
    edit->setText(u"nothing"_s);
    QVERIFY(ok(dialog)->isEnabled());
    dialog->findChild<QLineEdit *>(u"titleEdit"_s)->setText(u"Nothing"_s);
    dialog->accept();
    QVERIFY(bench.shownTitles().contains(u"Nothing"_s));
}

void EventColumnsTest::renamesAColumn()
{
    Bench bench;
    bench.pane.addColumn(path("data.price"));
    bench.header().resizeSection(bench.column("data.price"), 77);
    QMenu menu;
    Q_EMIT bench.header().menuFilled(&menu, bench.column("data.price"));
    for (auto *action : menu.actions()) {
        if (action->text() == u"&Edit “price”…"_s)
            action->trigger();
    }
    auto *dialog = bench.dialog<ColumnDialog>();
    QVERIFY(dialog);
    QCOMPARE(dialog->findChild<QLineEdit *>(u"pathEdit"_s)->text(), u"data.price"_s);
    dialog->findChild<QLineEdit *>(u"titleEdit"_s)->setText(u"Price"_s);
    dialog->findChild<QComboBox *>(u"alignmentBox"_s)->setCurrentIndex(2);
    dialog->accept();
    const auto column = bench.model().columns()[bench.column("data.price")];
    QCOMPARE(column.title, u"Price"_s);
    QCOMPARE(column.alignment, models::ColumnAlignment::Right);
    QCOMPARE(bench.header().sectionSize(bench.column("data.price")), 77);
}

void EventColumnsTest::removesAColumnFromTheHeader()
{
    Bench bench;
    QVERIFY(bench.addPrices(5));
    bench.view().setCurrentEvent({3});
    bench.pane.addColumn(path("data.price"));
    bench.pane.addColumn(path("data.symbol"));
    bench.header().removeColumn(bench.column("data.price"));
    QCOMPARE(bench.column("data.price"), -1);
    QVERIFY(bench.shownTitles().contains(u"symbol"_s));
    QCOMPARE(bench.view().currentEvent(), store::EventNumber{3});
    QVERIFY(bench.view().selectionModel()->isSelected(bench.model().index(2, 0)));
    bench.header().removeColumn(bench.column(ColumnKind::Gap));
    QVERIFY2(bench.shownTitles().contains(u"Gap"_s), "fixed columns are hidden, not removed");
}

void EventColumnsTest::ordersColumnsInTheDialog()
{
    Bench bench;
    bench.pane.addColumn(path("data.price"));
    bench.view().columnCommands()->editColumns();
    auto *dialog = bench.dialog<ColumnsDialog>();
    QVERIFY(dialog);
    auto *list = dialog->findChild<QListWidget *>();
    const auto row = [&](const QString &title) { return list->row(list->findItems(title, Qt::MatchExactly).value(0)); };
    list->setCurrentRow(row(u"price"_s));
    for (int i = 0; i < 5; ++i)
        dialog->findChild<QPushButton *>(u"upButton"_s)->click();
    QCOMPARE(list->currentRow(), 0);
    QVERIFY(!dialog->findChild<QPushButton *>(u"upButton"_s)->isEnabled());
    list->item(row(u"Gap"_s))->setCheckState(Qt::Unchecked);
    list->item(row(u"Number"_s))->setCheckState(Qt::Checked);
    dialog->accept();
    QCOMPARE(bench.shownTitles(),
        (QStringList{u"price"_s, u"Time"_s, u"Source"_s, u"Id"_s, u"Type"_s, u"Data"_s, u"Size"_s, u"Number"_s}));
}

void EventColumnsTest::keepsOneColumnInTheDialog()
{
    QWidget parent;
    auto *dialog = new ColumnsDialog(defaultPlaces(), &parent);
    auto *list = dialog->findChild<QListWidget *>();
    for (int row = 0; row < list->count(); ++row)
        list->item(row)->setCheckState(Qt::Unchecked);
    QVERIFY(!ok(dialog)->isEnabled());
    list->item(2)->setCheckState(Qt::Checked);
    QVERIFY(ok(dialog)->isEnabled());
    QVERIFY(!dialog->findChild<QPushButton *>(u"removeButton"_s)->isEnabled());
}

void EventColumnsTest::resetsInTheDialog()
{
    Bench bench;
    bench.pane.addColumn(path("data.price"));
    bench.header().setColumnShown(bench.column(ColumnKind::Type), false);
    bench.header().moveSection(0, 3);
    bench.view().columnCommands()->editColumns();
    auto *dialog = bench.dialog<ColumnsDialog>();
    dialog->findChild<QPushButton *>(u"resetButton"_s)->click();
    dialog->accept();
    QCOMPARE(
        bench.shownTitles(), (QStringList{u"Time"_s, u"Gap"_s, u"Source"_s, u"Id"_s, u"Type"_s, u"Data"_s, u"Size"_s}));
    QVERIFY2(bench.column("data.price") >= 0, "only hidden");
}

void EventColumnsTest::changesNothingWhenCancelled()
{
    Bench bench;
    const auto before = bench.shownTitles();
    bench.view().columnCommands()->editColumns();
    auto *dialog = bench.dialog<ColumnsDialog>();
    dialog->findChild<QListWidget *>()->item(0)->setCheckState(Qt::Unchecked);
    dialog->reject();
    QCOMPARE(bench.shownTitles(), before);
}

void EventColumnsTest::fitsAColumnToTheRowsInSight()
{
    Bench bench;
    QVERIFY(bench.addPrices(5));
    bench.pane.addColumn(path("data.symbol"));
    const int column = bench.column("data.symbol");
    bench.header().resizeSection(column, 300);
    Q_EMIT bench.header().sectionHandleDoubleClicked(column);
    const int narrow = bench.header().sectionSize(column);
    QVERIFY(narrow < 200);
    bench.streams.feed(1, R"(data: {"symbol":"a much longer symbol than before"})"
                          "\n\n");
    QTRY_COMPARE(bench.model().rowCount(), 6);
    Q_EMIT bench.header().sectionHandleDoubleClicked(column);
    QVERIFY(bench.header().sectionSize(column) > narrow + 50);
}

void EventColumnsTest::restoresEverything()
{
    Bench bench;
    auto price = models::jsonColumn(path("data[\"odd key\"].price"));
    price.title = u"Price"_s;
    price.alignment = models::ColumnAlignment::Right;
    bench.header().addColumn(price);
    bench.header().resizeSection(bench.model().columnOf(price), 123);
    bench.header().setColumnShown(bench.column(ColumnKind::Id), false);
    bench.header().moveSection(bench.header().visualIndex(bench.column(ColumnKind::Size)), 0);
    bench.model().setTimeFormat({TimeMode::SinceStart, models::TimePrecision::Milliseconds});
    Bench other;
    QVERIFY(other.pane.restoreState(bench.pane.saveState()));
    QCOMPARE(other.shownTitles(), bench.shownTitles());
    QCOMPARE(other.model().columns()[other.model().columnOf(price)], price);
    QCOMPARE(other.header().sectionSize(other.model().columnOf(price)), 123);
    QCOMPARE(other.model().timeFormat(), bench.model().timeFormat());
    QCOMPARE(other.pane.saveState(), bench.pane.saveState());
}

void EventColumnsTest::widthsFollowTheFont()
{
    const QFont usual = QApplication::font();
    QByteArray state;
    int width = 0;
    {
        Bench bench;
        bench.header().resizeSection(bench.column(ColumnKind::Time), 170);
        width = bench.header().sectionSize(bench.column(ColumnKind::Time));
        state = bench.header().save();
    }
    QFont larger = usual;
    larger.setPointSizeF(2 * usual.pointSizeF());
    QApplication::setFont(larger);
    {
        Bench bench;
        QVERIFY(bench.header().restore(state));
        const int restored = bench.header().sectionSize(bench.column(ColumnKind::Time));
        QVERIFY2(restored > 1.7 * width && restored < 2.3 * width, qPrintable(QString::number(restored)));
    }
    QApplication::setFont(usual);
}

void EventColumnsTest::ignoresDamagedStates()
{
    Bench bench;
    bench.pane.addColumn(path("data.price"));
    const auto before = bench.header().places();
    const auto state = bench.header().save();
    for (qsizetype length = 0; length < state.size(); ++length) {
        QVERIFY(!bench.header().restore(state.left(length)));
        QCOMPARE(bench.header().places(), before);
    }
    // Whatever stands in the bytes, nothing but columns comes of it.
    for (qsizetype at = 0; at < state.size(); ++at) {
        auto damaged = state;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
        bench.header().restore(damaged);
        QVERIFY(!bench.shownTitles().isEmpty());
    }
    bench.model().setTimeReference({});
    QVERIFY(bench.header().restore(state));
    QCOMPARE(bench.header().places(), before);
}

void EventColumnsTest::ignoresColumnsOfANewerVersion()
{
    auto places = defaultPlaces();
    places.append({Column{ColumnKind{200}}, 50, true, false});
    places.append({models::jsonColumn(path("data.a")), 60, true, true});
    const auto restored = placesFromState(toState(places));
    QVERIFY(restored);
    QCOMPARE(restored->size(), models::fixedColumnCount + 1);
    QCOMPARE(restored->last().width, 60);
    QVERIFY(!placesFromState({}));
}

void EventColumnsTest::remembersViewsByName()
{
    ViewMemory memory;
    for (int i = 0; i < ViewMemory::mostViews + 5; ++i)
        memory.note(u"view %1"_s.arg(i), QByteArray::number(i));
    memory.note(u"view 100"_s, "changed");
    const auto saved = memory.save();
    QVERIFY2(!saved.contains("view"), "names are nobody's business");
    const auto restored = ViewMemory::restored(saved);
    QCOMPARE(restored.find(u"view 100"_s), QByteArray("changed"));
    QCOMPARE(restored.find(u"view 204"_s), QByteArray("204"));
    QCOMPARE(restored.find(u"view 4"_s), QByteArray());
    QCOMPARE(ViewMemory::restored("garbage").find(u"view 100"_s), QByteArray());
    QCOMPARE(ViewMemory::restored(saved.left(saved.size() - 1)).find(u"view 100"_s), QByteArray());
}

QTEST_MAIN(EventColumnsTest)
#include "tst_eventcolumns.moc"
