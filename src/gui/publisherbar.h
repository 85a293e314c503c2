// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUrl>
#include <QWidget>

#include <memory>

class QAction;

namespace weir::gui {

namespace Ui {
class PublisherBar;
}

/// Why `path` cannot name a channel: a translated sentence that names the place; empty for a path that can. A channel's
/// path is what RFC 3986 allows unescaped, so that every client asks for it by the same characters.
QString pathFault(const QString &path);

/// The server's switch, port and path, and the address that follows from them. Emits what the user wants and shows what
/// it is told. GUI thread only.
class PublisherBar : public QWidget
{
    Q_OBJECT

public:
    explicit PublisherBar(QWidget *parent = nullptr);
    ~PublisherBar() override;

    bool isRunning() const { return m_state == State::Running; }
    QString path() const; ///< as typed; see hasValidPath()
    void setPath(const QString &path);
    bool hasValidPath() const;
    int port() const; ///< as wished: 0 for any
    void setPort(int port);
    QUrl address() const; ///< of the channel; empty while stopped or without a valid path

    QAction *toggleAction() const { return m_toggleAction; }
    QAction *subscribeAction() const { return m_subscribeAction; }
    QAction *browserAction() const { return m_browserAction; }
    /// Triggered: the user wants to see the server's settings.
    QAction *settingsAction() const { return m_settingsAction; }

    void showRunning(const QUrl &server); ///< scheme, host and port
    void showStopped(const QString &failure = {});
    void showWaiting(const QString &reason);  ///< why it is not started yet
    void showProblem(const QString &problem); ///< whether it runs or not; empty: none
    /// While it runs: who can reach the server, if not only this computer; empty otherwise.
    void showReach(const QString &text);

Q_SIGNALS:
    void startRequested(quint16 port);
    void stopRequested(); ///< or not to be started after all
    void subscribeRequested(const QUrl &url);
    void pathChosen(const QString &path); ///< running, and the path is complete and valid: clients may come for it
    void changed();                       ///< the state, the path or the address

private:
    enum class State { Stopped, Starting, Running, Stopping };

    void createActions();
    void toggle();
    void choosePath();
    void subscribe();
    void copyAddress();
    void openPage();
    void update(State state);
    void updateAddress();
    void updateToggle();

    std::unique_ptr<Ui::PublisherBar> m_ui;
    QAction *m_toggleAction;
    QAction *m_copyAction;
    QAction *m_subscribeAction;
    QAction *m_browserAction;
    QAction *m_settingsAction;
    State m_state = State::Stopped;
    QUrl m_server;
};

} // namespace weir::gui
