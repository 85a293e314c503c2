// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/error.h"
#include "models/viewscan.h"

#include <QTimer>
#include <QWidget>

#include <memory>

namespace weir::gui {

namespace Ui {
class FilterBar;
}
class FilterCompleter;
class FilterEdit;
class FilterMemory;

/// The line above a table of events: filter expression, whether it is in force, how much it lets through, kinds,
/// follow. Emits what the user asks for and shows what it is told; filters nothing itself. GUI thread only.
class FilterBar : public QWidget
{
    Q_OBJECT

public:
    explicit FilterBar(QWidget *parent = nullptr);
    ~FilterBar() override;

    /// What it completes, remembers and offers as buttons. Called once; `memory` must outlive this.
    void setMemory(FilterMemory &memory);
    /// Names of the subscriptions, to be completed.
    void setSources(const models::Sources &sources);

    QString expression() const;
    /// As if typed, but at once; undone like typing. Switches the filter on.
    void setExpression(const QString &expression);
    void focusExpression();
    /// Opens a dialog for the saved filters; adds one for `added` unless that is empty.
    void editSaved(const QString &added);
    FilterEdit *edit() const;

    /// The filter that the user cannot edit here, only remove; empty: none.
    QString base() const { return m_base; }
    void setBase(const QString &expression);

    /// Off: the expression stays and asks for nothing.
    bool isFilterOn() const;
    void setFilterOn(bool isOn);

    /// Expressions of the saved filters that are switched on.
    QStringList savedExpressions() const;
    /// IDs of the saved filters that are switched on. Those that are on at start are so in any case.
    QList<quint32> savedOn() const;
    void setSavedOn(const QList<quint32> &ids);
    void setNoneSavedOn();

    /// Narrow enough for several views side by side: the texts of label and buttons give way first.
    QSize minimumSizeHint() const override;

    /// Whether the expression as it stands is in force; an error leaves an earlier one in force.
    void showValid();
    void showError(const filter::Error &error);
    /// What the filter in force could not decide, in a sentence; empty: nothing.
    void showTroubles(const QString &text);
    /// A passing remark; the next keystroke or ten seconds take it away.
    void showNotice(const QString &text);
    /// May be called 60 times a second.
    void showCounts(std::uint64_t shown, std::uint64_t of, const models::KindCounts &byKind);

    models::KindSet kinds() const;
    void setKinds(models::KindSet kinds);

    void setFollowing(bool following);

Q_SIGNALS:
    /// Any part of what the filter asks for changed: the user paused typing, pressed Return, switched something.
    void filterChanged();
    void kindsChanged(weir::models::KindSet kinds);
    void followRequested(bool follow);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void connectExpression();
    void noteTyping();
    void apply();
    void announceExpression();
    void switchFilter(bool isOn);
    void showErrorNow();
    bool isStillTyped() const;
    void updateKindCounts();
    void remember();
    void takeSaved();

    std::unique_ptr<Ui::FilterBar> m_ui;
    FilterMemory *m_memory = nullptr;
    FilterCompleter *m_completer = nullptr;
    QString m_base;
    QString m_error;   ///< in words; empty: none
    QTimer m_typing;   ///< until a pause
    QTimer m_patience; ///< with an expression that may only be unfinished
    QTimer m_inForce;  ///< until the expression is worth remembering
    QTimer m_kindPace;
    models::KindCounts m_kindCounts{};
};

} // namespace weir::gui
