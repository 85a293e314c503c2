// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/subscriptiondialog.h"
#include "gui/windowbench.h"

#include <QAbstractButton>
#include <QDir>
#include <QLineEdit>
#include <QRegularExpression>
#include <QToolButton>

using namespace weir;
using namespace Qt::StringLiterals;
using test::WindowBench;

/// Opens every form, for each scale factor (one ctest each) from left to right and from right to left, in light and
/// dark. With WEIR_SHOTS=folder the pictures are kept for people to look at.
class MainWindowForms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void opens_data();
    void opens();
    void everyControlHasAName();
};

namespace {

QPalette darkPalette()
{
    QPalette palette(QColor(0x2b, 0x2d, 0x30), QColor(0x2b, 0x2d, 0x30));
    palette.setColor(QPalette::Base, QColor(0x1e, 0x1f, 0x22));
    palette.setColor(QPalette::AlternateBase, QColor(0x26, 0x28, 0x2b));
    palette.setColor(QPalette::ToolTipBase, QColor(0x1e, 0x1f, 0x22));
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText, QPalette::ToolTipText})
        palette.setColor(role, QColor(0xdf, 0xe1, 0xe5));
    palette.setColor(QPalette::PlaceholderText, QColor(0x8f, 0x93, 0x99));
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, QColor(0x76, 0x7a, 0x80));
    palette.setColor(QPalette::Highlight, QColor(0x2e, 0x43, 0x6e));
    palette.setColor(QPalette::HighlightedText, QColor(0xff, 0xff, 0xff));
    return palette;
}

void keep(QWidget *widget, const QString &name)
{
    const auto picture = widget->grab();
    QVERIFY(!picture.isNull());
    if (const auto folder = qEnvironmentVariable("WEIR_SHOTS"); !folder.isEmpty())
        QVERIFY(picture.save(QDir(folder).filePath(name + u"-%1x.png"_s.arg(widget->devicePixelRatioF()))));
}

} // namespace

void MainWindowForms::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s));
}

void MainWindowForms::opens_data()
{
    QTest::addColumn<Qt::LayoutDirection>("direction");
    QTest::addColumn<bool>("isDark");
    QTest::newRow("light") << Qt::LeftToRight << false;
    QTest::newRow("dark") << Qt::LeftToRight << true;
    QTest::newRow("right-to-left") << Qt::RightToLeft << false;
}

void MainWindowForms::opens()
{
    QFETCH(Qt::LayoutDirection, direction);
    QFETCH(bool, isDark);
    const auto before = QApplication::palette();
    QApplication::setLayoutDirection(direction);
    if (isDark)
        QApplication::setPalette(darkPalette());
    {
        const QString row = QString::fromLatin1(QTest::currentDataTag());
        WindowBench bench;
        keep(bench.window.get(), u"empty-"_s + row);
        bench.window->startDemo();
        QTRY_VERIFY(bench.window->shownEvents() > 12);
        QTRY_COMPARE(bench.views()->panes().size(), 4);
        keep(bench.window.get(), u"side-by-side-"_s + row);
        bench.action("tabsAction")->trigger();
        bench.window->subscribe(QUrl(u"http://127.0.0.1:1/refused"_s));
        bench.views()->showAllEvents();
        const auto shown = bench.window->shownEvents();
        QTRY_VERIFY(bench.window->shownEvents() > shown + 2);
        keep(bench.window.get(), u"tabs-"_s + row);

        bench.action("subscribeAction")->trigger();
        auto *dialog = bench.window->findChild<gui::SubscriptionDialog *>();
        QVERIFY(dialog);
        keep(dialog, u"dialog-"_s + row);
        dialog->reject();
        bench.action("shortcutsAction")->trigger();
        keep(bench.find<QDialog>("shortcutsDialog"), u"shortcuts-"_s + row);
    }
    QApplication::setPalette(before);
    QApplication::setLayoutDirection(Qt::LeftToRight);
}

void MainWindowForms::everyControlHasAName()
{
    WindowBench bench;
    for (const auto *button : bench.window->findChildren<QAbstractButton *>()) {
        if (qobject_cast<QLineEdit *>(button->parent()))
            continue; // Qt's own button that clears the line; Escape and the keys do the same
        QVERIFY2(!button->text().isEmpty() || !button->accessibleName().isEmpty() || !button->toolTip().isEmpty() ||
                     button->objectName().startsWith(u"qt_"_s),
            qPrintable(button->objectName() + u" in "_s + button->parent()->objectName()));
    }
}

QTEST_MAIN(MainWindowForms)
#include "tst_mainwindowforms.moc"
