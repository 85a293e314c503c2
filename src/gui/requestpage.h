// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/clientcontrol.h"

#include <QWidget>

class QAction;
class QLabel;
class QLineEdit;
class QTableView;

namespace weir::models {
class RequestModel;
}

namespace weir::gui {

/// The access log: the last requests that the publisher got, filtered by a text; copied and saved as text. Watches as
/// long as it exists. GUI thread only.
class RequestPage : public QWidget
{
    Q_OBJECT

public:
    /// Keeps a reference: `control` must outlive this.
    explicit RequestPage(publish::ClientControl &control, QWidget *parent = nullptr);

private:
    void createView();
    void createActions();
    void arrange();
    void take(const QList<publish::RequestRecord> &records, std::uint64_t leftOut);
    void updateCount();
    void copy();
    void save();
    QList<int> selectedRows() const;
    QList<int> allRows() const;

    publish::ClientControl &m_control;
    models::RequestModel *m_model;
    QTableView *m_view;
    QLineEdit *m_filter;
    QLabel *m_count;
    QAction *m_copyAction = nullptr;
    QAction *m_saveAction = nullptr;
    QAction *m_clearAction = nullptr;
};

} // namespace weir::gui
