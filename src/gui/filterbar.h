// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/error.h"
#include "models/viewscan.h"

#include <QTimer>
#include <QWidget>

#include <memory>
#include <optional>

class QAction;

namespace weir::gui {

namespace Ui {
class FilterBar;
}

/// The line above a table of events: filter expression, how much it lets through, kinds, follow. Emits what the user
/// asks for and shows what it is told; filters nothing itself. GUI thread only.
class FilterBar : public QWidget
{
    Q_OBJECT

public:
    explicit FilterBar(QWidget *parent = nullptr);
    ~FilterBar() override;

    QString expression() const;
    /// As if typed, but at once.
    void setExpression(const QString &expression);
    void focusExpression();

    /// Narrow enough for several views side by side: the texts of label and buttons give way first.
    QSize minimumSizeHint() const override;

    /// Whether the expression as it stands is in force; an error leaves an earlier one in force.
    void showValid();
    void showError(const filter::Error &error);
    /// A passing remark; the next keystroke or ten seconds take it away.
    void showNotice(const QString &text);
    /// May be called 60 times a second; shown at most ten times, which is what people can read and layouts take.
    void showCounts(std::uint64_t shown, std::uint64_t of, const models::KindCounts &byKind);

    models::KindSet kinds() const;
    void setKinds(models::KindSet kinds);

    void setFollowing(bool following);

Q_SIGNALS:
    /// The user paused typing, or pressed Return.
    void expressionChanged(const QString &expression);
    void kindsChanged(weir::models::KindSet kinds);
    void followRequested(bool follow);

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void showCountsNow();
    void announceExpression();
    void showValidity(const QString &iconName, const QString &toolTip);
    void colourExpression();

    std::unique_ptr<Ui::FilterBar> m_ui;
    QAction *m_validity;
    QTimer m_typing;
    QTimer m_noticeTime;
    QTimer m_counting;
    std::uint64_t m_shown = 0;
    std::uint64_t m_total = 0;
    models::KindCounts m_kindCounts{};
    bool m_hasError = false;
};

} // namespace weir::gui
