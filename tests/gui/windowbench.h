// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/eventpane.h"
#include "gui/mainwindow.h"
#include "gui/viewarea.h"
#include "publish/publisher.h"
#include "store/eventlog.h"
#include "subscribe/ingest.h"

#include <QAction>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>
#include <QTreeView>

#include <memory>

namespace weir::test {

/// A whole Weir without its main(): engine, a publisher that listens on any port of the loopback, and the window, with
/// settings of their own.
class WindowBench
{
public:
    /// Optionally with a folder to keep the session in, and a store of secrets that must outlive it.
    explicit WindowBench(const QString &dataFolder = {}, profile::SecretStore *secrets = nullptr)
    {
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_home.path());
        window = std::make_unique<gui::MainWindow>(gui::Session{log, ingest, publisher, dataFolder, secrets});
        window->resize(1280, 800);
        window->show();
    }

    ~WindowBench()
    {
        // What the window writes as its last must be written before the test removes the folder.
        window.reset();
        QThreadPool::globalInstance()->waitForDone();
    }

    /// Empty if the publisher does not come up.
    QUrl serve()
    {
        QSignalSpy started(&publisher, &publish::Publisher::started);
        publisher.start({});
        return QTest::qWaitFor([&] { return !started.isEmpty(); }) ? started.first().first().toUrl() : QUrl();
    }

    /// The URL of a channel that clients may wait on.
    QUrl channel(QUrl server, const QString &path)
    {
        publisher.addChannel(path);
        server.setPath(path);
        return server;
    }

    void publish(const QString &path, const std::string &data)
    {
        publish::Publication publication;
        publication.path = path;
        publication.message.data = data;
        publisher.publish(publication);
    }

    template <typename Widget>
    Widget *find(const char *name) const
    {
        return window->findChild<Widget *>(QLatin1String(name));
    }
    QAction *action(const char *name) const { return find<QAction>(name); }
    QAbstractItemModel *subscriptions() const { return find<QTreeView>("subscriptionView")->model(); }
    gui::ViewArea *views() const { return window->findChild<gui::ViewArea *>(); }
    int rows(const gui::EventPane *pane) const { return pane->eventModel()->rowCount(); }

private:
    QTemporaryDir m_home;

public:
    store::EventLog log;
    subscribe::Ingest ingest{log};
    publish::Publisher publisher;
    std::unique_ptr<gui::MainWindow> window;
};

} // namespace weir::test
