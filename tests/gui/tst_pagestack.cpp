// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/pagestack.h"

#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using weir::gui::PageStack;

class TestPageStack : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void choosesByBoxWhereItIsNarrow();
    void choosesByListWhereItIsWide();
    void showsPagesByName();
    void isNoTallerThanThePageInFront();

private:
    QLabel *page(const QString &name, int lines)
    {
        auto *label = new QLabel(u"line\n"_s.repeated(lines));
        label->setObjectName(name);
        return label;
    }
    QComboBox *box() { return m_stack->findChild<QComboBox *>(u"pageBox"_s); }
    QListWidget *list() { return m_stack->findChild<QListWidget *>(u"pageList"_s); }

    std::unique_ptr<PageStack> m_stack;
    QLabel *m_low = nullptr;
    QLabel *m_tall = nullptr;
};

void TestPageStack::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s));
    m_stack = std::make_unique<PageStack>();
    m_low = page(u"low"_s, 1);
    m_tall = page(u"tall"_s, 90);
    m_stack->addPage(m_low, u"Low"_s, u"edit"_s);
    m_stack->addPage(m_tall, u"Tall"_s, u"history"_s);
    m_stack->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_stack.get()));
}

void TestPageStack::choosesByBoxWhereItIsNarrow()
{
    m_stack->resize(30 * m_stack->fontMetrics().averageCharWidth(), 300);
    QTRY_VERIFY(box()->isVisible() && !list()->isVisible());
    box()->setFocus();
    QTest::keyClick(box(), Qt::Key_Down);
    QVERIFY(m_tall->isVisible() && !m_low->isVisible());
    QCOMPARE(m_stack->currentPage(), u"tall"_s);
    QCOMPARE(list()->currentRow(), 1);
}

void TestPageStack::choosesByListWhereItIsWide()
{
    m_stack->resize(150 * m_stack->fontMetrics().averageCharWidth(), 300);
    QTRY_VERIFY(list()->isVisible() && !box()->isVisible());
    m_stack->setTitle(m_tall, u"Tall (a longer title)"_s);
    const auto title = list()->visualItemRect(list()->item(1));
    QVERIFY2(list()->viewport()->width() >= title.width(), "a title is cut");
    QTest::mouseClick(list()->viewport(), Qt::LeftButton, {}, title.center());
    QVERIFY(m_tall->isVisible());
    QCOMPARE(box()->currentText(), u"Tall (a longer title)"_s);
}

void TestPageStack::showsPagesByName()
{
    QCOMPARE(m_stack->currentPage(), u"low"_s);
    QVERIFY(m_stack->showPage(u"tall"_s));
    QCOMPARE(m_stack->currentPage(), u"tall"_s);
    QVERIFY(!m_stack->showPage(u"other"_s));
    QCOMPARE(m_stack->currentPage(), u"tall"_s);
}

void TestPageStack::isNoTallerThanThePageInFront()
{
    QVERIFY(m_stack->minimumSizeHint().height() < 200);
    m_stack->showPage(m_tall);
    QVERIFY(m_stack->minimumSizeHint().height() >= 900);
}

QTEST_MAIN(TestPageStack)
#include "tst_pagestack.moc"
