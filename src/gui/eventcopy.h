// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/eventcopy.h"

#include <QObject>

#include <memory>

class QMenu;

namespace weir::gui {

class EventView;

/// Copies the selected rows of one view to the clipboard: few at once, many by a pool thread. The next copy takes the
/// place of one that is still being made. Belongs to the view. GUI thread only; the destructor waits for nothing.
class EventCopy : public QObject
{
    Q_OBJECT

public:
    explicit EventCopy(EventView &view);
    ~EventCopy() override;

    /// Says with noticed() what was copied. Cell: of the column that was clicked last.
    void copy(models::CopyForm form);
    void addActions(QMenu &menu);

Q_SIGNALS:
    void noticed(const QString &text);

private:
    void cancel();
    void take(const models::CopiedText &copied, models::CopyForm form, qint64 selected);
    void addAction(QMenu &menu, const QString &name, const QString &text, models::CopyForm form);

    EventView &m_view;
    std::shared_ptr<std::atomic<bool>> m_isCancelled; ///< of the copy in the making
};

} // namespace weir::gui
