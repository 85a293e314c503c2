// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/filefeed.h"

#include "publish/feeddesk.h"
#include "publish/publisher.h"
#include "publish/server.h"

#include <QThread>

namespace weir::publish {

FileFeed::FileFeed(Publisher &publisher, QObject *parent)
    : QObject(parent)
    , m_publisher(publisher)
{
    qRegisterMetaType<FeedProgress>();
    auto desk = std::make_shared<std::unique_ptr<FeedDesk>>(std::make_unique<FeedDesk>());
    m_desk = desk->get();
    connect(m_desk, &FeedDesk::progressed, this, &FileFeed::progressed);
    // Only an object that belongs to no thread can be taken over by another one; if none does, it goes with the task.
    m_desk->moveToThread(nullptr);
    m_publisher.onServer([desk](Server &server) {
        FeedDesk *taken = desk->release();
        taken->moveToThread(QThread::currentThread());
        taken->setParent(&server);
    });
}

FileFeed::~FileFeed()
{
    m_publisher.onServer([desk = m_desk](Server &) { delete desk; });
}

void FileFeed::start(const FeedSettings &settings)
{
    m_publisher.onServer([desk = m_desk, settings](Server &server) { desk->start(server.channels(), settings); });
}

void FileFeed::pause()
{
    m_publisher.onServer([desk = m_desk](Server &) { desk->pause(); });
}

void FileFeed::resume()
{
    m_publisher.onServer([desk = m_desk](Server &) { desk->resume(); });
}

void FileFeed::step()
{
    m_publisher.onServer([desk = m_desk](Server &) { desk->step(); });
}

void FileFeed::stop()
{
    m_publisher.onServer([desk = m_desk](Server &) { desk->stop(); });
}

} // namespace weir::publish
