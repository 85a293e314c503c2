// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;

namespace weir::gui {

/// A line to find words in what the detail pane shows, with the count of the matches. Hidden until it is opened; Escape
/// closes it. Says what is wanted and does nothing itself. GUI thread only.
class DetailFindBar : public QWidget
{
    Q_OBJECT

public:
    /// When the bar is closed, `searched` gets the focus.
    DetailFindBar(QWidget *searched, QWidget *parent = nullptr);

    void open();
    /// Empty while the bar is closed.
    QString words() const;
    /// `current` counts from 1; 0: none of them is chosen.
    void showCount(qsizetype current, qsizetype count);
    void showBusy();

Q_SIGNALS:
    void wordsChanged(const QString &words); ///< also when the bar is opened or closed
    void nextWanted();
    void previousWanted();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void closeBar();

    QWidget *m_searched;
    QLineEdit *m_edit;
    QLabel *m_count;
};

} // namespace weir::gui
