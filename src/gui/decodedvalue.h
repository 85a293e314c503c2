// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/pooltask.h"
#include "models/valuedecoding.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;

namespace weir::gui {

/// All forms that one value can be read as, one below the other, with what is wrong where it nearly can. Decodes on a
/// pool thread. GUI thread only.
class DecodedValue : public QWidget
{
    Q_OBJECT

public:
    explicit DecodedValue(QWidget *parent = nullptr);
    ~DecodedValue() override;

    /// UTF-8. Empty: no value.
    void setValue(const QByteArray &value);
    bool isComplete() const { return !m_decoding.isRunning(); }

Q_SIGNALS:
    void closeRequested();

private:
    void show(const std::vector<models::DecodedForm> &forms);
    void add(const models::DecodedForm &form);
    void say(const QString &text);

    QByteArray m_value;
    QLabel *m_title;
    QPlainTextEdit *m_text;
    PoolTask<std::vector<models::DecodedForm>> m_decoding;
};

} // namespace weir::gui
