// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/sentstore.h"

#include "gui/filetask.h"
#include "models/sentfile.h"

#include <QFile>

#include <chrono>

namespace weir::gui {

using namespace std::chrono_literals;

SentStore::SentStore(models::SentMessageModel &model, QObject *parent)
    : QObject(parent)
    , m_model(model)
{
    m_saving.setSingleShot(true);
    m_saving.setInterval(2s);
    connect(&m_saving, &QTimer::timeout, this, &SentStore::save);
    connect(&m_model, &QAbstractItemModel::rowsInserted, this, [this] {
        if (m_isKept && !m_saving.isActive())
            m_saving.start();
    });
}

SentStore::~SentStore()
{
    if (m_saving.isActive())
        save();
}

void SentStore::useFile(const QString &path)
{
    m_path = path;
    Q_EMIT keptChanged(false);
    readFile(path, this, [this, path](const QByteArray &bytes, const QString &fault) -> std::function<void()> {
        if (!QFile::exists(path))
            return [] {};
        const auto read = fault.isEmpty() ? models::sentFromJson(bytes) : models::ReadSent{{}, fault};
        return [this, read, path] {
            if (!read.problem.isEmpty()) {
                Q_EMIT problem(tr("%1 was not read: %2 It stays as it is.").arg(path, read.problem));
                return;
            }
            m_isKept = true;
            m_model.setMessages(m_model.messages() + read.messages);
            Q_EMIT keptChanged(true);
        };
    });
}

void SentStore::setKept(bool isKept)
{
    m_isKept = isKept;
    m_saving.stop();
    Q_EMIT problem({});
    Q_EMIT keptChanged(isKept);
    if (isKept)
        save();
    else
        removeFile(m_path);
}

void SentStore::save()
{
    m_saving.stop();
    writePrivateFile(
        m_path, [messages = m_model.messages()] { return models::sentToJson(messages); }, this,
        [this](const QString &fault) {
            Q_EMIT problem(fault.isEmpty() ? QString() : tr("The list is not kept: %1").arg(fault));
        });
}

} // namespace weir::gui
