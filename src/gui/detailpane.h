// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/jsonpath.h"
#include "gui/pooltask.h"
#include "models/heldevent.h"
#include "models/sources.h"
#include "store/wirereads.h"

#include <QWidget>

#include <functional>
#include <memory>
#include <optional>

class QAction;

namespace weir::gui {

namespace Ui {
class DetailPane;
}
class ActionRow;
class DecodedValue;
class DetailText;
class DifferenceView;
class HexView;
class JsonTreeView;
class WireView;

/// The selected event: its fields, its data as a tree, as text or indented JSON, its exact bytes, the network reads
/// that brought it. Keeps the event's segment alive while it shows it, but not the rest of the log. Long texts are
/// prepared on pool threads. The tab in front stays when another event is selected. GUI thread only.
class DetailPane : public QWidget
{
    Q_OBJECT

public:
    enum class Tab { Fields, Tree, Pretty, Text, Hex, Wire, Difference };

    explicit DetailPane(QWidget *parent = nullptr);
    ~DetailPane() override;

    /// Ties arrival times to the wall clock. Until it is set, an anchor of the construction serves.
    void setClock(const store::ClockAnchor &clock);
    void setSources(const models::Sources &sources);
    /// Number 0 or one that `snapshot` does not hold: clear().
    void setEvent(const store::Snapshot &snapshot, store::EventNumber number);
    void clear();
    /// Gives the log as it is, to look for earlier events in.
    void setSnapshotSource(std::function<store::Snapshot()> source);
    /// All events are compared with this one until the user chooses otherwise, even when the log has evicted it.
    void setComparisonBase(const store::Snapshot &snapshot, store::EventNumber number);
    /// Number of the event shown; 0: none.
    store::EventNumber eventNumber() const;

    /// The tab in front and the switches. restoreState() says whether `state` was understood; else nothing changes.
    QByteArray saveState() const;
    bool restoreState(const QByteArray &state);

    Tab tab() const;
    void setTab(Tab tab);

public Q_SLOTS:
    void copyData();
    void copyExactBytes();
    void copyHexDump();
    void copyIndentedJson();

Q_SIGNALS:
    /// The user wants the current view to show only, or no more, what `term` asks for.
    void filterRequested(const QString &term, bool isExcluded);
    void columnRequested(const weir::filter::JsonPath &path);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void addTabs();
    void addCopyMenu();
    void connectTree();
    void createDecoded();
    void connectDecoded();
    QByteArray selectedValue() const;
    QList<QAction *> switches() const;
    void decodeSelected();
    void addTabShortcuts();
    DetailText *textInFront() const;
    void find();
    void findNext();
    void findPrevious();
    void showTabActions();
    std::optional<store::EventView> view() const;
    void present();
    void presentFields(const store::EventView &event);
    /// Only the tab in front is prepared.
    void presentTab();
    void copy(const QString &text, const QString &note);
    void say(const QString &note);

    std::unique_ptr<Ui::DetailPane> m_ui;
    ActionRow *m_tabActions;
    JsonTreeView *m_tree;
    DetailText *m_pretty;
    DetailText *m_text;
    HexView *m_hex;
    WireView *m_wire;
    DifferenceView *m_difference;
    DecodedValue *m_decoded;
    models::Sources m_sources;
    store::ClockAnchor m_clock;
    std::optional<models::HeldEvent> m_event;
    store::WireReads m_reads;
    PoolTask<QString> m_indenting; ///< for the clipboard; empty: no JSON
};

} // namespace weir::gui
