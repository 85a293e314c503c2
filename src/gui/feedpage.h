// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/pooltask.h"
#include "models/sentmessagemodel.h"
#include "publish/eventfile.h"
#include "publish/filefeed.h"

#include <QTimer>
#include <QWidget>

#include <functional>
#include <memory>
#include <mutex>

class QAction;
class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QProgressBar;
class QTableView;

namespace weir::gui {

class InlineNote;

/// Sends the messages of a file: shows what is in it, and sends them all at a rate or one by one. The file is read in
/// pool threads, in pieces. GUI thread only.
class FeedPage : public QWidget
{
    Q_OBJECT

public:
    /// Calls what it is given with the destination that messages go to at the moment, at once or later.
    using AskDestination = std::function<void(std::function<void(const publish::Destination &destination)>)>;

    /// Keeps a reference: `publisher` must outlive this.
    FeedPage(publish::Publisher &publisher, QWidget *parent = nullptr);
    ~FeedPage() override;

    void setDestinationSource(AskDestination ask) { m_ask = std::move(ask); }
    /// What the destination is called, and why nothing can be sent there now; an empty text: it can.
    void setDestination(const QString &name, const QString &obstacle);
    void openFile(const QString &path);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    /// What a count has found so far, for the GUI thread to look at.
    struct Count
    {
        std::mutex mutex;
        publish::FileSummary summary;
    };
    void build();
    void buildTable();
    void arrange();
    QLayout *buttons();
    void createActions();
    void chooseFile();
    void examine();
    void showCount(const publish::FileSummary &summary, bool isComplete);
    void showExamples(const publish::FileSummary &summary);
    void begin(bool isStepwise);
    void callOff();
    void stepOrBegin();
    void pauseOrResume();
    void showProgress(const publish::FeedProgress &progress);
    void updateActions();
    publish::InputSettings inputSettings() const;
    bool isActive() const;

    publish::FileFeed m_feed;
    AskDestination m_ask;
    PoolTask<publish::FileSummary> m_examination;
    std::shared_ptr<Count> m_count;
    QTimer m_counting;
    models::SentMessageModel m_examples;
    publish::FeedProgress m_progress;
    QString m_path;
    QString m_obstacle;
    bool m_hasMessages = false;
    int m_beginnings = 0;        ///< asked for; whatever is asked for later wins
    bool m_isAsking = false;     ///< for the destination
    bool m_isOfThisFile = false; ///< what the feed tells
    QLabel *m_file;
    QFormLayout *m_form;
    QComboBox *m_format;
    QComboBox *m_columns;
    QDoubleSpinBox *m_rate;
    QLabel *m_destination;
    QTableView *m_table;
    InlineNote *m_countNote;
    InlineNote *m_note;
    QProgressBar *m_bar;
    QAction *m_choose = nullptr;
    QAction *m_sendAll = nullptr;
    QAction *m_step = nullptr;
    QAction *m_pause = nullptr;
    QAction *m_stop = nullptr;
};

} // namespace weir::gui
