// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/channelsettings.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>

namespace weir::publish {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// ChannelSettings as text: what is kept comes back, and what is wrong is named.
class ChannelSettingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s)); }

    void comesBack();
    void fillsInWhatIsMissing();
    void namesWhatIsWrong_data();
    void namesWhatIsWrong();
    void judgesHeaders_data();
    void judgesHeaders();
};

void ChannelSettingsTest::comesBack()
{
    ChannelSettings settings;
    settings.path = u"/p/ä"_s;
    settings.ids = IdPolicy::Time;
    settings.historyEvents = 7;
    settings.historyBytes = Q_INT64_C(5) << 30;
    settings.historyAge = 90s;
    settings.sendLast = 3;
    settings.heartbeat = 0ms;
    settings.retry = 0ms;
    settings.hasPadding = true;
    settings.maxLife = 61s;
    settings.returnSpread = 7s;
    settings.headers = {{"X-A", "b"}, {"Set-Cookie", "\xc3\xa4=1"}};
    settings.compression = Compression::Gzip;
    settings.isChunked = false;
    settings.hasEnded = true;
    QString error;
    const auto read = channelSettingsFromJson(toJson(settings), error);
    QVERIFY2(read, qPrintable(error));
    QVERIFY(*read == settings);
}

void ChannelSettingsTest::fillsInWhatIsMissing()
{
    QString error;
    const auto read = channelSettingsFromJson({{u"path"_s, u"/p"_s}}, error);
    QVERIFY2(read, qPrintable(error));
    ChannelSettings expected;
    expected.path = u"/p"_s;
    QVERIFY(*read == expected);
}

void ChannelSettingsTest::namesWhatIsWrong_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QString>("part");
    const auto row = [](const QString &name, const QJsonValue &value, const QString &part = {}) {
        QTest::addRow("%s %d", qPrintable(name), static_cast<int>(value.type()))
            << name << value << (part.isEmpty() ? u"“%1”"_s.arg(name) : part);
    };
    row(u"path"_s, 5);
    row(u"path"_s, u"p"_s, u"one slash"_s);
    row(u"ids"_s, u"random"_s);
    row(u"ids"_s, 1);
    row(u"historyEvents"_s, -1);
    row(u"historyEvents"_s, 1e12);
    row(u"historyBytes"_s, u"64"_s);
    row(u"retryMs"_s, -5);
    row(u"heartbeatMs"_s, 1e15);
    row(u"chunked"_s, 1);
    row(u"compression"_s, u"br"_s);
    row(u"headers"_s, u"X: y"_s);
    row(u"headers"_s, QJsonArray{u"X: y"_s});
    row(u"headers"_s, QJsonArray{QJsonObject{{u"name"_s, u"Content-Length"_s}, {u"value"_s, u"5"_s}}},
        u"Content-Length"_s);
}

void ChannelSettingsTest::namesWhatIsWrong()
{
    QFETCH(QString, name);
    QFETCH(QJsonValue, value);
    QFETCH(QString, part);
    QString error;
    QVERIFY(!channelSettingsFromJson({{name, value}}, error));
    QVERIFY2(error.contains(part), qPrintable(error));
}

void ChannelSettingsTest::judgesHeaders_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("isGood");
    const auto row = [](const char *what, const QByteArray &name, const QByteArray &value, bool isGood) {
        QTest::newRow(what) << name << value << isGood;
    };
    row("own", "X-Own", "a b", true);
    row("empty value", "X-Own", "", true);
    row("UTF-8", "X-Own", "\xc3\xa4", true);
    row("tab inside", "X-Own", "a\tb", true);
    row("another Cache-Control", "Cache-Control", "no-store", true);
    row("exposed to pages", "Access-Control-Expose-Headers", "X-Own", true);
    row("no name", "", "a", false);
    row("space in the name", "X Own", "a", false);
    row("colon in the name", "X:", "a", false);
    row("UTF-8 in the name", "\xc3\xa4", "a", false);
    row("line break", "X-Own", "a\r\nSet-Cookie: b", false);
    row("LF", "X-Own", "a\nb", false);
    row("CR", "X-Own", "a\rb", false);
    row("NUL", "X-Own", QByteArray("a\0b", 3), false);
    row("DEL", "X-Own", "\x7f", false);
    row("space first", "X-Own", " a", false);
    row("long", "X-Own", QByteArray(10'000, 'a'), false);
    for (const char *name : {"Connection", "Keep-Alive", "TE", "Trailer", "transfer-encoding", "UPGRADE",
             "Content-Length", "Content-Encoding", "Content-Type", "Date", "Access-Control-Allow-Origin"})
        row(name, name, "a", false);
}

void ChannelSettingsTest::judgesHeaders()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    QFETCH(bool, isGood);
    const QString fault = headerFault(name, value);
    QCOMPARE(fault.isEmpty(), isGood);
    ChannelSettings settings;
    settings.headers = {{"X-First", "a"}, {name, value}};
    QCOMPARE(faultOf(settings), fault);
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::ChannelSettingsTest)
#include "tst_channelsettings.moc"
