// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/librarymodel.h"
#include "models/messagemime.h"
#include "models/sentfile.h"

#include <QAbstractItemModelTester>
#include <QJsonDocument>
#include <QMimeData>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <memory>
#include <optional>

using namespace Qt::StringLiterals;
using namespace weir::models;
using weir::publish::Publication;

namespace {

Publication message(const std::string &data)
{
    Publication publication;
    publication.message.data = data;
    return publication;
}

LibraryItem item(const QString &name)
{
    return {name, false, message(name.toStdString()), {}};
}

LibraryItem folder(const QString &name, const QList<LibraryItem> &items)
{
    return {name, true, {}, items};
}

/// Names with their folders' contents in brackets.
QString outline(const QList<LibraryItem> &items)
{
    QStringList names;
    for (const auto &each : items)
        names << (each.isFolder ? each.name + u'[' + outline(each.items) + u']' : each.name);
    return names.join(u' ');
}

} // namespace

class TestLibraryModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s)); }
    void keepsEveryKindOfMessage_data();
    void keepsEveryKindOfMessage();
    void tellsWhatIsWrongWithAFile_data();
    void tellsWhatIsWrongWithAFile();
    void leavesOutWhatItCannotRead();
    void isATree();
    void movesRows();
    void refusesAFolderInItself();
    void takesMessagesFromElsewhere();
    void takesRowsOfOthersAsMessages();
    void removesAndPutsBack();
    void isBounded();
    void carriesMessages();
    void keepsWhatWasSent();
};

void TestLibraryModel::keepsEveryKindOfMessage_data()
{
    QTest::addColumn<Publication>("publication");
    Publication full;
    full.message = {"t", "7", "a\nb\xc3\xa4", std::chrono::milliseconds(0), "c"};
    QTest::newRow("all fields") << full;
    full.isTemplate = true;
    QTest::newRow("template") << full;
    Publication noId = message("");
    noId.automaticId = false;
    QTest::newRow("no id, empty data") << noId;
    Publication comment;
    comment.message.comment = "only";
    QTest::newRow("comment") << comment;
    Publication raw;
    raw.rawText = "data: \\xff\n";
    QTest::newRow("raw") << raw;
}

void TestLibraryModel::keepsEveryKindOfMessage()
{
    QFETCH(Publication, publication);
    const auto read = libraryFromJson(libraryToJson({folder(u"f"_s, {{u"n"_s, false, publication, {}}})}));
    QCOMPARE(read.problems, QStringList());
    QCOMPARE(outline(read.items), u"f[n]"_s);
    QVERIFY(read.items[0].items[0].publication == publication);
}

void TestLibraryModel::tellsWhatIsWrongWithAFile_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("problem");
    QTest::newRow("empty") << QByteArray() << u"Line 1: not JSON"_s;
    QTest::newRow("cut off") << QByteArray("{\n\"weirMessages\": 1,\n\"items\": [") << u"Line 3: not JSON"_s;
    QTest::newRow("something else") << QByteArray("{\"a\":1}") << u"no message library"_s;
    QTest::newRow("later version") << QByteArray("{\"weirMessages\":2,\"items\":[]}") << u"version 2"_s;
}

void TestLibraryModel::tellsWhatIsWrongWithAFile()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, problem);
    const auto read = libraryFromJson(json);
    QVERIFY(!read.isReadable);
    QVERIFY2(read.problems.value(0).contains(problem), qPrintable(read.problems.value(0)));
}

void TestLibraryModel::leavesOutWhatItCannotRead()
{
    const auto read = libraryFromJson(R"({"weirMessages": 1, "items": [
{"name": "good", "message": {"data": "x"}},
{"name": "bad", "message": {
   "data": 7}},
{"folder": 1},
7,
{"folder": "f", "items": [
  {"name": "inner", "message": {"dta": "x"}},
  {"name": "other", "message": {}}]}
]})");
    QVERIFY(read.isReadable);
    QCOMPARE(outline(read.items), u"good f[other]"_s);
    QCOMPARE(read.problems.size(), 4);
    QVERIFY2(read.problems[0].startsWith(u"Line 3: left out, “data”"_s), qPrintable(read.problems[0]));
    QVERIFY(read.problems[1].startsWith(u"Line 5:"_s));
    QVERIFY(read.problems[2].startsWith(u"Line 6:"_s));
    QVERIFY2(read.problems[3].startsWith(u"Line 8: left out, “dta”"_s), qPrintable(read.problems[3]));
    QByteArray deep = "{\"weirMessages\":1,\"items\":[";
    for (int i = 0; i < 40; ++i)
        deep += "{\"folder\":\"f\",\"items\":[";
    deep += QByteArray("]}").repeated(40) + "]}";
    QVERIFY(libraryFromJson(deep).problems.value(0).contains(u"more than 32 deep"_s));
}

