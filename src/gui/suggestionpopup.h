// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>

#include <vector>

class QStandardItemModel;

namespace weir::gui {

/// A list below a line of text from which something is chosen while the line keeps the focus. Nothing is chosen at
/// first: the owner moves through it with the keys that reach the line. GUI thread only.
class SuggestionPopup : public QListView
{
    Q_OBJECT

public:
    struct Row
    {
        QString text;
        QString remark;        ///< stands back, at the other end
        bool isAction = false; ///< something to do rather than to insert
    };

    /// A child of `line`, which it stands below.
    explicit SuggestionPopup(QWidget *line);

    /// Shows these rows; what was chosen stays so if it is still there. No rows hide it.
    void offer(const std::vector<Row> &rows);
    int chosen() const; ///< -1: none
    /// Moves the choice; beyond the first and the last there is none.
    void move(int rows);
    int rowsOnScreen() const;

Q_SIGNALS:
    void picked(int row);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;

private:
    void place();

    QWidget *m_line;
    QPoint m_pointer; ///< where the mouse rested when the list came up
    QStandardItemModel *m_rows;
};

} // namespace weir::gui
