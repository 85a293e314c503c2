// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/scenariosteps.h"

#include <QWidget>

#include <functional>
#include <map>

class QFormLayout;

namespace weir::gui {

class InlineNote;

/// The values of one step as a form, made from what is known of its kind. What is wrong stands below the field that it
/// is about. GUI thread only.
class StepForm : public QWidget
{
    Q_OBJECT

public:
    explicit StepForm(QWidget *parent = nullptr);

    /// Fields that show the same already are left alone, with their cursor.
    void setStep(const publish::Step &step);
    void clear(); ///< no step

Q_SIGNALS:
    /// The user changed a value. A value that is as if absent comes as undefined.
    void edited(const QString &key, const QJsonValue &value);

private:
    struct Row
    {
        const publish::StepField *field;
        QWidget *editor;
        std::function<void(const publish::Step &)> show;
        InlineNote *note;
    };
    void build(publish::StepKind kind);
    void removeRows();
    void addRow(const publish::StepField &field);
    QWidget *createLine(Row &row);
    QWidget *createText(Row &row);
    QWidget *createBytes(Row &row);
    QWidget *createFaults(Row &row);
    QWidget *createNumber(Row &row);
    QWidget *createChoice(Row &row);
    void emitEdited(const publish::StepField &field, const QJsonValue &value);
    void updateRows(const publish::Step &step);

    QFormLayout *m_layout;
    InlineNote *m_note; ///< about the step as a whole
    std::vector<Row> m_rows;
    std::optional<publish::StepKind> m_kind;
    bool m_isShowing = false;
};

} // namespace weir::gui
