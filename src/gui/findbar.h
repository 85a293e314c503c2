// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/searchquery.h"

#include <QTimer>
#include <QWidget>

#include <memory>

namespace weir::gui {

namespace Ui {
class FindBar;
}

/// The line for a search within one view. Emits what the user asks for and shows what it is told; searches nothing
/// itself. Hidden until it is opened, and again by Escape. GUI thread only.
class FindBar : public QWidget
{
    Q_OBJECT

public:
    explicit FindBar(QWidget *parent = nullptr);
    ~FindBar() override;

    /// Shows the bar and puts the cursor into it.
    void open();
    void close();

    models::SearchQuery query() const;
    /// As if typed, but at once.
    void setQuery(const models::SearchQuery &query);
    /// What is typed and not yet announced is announced.
    void announce();

    /// `3 of 1,204 matches` and the like; may be called at any rate, shown at most ten times a second.
    void showCount(const QString &text);
    void showError(const QString &text);
    void showWarning(const QString &text);
    /// A passing remark.
    void showNote(const QString &text);
    void hush();

    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// The user paused typing, chose another mode or pressed Return.
    void queryChanged(const weir::models::SearchQuery &query);
    void nextRequested();
    void previousRequested();
    void opened();
    void closed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void showMode();

    std::unique_ptr<Ui::FindBar> m_ui;
    QTimer m_typing;
    QTimer m_counting;
    QString m_count;
    bool m_hasError = false;
};

} // namespace weir::gui
