// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/secretprompt.h"

#include "profile/secretplaces.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace weir::gui {

using namespace Qt::StringLiterals;

namespace {

QString labelOf(const QString &place)
{
    const auto prefix = "variable:"_L1;
    auto text = place.startsWith(prefix) ? SecretPrompt::tr("Variable %1").arg(place.mid(prefix.size()))
                                         : profile::placeText(place);
    text[0] = text[0].toUpper();
    return text.replace(u'&', u"&&"_s) + u':';
}

} // namespace

SecretPrompt::SecretPrompt(const QString &subscription, const QStringList &places, bool canKeep, QWidget *parent)
    : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(u"secretPrompt"_s);
    setWindowTitle(tr("Secrets"));
    auto *form = new QFormLayout;
    for (const auto &place : places) {
        auto *edit = new QLineEdit(this);
        edit->setEchoMode(QLineEdit::Password);
        edit->setMinimumWidth(fontMetrics().averageCharWidth() * 40);
        form->addRow(labelOf(place), edit);
        m_edits.insert(place, edit);
    }
    auto *question = new QLabel(tr("“%1” needs what its profile does not hold:").arg(subscription), this);
    question->setTextFormat(Qt::PlainText);
    question->setWordWrap(true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->addButton(tr("C&onnect"), QDialogButtonBox::AcceptRole)->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &SecretPrompt::answer);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(question);
    layout->addLayout(form);
    if (canKeep) {
        m_keep = new QCheckBox(tr("&Keep in the key store"), this);
        layout->addWidget(m_keep);
    } else {
        auto *note = new QLabel(tr("There is no key store: Weir forgets this when it is closed."), this);
        note->setWordWrap(true);
        layout->addWidget(note);
    }
    layout->addWidget(buttons);
    if (!places.isEmpty())
        m_edits.value(places.first())->setFocus();
}

void SecretPrompt::answer()
{
    QMap<QString, QString> values;
    for (auto edit = m_edits.begin(); edit != m_edits.end(); ++edit)
        values.insert(edit.key(), edit.value()->text());
    // Before finished(): whoever takes the answer still counts this question as open, and asks no second one.
    Q_EMIT answered(values, m_keep && m_keep->isChecked());
    accept();
}

} // namespace weir::gui