void TestLibraryModel::isATree()
{
    LibraryModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy changed(&model, &LibraryModel::changed);
    model.setItems({item(u"a"_s), folder(u"f"_s, {item(u"b"_s)})});
    QCOMPARE(changed.count(), 0);
    QCOMPARE(model.count(), 3);
    const auto f = model.index(1, 0);
    model.add(item(u"c"_s), f);
    model.add(item(u"d"_s), model.index(0, 0, f)); // beside a message
    const auto g = model.add(folder(u"g"_s, {}), {});
    QVERIFY(model.setData(g, u"  new  name "_s, Qt::EditRole));
    QVERIFY(!model.setData(g, u" "_s, Qt::EditRole));
    QCOMPARE(outline(model.items()), u"a f[b c d] new name[]"_s);
    QCOMPARE(changed.count(), 4);
    QCOMPARE(model.folderOf(model.index(0, 0, f)), f);
    QCOMPARE(model.data(model.index(0, 0), LibraryModel::SearchRole).toString(), u"a\n\na"_s);
}

void TestLibraryModel::movesRows()
{
    LibraryModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setItems({item(u"a"_s), item(u"b"_s), folder(u"f"_s, {item(u"c"_s)})});
    const auto drag = [&](const QModelIndex &from, const QModelIndex &to, int row) {
        const std::unique_ptr<QMimeData> content(model.mimeData({from}));
        QVERIFY(model.canDropMimeData(content.get(), Qt::MoveAction, row, 0, to));
        // The view must not remove what was moved.
        QVERIFY(!model.dropMimeData(content.get(), Qt::MoveAction, row, 0, to));
    };
    drag(model.index(0, 0), {}, 2);
    QCOMPARE(outline(model.items()), u"b a f[c]"_s);
    drag(model.index(1, 0), {}, 0);
    QCOMPARE(outline(model.items()), u"a b f[c]"_s);
    drag(model.index(0, 0), model.index(2, 0), 0);
    QCOMPARE(outline(model.items()), u"b f[a c]"_s);
    drag(model.index(1, 0, model.index(1, 0)), {}, -1);
    QCOMPARE(outline(model.items()), u"b f[a] c"_s);
    drag(model.index(0, 0), model.index(0, 0, model.index(1, 0)), -1); // onto a message: beside it
    QCOMPARE(outline(model.items()), u"f[a b] c"_s);
    QCOMPARE(model.count(), 4);
}

void TestLibraryModel::refusesAFolderInItself()
{
    LibraryModel model;
    model.setItems({folder(u"f"_s, {folder(u"g"_s, {item(u"a"_s)})})});
    const auto f = model.index(0, 0);
    const std::unique_ptr<QMimeData> content(model.mimeData({f}));
    for (const auto &target : {f, model.index(0, 0, f), model.index(0, 0, model.index(0, 0, f))}) {
        QVERIFY(!model.canDropMimeData(content.get(), Qt::MoveAction, -1, 0, target));
        QVERIFY(!model.dropMimeData(content.get(), Qt::MoveAction, -1, 0, target));
    }
    QCOMPARE(outline(model.items()), u"f[g[a]]"_s);
}

