// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/secretstore.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

namespace weir::test {

using namespace profile;
using namespace Qt::StringLiterals;

/// Without a key store, as on most machines that run tests.
class SecretStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qunsetenv("DBUS_SESSION_BUS_ADDRESS"); }
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void keepsForTheSession();
    void saysOnceThatThereIsNone();
};

namespace {

QString valueIn(SecretStore &store, const QString &key)
{
    QObject receiver;
    QString value = u"no answer"_s;
    store.read(key, &receiver, [&value](const std::optional<QString> &answer) { value = answer.value_or(u"none"_s); });
    return value;
}

} // namespace

void SecretStoreTest::keepsForTheSession()
{
    KeyStore store;
    QVERIFY(!store.isLasting());
    QCOMPARE(valueIn(store, u"a"_s), u"none"_s);
    store.write(u"a"_s, u"one"_s);
    store.write(u"b"_s, QString());
    QCOMPARE(valueIn(store, u"a"_s), u"one"_s);
    QCOMPARE(valueIn(store, u"b"_s), QString());
    store.remove(u"a"_s);
    QCOMPARE(valueIn(store, u"a"_s), u"none"_s);
    KeyStore next;
    QCOMPARE(valueIn(next, u"b"_s), u"none"_s);
}

void SecretStoreTest::saysOnceThatThereIsNone()
{
    KeyStore store;
    QSignalSpy unavailable(&store, &SecretStore::unavailable);
    store.write(u"a"_s, u"planted"_s);
    valueIn(store, u"a"_s);
    store.write(u"a"_s, u"planted"_s);
    QCOMPARE(unavailable.size(), 1);
    const auto reason = unavailable.first().first().toString();
    QVERIFY(reason.contains(u"for this session only"_s));
    QVERIFY(!reason.contains(u"planted"_s));
}

} // namespace weir::test

QTEST_GUILESS_MAIN(weir::test::SecretStoreTest)
#include "tst_secretstore.moc"
