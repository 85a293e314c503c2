// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/eventview.h"
#include "gui/gotoinview.h"
#include "gui/markspane.h"
#include "gui/rowcolours.h"
#include "gui/theme.h"
#include "sse/parser.h"
#include "windowbench.h"

#include <QDialog>
#include <QHelpEvent>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QTabWidget>
#include <QToolButton>
#include <QToolTip>

using namespace weir;
using namespace weir::gui;
using namespace Qt::StringLiterals;
using store::EventNumber;

// Marks, labels and notes in the whole window.
class MarksTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void marksAndUndoes();
    void labelsTheSelection();
    void writesNotes();
    void goesFromMarkToMark();
    void listsMarksThatTheFilterHides();
    void removesFromTheList();
    void showsOnlyMarked();
    void saysThatNothingIsSelected();
    void labelsAreReadable();
};

namespace {

struct Bench : test::WindowBench
{
    Bench()
    {
        for (int i = 0; i < 20; ++i)
            bytes += "data: event " + std::to_string(i) + "\n\n";
        parser.feed(bytes, batch);
        log.append({{1}, 1, 0, std::chrono::steady_clock::now(), static_cast<std::uint32_t>(bytes.size()), 0}, batch);
        pane = views()->allEvents();
        // With a subscription there are views; what becomes of its connection is of no interest here.
        window->subscribe(QUrl(u"http://127.0.0.1:1/"_s));
        views()->arrange(ViewArea::Arrangement::Merged);
        pane->eventModel()->setKinds(models::KindSet(1));
        view = pane->view();
    }
    bool isReady() const
    {
        return QTest::qWaitFor([this] { return rows(pane) == 20; });
    }
    QAbstractItemModel *marks() const { return find<QAbstractItemView>("marksView")->model(); }
    QString mark(int row, int column) const { return marks()->index(row, column).data().toString(); }
    void trigger(const char *name) const
    {
        auto *found = action(name);
        QVERIFY2(found, name);
        found->trigger();
    }
    QColor pixel(int row, QPoint inRow) const
    {
        const auto image = view->viewport()->grab().toImage();
        const auto rect = view->visualRect(pane->eventModel()->index(row, 0));
        return image.pixelColor(QPoint(0, rect.top()) + inRow);
    }

    sse::Parser parser;
    sse::Batch batch;
    std::string bytes;
    EventPane *pane = nullptr;
    EventView *view = nullptr;
};

} // namespace

void MarksTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support (propagateSizeHints|raise))"_s));
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
}

void MarksTest::marksAndUndoes()
{
    Bench bench;
    QVERIFY(bench.isReady());
    bench.view->setCurrentEvent({3});
    bench.trigger("markAction");
    QCOMPARE(bench.marks()->rowCount(), 1);
    QCOMPARE(bench.mark(0, models::AnnotationModel::NumberColumn), u"3"_s);
    bench.trigger("markAction");
    QCOMPARE(bench.marks()->rowCount(), 0);
    bench.trigger("undoAction");
    QCOMPARE(bench.marks()->rowCount(), 1);
    bench.trigger("undoAction");
    QCOMPARE(bench.marks()->rowCount(), 0);
    bench.trigger("redoAction");
    QCOMPARE(bench.marks()->rowCount(), 1);
}

void MarksTest::labelsTheSelection()
{
    Bench bench;
    QVERIFY(bench.isReady());
    bench.view->selectAll();
    bench.trigger("label4Action");
    QCOMPARE(bench.marks()->rowCount(), 20);
    bench.view->setCurrentEvent({1});
    const auto colours = rowColours(4, bench.view->palette());
    const int width = bench.view->viewport()->width();
    QTRY_COMPARE(bench.pixel(5, {width - 2, 2}), colours.background);
    QCOMPARE(bench.pixel(0, {5, 2}), colours.strip);
    bench.trigger("label0Action");
    QCOMPARE(bench.marks()->rowCount(), 19);
    bench.trigger("undoAction");
    QCOMPARE(bench.marks()->rowCount(), 20);
}

