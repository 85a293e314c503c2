// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QBoxLayout;
class QComboBox;
class QListWidget;
class QStackedWidget;

namespace weir::gui {

/// Pages of which one is shown. Where there is room a list at the side chooses it, else a box above: more pages than
/// tabs could show in a narrow dock. Only the page in front bears on the size. GUI thread only.
class PageStack : public QWidget
{
    Q_OBJECT

public:
    explicit PageStack(QWidget *parent = nullptr);

    /// Takes ownership. The page's object name is what currentPage() and showPage() call it. `icon`: a name for icon().
    void addPage(QWidget *page, const QString &title, const QString &icon);
    /// "Clients (2)": what the page wants to be seen while another one is in front.
    void setTitle(const QWidget *page, const QString &title);

    int count() const;
    QWidget *page(int index) const;
    QString currentPage() const;        ///< its object name
    bool showPage(const QString &name); ///< false, and nothing changed, if there is none of that name
    void showPage(const QWidget *page);

    QSize minimumSizeHint() const override; ///< narrow, or a wide panel could never become a narrow one

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void select(int index);
    void fitList();

    QBoxLayout *m_layout;
    QListWidget *m_list;
    QComboBox *m_box;
    QStackedWidget *m_stack;
};

} // namespace weir::gui
