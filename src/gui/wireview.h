// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/types.h"
#include "store/wirereads.h"

#include <QWidget>

class QLabel;
class QTreeWidget;

namespace weir::gui {

/// The network reads that brought one record: when each came, how large it was, and which of its bytes are the
/// record's. GUI thread only.
class WireView : public QWidget
{
    Q_OBJECT

public:
    explicit WireView(QWidget *parent = nullptr);

    void setReads(const store::WireReads &reads, const store::ClockAnchor &clock);

private:
    void explain(const store::WireReads &reads);
    void addRow(const store::ReadPart &part, const store::ClockAnchor &clock, store::MonotonicTime before);

    QLabel *m_summary;
    QTreeWidget *m_table;
};

} // namespace weir::gui
