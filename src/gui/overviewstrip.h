// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/eventsearch.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <vector>

namespace weir::models {
class Annotations;
}

namespace weir::gui {

class EventView;

/// All rows of one view on the height of its table: where errors are, what is marked, what the search found, and which
/// part is on screen. A click or drag goes there. Looks at pixels, not at rows, at most ten times a second, and only
/// while it can be seen. GUI thread only.
class OverviewStrip : public QWidget
{
    Q_OBJECT

public:
    /// Keeps references: all must outlive this.
    OverviewStrip(
        EventView &view, models::EventModel &model, const models::EventSearch &search, QWidget *parent = nullptr);

    void setAnnotations(const models::Annotations *annotations);
    /// What counts as an error here; the strip's tool tip counts it too.
    static const char *errorExpression();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    /// What lies in the rows that one pixel stands for.
    struct Bucket
    {
        bool hasError = false;
        bool hasFound = false;
        bool hasMark = false;
        int label = 0;
    };
    struct Stretch
    {
        int firstRow = 0;
        int endRow = 0;
        store::EventNumber first;
        store::EventNumber end;
    };

    void follow(const models::EventSearch &search);
    void collect();
    void noteAnnotations(Bucket &bucket, const Stretch &stretch) const;
    Stretch stretchAt(int y, int pixels) const;
    int rowAt(int y) const;
    void goTo(int y);
    QString toolTip(int y) const;

    EventView &m_view;
    models::EventModel &m_model;
    const models::EventSearch &m_search;
    models::EventSearch m_errors;
    QPointer<const models::Annotations> m_annotations;
    QTimer m_collecting;
    std::vector<Bucket> m_buckets;
};

} // namespace weir::gui