void TestLibraryModel::takesMessagesFromElsewhere()
{
    LibraryModel model;
    LibraryModel other;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setItems({item(u"a"_s), item(u"b"_s)});
    other.setItems({folder(u"f"_s, {item(u"x"_s), item(u"y"_s)})});
    const std::unique_ptr<QMimeData> content(other.mimeData({other.index(0, 0)}));
    QVERIFY(model.dropMimeData(content.get(), Qt::CopyAction, 1, 0, {}));
    QCOMPARE(outline(model.items()), u"a x y b"_s);
    const std::unique_ptr<QMimeData> unnamed(messagesToMime({{{}, message("the data\nof it")}}));
    QVERIFY(model.dropMimeData(unnamed.get(), Qt::CopyAction, -1, 0, {}));
    QCOMPARE(model.items().last().name, u"the data⏎of it"_s);
    QMimeData text;
    text.setText(u"x"_s);
    QVERIFY(!model.canDropMimeData(&text, Qt::CopyAction, -1, 0, {}));
}

void TestLibraryModel::takesRowsOfOthersAsMessages()
{
    // At the same address as the one that was dragged from.
    std::optional<LibraryModel> model(std::in_place);
    model->setItems({item(u"dragged"_s)});
    const std::unique_ptr<QMimeData> content(model->mimeData({model->index(0, 0)}));
    model.emplace();
    model->setItems({item(u"a"_s), item(u"b"_s)});
    QVERIFY(model->canDropMimeData(content.get(), Qt::MoveAction, -1, 0, {}));
    QVERIFY(model->dropMimeData(content.get(), Qt::MoveAction, -1, 0, {}));
    QCOMPARE(outline(model->items()), u"a b dragged"_s);
}

void TestLibraryModel::removesAndPutsBack()
{
    LibraryModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setItems({item(u"a"_s), folder(u"f"_s, {item(u"b"_s), item(u"c"_s)})});
    QVERIFY(!model.canPutBack());
    model.remove(model.index(0, 0, model.index(1, 0)));
    QCOMPARE(outline(model.items()), u"a f[c]"_s);
    QCOMPARE(model.data(model.putBack(), Qt::DisplayRole).toString(), u"b"_s);
    QCOMPARE(outline(model.items()), u"a f[b c]"_s);
    model.remove(model.index(1, 0));
    QCOMPARE(model.count(), 1);
    model.putBack();
    QCOMPARE(outline(model.items()), u"a f[b c]"_s);
    QCOMPARE(model.count(), 4);
    QVERIFY(!model.canPutBack());
}

void TestLibraryModel::isBounded()
{
    LibraryModel model;
    QSignalSpy full(&model, &LibraryModel::full);
    QList<LibraryItem> many(LibraryModel::mostItems - 1, item(u"a"_s));
    model.setItems(many);
    QVERIFY(!model.add(folder(u"f"_s, {item(u"x"_s)})).isValid());
    QCOMPARE(full.count(), 1);
    QVERIFY(model.add(item(u"b"_s)).isValid());
    QVERIFY(!model.add(item(u"c"_s)).isValid());
}

void TestLibraryModel::carriesMessages()
{
    Publication raw;
    raw.rawText = "x\\n";
    const std::unique_ptr<QMimeData> content(messagesToMime({{u"n"_s, message("a")}, {{}, raw}}));
    QCOMPARE(content->text(), u"a\nx\\n"_s);
    const auto messages = messagesInMime(*content);
    QCOMPARE(messages.size(), 2);
    QCOMPARE(messages[0].name, u"n"_s);
    QVERIFY(messages[0].publication == message("a"));
    QVERIFY(messages[1].publication == raw);
    QMimeData wrong;
    wrong.setData(messageMimeType(), "[{\"message\":{\"data\":1}},7]");
    QCOMPARE(messagesInMime(wrong).size(), 1); // an empty message is one
}

void TestLibraryModel::keepsWhatWasSent()
{
    SentMessage sent{QDateTime::currentDateTime(), "e-7", message("x")};
    sent.publication.path = u"/other"_s;
    const auto read = sentFromJson(sentToJson({sent}));
    QCOMPARE(read.problem, QString());
    QCOMPARE(read.messages.size(), 1);
    QCOMPARE(read.messages[0].id, sent.id);
    QCOMPARE(read.messages[0].time.toMSecsSinceEpoch(), sent.time.toMSecsSinceEpoch());
    QVERIFY(read.messages[0].publication == sent.publication);
    QVERIFY(sentFromJson("{").problem.contains(u"Line 1"_s));
    QVERIFY(!sentFromJson("{}").problem.isEmpty());
}

QTEST_GUILESS_MAIN(TestLibraryModel)
#include "tst_librarymodel.moc"
