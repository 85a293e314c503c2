// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/sentmessagemodel.h"

#include <QTimer>

namespace weir::gui {

/// Keeps the messages sent last in a file, if the user has chosen so: that the file is there says it. One that cannot
/// be read is never overwritten. GUI thread only.
class SentStore : public QObject
{
    Q_OBJECT

public:
    /// Keeps a reference.
    explicit SentStore(models::SentMessageModel &model, QObject *parent = nullptr);
    ~SentStore() override;

    void useFile(const QString &path); ///< and reads it, if it is there
    void setKept(bool isKept);         ///< false removes the file

Q_SIGNALS:
    void keptChanged(bool isKept);
    void problem(const QString &problem); ///< empty: no longer

private:
    void save();

    models::SentMessageModel &m_model;
    QString m_path;
    QTimer m_saving;
    bool m_isKept = false;
};

} // namespace weir::gui
