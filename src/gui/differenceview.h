// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/pooltask.h"
#include "models/differencemodel.h"
#include "models/heldevent.h"
#include "models/sources.h"

#include <QWidget>

#include <functional>
#include <optional>

class QAction;
class QLabel;
class QPushButton;
class QTreeView;

namespace weir::gui {

class InlineNote;

/// What an event's data changed from that of another one: by itself the previous of the same subscription and event
/// type, or one that was chosen and is kept even when the log evicts it. Looks for it and compares on a pool thread;
/// late answers are dropped. GUI thread only.
class DifferenceView : public QWidget
{
    Q_OBJECT

public:
    using SnapshotSource = std::function<store::Snapshot()>;

    explicit DifferenceView(QWidget *parent = nullptr);
    ~DifferenceView() override;

    /// Gives the log as it is, to look for the previous event in.
    void setSnapshotSource(SnapshotSource source) { m_source = std::move(source); }
    void setSources(const models::Sources &sources) { m_sources = sources; }
    void setClock(const store::ClockAnchor &clock) { m_clock = clock; }

    void setEvent(const models::HeldEvent &event);
    void clear();
    /// From now on all events are compared with this one.
    void setBase(const models::HeldEvent &base);
    /// From now on each event is compared with the previous one again.
    void useBaseOfPrevious();
    std::optional<models::HeldEvent> base() const { return m_base; }
    bool isComplete() const { return !m_comparing.isRunning(); }
    /// The actions for the corner of the pane.
    QList<QAction *> tabActions() const { return m_actions; }

Q_SIGNALS:
    /// What was done, in a few words.
    void noticed(const QString &text);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /// What the pool thread answers.
    struct Answer
    {
        std::optional<models::HeldEvent> base;
        bool isGivenUp = false;
        models::Difference difference;
    };

    void createTable();
    void createActions();
    QAction *addSwitch(const QString &iconName, const QString &text);
    void lay();
    void compare();
    void show(const Answer &answer);
    void explainBase(const Answer &answer);
    void explain(const Answer &answer);
    void copyRows();
    QString summary(const models::Difference &difference) const;

    models::DifferenceModel m_model;
    QLabel *m_title;
    QPushButton *m_previous;
    QPushButton *m_choose;
    InlineNote *m_note;
    QTreeView *m_table;
    QList<QAction *> m_actions;
    QAction *m_keyOrder = nullptr;
    QAction *m_asText = nullptr;
    SnapshotSource m_source;
    models::Sources m_sources;
    store::ClockAnchor m_clock;
    std::optional<models::HeldEvent> m_event;
    std::optional<models::HeldEvent> m_base; ///< chosen; absent: the previous one
    PoolTask<Answer> m_comparing;
};

} // namespace weir::gui
