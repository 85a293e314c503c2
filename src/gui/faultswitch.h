// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/faultcatalogue.h"

#include <QWidget>

class QCheckBox;
class QFormLayout;
class QLabel;

namespace weir::gui {

/// One fault: a switch, and while it is on its parameters, what the server does and what a correct client does about
/// it. GUI thread only.
class FaultSwitch : public QWidget
{
    Q_OBJECT

public:
    /// Keeps a reference, to an entry of faultCatalogue().
    explicit FaultSwitch(const publish::FaultInfo &info, QWidget *parent = nullptr);

    const publish::FaultInfo &info() const { return m_info; }
    bool isOn() const;
    QVariantMap parameters() const;
    /// Null: off.
    void set(const QVariantMap *parameters);

Q_SIGNALS:
    void changed();

private:
    void addParameter(const publish::FaultParameter &parameter);
    QWidget *editorFor(const publish::FaultParameter &parameter);
    void updateParts();

    const publish::FaultInfo &m_info;
    QCheckBox *m_box;
    QWidget *m_details;
    QFormLayout *m_form;
    QLabel *m_explanation;
    std::vector<QWidget *> m_editors; ///< one for each parameter, in their order
};

} // namespace weir::gui
