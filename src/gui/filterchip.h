// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QToolButton;

namespace weir::gui {

/// A filter that cannot be edited, only removed: what a view of another view's results began with. Hidden while it has
/// no text. GUI thread only.
class FilterChip : public QFrame
{
    Q_OBJECT

public:
    explicit FilterChip(QWidget *parent = nullptr);

    void setExpression(const QString &expression);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void removeRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    int lengthOf(qsizetype characters) const;
    void elide();

    QString m_expression;
    QLabel *m_label;
    QToolButton *m_remove;
};

} // namespace weir::gui
