// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/pagestack.h"
#include "gui/publisherpane.h"

#include <QAbstractItemModel>
#include <QAction>
#include <QComboBox>
#include <QDropEvent>
#include <QLabel>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QTableView>
#include <QTcpSocket>
#include <QTest>
#include <QToolButton>
#include <QUrl>

namespace weir::test {

/// The part of that object name; a missing one ends the test program.
template <typename Widget>
Widget *find(const QWidget &parent, const char *name)
{
    auto *widget = parent.findChild<Widget *>(QLatin1String(name));
    if (!widget)
        qFatal("no widget %s", name);
    return widget;
}

/// What an inline note says; empty while it is hidden.
inline QString note(const QWidget &parent, const char *name)
{
    const auto *label = find<QLabel>(parent, name);
    return label->isHidden() ? QString() : label->text();
}

/// All remarks that are shown.
inline QString said(const QWidget &parent)
{
    QStringList texts;
    for (const auto *label : parent.findChildren<QLabel *>())
        if (!label->isHidden() && label->inherits("weir::gui::InlineNote"))
            texts << label->text();
    return texts.join(u'\n');
}

/// The action with that text, without regard to mnemonics.
inline QAction *action(const QWidget &parent, const QString &text)
{
    for (auto *each : parent.findChildren<QAction *>())
        if (each->text().remove(u'&') == text)
            return each;
    qFatal("no action %s", qPrintable(text));
}

/// Drags it there and lets go; both must be accepted.
inline void drop(QWidget &target, const QMimeData &content)
{
    const QPoint at(5, 5);
    QDragEnterEvent enter(at, Qt::CopyAction, &content, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&target, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent dropped(at, Qt::CopyAction, &content, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&target, &dropped);
    QVERIFY(dropped.isAccepted());
}

/// A client that keeps the exact bytes of the stream. It speaks HTTP/1.0, so that nothing is chunked.
class StreamClient
{
public:
    bool open(const QUrl &url)
    {
        m_socket.connectToHost(url.host(), static_cast<quint16>(url.port()));
        m_socket.write("GET " + url.path().toUtf8() + " HTTP/1.0\r\nHost: 127.0.0.1:" + QByteArray::number(url.port()) +
                       "\r\nLast-Event-ID: old\r\nUser-Agent: test\r\n\r\n");
        // The first comment tells that the client is on the channel.
        m_isOnChannel = QTest::qWaitFor([this] { return received().contains("\r\n\r\n:\n\n"); });
        return m_isOnChannel;
    }

    void forget() { m_received.clear(); }

    /// Without the heartbeats, which come as soon as a stream is idle for long on a busy machine.
    const QByteArray &received()
    {
        m_received += m_socket.readAll();
        if (m_isOnChannel) {
            while (m_received.startsWith(":\n\n"))
                m_received.remove(0, 3);
            m_received.replace("\n\n:\n\n", "\n\n");
        }
        return m_received;
    }

    bool isOpen() const { return m_socket.state() == QAbstractSocket::ConnectedState; }

private:
    QTcpSocket m_socket;
    QByteArray m_received;
    bool m_isOnChannel = false;
};

/// The publisher panel with a publisher of its own, which listens on the loopback.
class PublisherBench
{
public:
    PublisherBench()
    {
        pane.show();
        if (!QTest::qWaitForWindowActive(&pane))
            qFatal("the panel does not become active");
    }

    template <typename Widget>
    Widget *find(const char *name) const
    {
        return test::find<Widget>(pane, name);
    }
    QString note(const char *name) const { return test::note(pane, name); }
    void click(const char *name) const { find<QToolButton>(name)->click(); }
    bool start()
    {
        click("toggleButton");
        return QTest::qWaitFor([this] { return !pane.address().isEmpty(); });
    }
    /// Starts with a client on the channel, which has got nothing so far.
    bool start(StreamClient &client)
    {
        const bool isOpen = start() && client.open(pane.address());
        client.forget();
        return isOpen;
    }
    void compose(const QString &data) { find<QPlainTextEdit>("dataEdit")->setPlainText(data); }
    bool showPage(const QString &name) { return find<gui::PageStack>("pages")->showPage(name); }
    QString pageTitle(const QString &name) const
    {
        const auto *pages = find<gui::PageStack>("pages");
        for (int i = 0; i < pages->count(); ++i) {
            if (pages->page(i)->objectName() == name)
                return find<QComboBox>("pageBox")->itemText(i);
        }
        return {};
    }
    QAbstractItemModel *sent() const { return find<QTableView>("sentView")->model(); }
    QAbstractItemModel *clients() const { return find<QTableView>("clientView")->model(); }

    publish::Publisher publisher;
    gui::PublisherPane pane{publisher};
};

} // namespace weir::test
