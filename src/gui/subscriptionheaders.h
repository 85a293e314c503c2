// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/settings.h"

#include <QTableWidget>

#include <optional>

namespace weir::gui {

/// The headers of a subscription, to be edited. There is always one empty row at the end to type a new header into.
/// Values of secret headers are shown as dots except while they are being edited. GUI thread only.
class SubscriptionHeaders : public QTableWidget
{
    Q_OBJECT

public:
    explicit SubscriptionHeaders(QWidget *parent = nullptr);

    void setHeaders(const QList<subscribe::Header> &headers);
    QList<subscribe::Header> headers() const; ///< those with a name or a value
    std::optional<QString> problem() const;   ///< of the first header that cannot be sent
    void removeSelected();

Q_SIGNALS:
    void edited();

private:
    void append(const subscribe::Header &header);
    void takeChange(QTableWidgetItem *item);
    void keepEmptyRow();
    void updateSecret(int row);
    subscribe::Header headerAt(int row) const;
};

} // namespace weir::gui
