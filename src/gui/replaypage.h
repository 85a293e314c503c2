// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/replayplayer.h"
#include "publish/settings.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QMenu;
class QSlider;
class QToolButton;

namespace weir::gui {

class InlineNote;
class NumberBox;
class TargetBox;

/// Replays what was received: chooses speed and form, plays, pauses, steps, and moves to a place. GUI thread only.
class ReplayPage : public QWidget
{
    Q_OBJECT

public:
    /// Keeps a reference: `publisher` must outlive this.
    explicit ReplayPage(publish::Publisher &publisher, QWidget *parent = nullptr);

    /// What can be replayed, for whoever fills it before it is shown. Owned by this.
    QMenu *sourceMenu() const { return m_sourceMenu; }
    /// In the place of what was there; paused at its beginning.
    void open(const publish::ReplaySource &source);

    TargetBox &target() { return *m_target; }
    void setChannel(const QString &path);
    void setRunning(bool isRunning); ///< the publisher
    void setClients(const QList<publish::ClientStatus> &clients);

    const publish::ReplayProgress &progress() const { return m_progress; }
    publish::ReplayOptions options() const;

    QByteArray saveState() const;
    void restoreState(const QByteArray &state); ///< what is no such state is ignored

Q_SIGNALS:
    void titleChanged(const QString &title); ///< "Replay ▸" while it plays

private:
    QWidget *createSettings();
    QWidget *createSource();
    void createForm(QFormLayout *form);
    QWidget *createPlaces();
    QWidget *createButtons();
    void togglePlay();
    bool canPlay() const;                           ///< to the target
    void openThen(std::function<void()> goOn);      ///< at once or later
    void ifOpen(const std::function<void()> &goOn); ///< opens before, if need be and possible
    void reopen();
    void applyOptions();
    void seekTo(int value);
    void show(const publish::ReplayProgress &progress);
    void updateForm();
    void updateActions();
    QString countsText() const;

    publish::ReplayPlayer m_player;
    std::optional<publish::ReplaySource> m_source;
    publish::ReplayProgress m_progress;
    bool m_isRunning = false;
    int m_openings = 0; ///< asked for

    QMenu *m_sourceMenu = nullptr;
    QLabel *m_sourceLabel = nullptr;
    QFormLayout *m_form = nullptr;
    QComboBox *m_pace = nullptr;
    NumberBox *m_factor = nullptr;
    NumberBox *m_rate = nullptr;
    QComboBox *m_what = nullptr;
    QComboBox *m_ids = nullptr;
    QCheckBox *m_loop = nullptr;
    TargetBox *m_target = nullptr;
    QSlider *m_slider = nullptr;
    QLabel *m_time = nullptr;
    QLabel *m_counts = nullptr;
    InlineNote *m_note = nullptr;
    QAction *m_playAction = nullptr;
    QAction *m_stepEventAction = nullptr;
    QAction *m_stepWriteAction = nullptr;
    QAction *m_stopAction = nullptr;
};

} // namespace weir::gui
