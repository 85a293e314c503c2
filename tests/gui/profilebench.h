// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/profilecommands.h"
#include "gui/secretprompt.h"
#include "gui/windowbench.h"
#include "models/subscriptionmodel.h"

#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QTreeView>

/// What the tests of profiles and of their secrets share.
namespace weir::test {

using namespace Qt::StringLiterals;
using gui::ProfileCommands;
using models::SubscriptionModel;

inline const auto planted = u"planted-secret"_s;

/// A key store that works.
class LastingSecrets : public profile::SessionSecrets
{
public:
    bool isLasting() const override { return true; }
};

inline ProfileCommands *profiles(const WindowBench &bench)
{
    return bench.window->findChild<ProfileCommands *>();
}

inline QString shown(const WindowBench &bench, int row, int column, int role = Qt::DisplayRole)
{
    return bench.subscriptions()->index(row, column).data(role).toString();
}

inline QString stateOf(const WindowBench &bench, int row)
{
    return shown(bench, row, SubscriptionModel::StateColumn);
}

inline void select(const WindowBench &bench, int row)
{
    auto *view = bench.find<QTreeView>("subscriptionView");
    view->setCurrentIndex(bench.subscriptions()->index(row, SubscriptionModel::NameColumn));
}

inline QString copiedCurl(const WindowBench &bench, int row, const char *action)
{
    select(bench, row);
    bench.action(action)->trigger();
    return QGuiApplication::clipboard()->text();
}

inline void paste(const WindowBench &bench, const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
    bench.action("pasteUrlsAction")->trigger();
}

inline QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline QByteArray profileOf(const QByteArray &subscription, const QByteArray &rest = {})
{
    return "{\"weirProfile\": 1, " + rest + "\"subscriptions\": [" + subscription + "]}";
}

inline QByteArray environment(const QUrl &server)
{
    return "\"activeEnvironment\": \"here\", \"environments\": [{\"name\": \"here\", \"variables\": {\"host\": \"" +
           server.authority().toUtf8() + "\"}}, {\"name\": \"bare\"}], ";
}

/// Waits for the question.
inline void answerToBeKept(const WindowBench &bench)
{
    QTRY_VERIFY(bench.find<gui::SecretPrompt>("secretPrompt"));
    auto *prompt = bench.find<gui::SecretPrompt>("secretPrompt");
    for (auto *button : prompt->findChildren<QAbstractButton *>())
        if (button->isCheckable())
            button->setChecked(true);
    auto *edit = prompt->findChild<QLineEdit *>();
    QTest::keyClicks(edit, planted);
    QTest::keyClick(edit, Qt::Key_Return);
    QTRY_VERIFY(!bench.find<gui::SecretPrompt>("secretPrompt"));
}

/// All that the window shows of subscriptions and of itself.
inline QString visibleTexts(const WindowBench &bench)
{
    QStringList texts{bench.window->windowTitle()};
    for (int row = 0; row < bench.subscriptions()->rowCount(); ++row)
        for (int column = 0; column < SubscriptionModel::columns; ++column)
            for (const int role : {Qt::DisplayRole, Qt::ToolTipRole, Qt::AccessibleTextRole})
                texts << shown(bench, row, column, role);
    for (const auto *label : bench.window->findChildren<QLabel *>())
        texts << label->text();
    return texts.join(u'\n');
}

/// A test in a folder of its own, without a key store on the bus.
class ProfileFolder
{
public:
    ProfileFolder()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s));
        QLocale::setDefault(QLocale::c());
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        m_folder.setAutoRemove(false);
    }
    /// What a window writes last may come after it has gone.
    ~ProfileFolder()
    {
        if (!QTest::qWaitFor([this] { return QDir(m_folder.path()).removeRecursively(); }))
            qWarning("The folder %s stays.", qPrintable(m_folder.path()));
    }

    QString filePath(const QString &name) const { return m_folder.filePath(name); }
    QString write(const QByteArray &content, const QString &name = u"test.weir.json"_s) const
    {
        const auto path = filePath(name);
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(content) == content.size() ? path : QString();
    }

private:
    QTemporaryDir m_folder;
};

} // namespace weir::test
