// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fixedtext.h"
#include "gui/theme.h"

#include <QImage>
#include <QPainter>
#include <QRegularExpression>
#include <QTest>

using namespace weir::gui;
using namespace Qt::StringLiterals;

// What is drawn without shaping must look as QPainter::drawText() draws it.
class FixedTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void looksAsDrawText_data();
    void looksAsDrawText();
    void leavesOtherTextsAlone_data();
    void leavesOtherTextsAlone();
    void leavesOtherFontsAlone();
};

namespace {

constexpr QRect cell(3, 2, 200, 24);

QImage blank()
{
    QImage image(210, 30, QImage::Format_RGB32);
    image.fill(Qt::white);
    return image;
}

QImage drawnPlainly(const QFont &font, Qt::Alignment alignment, const QString &text)
{
    auto image = blank();
    QPainter painter(&image);
    painter.setFont(font);
    painter.drawText(cell, int(alignment | Qt::AlignVCenter) | Qt::TextSingleLine,
        QFontMetrics(font).elidedText(text, Qt::ElideRight, cell.width()));
    return image;
}

} // namespace

void FixedTextTest::looksAsDrawText_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Qt::Alignment>("alignment");
    const QString all = u"!\"#$%&'()*+,-./0123456789:;<=>?@ABCXYZ[\\]^_`abcxyz{|}~"_s;
    QTest::newRow("left") << u"14:05:01.123456"_s << Qt::Alignment(Qt::AlignLeft);
    QTest::newRow("right") << u"12 ms"_s << Qt::Alignment(Qt::AlignRight);
    QTest::newRow("one character") << u"7"_s << Qt::Alignment(Qt::AlignRight);
    QTest::newRow("too long") << all << Qt::Alignment(Qt::AlignLeft);
    QTest::newRow("too long, right") << all << Qt::Alignment(Qt::AlignRight);
    QTest::newRow("blanks") << u"  a  b "_s << Qt::Alignment(Qt::AlignLeft);
    for (qsizetype i = 0; i < all.size(); i += 10)
        QTest::addRow("characters from %d", static_cast<int>(i)) << all.mid(i, 10) << Qt::Alignment(Qt::AlignLeft);
}

void FixedTextTest::looksAsDrawText()
{
    QFETCH(QString, text);
    QFETCH(Qt::Alignment, alignment);
    auto image = blank();
    QPainter painter(&image);
    painter.setFont(fixedFont());
    FixedText fixed;
    QVERIFY(fixed.draw(painter, cell, alignment, text));
    painter.end();
    QVERIFY(image != blank());
    QCOMPARE(image, drawnPlainly(fixedFont(), alignment, text));
}

void FixedTextTest::leavesOtherTextsAlone_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("umlaut") << u"über"_s;
    QTest::newRow("line end sign") << u"a↵b"_s;
    QTest::newRow("right to left") << u"שלום"_s;
    QTest::newRow("surrogates") << u"😀"_s;
}

void FixedTextTest::leavesOtherTextsAlone()
{
    QFETCH(QString, text);
    auto image = blank();
    QPainter painter(&image);
    painter.setFont(fixedFont());
    FixedText fixed;
    QVERIFY(!fixed.draw(painter, cell, Qt::AlignLeft, text));
    painter.end();
    QCOMPARE(image, blank());
}

void FixedTextTest::leavesOtherFontsAlone()
{
    QFont proportional(u"DejaVu Sans"_s);
    auto image = blank();
    QPainter painter(&image);
    painter.setFont(proportional);
    FixedText fixed;
    QVERIFY(!fixed.draw(painter, cell, Qt::AlignLeft, u"iiii"));
    QVERIFY(!fixed.draw(painter, cell, Qt::AlignLeft, u"iiii"));
    painter.setFont(fixedFont());
    QVERIFY(fixed.draw(painter, cell, Qt::AlignLeft, u"iiii"));
}

QTEST_MAIN(FixedTextTest)
#include "tst_fixedtext.moc"