void MarksTest::writesNotes()
{
    Bench bench;
    QVERIFY(bench.isReady());
    bench.view->setCurrentEvent({7});
    bench.trigger("noteAction");
    auto *dialog = bench.find<QDialog>("noteDialog");
    QVERIFY(dialog);
    auto *edit = dialog->findChild<QPlainTextEdit *>(u"noteEdit"_s);
    edit->setPlainText(QString(5000, u'x'));
    QTest::keyClick(edit, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(bench.marks()->rowCount(), 0); // too long, and the dialog is still there
    edit->setPlainText(u"odd price"_s);
    QTest::keyClick(edit, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(bench.marks()->rowCount(), 1);
    QCOMPARE(bench.mark(0, models::AnnotationModel::NoteColumn), u"odd price"_s);
    const auto rect = bench.view->visualRect(bench.pane->eventModel()->index(6, 0));
    QHelpEvent help(QEvent::ToolTip, rect.center(), bench.view->viewport()->mapToGlobal(rect.center()));
    QApplication::sendEvent(bench.view->viewport(), &help);
    QCOMPARE(QToolTip::text(), u"odd price"_s);
    QToolTip::hideText();
    bench.trigger("undoAction");
    QCOMPARE(bench.marks()->rowCount(), 0);
}

void MarksTest::goesFromMarkToMark()
{
    Bench bench;
    QVERIFY(bench.isReady());
    for (const std::uint64_t number : {3U, 9U, 15U}) {
        bench.view->setCurrentEvent({number});
        bench.trigger("markAction");
    }
    const auto current = [&] { return bench.view->currentEvent().value; };
    bench.trigger("nextMarkAction");
    QCOMPARE(current(), 3U);
    bench.trigger("nextMarkAction");
    QCOMPARE(current(), 9U);
    bench.trigger("previousMarkAction");
    bench.trigger("previousMarkAction");
    QCOMPARE(current(), 15U);
    bench.pane->setFilterText(u"-\"event 8\""_s);
    QTRY_COMPARE(bench.rows(bench.pane), 19);
    bench.trigger("previousMarkAction");
    QCOMPARE(current(), 3U);
}

void MarksTest::listsMarksThatTheFilterHides()
{
    Bench bench;
    QVERIFY(bench.isReady());
    bench.view->setCurrentEvent({3});
    bench.trigger("markAction");
    auto *tabs = bench.find<QTabWidget>("lowerTabs");
    QVERIFY(tabs->tabText(tabs->count() - 1).contains(u"(1)"_s));
    bench.pane->setFilterText(u"\"event 7\""_s);
    QTRY_COMPARE(bench.rows(bench.pane), 1);
    QCOMPARE(bench.marks()->rowCount(), 1);
    bench.pane->setFilterText({});
    QTRY_COMPARE(bench.rows(bench.pane), 20);
    bench.view->setCurrentEvent({20});
    auto *list = bench.find<QAbstractItemView>("marksView");
    Q_EMIT list->activated(list->model()->index(0, 0));
    QCOMPARE(bench.view->currentEvent(), EventNumber{3});
}

void MarksTest::removesFromTheList()
{
    Bench bench;
    QVERIFY(bench.isReady());
    bench.view->selectAll();
    bench.trigger("markAction");
    auto *list = bench.find<QAbstractItemView>("marksView");
    list->setCurrentIndex(list->model()->index(4, 0));
    QTest::keyClick(list, Qt::Key_Delete);
    QCOMPARE(bench.marks()->rowCount(), 19);
    list->selectAll();
    QTest::keyClick(list, Qt::Key_Delete);
    QCOMPARE(bench.marks()->rowCount(), 0);
    bench.trigger("undoAction");
    bench.trigger("undoAction");
    QCOMPARE(bench.marks()->rowCount(), 20);
}

void MarksTest::showsOnlyMarked()
{
    Bench bench;
    QVERIFY(bench.isReady());
    bench.view->setCurrentEvent({3});
    bench.trigger("markAction");
    auto *only = bench.action("onlyMarkedAction");
    only->trigger();
    QTRY_COMPARE(bench.rows(bench.pane), 1);
    QCOMPARE(bench.pane->eventModel()->numberAt(0), EventNumber{3});
    bench.view->setCurrentEvent({3});
    bench.trigger("markAction");
    QTRY_COMPARE(bench.rows(bench.pane), 0);
    bench.trigger("undoAction");
    QTRY_COMPARE(bench.rows(bench.pane), 1);
    bench.pane->goTo()->goTo({5});
    QVERIFY(bench.pane->findChild<QLabel *>(u"goToNoteLabel"_s)->text().contains(u"only marked"_s));
    bench.pane->findChild<QToolButton *>(u"contextButton"_s)->click();
    QTRY_COMPARE(bench.rows(bench.pane), 20);
    QVERIFY(!only->isChecked());
    QCOMPARE(bench.view->currentEvent(), EventNumber{5});
    only->trigger();
    QTRY_COMPARE(bench.rows(bench.pane), 1);
    bench.pane->findChild<QToolButton *>(u"showAllButton"_s)->click();
    QTRY_COMPARE(bench.rows(bench.pane), 20);
}

void MarksTest::saysThatNothingIsSelected()
{
    Bench bench;
    QVERIFY(bench.isReady());
    bench.trigger("markAction");
    bench.trigger("nextMarkAction");
    QCOMPARE(bench.marks()->rowCount(), 0);
    QVERIFY(!bench.action("undoAction")->isEnabled());
}

void MarksTest::labelsAreReadable()
{
    const auto luminance = [](const QColor &colour) {
        const auto linear = [](float channel) {
            const auto part = static_cast<double>(channel);
            return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
    };
    const auto contrast = [&](const QColor &a, const QColor &b) {
        const auto [low, high] = std::minmax({luminance(a), luminance(b)});
        return (high + 0.05) / (low + 0.05);
    };
    QPalette dark;
    dark.setColor(QPalette::Base, QColor(0x2d, 0x2d, 0x2d));
    dark.setColor(QPalette::Text, Qt::white);
    QPalette light;
    light.setColor(QPalette::Base, Qt::white);
    light.setColor(QPalette::Text, Qt::black);
    for (const auto &palette : {light, dark}) {
        for (int number = 1; number <= 9; ++number) {
            const auto colours = rowColours(number, palette);
            QVERIFY2(contrast(colours.background, colours.text) >= 7, qPrintable(rowColourName(number)));
            QVERIFY2(contrast(palette.color(QPalette::Base), colours.strip) >= 2.5, qPrintable(rowColourName(number)));
        }
        QVERIFY(contrast(foundColours(palette).background, foundColours(palette).text) >= 7);
    }
}

QTEST_MAIN(MarksTest)
#include "tst_marks.moc"
