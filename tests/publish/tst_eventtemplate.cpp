// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/eventtemplate.h"

#include "sse/parser.h"

#include <QRegularExpression>
#include <QTest>

namespace weir::publish {

class EventTemplateTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(
            QRegularExpression(QStringLiteral("^(?!This plugin does not support propagateSizeHints)")));
    }

    void renders_data();
    void renders();
    void staysWithinItsSize();
    void drawsTheWholeRange();
    void refuses_data();
    void refuses();
};

namespace {

QByteArray rendered(EventTemplate &eventTemplate, std::uint64_t id, std::uint64_t seq)
{
    QByteArray bytes(static_cast<qsizetype>(eventTemplate.maxSize()), Qt::Uninitialized);
    bytes.truncate(eventTemplate.render(bytes.data(), id, seq) - bytes.constData());
    return bytes;
}

} // namespace

void EventTemplateTest::renders_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QString>("pattern");
    const QByteArray none;
    QTest::newRow("text") << none << QByteArray("x") << QStringLiteral("id: ep-7\ndata: x\n\n");
    QTest::newRow("empty") << none << none << QStringLiteral("id: ep-7\ndata: \n\n");
    QTest::newRow("type") << QByteArray("tick") << QByteArray("x")
                          << QStringLiteral("id: ep-7\nevent: tick\ndata: x\n\n");
    QTest::newRow("seq") << none << QByteArray("{\"n\":{{seq}},\"m\":{{ seq }}}")
                         << QStringLiteral(R"(id: ep-7\ndata: \{"n":3,"m":3\}\n\n)");
    QTest::newRow("line breaks") << none << QByteArray("a\nb\rc\r\nd{{seq}}\n")
                                 << QStringLiteral("id: ep-7\ndata: a\ndata: b\ndata: c\ndata: d3\ndata: \n\n");
    QTest::newRow("bad UTF-8") << none << QByteArray("a\xff") << QStringLiteral("id: ep-7\ndata: a\uFFFD\n\n");
    QTest::newRow("now") << none << QByteArray("{{now}}")
                         << QStringLiteral(R"(id: ep-7\ndata: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z\n\n)");
    QTest::newRow("monotonicNs") << none << QByteArray("{{monotonicNs}}")
                                 << QStringLiteral(R"(id: ep-7\ndata: \d{6,}\n\n)");
    QTest::newRow("uuid") << none << QByteArray("{{uuid}}")
                          << QStringLiteral("id: ep-7\ndata: [0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-"
                                            "[0-9a-f]{12}\n\n");
    QTest::newRow("rand") << none << QByteArray("{{rand 5 5}} {{rand -3 -3}}")
                          << QStringLiteral("id: ep-7\ndata: 5 -3\n\n");
    QTest::newRow("rand, all of them") << none << QByteArray("{{rand -9223372036854775808 9223372036854775807}}")
                                       << QStringLiteral("id: ep-7\ndata: -?\\d+\n\n");
    QTest::newRow("single braces") << none << QByteArray("{a} }}")
                                   << QStringLiteral("id: ep-7\ndata: \\{a\\} \\}\\}\n\n");
}

void EventTemplateTest::renders()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, data);
    QFETCH(QString, pattern);
    QString error;
    auto eventTemplate = EventTemplate::compile("ep-", type, data, error);
    QVERIFY2(eventTemplate, qPrintable(error));
    const QString text = QString::fromUtf8(rendered(*eventTemplate, 7, 3));
    const QRegularExpression expression(QRegularExpression::anchoredPattern(pattern));
    QVERIFY2(expression.match(text).hasMatch(), qPrintable(text));
}

void EventTemplateTest::staysWithinItsSize()
{
    QString error;
    auto eventTemplate = EventTemplate::compile("ffffff-", "t",
        "{{seq}}{{now}}{{monotonicNs}}{{uuid}}{{rand -9223372036854775808 -9223372036854775808}}\n\n", error);
    QVERIFY(eventTemplate);
    const std::uint64_t largest = std::numeric_limits<std::uint64_t>::max();
    QByteArray bytes(static_cast<qsizetype>(eventTemplate->maxSize()) + 8, '#');
    const char *end = eventTemplate->render(bytes.data(), largest, largest);
    QVERIFY(end - bytes.constData() <= static_cast<std::ptrdiff_t>(eventTemplate->maxSize()));
    QVERIFY(bytes.endsWith("########"));
}

void EventTemplateTest::drawsTheWholeRange()
{
    QString error;
    auto eventTemplate = EventTemplate::compile("e-", "", "{{rand 1 6}}", error);
    QVERIFY(eventTemplate);
    QSet<QByteArray> faces;
    for (int i = 0; i < 1000; ++i)
        faces.insert(rendered(*eventTemplate, 1, 1).split(' ').last().trimmed());
    QCOMPARE(faces, (QSet<QByteArray>{"1", "2", "3", "4", "5", "6"}));
}

void EventTemplateTest::refuses_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QString>("named"); ///< what the message must contain
    QTest::newRow("unknown") << QByteArray() << QByteArray("ab{{sequence}}") << QStringLiteral("sequence");
    QTest::newRow("unknown, place") << QByteArray() << QByteArray("ab{{sequence}}") << QStringLiteral("column 3");
    QTest::newRow("open") << QByteArray() << QByteArray("{{seq") << QStringLiteral("}}");
    QTest::newRow("rand without numbers") << QByteArray() << QByteArray("{{rand a b}}") << QStringLiteral("rand");
    QTest::newRow("rand upside down") << QByteArray() << QByteArray("{{rand 2 1}}") << QStringLiteral("smaller");
    QTest::newRow("type with line break") << QByteArray("a\ndata: b") << QByteArray("x") << QString();
}

void EventTemplateTest::refuses()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, data);
    QFETCH(QString, named);
    QString error;
    QVERIFY(!EventTemplate::compile("e-", type, data, error));
    QVERIFY(!error.isEmpty());
    QVERIFY2(error.contains(named), qPrintable(error));
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::EventTemplateTest)
#include "tst_eventtemplate.moc"
