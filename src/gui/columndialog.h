// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/jsonpaths.h"
#include "models/column.h"

#include <QDialog>

#include <memory>
#include <vector>

namespace weir::gui {

namespace Ui {
class ColumnDialog;
}

/// Asks for a column: the path of its value in JSON data, which is checked as it is typed, its title and alignment. Of
/// other kinds of columns only title and alignment. Opened over the window, never waited for. GUI thread only.
class ColumnDialog : public QDialog
{
    Q_OBJECT

public:
    ColumnDialog(const models::Column &column, QWidget *parent);
    ~ColumnDialog() override;

    /// Offers these paths for completion, and their values as examples.
    void offer(const std::vector<filter::SeenPath> &paths);
    void accept() override; ///< refused while the path is wrong

Q_SIGNALS:
    void confirmed(const weir::models::Column &column);

private:
    void checkPath();
    void setPath(filter::JsonPath path);
    QString exampleOf(const filter::JsonPath &path) const;

    std::unique_ptr<Ui::ColumnDialog> m_ui;
    models::Column m_column;
    std::vector<filter::SeenPath> m_seen;
};

/// As compile(), of what people write for a path: `price`, `.price` and `$.price` mean `data.price`.
QString completePath(const QString &text);

} // namespace weir::gui
