// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/eventpane.h"
#include "gui/eventview.h"
#include "gui/findinview.h"
#include "gui/rowcolours.h"
#include "gui/theme.h"
#include "models/annotations.h"
#include "support/eventstream.h"

#include <QHelpEvent>
#include <QLineEdit>
#include <QRegularExpression>
#include <QScrollBar>
#include <QTest>
#include <QToolTip>

using namespace weir;
using namespace weir::gui;
using namespace Qt::StringLiterals;

// The strip beside the scroll bar: what it shows, tells and leads to.
class OverviewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void showsErrors();
    void showsMatches();
    void showsMarksAndLabels();
    void showsThePartOnScreen();
    void leadsThere();
    void tellsWhatIsThere();
    void keepsToTheRowsOfTheView();
};

namespace {

struct Bench
{
    Bench()
        : feed(streams.log)
        , pane(feed)
        , strip(pane.findChild<QWidget *>(u"overviewStrip"_s))
    {
        pane.setAnnotations(annotations);
        pane.resize(1000, 500);
        pane.show();
    }

    bool feedAndWait(int count)
    {
        const int before = pane.eventModel()->rowCount();
        streams.feedEvents(1, count);
        return QTest::qWaitFor([&] { return pane.eventModel()->rowCount() >= before + count; });
    }
    /// Where the colour begins, as a share of the strip's height; -1: nowhere.
    double placeOf(const QColor &colour) const
    {
        const auto image = strip->grab().toImage();
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                if (image.pixel(x, y) == colour.rgb())
                    return double(y) / image.height();
        return -1;
    }
    bool isAt(const QColor &colour, double share) const { return std::abs(placeOf(colour) - share) < 0.02; }
    void annotate(std::uint64_t number, const models::Annotation &annotation)
    {
        auto event = annotations.of(streams.log.snapshot().at({number}));
        event.annotation = annotation;
        annotations.set({event});
    }
    QString toolTipAt(double share) const
    {
        const QPoint at(5, static_cast<int>(share * strip->height()));
        QHelpEvent help(QEvent::ToolTip, at, strip->mapToGlobal(at));
        QApplication::sendEvent(strip, &help);
        return QToolTip::text();
    }

    test::EventStreams streams;
    models::LogFeed feed;
    models::Annotations annotations;
    EventPane pane;
    QWidget *strip;
};

QColor errorColour(const QWidget *widget)
{
    return colour(Meaning::Error, widget->palette());
}

} // namespace

void OverviewTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support (propagateSizeHints|raise))"_s));
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
}

void OverviewTest::showsErrors()
{
    Bench bench;
    QVERIFY(bench.feedAndWait(3000));
    QCOMPARE(bench.placeOf(errorColour(bench.strip)), -1.0);
    bench.streams.connection(1, store::ConnectionState::Waiting, "lost");
    QVERIFY(bench.feedAndWait(3000));
    QTRY_VERIFY(bench.isAt(errorColour(bench.strip), 0.5));
}

void OverviewTest::showsMatches()
{
    Bench bench;
    QVERIFY(bench.feedAndWait(1000));
    bench.streams.feed(1, "data: needle\n\n");
    QVERIFY(bench.feedAndWait(3000));
    const auto found = foundColours(bench.strip->palette()).strip;
    QCOMPARE(bench.placeOf(found), -1.0);
    bench.pane.find()->open();
    QTest::keyClicks(bench.pane.findChild<QLineEdit *>(u"findEdit"_s), u"needle"_s);
    QTRY_VERIFY(bench.isAt(found, 0.25));
    QTest::keyClick(bench.pane.findChild<QLineEdit *>(u"findEdit"_s), Qt::Key_Escape);
    QTRY_COMPARE(bench.placeOf(found), -1.0);
}

void OverviewTest::showsMarksAndLabels()
{
    Bench bench;
    QVERIFY(bench.feedAndWait(1000));
    bench.annotate(300, {true, 0, {}});
    bench.annotate(700, {false, 6, {}});
    QTRY_VERIFY(bench.isAt(colour(Meaning::Accent, bench.strip->palette()), 0.3));
    QVERIFY(bench.isAt(rowColours(6, bench.strip->palette()).strip, 0.7));
    bench.annotate(300, {});
    QTRY_COMPARE(bench.placeOf(colour(Meaning::Accent, bench.strip->palette())), -1.0);
}

void OverviewTest::showsThePartOnScreen()
{
    Bench bench;
    QVERIFY(bench.feedAndWait(1000));
    const auto isShaded = [&](double share) {
        const auto image = bench.strip->grab().toImage();
        return image.pixel(0, static_cast<int>(share * image.height())) != image.pixel(0, image.height() / 2);
    };
    QTRY_VERIFY(isShaded(0.99));
    QVERIFY(!isShaded(0.005));
    bench.pane.view()->verticalScrollBar()->triggerAction(QAbstractSlider::SliderToMinimum);
    QTRY_VERIFY(isShaded(0.005));
    QVERIFY(!isShaded(0.99));
}

void OverviewTest::leadsThere()
{
    Bench bench;
    QVERIFY(bench.feedAndWait(1000));
    QVERIFY(bench.pane.isFollowing());
    bench.annotate(300, {true, 0, {}});
    QTRY_VERIFY(bench.isAt(colour(Meaning::Accent, bench.strip->palette()), 0.3));
    const int y = static_cast<int>(0.3 * bench.strip->height()) + 2;
    QTest::mouseClick(bench.strip, Qt::LeftButton, {}, {5, y});
    auto *view = bench.pane.view();
    const int row = bench.pane.eventModel()->rowOf({300});
    QVERIFY(view->firstVisibleRow() <= row && row < view->firstVisibleRow() + view->visibleRowCount());
    QVERIFY(!bench.pane.isFollowing());
    QTest::mouseClick(bench.strip, Qt::LeftButton, {}, {5, bench.strip->height() - 1});
    QVERIFY(bench.pane.isFollowing());
}

void OverviewTest::tellsWhatIsThere()
{
    Bench bench;
    QVERIFY(bench.feedAndWait(500));
    bench.streams.connection(1, store::ConnectionState::Closed, "lost");
    QVERIFY(bench.feedAndWait(499));
    bench.annotate(250, {true, 0, u"odd one"_s});
    QTRY_VERIFY(bench.isAt(errorColour(bench.strip), 0.5));
    QVERIFY2(bench.toolTipAt(0.25).contains(u"event 250 · odd one"_s), qPrintable(bench.toolTipAt(0.25)));
    QVERIFY(bench.toolTipAt(0.5).contains(u"lost connections: 1"_s));
    QVERIFY(bench.toolTipAt(0.75).startsWith(u"Rows 7"_s));
    QToolTip::hideText();
}

void OverviewTest::keepsToTheRowsOfTheView()
{
    Bench bench;
    QVERIFY(bench.feedAndWait(1000));
    bench.annotate(300, {true, 0, {}});
    const auto mark = colour(Meaning::Accent, bench.strip->palette());
    QTRY_VERIFY(bench.isAt(mark, 0.3));
    bench.pane.setFilterText(u"\"event 9\""_s);
    QTRY_COMPARE(bench.placeOf(mark), -1.0);
    bench.pane.setFilterText(u"\"event 2\""_s);
    QTRY_VERIFY(bench.placeOf(mark) > 0.9);
}

QTEST_MAIN(OverviewTest)
#include "tst_overview.moc"
