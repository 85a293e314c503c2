// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/pagestack.h"
#include "gui/publisherpane.h"
#include "windowbench.h"

#include <QAbstractButton>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using weir::gui::PageStack;
using weir::test::WindowBench;

/// Alt with a letter leads to one place, on every page of the publisher panel.
class TestPublisherKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s)); }
    void leadToOnePlace_data();
    void leadToOnePlace();
};

namespace {

QMultiMap<QString, QString> mnemonicsIn(const QWidget &window)
{
    QMultiMap<QString, QString> places;
    const auto add = [&places](const QString &text) {
        if (const auto key = QKeySequence::mnemonic(text); !key.isEmpty())
            places.insert(key.toString(), text);
    };
    for (const auto *menu : window.findChild<QMenuBar *>()->findChildren<QMenu *>(Qt::FindDirectChildrenOnly))
        add(menu->title());
    for (const auto *button : window.findChildren<QAbstractButton *>())
        if (button->isVisible())
            add(button->text());
    for (const auto *label : window.findChildren<QLabel *>())
        if (label->isVisible() && label->buddy())
            add(label->text());
    return places;
}

} // namespace

void TestPublisherKeys::leadToOnePlace_data()
{
    QTest::addColumn<QString>("page");
    QTest::addColumn<bool>("isRunning");
    for (const auto &page :
        {u"composer"_s, u"library"_s, u"feed"_s, u"sentPane"_s, u"channelsPage"_s, u"clientPane"_s, u"requestPage"_s}) {
        QTest::addRow("%s, stopped", qPrintable(page)) << page << false;
        QTest::addRow("%s, running", qPrintable(page)) << page << true;
    }
}

void TestPublisherKeys::leadToOnePlace()
{
    QFETCH(QString, page);
    QFETCH(bool, isRunning);
    WindowBench bench;
    if (isRunning) {
        const auto url = bench.channel(bench.serve(), u"/events"_s);
        bench.window->subscribe(url); // so that the views are there too
    }
    QVERIFY(bench.find<PageStack>("pages")->showPage(page));
    const auto places = mnemonicsIn(*bench.window);
    QVERIFY(places.size() > 7);
    for (const auto &key : places.uniqueKeys())
        QVERIFY2(places.count(key) == 1, qPrintable(key + u": "_s + QStringList(places.values(key)).join(u" | "_s)));
}

QTEST_MAIN(TestPublisherKeys)
#include "tst_publisherkeys.moc"
